#!/usr/bin/env python3
"""Makes recurrences.tsv anew: what PyPI's python-dateutil and recurring-ical-events say of 700 rules, for RecurrenceOracleTests.

Needs both (python-dateutil 2.9.0, recurring-ical-events 3.8.2); the seed is fixed, so a change of the table is a change of theirs or of this script.
A row: zone, first time, rule, a moment, the next times after it (UTC) or nothing. Only rows that both agree on are written."""
import datetime
import pathlib
import random
import zoneinfo

import icalendar
import recurring_ical_events
from dateutil import rrule

UTC = datetime.timezone.utc
ZONES = [
    "America/New_York", "America/Sao_Paulo", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "America/Havana",
    "Asia/Gaza", "America/St_Johns", "Pacific/Apia", "Africa/Cairo",
]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
dice = random.Random(20270310)


def some(values, most):
    return sorted(dice.sample(list(values), dice.randint(1, most)))


def days_of_week(numbered):
    chosen = some(range(7), 3)
    if not numbered or dice.random() < 0.3:
        return ",".join(DAYS[day] for day in chosen)
    numbers = [1, 2, 3, 4, 5, -1, -2]
    return ",".join(sorted({f"{dice.choice(numbers)}{DAYS[day]}" for day in chosen}, key=lambda text: (int(text[:-2]), DAYS.index(text[-2:]))))


