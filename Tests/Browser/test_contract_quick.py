"""Quick entry (RULES 2.7) and recurrences in words (RULES 2.8), from outside."""
import datetime
import urllib.parse
import zoneinfo

import pytest

from contract import Person

D = "2027-03-"
# The line, the title, its first times in UTC (New York is at -5, from 14 March at -4), the importance.
ENGLISH = [
    ("call mom tomorrow at 9am", "call mom", [D + "11T14:00"], "medium"),
    ("every weekday at 8:30 stand-up", "stand-up", [D + "11T13:30", D + "12T13:30", D + "15T12:30"], "medium"),
    ("pay rent every month on the 1st at 9", "pay rent", ["2027-04-01T13:00", "2027-05-01T13:00"], "medium"),
    ("every other friday at 17:00 water the plants", "water the plants", [D + "12T22:00", D + "26T21:00"], "medium"),
    ("buy 2 milk", "buy 2 milk", [D + "10T16:00"], "medium"),
    ('read "tomorrow is mine" tonight', 'read "tomorrow is mine"', [D + "11T01:00"], "medium"),
    ("call 555 0199 !critical", "call 555 0199", [D + "10T16:00"], "critical"),
    ("tomorrow", "tomorrow", [D + "11T14:00"], "medium"), ("read chapter 3 tomorrow", "read chapter 3", [D + "11T14:00"], "medium"),
    ("!low tea in 20 min", "tea", [D + "10T15:20"], "low"),
    ("tea in 20 min !high", "tea", [D + "10T15:20"], "high"),
    ("remédio todo dia às 8h e 20h", "remédio", [D + "11T01:00", D + "11T13:00"], "medium"),
    ("reunião sexta às 14h30", "reunião", [D + "12T19:30"], "medium"),
    ("in 2 hours check the oven", "check the oven", [D + "10T17:00"], "medium"),
    ("trash every 2 weeks on friday", "trash", [D + "12T14:00", D + "26T13:00"], "medium"),
    ("stretch every 90 minutes", "stretch", [D + "10T16:30", D + "10T18:00"], "medium"),
    ("call <b>Bob</b> & co. tomorrow at noon", "call <b>Bob</b> & co.", [D + "11T17:00"], "medium"),
    ("TOMORROW AT 9 SHOUT", "SHOUT", [D + "11T14:00"], "medium"),
    ("pay !important bill tomorrow", "pay !important bill", [D + "11T14:00"], "medium"),
    ("email a@b.example about 24/7 tomorrow", "email a@b.example about 24/7", [D + "11T14:00"], "medium"),
    ("“friday” poem on monday", "“friday” poem", [D + "15T13:00"], "medium"),
    ("every 31st pay", "pay", [D + "31T13:00", "2027-05-31T13:00", "2027-07-31T13:00"], "medium"),
    ("every 31st", "every 31st", [D + "31T13:00"], "medium"),
]
PORTUGUESE = [
    ("pagar o aluguel todo dia 5 às 9h", "pagar o aluguel", ["2027-04-05T12:00", "2027-05-05T12:00"], "medium"),
    ("remédio todo dia às 8h e 20h", "remédio", [D + "10T23:00", D + "11T11:00"], "medium"),
    ("reunião sexta às 14h30", "reunião", [D + "12T17:30"], "medium"), ("comprar 2 leites", "comprar 2 leites", [D + "10T16:00"], "medium"),
    ("café 21h !crítica", "café", [D + "11T00:00"], "critical"),
    ("café 21h !média", "café", [D + "11T00:00"], "medium"), ("cha em 20 min !baixa", "cha", [D + "10T15:20"], "low"),
    ("chá em 20 min !alta", "chá", [D + "10T15:20"], "high"),
    ("toda segunda e quinta às 7h15 correr", "correr", [D + "11T10:15", D + "15T10:15"], "medium"),
    ("call mom tomorrow at 9am", "call mom", [D + "11T12:00"], "medium"),
]
# Words of RULES 2.8 with their next times in the person's zone; what says no time is at 9.
WORDS = {
    "every day": "11 12 13", "daily": "11 12 13", "every weekday": "11 12 15", "weekends": "13 14 20",
    "every monday and thursday": "11 15 18", "mondays": "15 22 29",
    "every 2 weeks on friday": "12 26", "every other friday": "12 26", "every 3 days": None, "on the 1st of every month": "04-01 05-01",
    "every month on the 15th": "15 04-15",
    "last day of the month": "31 04-30 05-31", "first monday of every month": "04-05 05-03", "every 3 months on the 10th": None,
    "every year on 12 december": "12-12 2028-12-12",
    "every day at 9 and 21": "10@21 11 11@21", "every day at 9 starting 15 march": "15 16", "every friday until 26 march": "12 19 26",
    "every day 3 times": "11 12 13",
    "every month on the last friday": "26 04-30", "every 29 february": "2028-02-29 2032-02-29",
    "yearly on 29 february": "2028-02-29 2032-02-29", "every 31st": "31 05-31 07-31",
    "monthly on the 31st": "31 05-31 07-31", "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0": "26 04-30 05-28",
    "RRULE:FREQ=DAILY;COUNT=3": None,
    "todo dia": "11 12 13", "diariamente": "11 12 13", "dias úteis": "11 12 15", "todo fim de semana": "13 14 20",
    "toda segunda e quinta": "11 15 18", "às segundas": "15 22",
    "a cada 2 semanas na sexta": "12 26", "sexta sim sexta não": "12 26", "todo dia 15": "15 04-15", "último dia do mês": "31 04-30",
    "primeira segunda do mês": "04-05 05-03",
    "todo ano em 12 de dezembro": "12-12 2028-12-12", "todo dia às 9h e 21h": "10@21 11 11@21", "toda sexta até 26 de março": "12 19 26",
    "a cada 3 dias": None, "todo dia 3 vezes": "11 12 13",
}
REFUSED = ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;UNTIL=20260101T000000Z",
           "FREQ=MONTHLY;BYSETPOS=1", "FREQ=MONTHLY;BYMONTHDAY=0",
           "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
           "FREQ=DAILY;COUNT=3;UNTIL=20280101T000000Z", "FREQ=DAILY;FREQ=DAILY",
           "RRULE:", "FREQ=", "FREQ=DAILY;X=1;BYDAY=XX", "FREQ=WEEKLY;BYDAY=" + "MO," * 3_000 + "MO", "every 0 days", "every -1 days",
           "every blue moon", "every 32nd", "every 0th",
           "every 30 february", "every", "every day until yesterday", "every day 0 times", "FREQ=YEARLY;BYDAY=60MO", "every second friday",
           "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;BYHOUR=24"]


