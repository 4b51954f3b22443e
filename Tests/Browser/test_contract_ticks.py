"""Completions, notes, amounts and skips by the letter of the contract."""
import csv
import datetime
import io
import threading

import pytest

from contract import Person

TODAY = datetime.date(2027, 2, 10)


def day(back):
    return str(TODAY - datetime.timedelta(days=back))


EIGHT = [day(back) for back in range(8)]


def rows(person, habit):
    """{date: (state, amount, reason, notes)} of a habit, out of the person's own file."""
    found = csv.DictReader(io.StringIO(person.get("/habits/export.csv").body.decode()))
    return {row["date"]: (row["state"], row["amount"], row["reason"], row["notes"]) for row in found
            if row["record"] == "day" and row["habit"] == habit.rsplit("/", 1)[1]}


def test_eight_dates_are_accepted_and_offered(ana):
    habit = ana.habit()
    offered = {node["value"] for node in ana.get(habit).all("input", name="date")}
    assert set(EIGHT) <= offered and max(offered) == EIGHT[0] and min(offered) == EIGHT[-1]
    assert ana.tick(habit, *EIGHT).place == habit
    facts = ana.facts(habit)
    assert (facts["current-streak"], facts["total"], facts["since"]) == ("8", "8", EIGHT[-1])


@pytest.mark.parametrize("what", ["completions", "skips"])
def test_other_dates_are_422_and_all_or_none(ana, what):
    habit = ana.habit()
    for date in ["2027-02-11", "2027-02-02", "2027-02-30", "2027-02-29", "2027-2-9", "20270209", "2027-02-09T00:00", "", "today",
            "0000-00-00", "99999-01-01",
                 "-2027-02-09", "2027-02-09 ", "٢٠٢٧-02-09"]:
        assert ana.post(f"{habit}/{what}", date=date).status == 422, date
        assert ana.post(f"{habit}/{what}", date=[EIGHT[1], date, EIGHT[2]]).status == 422, date
    assert rows(ana, habit) == {}


def test_nine_dates_are_422(ana):
    habit = ana.habit()
    assert ana.tick(habit, *EIGHT, day(8)).status == 422 and rows(ana, habit) == {}


def test_the_same_date_again_is_a_no_op_with_the_same_redirect(ana):
    habit = ana.habit()
    one, two = ana.tick(habit, day(0), notes="one"), ana.tick(habit, day(0))
    assert (one.status, one.headers["Location"]) == (303, two.headers["Location"]) and rows(ana, habit) == {day(0): ("done", "", "", "one")}
    ana.tick(habit, day(0), notes="two")
    assert rows(ana, habit) == {day(0): ("done", "", "", "two")} and ana.facts(habit)["total"] == "1"


def test_undo_and_its_bounds(ana):
    habit = ana.habit()
    ana.tick(habit, *EIGHT)
    assert ana.post(f"{habit}/completions/{day(3)}/deletion").status == 303
    facts = ana.facts(habit)
    assert (facts["total"], facts["current-streak"], facts["longest-streak"]) == ("7", "3", "4")
    ana.tick(habit, day(3))
    assert ana.facts(habit)["longest-streak"] == "8"
    assert ana.post(f"{habit}/completions/2027-02-30/deletion").status in {404, 422}
    assert ana.post(f"{habit}/completions/{day(0)}/deletion").status == ana.post(f"{habit}/completions/{day(0)}/deletion").status == 303
    ana.site.at("2027-02-11T15:00:00Z")
    assert ana.post(f"{habit}/completions/{EIGHT[-1]}/deletion").status == 422 and ana.facts(habit)["total"] == "7"


def test_a_note_belongs_to_its_date(ana):
    habit = ana.habit()
    ana.tick(habit, day(2), notes="kept *so*")
    undone = ana.get(ana.post(f"{habit}/completions/{day(2)}/deletion").place)
    assert "note" in undone.flash.lower() and rows(ana, habit) == {day(2): ("note", "", "", "kept *so*")}
    assert undone.fact("total") == "0"
    assert ana.post(habit + "/notes", date=day(2), notes="").status == 303 and rows(ana, habit) == {}
    assert ana.post(habit + "/notes", date=day(0), notes="a day not done").status == 303
    assert "a day not done" in ana.get(habit).text and ana.facts(habit)["total"] == "0"


