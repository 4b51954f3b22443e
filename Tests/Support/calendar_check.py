#!/usr/bin/env python3
"""Reads files for other calendars as those do (PyPI icalendar, recurring-ical-events) and prints what is not as Heed says.

Argument: a folder with NAME.ics beside NAME.txt, whose first line is a moment and whose others are the times after it, UTC."""
import datetime
import pathlib
import sys
import zoneinfo

import icalendar
import recurring_ical_events

UTC = datetime.timezone.utc


def moment(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def in_utc(time):
    # By way of UTC and back: a time that the clocks skip is read with the offset before the gap.
    return time.astimezone(UTC)


def complaints(raw, after, expected):
    for line in raw.split(b"\r\n"):
        if len(line) > 75:
            yield f"a line of {len(line)} bytes"
        line.decode()  # a fold within a character would be no text
    if b"\n" in raw.replace(b"\r\n", b""):
        yield "a line that ends by LF alone"
    calendar = icalendar.Calendar.from_ical(raw)
    events = recurring_ical_events.of(calendar).between(after, expected[-1] + datetime.timedelta(seconds=1))
    found = sorted({in_utc(event["DTSTART"].dt) for event in events} - {after})
    found = [time for time in found if time > after]
    if found != expected:
        yield f"rings at {[str(time) for time in found[:8]]}, not at {[str(time) for time in expected[:8]]}"
    for part in calendar.walk("VTIMEZONE"):
        ours, theirs = part.to_tz(lookup_tzid=False), zoneinfo.ZoneInfo(str(part["TZID"]))
        for time in expected:
            wall = time.astimezone(theirs).replace(tzinfo=None)
            if wall.replace(tzinfo=ours).utcoffset() != wall.replace(tzinfo=theirs).utcoffset():
                yield f"{part['TZID']} is not {time.astimezone(theirs)} at {wall}"
                break


for file in sorted(pathlib.Path(sys.argv[1]).glob("*.ics")):
    after, *expected = map(moment, file.with_suffix(".txt").read_text().split())
    for complaint in complaints(file.read_bytes(), after, expected):
        print(f"{file.stem}: {complaint}")
