"""Which date it is: clock changes, day starts, zones, year ends; pauses, frequencies, weeks. A person in São Paulo unless said."""
import datetime

import pytest

from contract import Person


def offered(person, habit):
    return sorted({node["value"] for node in person.get(habit).all("input", name="date") if node["type"] == "checkbox"})


def eight(last):
    day = datetime.date.fromisoformat(last)
    return [str(day - datetime.timedelta(days=back)) for back in range(7, -1, -1)]


@pytest.mark.parametrize("zone, day_start, instant, date", [
    ("America/Sao_Paulo", 0, "2027-02-11T02:59:59Z", "2027-02-10"), ("America/Sao_Paulo", 0, "2027-02-11T03:00:00Z", "2027-02-11"),
    ("America/Sao_Paulo", 3, "2027-02-11T03:00:00Z", "2027-02-10"), ("America/Sao_Paulo", 3, "2027-02-11T05:59:59Z", "2027-02-10"),
    ("America/Sao_Paulo", 3, "2027-02-11T06:00:00Z", "2027-02-11"), ("America/Sao_Paulo", 6, "2027-01-01T08:59:59Z", "2026-12-31"),
    # Both nights of a clock change in New York: 14 March and 7 November 2027. What is shifted is now, by hours that pass.
    ("America/New_York", 0, "2027-03-14T04:59:59Z", "2027-03-13"), ("America/New_York", 0, "2027-03-14T05:00:00Z", "2027-03-14"),
    ("America/New_York", 3, "2027-03-14T07:59:59Z", "2027-03-13"), ("America/New_York", 3, "2027-03-14T08:00:00Z", "2027-03-14"),
    ("America/New_York", 0, "2027-03-15T03:59:59Z", "2027-03-14"), ("America/New_York", 0, "2027-03-15T04:00:00Z", "2027-03-15"),
    ("America/New_York", 0, "2027-11-07T03:59:59Z", "2027-11-06"), ("America/New_York", 0, "2027-11-07T04:00:00Z", "2027-11-07"),
    ("America/New_York", 3, "2027-11-07T06:59:59Z", "2027-11-06"), ("America/New_York", 3, "2027-11-07T07:00:00Z", "2027-11-07"),
    ("America/New_York", 0, "2027-11-08T04:59:59Z", "2027-11-07"), ("America/New_York", 0, "2027-11-08T05:00:00Z", "2027-11-08"),
    # Zones without a midnight, of half an hour, and at the ends of the world.
    ("America/Santiago", 0, "2027-09-05T03:59:59Z", "2027-09-04"), ("America/Santiago", 0, "2027-09-05T04:00:00Z", "2027-09-05"),
    ("Asia/Beirut", 0, "2027-03-27T21:59:59Z", "2027-03-27"), ("Asia/Beirut", 0, "2027-03-27T22:00:00Z", "2027-03-28"),
    ("Australia/Lord_Howe", 0, "2027-04-03T12:59:59Z", "2027-04-03"), ("Australia/Lord_Howe", 0, "2027-04-03T13:00:00Z", "2027-04-04"),
    ("Pacific/Kiritimati", 0, "2026-12-31T10:00:00Z", "2027-01-01"), ("Pacific/Pago_Pago", 0, "2027-01-01T10:59:59Z", "2026-12-31"),
    ("UTC", 0, "2028-02-29T12:00:00Z", "2028-02-29"),
])
def test_eight_dates_and_no_other(outside, zone, day_start, instant, date):
    outside.at(instant)
    ana = Person(outside, timezone=zone, **({"day_start": str(day_start)} if day_start else {}))
    habit = ana.habit()
    assert offered(ana, habit) == eight(date)
    assert ana.tick(habit, date).status == 303
    tomorrow = str(datetime.date.fromisoformat(date) + datetime.timedelta(days=1))
    assert ana.tick(habit, tomorrow).status == 422 and ana.facts(habit)["done"] == "true"


def test_the_tick_is_the_date_of_its_own_instant(outside, rui):
    habit = rui.habit()
    outside.at("2027-02-11T02:59:59Z")
    rui.tick(habit, "2027-02-10")
    outside.at("2027-02-11T03:00:00Z")
    facts = rui.facts(habit)
    assert (facts["current-streak"], facts["done"], facts["due"]) == ("1", "false", "true")
    outside.at("2027-02-12T03:00:00Z")
    assert rui.facts(habit)["current-streak"] == "0" and rui.facts(habit)["misses"] == "1"


