"""The feed of events from outside (hard case 30): read by PyPI icalendar and recurring-ical-events and by Debian's khal, each as what was imported."""
import datetime
import pathlib
import re
import subprocess
import zoneinfo

import icalendar
import pytest
import recurring_ical_events

from contract import Person
from heed_dev import until

UTC = datetime.timezone.utc
WINDOW = (datetime.datetime(2027, 3, 1, tzinfo=UTC), datetime.datetime(2027, 5, 1, tzinfo=UTC))
ADDRESS = re.compile(r"/ics/[A-Za-z0-9_-]+\.ics")
# A series over the clock change with a time that is moved and one that is left out, one by another zone, days, a flight, one of another's "busy".
FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y
BEGIN:VEVENT
UID:daily@x
SUMMARY:Plum stand-up
DESCRIPTION:Plum notes
LOCATION:Plum room
DTSTART;TZID=America/New_York:20270311T093000
DTEND;TZID=America/New_York:20270311T094500
RRULE:FREQ=DAILY;COUNT=9
EXDATE;TZID=America/New_York:20270313T093000
END:VEVENT
BEGIN:VEVENT
UID:daily@x
RECURRENCE-ID;TZID=America/New_York:20270315T093000
SUMMARY:Plum stand-up, later
DTSTART;TZID=America/New_York:20270315T150000
DTEND;TZID=America/New_York:20270315T151500
END:VEVENT
BEGIN:VEVENT
UID:weekly@x
SUMMARY:Plum course
DTSTART;TZID=Europe/Lisbon:20270316T190000
DTEND;TZID=Europe/Lisbon:20270316T200000
RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270427T180000Z
END:VEVENT
BEGIN:VEVENT
UID:flight@x
SUMMARY:Plum flight
DTSTART;TZID=America/Sao_Paulo:20270320T220000
DTEND;TZID=Europe/Lisbon:20270321T123000
END:VEVENT
BEGIN:VEVENT
UID:days@x
SUMMARY:Plum holidays
DTSTART;VALUE=DATE:20270322
DTEND;VALUE=DATE:20270325
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def in_utc(time):
    return time.astimezone(UTC) if isinstance(time, datetime.datetime) else time


def instances(raw):
    """Start and end of each time within the window, as other calendars unfold them."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(raw)).between(*WINDOW)
    return sorted((str(in_utc(event["DTSTART"].dt)), str(in_utc(event["DTEND"].dt))) for event in found)


def titled(raw):
    return {str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(raw).walk("VEVENT")}


@pytest.fixture(scope="module")
def ana(march):
    """Somebody whose calendar is that file."""
    ana = Person(march)
    preview = ana.upload("/events/import", FILE, "calendar.ics")
    assert preview.status == 200, (preview.status, preview.complaints())
    form = next(form for form in preview.forms if (form["action"] or "").endswith("/confirmation"))
    answer = ana.post(form["action"], form.presets())
    assert answer.status == 303, (answer.status, answer.complaints())
    until(lambda: ana.page(answer.location).facts().get("state") == "done", "an import")
    return ana


def feed(person, **fields):
    """Makes (or rotates) the feed; its address, which is shown once."""
    answer = person.post("/settings/feed", include="events", **fields)
    if answer.status == 303:
        answer = person.page(answer.location)
    return ADDRESS.search(answer.markup)[0]


def well_formed(raw):
    lines = raw.split(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"") and max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # a fold within a character would be no text
    calendar = icalendar.Calendar.from_ical(raw)
    used = {str(event[name].params["TZID"]) for event in calendar.walk("VEVENT") for name in ("DTSTART", "DTEND")
            if name in event and "TZID" in event[name].params}
    assert sorted(str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")) == sorted(used)
    for part in calendar.walk("VTIMEZONE"):
        ours, theirs = part.to_tz(lookup_tzid=False), zoneinfo.ZoneInfo(str(part["TZID"]))
        for day in range(0, 800, 7):
            wall = datetime.datetime(2027, 3, 1, 12) + datetime.timedelta(days=day)
            assert wall.replace(tzinfo=ours).utcoffset() == wall.replace(tzinfo=theirs).utcoffset(), (part["TZID"], wall)


def test_others_unfold_our_feed_to_what_was_imported(ana):
    path = feed(ana, detail="full")
    answer = ana.get(path)
    assert answer.status == 200 and answer.headers["Content-Type"].startswith("text/calendar")
    well_formed(answer.body)
    assert instances(answer.body) == instances(FILE)
    assert "Plum stand-up, later" in titled(answer.body) and b"Plum notes" not in answer.body
    # The same again is not sent again; an address that was replaced is gone.
    tag = answer.headers["ETag"]
    assert tag and not tag.startswith("W/")
    assert ana.get(path, **{"If-None-Match": tag}).status == 304
    other = feed(ana, detail="full")
    assert other != path and ana.get(path).status == 404 and instances(ana.get(other).body) == instances(FILE)


def test_a_busy_feed_has_the_times_and_no_word_of_a_title(ana):
    raw = ana.get(feed(ana, detail="busy")).body
    well_formed(raw)
    assert titled(raw) == {"Busy"} and b"plum" not in raw.lower().replace(b"\r\n ", b"") and b"@x" not in raw
    assert instances(raw) == instances(FILE)


def khal(folder, raw):
    """What khal lists of a calendar: {(start in UTC, title)}."""
    (folder / "calendar").mkdir()
    config = folder / "config"
    config.write_text(
        f"[calendars]\n[[feed]]\npath = {folder}/calendar\n[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[default]\ndefault_calendar = feed\n[sqlite]\npath = {folder}/khal.db\n")
    (folder / "feed.ics").write_bytes(raw)

    def run(*arguments):
        told = subprocess.run(["khal", "--no-color", "-c", str(config), *arguments], capture_output=True, text=True, timeout=60, cwd=folder)
        assert told.returncode == 0, told.stderr
        return told.stdout

    run("import", "--batch", "-a", "feed", "feed.ics")
    lines = run("list", "--notstarted", "--day-format", "", "--format", "{start}|{title}", "2027-03-01", "60d").splitlines()
    # What lasts for days is listed on each.
    return sorted({tuple(line.split("|", 1)) for line in lines if "|" in line})


def test_khal_lists_our_feed_as_it_lists_what_was_imported(ana, tmp_path: pathlib.Path):
    (ours, theirs) = (tmp_path / "ours", tmp_path / "theirs")
    ours.mkdir()
    theirs.mkdir()
    listed = khal(ours, ana.get(feed(ana, detail="full")).body)
    assert listed == khal(theirs, FILE) and len(listed) == 8 + 7 + 1 + 1
