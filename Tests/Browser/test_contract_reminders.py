"""Reminders, from outside: the form and its limits, the preview, lists, bulk, and what can be done to one."""
import re

import pytest

from contract import Person

FIELDS = {"title", "description", "importance", "profile", "schedule", "timezone", "at", "cron", "every_minutes", "repeat", "repeat_every",
          "repeat_at", "repeat_days", "repeat_on",
          "repeat_date", "repeat_from", "repeat_until", "repeat_times", "exclude_dates", "exclude_weekends"}
DAILY = {"schedule": "recurring", "cron": "0 9 * * *"}


@pytest.fixture(scope="module")
def ana(march):
    return Person(march)


@pytest.fixture(scope="module")
def rui(march):
    return Person(march, language="pt-BR", timezone="America/Sao_Paulo")


def next_times(visitor, **fields):
    """The next five times of the preview."""
    answer = visitor.post("/reminders/preview", title="x", **fields)
    assert answer.status == 200, answer.text
    return answer.times


def test_the_form_has_these_controls_with_labels(ana):
    page = ana.page("/reminders/new")
    form = page.form("/reminders")
    assert FIELDS | {"csrf", "nonce"} <= form.names and "version" not in form.names
    assert form.unlabelled() == []
    path = ana.make("To be edited", at="tomorrow 9")
    assert FIELDS | {"csrf", "version"} <= ana.page(f"{path}/edit").form(path).names


def test_a_title_alone_is_a_reminder_of_medium_importance_in_an_hour(ana):
    path = ana.make("Only a title")
    assert re.fullmatch(r"/reminders/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", path)
    page = ana.page(path)
    assert (page.fact("status"), page.fact("next"), page.fact("snoozed-until")) == ("active", "2027-03-10T16:00:00Z", None)
    form = ana.page(f"{path}/edit").form(path)
    assert (form.value("importance"), form.value("schedule"), form.value("timezone")) == ("medium", "once", "America/New_York")


@pytest.mark.parametrize("title", ["a", "x" * 200, "ã" * 200, "👩‍👩‍👧" * 40, "<script>alert(1)</script>", "a & b &amp; c", "نص",
                                   "  spaces around  ", "=1+1"])
def test_titles_up_to_200_characters_come_back_as_typed(ana, title):
    path = ana.make(title, at="tomorrow 9")
    assert " ".join(title.split()) in ana.page(path).headings
    assert ana.page(f"{path}/edit").form(path).value("title") in (title, title.strip())


@pytest.mark.parametrize("field, value", [
    ("title", ""), ("title", "   "), ("title", "\u200b"), ("title", "x" * 201), ("title", "a\x00b"), ("description", "x" * 16_385),
    ("description", "ã" * 8_193), ("importance", "urgent"),
    ("schedule", "sometimes"), ("timezone", "Mars/Olympus"), ("timezone", "-05:00"), ("profile", "x"),
    ("profile", "01a42ff4-3d80-72d8-a65e-fc56b4ed8edd"), ("at", "2027-03-10T10:00"),
    ("at", "2027-02-29T09:00"), ("at", "2027-04-31T09:00"), ("at", "2027-03-11T09:60"), ("at", "99999-01-01T00:00"), ("at", "whenever"),
    ("at", "yesterday"),
    ("exclude_dates", "2027-02-30"), ("exclude_dates", "tomorrow\n2027-05-01"),
])
def test_a_form_is_refused_beside_the_field_and_kept_as_typed(ana, field, value):
    fields = {"title": "Kept <i>", "description": "**kept**", "at": "tomorrow 9", "exclude_dates": "2027-12-25",
              **({"schedule": "recurring", "cron": "0 9 * * *"} if field == "exclude_dates" else {})}
    before = ana.page("/reminders?status=all&q=Kept").text
    answer = ana.post("/reminders", {**fields, field: value})
    assert answer.status == 422, answer.location
    assert answer.complaint(field)
    form = answer.form("/reminders")
    for name, typed in {**fields, field: value}.items():
        if name in ("title", "description", "at", "exclude_dates", "timezone", "cron") and "\x00" not in typed:
            assert form.value(name).replace("\r\n", "\n") == typed, name
    assert ana.page("/reminders?status=all&q=Kept").text == before


def test_all_complaints_come_at_once(ana):
    answer = ana.post("/reminders", title="", importance="urgent", timezone="Mars", description="x" * 16_385, schedule="recurring",
                      cron="61 * * * *")
    assert answer.status == 422
    for name in ["title", "importance", "timezone", "description", "cron"]:
        assert answer.complaint(name), name


@pytest.mark.parametrize("value", ["0", "-1", "525601", "1.5", "x", "9" * 30, "1e3", "٣"])
def test_minutes_of_an_interval_are_1_to_525600(ana, value):
    answer = ana.post("/reminders/preview", title="x", schedule="interval", every_minutes=value)
    assert answer.status == 422 and answer.complaint("every_minutes")


