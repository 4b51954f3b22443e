"""Figures of weeks of histories at random, in every week that touches them, against what the rules say."""
import datetime

import pytest

from contract import HEADER, Person
from test_contract_streaks import DAY, TODAY, History

KINDS = [("daily", None, False), ("specific_days", None, False), ("per_week", None, False), ("daily", 2, False), ("daily", 1, True)]
HISTORIES = [History(f"week {seed}", *kind, length=length) for kind in KINDS for seed, length in enumerate([5, 45, 60])]
FIRST = datetime.date(2026, 12, 7)
WEEKS = [FIRST + DAY * 7 * number for number in range(10)]


def figures(history, monday):
    """(done, required, whether it has a rate) of a habit in a week; None where it was not there yet."""
    dates = [monday + DAY * number for number in range(7) if history.start <= monday + DAY * number <= TODAY]
    if not dates:
        return None
    if history.frequency == "per_week":
        kept, left = sum(map(history.kept, dates)), max(0, history.times - sum(map(history.skipped, dates)))
        touched = any(start < monday + DAY * 7 and until > monday for start, until in history.pauses)
        open_one = monday < history.start or touched or monday + DAY * 7 > TODAY
        return min(kept, left), left, left > 0 and (kept >= history.times or not open_one)
    asked = [date for date in dates if history.scheduled(date) and not history.skipped(date) and not history.paused(date)]
    asked = [date for date in asked if date < TODAY or history.kept(date)]
    return sum(map(history.kept, asked)), len(asked), bool(asked)


def rate(monday):
    rates = [done / required for history in HISTORIES if (found := figures(history, monday)) for done, required,
        counted in [found] if counted]
    return sum(rates) / len(rates) if rates else None


@pytest.fixture(scope="module")
def weeks(far):
    far.at("2027-02-10T15:00:00Z")
    person = Person(far)
    person.bring("\r\n".join([HEADER, *(row for history in HISTORIES for row in history.lines()), ""]).encode())
    return person, {row["name"]: f"/habits/{row['habit']}" for row in person.taken() if row["record"] == "habit"}


@pytest.mark.parametrize("monday", WEEKS, ids=str)
def test_a_week_is_what_the_rules_say(outside, weeks, monday):
    person, places = weeks
    year, number, _ = monday.isocalendar()
    page = person.get(f"/review/{year}-W{number:02}")
    assert (page.fact("week"), page.fact("week-first")) == (f"{year}-W{number:02}", str(monday))
    found, wanted = {}, {}
    for history in HISTORIES:
        expected = figures(history, monday)
        if expected and expected[2]:
            row = page.row(places[history.name]).facts()
            found[history.name] = (row.get("week-done"), row.get("week-required"))
            wanted[history.name] = (str(expected[0]), str(expected[1]))
    assert found == wanted
    mean, before = rate(monday), rate(monday - DAY * 7)
    assert page.fact("week-rate") == (None if mean is None else f"{mean:.6f}")
    change = page.fact("week-change")
    if mean is None or before is None:
        assert change is None
    else:
        assert float(change) == pytest.approx((mean - before) * 100, abs=0.0501) and "." in change


def test_a_week_read_again_later_is_reckoned_from_its_rows(outside, rui):
    habit = rui.habit("Read")
    rui.tick(habit, "2027-02-05")
    before = rui.get("/review/2027-W05").row(habit).facts()
    rui.tick(habit, "2027-02-06", "2027-02-04")
    after = rui.get("/review/2027-W05").row(habit).facts()
    assert (before["week-done"], before["week-required"], after["week-done"], after["week-required"]) == ("1", "3", "3", "4")


def test_skips_with_reasons_goals_and_the_way_to_other_weeks(outside, rui):
    habit = rui.habit("Read")
    rui.tick(habit, "2027-02-03")
    rui.post(habit + "/skips", date="2027-02-05", reason="travel")
    rui.post("/goals", title="Orchestra", category="personal")
    page = rui.get("/review/2027-W05")
    assert "travel" in page.main.text.lower() and "/review/2027-W06" in page.links and "/review/2027-W05" in rui.get("/review").links
    assert "mean" in page.main.text.lower() and "so far" in rui.get("/review").main.text.lower()
    assert "/review/2027-W07" not in rui.get("/review").links


def test_everything_paused_is_said(outside, rui):
    habit = rui.habit("Read")
    rui.tick(habit, "2027-02-03")
    rui.post(habit + "/pause", **{"from": "2027-02-04"})
    outside.at("2027-02-17T15:00:00Z")
    page = rui.get("/review")
    assert "paused" in page.main.text.lower() and "week-rate" not in page.facts()