@pytest.fixture(scope="module")
def people(march):
    return {"en": Person(march), "pt-BR": Person(march, language="pt-BR", timezone="America/Sao_Paulo")}


@pytest.mark.parametrize("language, line, title, times, importance",
                         [*(("en", *row) for row in ENGLISH), *(("pt-BR", *row) for row in PORTUGUESE)])
def test_a_line_is_a_reminder(people, language, line, title, times, importance):
    visitor = people[language]
    answer = visitor.post("/reminders", quick=line, title="ignored", at="never", importance="nonsense")
    assert answer.status == 303, answer.text
    page = visitor.page(answer.location)
    assert page.headings[0] == title
    assert page.flash and title.split()[0] in page.flash
    assert page.fact("next") == times[0] + ":00Z"
    for time in times:
        assert time + ":00Z" in page.times
    form = visitor.page(f"{answer.location}/edit").form(answer.location)
    assert form.value("importance") == importance


def test_a_line_can_be_taken_back_or_kept_as_written(people):
    visitor = people["en"]
    answer = visitor.post("/reminders", quick="tomorrow never dies !low")
    page = visitor.page(answer.location)
    actions = [action for action in page.actions() if action.startswith("/reminders/")]
    assert page.headings[0] == "never dies"
    undo = page.form(f"{answer.location}/deletion")
    assert undo and visitor.post(undo["action"], undo.presets()).status == 303
    assert visitor.get(answer.location).status == 404 and len(actions) >= 3


@pytest.mark.parametrize("line", ["", "   ", "x" * 301, "ã" * 301, "meds every month on the 1st and 15th at 9 and 21:30", "call\x00 mom"])
def test_a_line_of_1_to_300_characters_that_cannot_be_read_is_refused_and_kept(people, line):
    answer = people["en"].post("/reminders", quick=line)
    assert answer.status == 422
    if line.strip() and "\x00" not in line:
        assert any(form.value("quick") == line for form in answer.forms)
    assert answer.complaint("quick")


def test_a_line_of_300_characters_is_taken(people):
    line = "tomorrow " + "ã" * 191
    assert people["en"].post("/reminders", quick=line).status == 303
    assert people["en"].post("/reminders", quick="a" * 300).status in (303, 422)


def test_opening_an_address_fills_the_line_in_and_changes_nothing(people):
    visitor = people["en"]
    before = visitor.page("/reminders?status=all").text
    page = visitor.page("/reminders/new?" + urllib.parse.urlencode({"quick": "tea & <b> in 20 min !low"}))
    form = next(form for form in page.forms if "title" in form.names)
    assert (form.value("title"), form.value("importance")) == ("tea & <b>", "low")
    assert any(form.value("quick") == "tea & <b> in 20 min !low" for form in page.forms)
    assert visitor.page("/reminders?status=all").text == before


def wanted(text):
    """“15 04-15 10@21” as wall-clock times."""
    for part in text.split():
        day, _, hour = part.partition("@")
        day = {2: D + day, 5: "2027-" + day}.get(len(day), day)
        yield f"{day} {hour or '09'}:00"


@pytest.mark.parametrize("words, days", WORDS.items())
def test_a_recurrence_in_words_has_these_times(people, words, days):
    for language, zone in [("en", "America/New_York"), ("pt-BR", "America/Sao_Paulo")]:
        answer = people[language].post("/reminders/preview", title="x", schedule="recurring", cron=words)
        assert answer.status == 200, answer.complaint("cron")
        moments = [datetime.datetime.fromisoformat(time).astimezone(zoneinfo.ZoneInfo(zone)) for time in answer.times]
        got = [moment.strftime("%Y-%m-%d %H:%M") for moment in moments]
        assert got == sorted(got) and got
        if days:
            assert got[:len(days.split())] == list(wanted(days)), language


