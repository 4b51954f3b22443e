#!/usr/bin/env python3
"""Makes series.tsv anew: what PyPI's recurring-ical-events and python-dateutil say of 400 events with all that a series has, for SeriesOracleTests.

Needs both (python-dateutil 2.9.0, recurring-ical-events 3.8.2); the seed is fixed, so a change of the table is a change of theirs or of this script.
A row: zone (empty: whole days), start, end, rule, RDATEs, EXDATEs, exceptions (KEY=START/END), a window (UTC), the instances that overlap it
(START/END in UTC, or dates, the last one out). Rows on which the two differ are left out and named; so are those where a clock change puts an end
before its start or one time onto the next. Every start is one that its rule gives, and no UNTIL is a date of a timed series: there the first of them is known to differ."""
import datetime
import pathlib
import random
import zoneinfo

import icalendar
import recurring_ical_events
from dateutil import rrule

UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)
ZONES = ["America/New_York", "America/Sao_Paulo", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "America/St_Johns"]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
dice = random.Random(20270314)


def some(values, most):
    return sorted(dice.sample(list(values), dice.randint(1, most)))


def joined(values):
    return ",".join(map(str, values))


def rule(is_day):
    frequency = dice.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"] + ([] if is_day else ["HOURLY"]))
    parts = []
    if dice.random() < 0.5 and frequency != "YEARLY":
        parts.append(f"INTERVAL={dice.choice([2, 3, 5])}")
    if dice.random() < 0.2:
        parts.append("BYMONTH=" + joined(some(range(1, 13), 5)))
    if frequency == "WEEKLY" and dice.random() < 0.8:
        parts.append("BYDAY=" + joined(DAYS[day] for day in some(range(7), 4)))
    if frequency in ("MONTHLY", "YEARLY"):
        shape = dice.random()
        if shape < 0.35:
            parts.append("BYMONTHDAY=" + joined(some([-31, -2, -1, 1, 2, 15, 29, 30, 31], 3)))
        elif shape < 0.7:
            numbered = {f"{dice.choice([1, 2, 3, 4, 5, -1])}{DAYS[day]}" for day in some(range(7), 2)}
            parts.append("BYDAY=" + joined(sorted(numbered)))
            if frequency == "YEARLY" and not any(part.startswith("BYMONTH=") for part in parts):
                parts.append("BYMONTH=" + joined(some(range(1, 13), 4)))
        elif frequency == "MONTHLY":
            parts += ["BYDAY=MO,TU,WE,TH,FR", "BYSETPOS=" + joined(some([1, 2, -1, -2], 2))]
    if frequency == "HOURLY" and dice.random() < 0.5:
        parts.append("BYHOUR=" + joined(some(range(24), 6)))
    if dice.random() < 0.2:
        parts.append("WKST=SU")
    return ";".join([f"FREQ={frequency}", *parts])


def near_change(zone):
    """A wall time some days before one of the zone's clock changes."""
    moment = datetime.datetime(dice.randint(2015, 2034), dice.randint(1, 12), dice.randint(1, 28), tzinfo=UTC)
    for _ in range(400):
        if moment.astimezone(zone).utcoffset() != (moment + DAY).astimezone(zone).utcoffset():
            break
        moment += DAY
    return (moment - dice.choice([0, 1, 2, 10, 60, 400]) * DAY).replace(tzinfo=None)


def wall(value):
    return f"{value:%Y%m%dT%H%M%S}" if isinstance(value, datetime.datetime) else f"{value:%Y%m%d}"


def placed(value, zone):
    return value.replace(tzinfo=zone, fold=0).astimezone(UTC)


def show(value):
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime.datetime) else f"{value:%Y-%m-%d}"


