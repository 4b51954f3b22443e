"""Files in and out, from outside: a series as .ics for other calendars, and reminders imported from other programs."""
import datetime
import urllib.parse

import icalendar
import pytest
import recurring_ical_events

from contract import Person

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\n"
EVENT = "BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{title}\r\nDTSTART;TZID=America/New_York:20270315T090000\r\n{more}" \
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\n"
TASK = "BEGIN:VTODO\r\nUID:{uid}\r\nSUMMARY:{title}\r\nDUE:20270401T130000Z\r\n{more}END:VTODO\r\n"
TODOIST = "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\r\n"


@pytest.fixture(scope="module")
def ana(march):
    return Person(march)


def calendar(*parts, **fields):
    return (HEAD + "".join(part.format(**{"uid": "u1", "title": "Stand-up", "more": "",
                                          **fields}) for part in parts) + "END:VCALENDAR\r\n").encode()


def send_file(visitor, data, name="a.ics"):
    return visitor.upload("/reminders/import", data, name)


def confirmation(preview):
    """Where what a preview shows is made; None when nothing would be."""
    return next((form for form in preview.forms if (form["action"] or "").endswith("/confirmation")), None)


def confirm(visitor, preview):
    form = confirmation(preview)
    return visitor.post(form["action"], form.presets())


def count(visitor):
    links = visitor.page("/reminders?status=all").links
    return len({urllib.parse.urlsplit(link).path for link in links if link and link.startswith("/reminders/0") and "#" not in link})