def test_notes_stand_from_the_habits_start_to_today(ana):
    habit = ana.habit()
    ana.tick(habit, day(1))
    for date in ["2027-02-11", "2027-02-08", "2027-02-31"]:
        assert ana.post(habit + "/notes", date=date, notes="x").status == 422, date
    assert ana.post(habit + "/notes", date=day(1), notes="x").status == 303


@pytest.mark.parametrize("what", ["completions", "skips", "notes"])
def test_notes_have_two_kilobytes(ana, what):
    habit = ana.habit()
    for notes in ["é" * 1024 + "x", "x" * 2049]:
        answer = ana.post(f"{habit}/{what}", date=day(0), notes=notes)
        assert answer.status == 422 and "notes" in answer.complaints() and answer.value("notes") == notes and rows(ana, habit) == {}
    for notes in ["é" * 1024, "x" * 2048, "a\r\nb" * 100]:
        assert ana.post(f"{habit}/{what}", date=day(0), notes=notes).status == 303
        assert rows(ana, habit)[day(0)][3].replace("\r\n", "\n") == notes.replace("\r\n", "\n")


def test_notes_are_markdown_without_markup_of_others(ana):
    habit = ana.habit()
    notes = "**bold** <script>alert(1)</script> [x](javascript:alert(1)) [y](https://example.org/) ![z](https://example.org/a.png)"
    ana.tick(habit, day(0), notes=notes)
    page = ana.get(habit)
    assert page.first("strong").text == "bold" and "<script>alert" not in page.markup and "alert(1)" in page.text
    assert not [link for link in page.links if link.startswith("javascript")] and "https://example.org/" in page.links
    assert not [node for node in page.main.all("img") if "example.org" in (node["src"] or "")]


READ = {
    "km": [("0,5", "0.5"), ("1.5", "1.5"), ("0", "0"), ("0.125", "0.125"), ("999999", "999999")],
    "min": [("1h30", "90"), ("1:30", "90"), ("90 min", "90")],
    "minutos": [("1h30", "90")], "minutes": [("1:30", "90")], "h": [("1h30", "1.5")], "hours": [("90 min", "1.5")],
    "horas": [("1:30", "1.5")],
}


@pytest.mark.parametrize("unit", READ)
@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_amounts_are_read(outside, people, language, unit):
    person = people[language]
    habit = person.habit(kind="amount", unit=unit, target="10")
    for typed, kept in READ[unit]:
        answer = person.tick(habit, day(0), amount=typed, set="on")
        assert answer.status == 303, (typed, answer.complaints())
        assert person.facts(habit)["amount"] == kept, typed
    assert rows(person, habit)[day(0)][:2] == ("done", kept)


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_other_amounts_are_422_beside_the_amount(outside, people, language):
    person = people[language]
    habit = person.habit(kind="amount", unit="km", target="10")
    for typed in ["-1", "1e3", "1.2345", "9999999", "", "1.000,5", "1,000.5", "x", "1h30", "1:30", "٣", "NaN", "inf", "0x10", "1 000",
            "--1", "1..5"]:
        answer = person.tick(habit, day(0), amount=typed)
        assert answer.status == 422 and answer.complaints().get("amount") and answer.value("amount") == typed, typed
    assert rows(person, habit) == {}


@pytest.fixture(scope="module")
def people(far):
    far.at("2027-02-10T15:00:00Z")
    return {language: Person(far, language=language) for language in ["en", "pt-BR"]}


def test_posts_of_one_date_add_up_and_set_replaces(ana):
    habit = ana.habit(kind="amount", unit="km", target="5")
    ana.tick(habit, day(0), amount="3")
    assert ana.facts(habit)["done"] == "false"
    ana.tick(habit, day(0), amount="2")
    assert ana.facts(habit)["amount"] == "5" and ana.facts(habit)["done"] == "true"
    ana.tick(habit, day(0), amount="4.999", set="on")
    assert ana.facts(habit)["amount"] == "4.999" and ana.facts(habit)["done"] == "false"


def test_one_press_twice_adds_once(ana):
    habit = ana.habit(kind="amount", unit="km", target="5")
    form = next(form for form in ana.get(habit).all("form", action=f"{habit}/completions") if form.first(name="amount"))
    nonce = form.first(name="nonce")["value"]
    for _ in range(2):
        assert ana.tick(habit, day(0), amount="3", nonce=nonce).status == 303
    assert ana.facts(habit)["amount"] == "3"


