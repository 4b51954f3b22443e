"""The feed of reminders from outside: read by PyPI icalendar, each a quarter of an hour of the next sixty days."""
import datetime
import re

import icalendar

from contract import Person, Visitor

ADDRESS = re.compile(r"/ics/[A-Za-z0-9_-]+\.ics")


def test_reminders_are_read_by_others_and_by_whoever_has_the_address_alone(march):
    ana = Person(march)
    ana.make("Plum daily", schedule="recurring", cron="0 9 * * *")
    answer = ana.post("/settings/feed")
    assert answer.status == 200
    path = ADDRESS.search(answer.markup)[0]
    assert path not in ana.page("/settings/feed").markup
    stranger = Visitor(march)
    first = stranger.get(path)
    assert first.status == 200 and first.headers["Content-Type"].startswith("text/calendar") and "Set-Cookie" not in first.headers
    events = icalendar.Calendar.from_ical(first.body).walk("VEVENT")
    assert len(events) == 60 and len({str(event["UID"]) for event in events}) == 60
    assert {event["DTEND"].dt - event["DTSTART"].dt for event in events} == {datetime.timedelta(minutes=15)}
    assert {str(event["SUMMARY"]) for event in events} == {"Plum daily"}
    assert stranger.get(path, **{"If-None-Match": first.headers["ETag"]}).status == 304
    assert ana.post("/settings/feed/deletion").status == 303
    assert stranger.get(path).status == 404 == stranger.get("/ics/x.ics").status