@pytest.mark.parametrize("value, last", [("1", "2027-03-10T15:05:00Z"), ("525600", None), ("2 hours", "2027-03-11T01:00:00Z"),
                                         ("90", "2027-03-10T22:30:00Z"), ("1440", "2027-03-15T15:00:00Z"),
                                         ("1 day", "2027-03-15T15:00:00Z")])
def test_an_interval_is_elapsed_time(ana, value, last):
    times = next_times(ana, schedule="interval", every_minutes=value)
    assert len(times) == 5 and (last is None or times[4] == last)


@pytest.mark.parametrize("zone, at, moment", [
    ("America/New_York", "2027-03-14T02:30", "2027-03-14T07:30:00Z"), ("America/New_York", "2027-11-07T01:30", "2027-11-07T05:30:00Z"),
    ("Europe/Lisbon", "2027-03-28T01:30", "2027-03-28T01:30:00Z"),
    ("Europe/Lisbon", "2027-10-31T01:30", "2027-10-31T00:30:00Z"), ("Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-02T15:45:00Z"),
    ("Africa/Cairo", "2027-04-30T00:30", "2027-04-29T22:30:00Z"),
    ("Asia/Kathmandu", "2027-03-11T00:00", "2027-03-10T18:15:00Z"), ("Pacific/Kiritimati", "2027-03-11T09:00", "2027-03-10T19:00:00Z"),
    ("UTC", "2028-02-29T09:00", "2028-02-29T09:00:00Z"),
    ("america/new_york", "2027-12-31T23:59", "2028-01-01T04:59:00Z"),
])
def test_a_single_time_is_wall_clock_of_its_zone(ana, zone, at, moment):
    path = ana.make("Placed", at=at, timezone=zone)
    page = ana.page(path)
    assert page.fact("next") == moment
    form = ana.page(f"{path}/edit").form(path)
    assert form.value("timezone").lower() == zone.lower() and form.value("timezone") != "america/new_york"


@pytest.mark.parametrize("where", ["preview", "flash", "page"])
def test_a_skipped_time_is_said_to_be_moved(ana, where):
    if where == "preview":
        said = ana.post("/reminders/preview", title="x", at="2027-03-14T02:30").first(id="preview").text
    else:
        path = ana.make("Skipped", at="2027-03-14T02:30")
        page = ana.page(path)
        said = page.flash if where == "flash" else ana.page(path).text
    assert "03:30" in said and re.search("skip|02:30|moved", said.replace("Skip to the page", "").replace("Skipped", ""))


@pytest.mark.parametrize("cron, first", [
    ("0 9 * * *", "2027-03-11T14:00:00Z"), ("0 10 * * *", "2027-03-11T15:00:00Z"), ("1 10 * * *", "2027-03-10T15:01:00Z"),
    ("0 9 13 * FRI", "2027-03-12T14:00:00Z"),
    ("0 9 */2 * 1", "2027-03-15T13:00:00Z"), ("0 9 L * *", "2027-03-31T13:00:00Z"), ("0 9 * * 1#2", "2027-04-12T13:00:00Z"),
    ("0 9 * * FRI#5", "2027-04-30T13:00:00Z"), ("0 9 * * 0", "2027-03-14T13:00:00Z"),
    ("0 9 * * 7", "2027-03-14T13:00:00Z"), ("0 9 29 2 *", "2028-02-29T14:00:00Z"), ("30 2 14 3 *", "2027-03-14T07:00:00Z"),
    ("0 9 LW * *", "2027-03-31T13:00:00Z"), ("0 9 14W * *", "2027-03-15T13:00:00Z"), ("0 9 13W * *", "2027-03-12T14:00:00Z"),
    ("0 9 15W 8 *", "2027-08-16T13:00:00Z"), ("0 9 1W 5 *", "2027-05-03T13:00:00Z"), ("0 9 * mar-apr mon,WED", "2027-03-15T13:00:00Z"),
    ("*/30 * * * *", "2027-03-10T15:30:00Z"), ("0 0 1 1 *", "2028-01-01T05:00:00Z"),
])
def test_a_cron_pattern_is_next_due_strictly_after_now(ana, cron, first):
    assert next_times(ana, schedule="recurring", cron=cron)[0] == first


@pytest.mark.parametrize("cron", [
    "0 9 * * *", "FREQ=YEARLY;INTERVAL=2", "0 9 29 2 *", "every 29 february", "FREQ=YEARLY;INTERVAL=5"])
def test_the_next_five_times_are_shown_however_rare(ana, cron):
    assert len(next_times(ana, schedule="recurring", cron=cron)) == 5
    path = ana.make("Rare", schedule="recurring", cron=cron)
    assert len({time for time in ana.page(path).times if time > "2027-03-10T15:00:00Z"}) == 5