def test_at_most_two_coffees(ana):
    habit = ana.habit(kind="amount", unit="cups", target="2", direction="at_most")
    ana.tick(habit, day(3), amount="0")
    ana.tick(habit, day(1), amount="3")
    assert (ana.facts(habit)["total"], ana.facts(habit)["current-streak"]) == ("1", "0")
    ana.tick(habit, day(1), amount="2", set="on")
    ana.tick(habit, day(2), amount="0")
    assert (ana.facts(habit)["total"], ana.facts(habit)["current-streak"], ana.facts(habit)["misses"]) == ("3", "3", "0")


def test_one_press_of_an_at_most_habit_enters_0(ana):
    habit = ana.habit(kind="amount", unit="cups", target="2", direction="at_most", step="0.5")
    ana.tick(habit, day(1), day(2))
    ana.tick(habit, day(1))
    assert rows(ana, habit) == {day(1): ("done", "0.5", "", ""), day(2): ("done", "0", "", "")}


def test_at_most_nothing(ana):
    habit = ana.habit(kind="amount", unit="cups", target="0", direction="at_most")
    ana.tick(habit, day(2), amount="0")
    ana.tick(habit, day(1), amount="1")
    facts = ana.facts(habit)
    assert (facts["total"], facts["current-streak"], facts["longest-streak"], facts["misses"], facts["target"]) == ("1", "0", "1", "1", "0")


def test_skip_and_done(ana):
    habit = ana.habit()
    ana.tick(habit, day(1))
    refused = ana.post(habit + "/skips", date=day(1), reason="sick")
    assert refused.status == 409 and rows(ana, habit)[day(1)][0] == "done"
    assert ana.post(habit + "/skips", date=[day(2), day(3)], reason="travel", notes="away").status == 303
    assert rows(ana, habit)[day(3)] == ("skipped", "", "travel", "away")
    done = ana.get(ana.tick(habit, day(2)).place)
    assert "skip" in done.flash.lower() and rows(ana, habit)[day(2)][0] == "done" and rows(ana, habit)[day(2)][2] == ""
    assert ana.facts(habit)["current-streak"] == "2"
    assert ana.post(f"{habit}/skips/{day(3)}/deletion").status == 303 and day(3) not in rows(ana, habit) or rows(ana,
        habit)[day(3)][0] == "note"


def test_reasons_of_a_skip(ana):
    habit = ana.habit()
    assert ana.post(habit + "/skips", date=day(0), reason="lazy").status == 422 and rows(ana, habit) == {}
    for reason in ["sick", "travel", "rest", "holiday", "other"]:
        assert ana.post(habit + "/skips", date=day(0), reason=reason).status == 303 and rows(ana,
            habit) == {day(0): ("skipped", "", reason, "")}
    assert ana.post(habit + "/skips", date=day(1)).status == ana.post(habit + "/skips", date=day(2), reason="").status == 303
    assert rows(ana, habit)[day(1)] == ("skipped", "", "", "")


def test_skip_of_an_unscheduled_day_is_a_no_op_with_words(ana):
    habit = ana.habit(frequency="specific_days", day=["mon"])
    answer = ana.get(ana.post(habit + "/skips", date="2027-02-09").place)
    assert answer.flash and rows(ana, habit) == {}


def test_a_tick_on_an_unscheduled_date_counts_in_totals_only(ana):
    habit = ana.habit(frequency="specific_days", day=["mon", "wed"])
    ana.tick(habit, "2027-02-08", "2027-02-09", "2027-02-10")
    assert (ana.facts(habit)["total"], ana.facts(habit)["current-streak"]) == ("3", "2")


def test_one_date_from_many_devices_at_once_is_one_row(ana):
    habit = ana.habit()
    answers = []
    for _ in range(5):
        work = [threading.Thread(target=lambda: answers.append(ana.tick(habit, day(0)).status)), threading.Thread(
            target=lambda: answers.append(ana.tick(habit, day(0), notes="n").status)), threading.Thread(
            target=lambda: answers.append(ana.post(f"{habit}/completions/{day(1)}/deletion").status)), threading.Thread(
            target=lambda: answers.append(ana.tick(habit, day(1)).status))]
        [thread.start() for thread in work]
        [thread.join() for thread in work]
    assert set(answers) == {303} and rows(ana, habit)[day(0)] == ("done", "", "", "n") and ana.facts(habit)["total"] in {"1", "2"}