def rule():
    """One rule's parts that say its days and times, without interval and end."""
    frequency = dice.choice(["HOURLY", "DAILY", "DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "MONTHLY", "YEARLY", "YEARLY"])
    parts = {}
    if frequency == "YEARLY" and dice.random() < 0.25:
        parts["BYWEEKNO"] = ",".join(map(str, some(range(1, 54), 3)))
        parts["BYDAY"] = days_of_week(False)
    elif frequency == "YEARLY" and dice.random() < 0.25:
        parts["BYYEARDAY"] = ",".join(map(str, some([*range(-366, 0), *range(1, 367)], 4)))
    else:
        if dice.random() < (0.7 if frequency == "YEARLY" else 0.2):
            parts["BYMONTH"] = ",".join(map(str, some(range(1, 13), 4)))
        if frequency in ("MONTHLY", "YEARLY"):
            if dice.random() < 0.5:
                parts["BYMONTHDAY"] = ",".join(map(str, some([-31, -30, -3, -2, -1, *range(1, 32)], 3)))
            if "BYMONTHDAY" not in parts or dice.random() < 0.2:
                parts["BYDAY"] = days_of_week("BYMONTHDAY" not in parts)
        elif frequency == "WEEKLY" or dice.random() < 0.3:
            parts["BYDAY"] = days_of_week(False)
        if frequency in ("DAILY", "HOURLY") and dice.random() < 0.3:
            parts["BYMONTHDAY"] = ",".join(map(str, some([-31, -30, -3, -2, -1, *range(1, 32)], 3)))
    if frequency == "HOURLY":
        if dice.random() < 0.2:
            parts["BYHOUR"] = ",".join(map(str, some(range(24), 6)))
    else:
        parts["BYHOUR"] = ",".join(map(str, some([0, 1, 2, 2, 3, 9, 17, 23] if dice.random() < 0.7 else range(24), 2)))
    parts["BYMINUTE"] = ",".join(map(str, some([0, 15, 30, 45], 2)))
    if frequency in ("MONTHLY", "WEEKLY", "YEARLY") and dice.random() < 0.15:
        parts["BYSETPOS"] = ",".join(map(str, some([1, 2, -1, -2], 2)))
    if dice.random() < 0.2:
        parts["WKST"] = dice.choice(DAYS)
    return frequency, parts


def text(frequency, parts, **more):
    order = ["INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE", "BYSETPOS", "WKST"]
    given = {**parts, **more}
    return ";".join([f"FREQ={frequency}", *(f"{name}={given[name]}" for name in order if name in given)])


def changes(zone):
    """A moment near one of the zone's clock changes of the years to come, where it has them, else any."""
    moment = datetime.datetime(dice.randint(2009, 2040), dice.randint(1, 12), dice.randint(1, 28), dice.randint(0, 23), tzinfo=UTC)
    if dice.random() < 0.3:
        return moment
    for _ in range(400):
        following = moment + datetime.timedelta(days=1)
        if moment.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            return moment + datetime.timedelta(minutes=dice.randint(0, 2000))
        moment = following
    return moment


def placed(wall, zone):
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def events(line, start, zone_name, after, until):
    """As calendars see the same series. They know no times that the clocks skip twice over, so these are left to the other."""
    source = "\r\n".join([
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", f"DTSTART;TZID={zone_name}:{start:%Y%m%dT%H%M%S}", f"RRULE:{line}", "END:VEVENT",
        "END:VCALENDAR", "",
    ])
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(source)).between(after, until)
    return sorted({event.start.astimezone(UTC) for event in found if event.start.astimezone(UTC) > after})


rows = []
while len(rows) < 700:
    zone_name = dice.choice(ZONES)
    zone = zoneinfo.ZoneInfo(zone_name)
    frequency, parts = rule()
    after = changes(zone)
    begin = after.astimezone(zone).replace(tzinfo=None) - datetime.timedelta(days=dice.choice([0, 1, 3, 40, 400, 2000]))
    begin = begin.replace(minute=0, second=0)
    horizon = begin + datetime.timedelta(days=3000)
    start = rrule.rrulestr(text(frequency, parts, UNTIL=f"{horizon:%Y%m%dT%H%M%S}"), dtstart=datetime.datetime(begin.year - 1, 1, 1)).after(begin, inc=True)
    if start is None:
        continue
    more = {}
    # Which year a week at its turn belongs to is read in several ways.
    if dice.random() < 0.5 and "BYWEEKNO" not in parts:
        more["INTERVAL"] = dice.choice([2, 2, 3, 4, 5, 6, 7]) if frequency != "YEARLY" else dice.choice([2, 3, 4])
    ending = dice.random()
    if ending < 0.15:
        more["COUNT"] = dice.randint(1, 40)
    elif ending < 0.25:
        more["UNTIL"] = f"{after.astimezone(zone) + datetime.timedelta(days=dice.randint(0, 60)):%Y%m%dT%H%M%S}"
    elif ending < 0.35:
        more["UNTIL"] = f"{after + datetime.timedelta(hours=dice.randint(1, 900)):%Y%m%dT%H%M%SZ}"
    line = text(frequency, parts, **more)
    # dateutil wants an end of the same kind as the start: an instant is checked here.
    plain = dict(more)
    end = plain.pop("UNTIL", "")
    if end and not end.endswith("Z"):
        plain["UNTIL"] = end
    last = datetime.datetime.strptime(end, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if end.endswith("Z") else None
    found = []
    for wall in rrule.rrulestr(text(frequency, parts, **plain), dtstart=start):
        moment = placed(wall, zone)
        if moment > after + datetime.timedelta(days=1200) or last and moment > last + datetime.timedelta(days=2):
            break
        if moment > after and (not last or moment <= last):
            found.append(moment)
        if len(found) > 40:
            break
    found = sorted(set(found))[:6]
    times = sorted({moment for moment in found})
    if times and not end:
        also = events(line, start, zone_name, after, times[-1] + datetime.timedelta(minutes=1))
        if also != times:
            print("they differ:", zone_name, start, line, after, [str(moment) for moment in set(also) ^ set(times)])
            continue
    rows.append("\t".join([zone_name, f"{start:%Y-%m-%dT%H:%M}", line, f"{after:%Y-%m-%dT%H:%M:%SZ}", " ".join(f"{time:%Y-%m-%dT%H:%M:%SZ}" for time in times)]))

pathlib.Path(__file__).with_name("recurrences.tsv").write_text("\n".join(rows) + "\n")