def test_cron_meets_the_clocks_as_debians_does(ana):
    # A fixed time in the gap: once, at the first minute after it. A repeated one: once, the first.
    assert next_times(ana, schedule="recurring", cron="30 2 * 3,4 *")[3:5] == ["2027-03-14T07:00:00Z", "2027-03-15T06:30:00Z"]
    assert next_times(ana, schedule="recurring", cron="30 1 7-8 11 *")[:3] == ["2027-11-07T05:30:00Z", "2027-11-08T06:30:00Z",
        "2028-11-07T06:30:00Z"]
    # With a star: elapsed, so a repeated hour twice.
    assert next_times(ana, schedule="recurring", cron="30 * 7 11 *")[:3] == ["2027-11-07T04:30:00Z", "2027-11-07T05:30:00Z",
        "2027-11-07T06:30:00Z"]


@pytest.mark.parametrize("cron", ["", "* * * *", "* * * * * *", "60 * * * *", "0 24 * * *", "0 9 0 * *", "0 9 32 * *", "0 9 * 13 *",
                                  "0 9 * * 8", "0 9 30 2 *", "0 9 31 4,6 *", "5-1 * * * *", "*/0 * * * *",
                                  "0 9 * * FRI#6", "0 9 * FOO *", "a b c d e", "0 9 * * 1#0", "9" * 10_000, "0 9 1 1 *\n0 9 2 1 *",
                                  "0,,5 9 * * *", "-1 9 * * *", "99999999999999999999 9 * * *"])
def test_a_wrong_pattern_is_refused_beside_its_field(ana, cron):
    answer = ana.post("/reminders/preview", title="x", schedule="recurring", cron=cron)
    assert answer.status == 422 and answer.complaint("cron")


def test_exclusions_are_skipped_and_listed_as_excluded(ana):
    answer = ana.post("/reminders/preview", title="x", **DAILY, exclude_dates="2027-03-11\r\n\r\n 2027-03-12 \r\n", exclude_weekends="on")
    assert answer.status == 200
    assert answer.times == [f"2027-03-{day}T13:00:00Z" for day in range(15, 20)]
    assert "excluded" in answer.text
    # The local date of the schedule's zone decides: 9 in Kiritimati is the day before in UTC.
    assert next_times(ana, **DAILY, timezone="Pacific/Kiritimati", exclude_dates="2027-03-11")[0] == "2027-03-11T19:00:00Z"


def test_a_schedule_whose_every_time_is_excluded_is_refused(ana):
    assert ana.post("/reminders", title="Never", schedule="recurring", cron="0 9 * * 6,0", exclude_weekends="on").status == 422


def test_editing_keeps_an_unchanged_past_time_and_refuses_another(ahead):
    visitor = Person(ahead)
    path = visitor.make("Soon", at="in 5 minutes")
    ahead.move(minutes=10)
    form = visitor.page(f"{path}/edit").form(path)
    answer = visitor.post(path, {**dict(form.presets()), "title": "Renamed"})
    assert answer.status == 303, answer.text
    form = visitor.page(f"{path}/edit").form(path)
    assert visitor.post(path,
                        {**dict(form.presets()), "at": (ahead.now.replace(year=ahead.now.year - 1)).strftime("%Y-%m-%dT%H:%M")}).status == 422


def test_an_edit_does_not_move_what_is_left_empty(ana):
    """Not SITEMAP's default, the next full hour: whoever clears the field by mistake would be told at another time than they chose."""
    path = ana.make("Emptied", at="tomorrow 9")
    form = ana.page(f"{path}/edit").form(path)
    before = ana.page(path).fact("next")
    assert ana.post(path, {**dict(form.presets()), "at": ""}).status == 422
    assert ana.page(path).fact("next") == before


def test_a_form_read_back_and_sent_again_changes_nothing(ana):
    for fields in [{"at": "tomorrow 9"}, {**DAILY, "exclude_dates": "2027-12-25", "exclude_weekends": "on"},
                   {"schedule": "interval", "every_minutes": "90"},
                   {"schedule": "recurring", "cron": "every other friday at 17:00"},
                   {"schedule": "recurring", "repeat": "monthly", "repeat_on": "last_fri", "repeat_at": "08:30, 21:00"},
                   {"schedule": "recurring", "repeat": "weekly", "repeat_days": ["mon", "thu"], "repeat_every": "2",
                    "repeat_from": "2027-03-15", "repeat_times": "7"}]:
        path = ana.make("Same", description="a\r\n\r\nb", **fields)
        before = ana.page(path)
        form = ana.page(f"{path}/edit").form(path)
        values = [(key, value) for key, value in form.presets()]
        assert ana.post(path, values).status == 303, fields
        after = ana.page(path)
        assert (after.fact("next"), after.times[:5]) == (before.fact("next"), before.times[:5]), fields
        assert [pair for pair in ana.page(f"{path}/edit").form(path).presets() if pair[0] not in ("csrf",
            "version")] == [pair for pair in values if pair[0] not in ("csrf", "version")]