@pytest.mark.parametrize("words", REFUSED)
def test_a_rule_that_never_rings_or_is_none_is_refused(people, words):
    answer = people["en"].post("/reminders", title="Refused rule", schedule="recurring", cron=words)
    assert answer.status == 422 and answer.complaint("cron")
    assert answer.form("/reminders").value("cron") == words


def test_a_month_without_the_day_is_said_and_the_last_day_offered(people):
    for words in ["every 31st", "monthly on the 31st", "FREQ=MONTHLY;BYMONTHDAY=31"]:
        preview = people["en"].post("/reminders/preview", title="x", schedule="recurring", cron=words).first(id="preview").text
        assert "last day" in preview and ("April" in preview or "left out" in preview), preview


def test_a_series_that_ends_says_so(people):
    visitor = people["en"]
    path = visitor.make("Three times", schedule="recurring", cron="RRULE:FREQ=DAILY;COUNT=3")
    page = visitor.page(path)
    assert len([time for time in page.times if time > D + "10T15:00:00Z"]) >= 3
    assert len(visitor.post("/reminders/preview", title="x", schedule="recurring", cron="RRULE:FREQ=DAILY;COUNT=3").times) == 3


@pytest.mark.parametrize("fields, first", [
    ({"repeat": "daily", "repeat_at": "21:00"}, D + "11T02:00"), ({"repeat": "daily", "repeat_at": "21:00, 08:30"}, D + "11T02:00"),
    ({"repeat": "daily"}, D + "11T14:00"),
    ({"repeat": "weekly", "repeat_days": ["fri", "mon"], "repeat_at": "09:00"}, D + "12T14:00"),
    ({"repeat": "monthly", "repeat_on": "last", "repeat_at": "09:00"}, D + "31T13:00"),
    ({"repeat": "monthly", "repeat_on": "first_mon", "repeat_at": "09:00"}, "2027-04-05T13:00"),
    ({"repeat": "monthly", "repeat_on": "31", "repeat_at": "09:00"}, D + "31T13:00"),
    ({"repeat": "yearly", "repeat_date": "02-29", "repeat_at": "09:00"}, "2028-02-29T14:00"),
    ({"repeat": "yearly", "repeat_date": "12-31", "repeat_at": "23:59"}, "2028-01-01T04:59"),
    ({"repeat": "daily", "repeat_from": "2027-03-20", "repeat_at": "09:00"}, D + "20T13:00"),
    ({"repeat": "daily", "repeat_at": "02:30", "repeat_from": "2027-03-14"}, D + "14T07:30"),
    ({"repeat": "weekly", "repeat_every": "2", "repeat_days": ["fri"], "repeat_at": "17:00", "cron": "ignored"}, D + "12T22:00"),
])
def test_the_controls_make_a_rule_and_show_it_again(people, fields, first):
    visitor = people["en"]
    path = visitor.make("By controls", schedule="recurring", **fields)
    assert visitor.page(path).fact("next") == first + ":00Z"
    form = visitor.page(f"{path}/edit").form(path)
    assert form.value("repeat") == fields["repeat"]
    for name in ["repeat_on", "repeat_date", "repeat_from", "repeat_every"]:
        assert name not in fields or form.value(name) == fields[name]
    if "repeat_days" in fields:
        assert set(form.values("repeat_days")) == set(fields["repeat_days"])


@pytest.mark.parametrize("fields, name", [
    ({"repeat": "hourly"}, "repeat"), ({"repeat": "daily", "repeat_every": "0"}, "repeat_every"),
    ({"repeat": "daily", "repeat_every": "100"}, "repeat_every"),
    ({"repeat": "daily", "repeat_at": "25:00"}, "repeat_at"), ({"repeat": "weekly", "repeat_days": ["xyz"]}, "repeat_days"),
    ({"repeat": "monthly", "repeat_on": "32"}, "repeat_on"),
    ({"repeat": "monthly", "repeat_on": "sixth_mon"}, "repeat_on"), ({"repeat": "yearly", "repeat_date": "02-30"}, "repeat_date"),
    ({"repeat": "yearly", "repeat_date": "13-01"}, "repeat_date"),
    ({"repeat": "daily", "repeat_until": "2027-03-09"}, "repeat_until"), ({"repeat": "daily", "repeat_from": "2027-13-01"}, "repeat_from"),
    ({"repeat": "daily", "repeat_times": "0"}, "repeat_times"),
    ({"repeat": "daily", "repeat_times": "3", "repeat_until": "2027-05-01"}, "repeat_times"),
    ({"repeat": "daily", "repeat_at": "9:00 21:00 x"}, "repeat_at"),
])
def test_controls_that_make_no_rule_are_refused_beside_themselves(people, fields, name):
    answer = people["en"].post("/reminders", title="Refused controls", schedule="recurring", **fields)
    assert answer.status == 422
    assert answer.complaint(name) or (name == "repeat_times" and answer.complaint("repeat_until"))