@pytest.mark.parametrize("fields", [
    {"at": "2027-03-14T02:30"}, {"at": "2027-11-07T01:30"}, {"schedule": "recurring", "cron": "0 9 * * 1-5"},
    {"schedule": "recurring", "cron": "every weekday at 8:30"},
    {"schedule": "recurring", "cron": "every month on the 31st"}, {"schedule": "recurring", "cron": "every other friday at 17:00"},
    {"schedule": "recurring", "cron": "every day at 2:30"},
    {"schedule": "recurring", "cron": "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0"},
    {"schedule": "recurring", "cron": "RRULE:FREQ=DAILY;COUNT=3"},
    {"schedule": "recurring", "cron": "every day at 9 and 21", "exclude_dates": "2027-03-12\r\n2027-03-13"},
    {"schedule": "interval", "every_minutes": "90"},
    {"schedule": "recurring", "cron": "0 9 L * *", "timezone": "Asia/Kathmandu"},
    {"schedule": "recurring", "cron": "every monday", "timezone": "Australia/Lord_Howe"},
    {"schedule": "recurring", "cron": "0 9 * * *", "exclude_weekends": "on"},
])
def test_a_series_as_ics_has_the_times_that_the_page_shows(ana, fields):
    title = "Meds; a, b \\ c " + "ção" * 30
    path = ana.make(title, description="line one\r\nline; two, three", **fields)
    answer = ana.get(f"{path}.ics")
    assert answer.status == 200 and answer.headers["Content-Type"].startswith("text/calendar")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.body.count(b"\n") == answer.body.count(b"\r\n") and max(map(len, answer.body.split(b"\r\n"))) <= 75
    read = icalendar.Calendar.from_ical(answer.body)
    event = next(iter(read.walk("VEVENT")))
    assert str(event["SUMMARY"]) == title and "line; two, three" in str(event["DESCRIPTION"]) and list(event.walk("VALARM"))
    shown = [time for time in ana.page(path).times if time > "2027-03-10T15:00:00Z"]
    last = datetime.datetime.fromisoformat(max(shown))
    found = recurring_ical_events.of(read).between(datetime.datetime(2027, 3, 10, 15, 1, tzinfo=datetime.timezone.utc),
                                                   last + datetime.timedelta(seconds=1))
    starts = sorted({one["DTSTART"].dt.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") for one in found})
    assert starts == sorted(set(shown))


def test_somebody_elses_ics_is_the_same_404(march, ana):
    path = ana.make("Private", at="tomorrow 9")
    other = Person(march)
    missing = other.get("/reminders/01a42ff4-3d80-72d8-a65e-fc56b4ed8edd")
    assert other.get(f"{path}.ics").body == missing.body and other.get("/reminders/x.ics").body == missing.body


def test_a_file_is_shown_first_and_made_once(march):
    visitor = Person(march)
    data = calendar(EVENT, TASK.replace("{uid}", "u2").replace("{title}", "Pay\\, rent"), more="", title="Stand-up")
    preview = send_file(visitor, data)
    assert preview.status == 200 and count(visitor) == 0
    assert "Stand-up" in preview.text and "Pay, rent" in preview.text
    answer = confirm(visitor, preview)
    assert answer.status == 303 and count(visitor) == 2
    assert confirm(visitor, preview).status in (303, 404, 409) and count(visitor) == 2
    # The same file again makes nothing, whether it is confirmed or cannot be.
    again = send_file(visitor, data)
    assert again.status in (200, 422)
    if again.status == 200 and confirmation(again):
        confirm(visitor, again)
    assert count(visitor) == 2


def test_an_import_is_its_owners_only(march, ana):
    preview = send_file(ana, calendar(TASK, uid="theirs", title="Theirs"))
    other = Person(march)
    actions = [action for action in preview.actions() if "/import/" in action]
    assert actions
    for action in actions:
        assert other.post(action).status == 404
    assert count(other) == 0


@pytest.mark.parametrize("name, data, words", [
    ("a.csv", (TODOIST + "task,Water plants,,1,1,,,every monday at 9,en,\r\ntask,Call,,4,1,,,2027-03-20,en,\r\n").encode(),
     ["Water plants", "Call"]),
    ("bom.csv", b"\xef\xbb\xbf" + (TODOIST + 'task,"Quoted, ""twice""",,1,1,,,2027-03-20,en,\r\n').encode(), ['Quoted, "twice"']),
    ("a.ics", calendar(TASK, title="caf\u00e9 \U0001f600"), ["café 😀"]),
    ("lf.ics", calendar(TASK, title="LF only").replace(b"\r\n", b"\n"), ["LF only"]),
    ("folded.ics", calendar(TASK, title="Fol\r\n ded"), ["Folded"]),
    ("Tasks.json",
     b'{"kind":"tasks#taskLists","items":[{"kind":"tasks#tasks","title":"L","items":[{"id":"1","title":"From Google",'
     b'"due":"2027-03-20T00:00:00Z","status":"needsAction"}]}]}',
     ["From Google"]),
])
def test_other_programs_files_are_understood(march, name, data, words):
    visitor = Person(march)
    preview = send_file(visitor, data, name)
    assert preview.status == 200, preview.text
    for word in words:
        assert word in preview.text
    confirm(visitor, preview)
    assert count(visitor) == len(words)


@pytest.mark.parametrize("name, data", [
    ("empty.ics", b""), ("text.ics", b"hello"), ("nul.ics", calendar(TASK, title="a\x00b")),
    ("bad.csv", (TODOIST + 'task,"never closed,,1,1,,,tomorrow,en,\r\n').encode()),
    ("half.ics", HEAD.encode() + b"BEGIN:VEVENT\r\nUID:x"), ("bytes.ics", bytes(range(256)) * 20), ("json.json", b"{" * 5_000),
    ("big.ics", b"x" * 10_500_000),
    ("rule.ics", calendar(EVENT, more="RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30\r\n")),
    ("seconds.ics", calendar(EVENT, more="RRULE:FREQ=SECONDLY\r\n")),
    ("many.ics", HEAD.encode() + b"BEGIN:VTODO\r\nUID:x\r\nEND:VTODO\r\n" * 50_000 + b"END:VCALENDAR\r\n"),
])
def test_a_file_that_cannot_be_read_is_complained_about_and_stores_nothing(march, ana, name, data):
    visitor = ana
    before = count(visitor)
    answer = send_file(visitor, data, name)
    assert answer.status in (200, 413, 422)
    if answer.status == 200:
        assert confirmation(answer) is None, "something would be made"
    assert count(visitor) == before