@pytest.mark.parametrize("to", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tokyo", "America/Los_Angeles"])
def test_a_change_of_zone_never_lowers_a_streak(outside, rui, to):
    habit = rui.habit()
    rui.tick(habit, *eight("2027-02-10"))
    rui.settle(timezone=to)
    assert rui.facts(habit)["current-streak"] == "8"
    assert rui.post(f"{habit}/completions/2027-02-10/deletion").status == 303 and rui.facts(habit)["total"] == "7"
    rui.settle(timezone="America/Sao_Paulo")
    rui.tick(habit, "2027-02-10")
    assert rui.facts(habit)["current-streak"] == "8"


def test_it_starts_at_the_first_entry(rui):
    habit = rui.habit()
    rui.post(habit + "/skips", date="2027-02-05")
    assert rui.facts(habit)["since"] == "2027-02-05" and rui.facts(habit)["misses"] == "4"


def test_per_week_counts_weeks_and_five_of_three_is_one(outside, rui):
    habit = rui.habit(frequency="per_week", times_per_week="3")
    rui.tick(habit, "2027-02-08", "2027-02-09", "2027-02-10")
    facts = rui.facts(habit)
    assert (facts["streak-unit"], facts["current-streak"], facts["due"], facts["done"]) == ("weeks", "1", "false", "true")
    outside.at("2027-02-12T15:00:00Z")
    rui.tick(habit, "2027-02-11", "2027-02-12")
    assert rui.facts(habit)["current-streak"] == "1" and rui.facts(habit)["total"] == "5"
    outside.at("2027-02-22T15:00:00Z")
    assert rui.facts(habit)["current-streak"] == "0" and rui.facts(habit)["misses"] == "1"


def test_n_raised_on_wednesday_counts_for_this_week(rui):
    habit = rui.habit(frequency="per_week", times_per_week="2")
    rui.tick(habit, "2027-02-08", "2027-02-09")
    assert rui.facts(habit)["current-streak"] == "1"
    rui.post(habit, name="Read", frequency="per_week", times_per_week="4", version=rui.get(habit + "/edit").value("version"))
    assert rui.facts(habit)["current-streak"] == "0" and rui.facts(habit)["due"] == "true"


def test_a_new_week_start_cuts_all_weeks_anew(outside, rui):
    outside.at("2027-02-14T15:00:00Z")
    habit = rui.habit(frequency="per_week", times_per_week="2")
    rui.tick(habit, "2027-02-13", "2027-02-14")
    assert rui.facts(habit)["current-streak"] == "1"
    rui.settle(week_start="sunday")
    assert rui.facts(habit)["current-streak"] == "0"


def test_days_changed_to_a_week_begin_streaks_there_and_say_since_when(outside, rui):
    habit = rui.habit()
    rui.tick(habit, *eight("2027-02-10"))
    outside.at("2027-02-11T15:00:00Z")
    rui.post(habit, name="Read", frequency="per_week", times_per_week="2", version=rui.get(habit + "/edit").value("version"))
    facts = rui.facts(habit)
    assert (facts["streak-unit"], facts["longest-streak"], facts["total"], facts["since"]) == ("weeks", "0", "8", "2027-02-11")
    assert float(facts["score"]) > 0.3


def test_of_several_changes_on_one_date_the_last_stands(outside, rui):
    habit = rui.habit(frequency="specific_days", day=["mon", "wed", "fri"])
    rui.tick(habit, "2027-02-08", "2027-02-10", "2027-02-05")
    outside.at("2027-02-11T15:00:00Z")
    for frequency, days in [("daily", []), ("specific_days", ["mon"]), ("daily", [])]:
        rui.post(habit, name="Read", frequency=frequency, day=days, version=rui.get(habit + "/edit").value("version"))
    rows = [row for row in rui.taken() if row["record"] == "frequency"]
    assert [(row["date"], row["frequency"]) for row in rows][-1] == ("2027-02-11", "daily") and len(rows) == 2
    assert (rui.facts(habit)["current-streak"], rui.facts(habit)["due"]) == ("3", "true")
    outside.at("2027-02-12T15:00:00Z")
    assert rui.facts(habit)["current-streak"] == "0"


def test_a_pause_is_neutral_from_and_until(outside, rui):
    habit = rui.habit()
    rui.tick(habit, "2027-02-09", "2027-02-10")
    assert rui.post(habit + "/pause", from_=None, reason="holiday", **{"from": "2027-02-11", "until": "2027-02-13"}).status == 303
    assert rui.facts(habit)["status"] == "active"
    outside.at("2027-02-12T15:00:00Z")
    assert (rui.facts(habit)["status"], rui.facts(habit)["due"], rui.facts(habit)["current-streak"]) == ("paused", "false", "2")
    rui.tick(habit, "2027-02-12")
    assert rui.facts(habit)["current-streak"] == "3" and rui.facts(habit)["status"] == "paused"
    outside.at("2027-02-13T15:00:00Z")
    assert (rui.facts(habit)["status"], rui.facts(habit)["due"], rui.facts(habit)["current-streak"]) == ("active", "true", "3")
    outside.at("2027-02-14T15:00:00Z")
    assert rui.facts(habit)["current-streak"] == "0"


def test_paused_and_resumed_today_is_nothing(outside, rui):
    habit = rui.habit()
    rui.post(habit + "/pause")
    rui.post(habit + "/resumption")
    assert rui.facts(habit)["due"] == "true" and not [row for row in rui.taken() if row["record"] == "pause"]
    outside.at("2027-02-11T15:00:00Z")
    assert rui.facts(habit)["misses"] == "1"


def test_bounds_of_a_pause(ana):
    habit = ana.habit()
    for start, until, status in [
            ("2027-02-02", "", 422), ("2028-02-11", "", 422), ("2027-02-30", "", 422), ("x", "", 422), ("2027-02-12", "2027-02-12", 422),
            ("2027-02-12", "2027-02-11", 422),
            ("2027-02-12", "2027-02-31", 422), ("2028-02-10", "", 303), ("2027-02-12", "2027-02-13", 303), ("2027-02-03", "", 303)]:
        assert ana.post(habit + "/pause", **{"from": start, "until": until}).status == status, (start, until)
    assert ana.post(habit + "/pause", reason="lazy").status == 422


def test_pauses_that_overlap_are_one_and_can_be_taken_away(rui):
    habit = rui.habit()
    rui.post(habit + "/pause", **{"from": "2027-02-12", "until": "2027-02-20"})
    rui.post(habit + "/pause", **{"from": "2027-02-15", "until": "2027-02-25"})
    assert [(row["date"], row["until"]) for row in rui.taken() if row["record"] == "pause"] == [("2027-02-12", "2027-02-25")]
    removal = next(action for action in rui.get(habit).actions() if "/pauses/" in action)
    assert removal.startswith(habit + "/pauses/") and removal.endswith("/deletion")
    assert rui.post(removal).status == 303 and not [row for row in rui.taken() if row["record"] == "pause"]


def test_pause_everything_and_what_was_paused_before(rui):
    before, running = rui.habit("Before"), rui.habit("Running")
    rui.post(before + "/pause")
    assert rui.post("/habits/pause").status == 303 and rui.facts(running)["status"] == "paused"
    assert rui.post("/habits/resumption").status == 303
    assert (rui.facts(before)["status"], rui.facts(running)["status"]) == ("paused", "active")


def test_archived_time_is_a_pause(outside, rui):
    habit = rui.habit()
    rui.tick(habit, "2027-02-09", "2027-02-10")
    rui.post(habit + "/archival")
    outside.at("2027-02-26T15:00:00Z")
    assert rui.facts(habit)["due"] == "false"
    rui.post(habit + "/restoration")
    assert (rui.facts(habit)["current-streak"], rui.facts(habit)["misses"], rui.facts(habit)["due"]) == ("2", "0", "true")


@pytest.mark.parametrize("direction, target, ticks, streak, misses, done", [
    ("at_least", "10", [("2027-02-08", "6"), ("2027-02-10", "4")], "1", "0", "true"),
    ("at_least", "10", [("2027-02-08", "9")], "0", "0", "false"),
    ("at_most", "3", [("2027-02-08", "2"), ("2027-02-10", "2")], "0", "1", "false"),
    ("at_most", "3", [("2027-02-08", "2")], "0", "0", None),
])
def test_a_target_of_a_week(outside, rui, direction, target, ticks, streak, misses, done):
    habit = rui.habit(kind="amount", unit="km", target=target, period="week", direction=direction)
    for date, amount in ticks:
        rui.tick(habit, date, amount=amount)
    facts = rui.facts(habit)
    assert (facts["streak-unit"], facts["current-streak"], facts["misses"]) == ("weeks", streak, misses)
    # A week later: the first week was partial and so is judged only where it was reached or surpassed.
    outside.at("2027-02-17T15:00:00Z")
    assert rui.facts(habit)["longest-streak"] >= streak


def test_per_month_more_than_it_has_is_every_day(outside, rui):
    outside.at("2027-02-28T15:00:00Z")
    rows = ["record,habit,date,state,frequency,times,kind,status,name", "habit,a,2027-02-01,,,,tick,active,All of it",
        "frequency,a,2027-02-01,,per_month,31,,,"]
    rows += [f"day,a,2027-02-{day:02},done,,,,," for day in range(1, 29)]
    rui.bring("\r\n".join([*rows, ""]).encode())
    facts = rui.facts(rui.named("All of it"))
    assert (facts["streak-unit"], facts["current-streak"], facts["total"]) == ("months", "1", "28")