def row(is_day):
    zone_name = dice.choice(ZONES)
    zone = zoneinfo.ZoneInfo(zone_name)
    begin = near_change(zone)
    if is_day:
        begin = begin.replace(hour=0)
    else:
        begin = begin.replace(hour=dice.choice([0, 1, 2, 2, 2, 3, 9, 22, 23]), minute=dice.choice([0, 15, 30]))
    line = rule(is_day)
    try:
        starts = rrule.rrulestr(line, dtstart=begin)
    except ValueError:  # An hourly rule whose hours its interval never meets.
        return None
    start = starts.after(begin, inc=True)
    if start is None or start - begin > 800 * DAY:
        return None
    # Counted from there on, it may be another day that a rule without one names.
    starts = rrule.rrulestr(line, dtstart=start)
    first = [found for _, found in zip(range(60), starts)]
    if not first or first[0] != start or first[-1] - start > 9_000 * DAY:
        return None
    ending = dice.random()
    if ending < 0.25:
        line += f";COUNT={dice.randint(1, 12)}"
    elif ending < 0.4:
        last = dice.choice(first[:12])
        line += ";UNTIL=" + (f"{last:%Y%m%d}" if is_day else f"{placed(last, zone):%Y%m%dT%H%M%SZ}")
    length = dice.choice([0, 1, 3]) * DAY if is_day else datetime.timedelta(minutes=dice.choice([15, 60, 90, 480, 1500]))
    tick = (lambda moment: moment.date()) if is_day else (lambda moment: moment)
    near = [start + number * DAY for number in range(0, 40)]
    rdates = sorted(set(dice.sample(near, dice.choice([0, 0, 1, 2]))) - set(first))
    exdates = set(dice.sample(first[: max(len(first) // 3, 1)], min(dice.choice([0, 0, 1, 2]), max(len(first) // 3, 1))))
    if dice.random() < 0.2:
        exdates.add(start + datetime.timedelta(days=1, hours=0 if is_day else 5))
    changed = {}
    for _ in range(dice.choice([0, 0, 1, 2])):
        key = dice.choice(first[:8])
        changed[key] = key + (dice.choice([1, 2, -1]) * DAY if is_day else datetime.timedelta(minutes=dice.choice([60, 120, 1440, -30])))
    window = placed(dice.choice(first[:20]), UTC) - dice.choice([0, 1, 5]) * DAY
    until = window + dice.choice([1, 7, 31, 92, 400]) * DAY
    kind = "" if is_day else f";TZID={zone_name}"
    value = ";VALUE=DATE" if is_day else kind
    in_utc = not is_day and dice.random() < 0.3
    ex = [f"{placed(date, zone):%Y%m%dT%H%M%SZ}" if in_utc else wall(tick(date)) for date in sorted(exdates)]
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", f"DTSTART{value}:{wall(tick(start))}"]
    lines += [f"DTEND{value}:{wall(tick(start + length + (DAY if is_day else 0 * DAY)))}", f"RRULE:{line}"]
    lines += [f"RDATE{value}:{wall(tick(date))}" for date in rdates]
    lines += [f"EXDATE{'' if in_utc else value}:{date}" for date in ex]
    lines.append("END:VEVENT")
    for key, moved in sorted(changed.items()):
        lines += ["BEGIN:VEVENT", "UID:1", f"RECURRENCE-ID{value}:{wall(tick(key))}", f"DTSTART{value}:{wall(tick(moved))}"]
        lines += [f"DTEND{value}:{wall(tick(moved + length + (DAY if is_day else 0 * DAY)))}", "END:VEVENT"]
    lines += ["END:VCALENDAR", ""]
    found = recurring_ical_events.of(icalendar.Calendar.from_ical("\r\n".join(lines))).between(window, until)
    theirs = sorted({(event.start, event.end) if is_day else (event.start.astimezone(UTC), event.end.astimezone(UTC)) for event in found})
    mine = dateutil(line, start, length, rdates, exdates, changed, zone, is_day, until.replace(tzinfo=None) + 5 * DAY)
    if mine is None:
        return None
    if is_day:
        bounds = (window.replace(tzinfo=None), until.replace(tzinfo=None))
        mine = sorted({(one.date(), two.date()) for one, two in mine if one < bounds[1] and two > bounds[0]})
    else:
        mine = sorted({(one, two) for one, two in mine if one < until and two > window})
    if len(mine) > 25 or not mine and dice.random() < 0.8:
        return None
    if mine != theirs:
        print("they differ:", zone_name, start, line, ex, window, set(mine) ^ set(theirs))
        return None
    exceptions = [f"{wall(tick(key))}={wall(tick(moved))}/{wall(tick(moved + length))}" for key, moved in sorted(changed.items())]
    return "\t".join([
        "" if is_day else zone_name, wall(tick(start)), wall(tick(start + length)), line, " ".join(wall(tick(date)) for date in rdates),
        " ".join(ex), " ".join(exceptions), show(window), show(until), " ".join(f"{show(one)}/{show(two)}" for one, two in mine)])


def dateutil(line, start, length, rdates, exdates, changed, zone, is_day, horizon):
    """All instances to a day, with walls placed by Python's zones; None where these are not all distinct or an end is not behind its start."""
    plain = [part for part in line.split(";") if not part.startswith("UNTIL=")]
    last = [part[6:] for part in line.split(";") if part.startswith("UNTIL=")]
    found = {}
    for begin in rrule.rrulestr(";".join(plain), dtstart=start):
        if begin > horizon:
            break
        if last and is_day and begin.strftime("%Y%m%d") > last[0]:
            break
        if last and not is_day and placed(begin, zone) > datetime.datetime.strptime(last[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC):
            break
        found[begin] = begin
    for date in rdates:
        found[date] = date
    for key, moved in changed.items():
        found[key] = moved
    for date in exdates:
        found.pop(date, None)
    if is_day:
        return [(moved, moved + length + DAY) for moved in found.values()]
    result = [(placed(moved, zone), placed(moved + length, zone)) for moved in found.values()]
    # A time that the clocks move onto the next is there once with us, and may be there twice with others.
    if len({placed(begin, zone) for begin in found}) < len(found):
        return None
    return result if all(one < two for one, two in result) else None


rows = []
while len(rows) < 400:
    found = row(is_day=len(rows) % 5 == 4)
    if found and found not in rows:
        rows.append(found)
pathlib.Path(__file__).with_name("series.tsv").write_text("\n".join(rows) + "\n")
