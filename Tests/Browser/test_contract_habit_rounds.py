"""Habits in lists, many at once, on other pages, and ringing, by the letter of the contract."""
import re

import pytest

from contract import Person
from heed_dev import until
from conftest import links

DATE = "2027-02-10"


def shown(page, made):
    """The names of those habits that a page links to."""
    found = {link.split("#")[0].split("?")[0] for link in page.main.links}
    return {name for name, habit in made.items() if habit in found}


def bulk(person, made, **fields):
    return person.post("/habits/bulk", id=[habit.rsplit("/", 1)[1] for habit in made.values()], **fields)


def test_bulk_completes_those_due_and_not_entered_and_says_how_many(rui):
    made = {"A": rui.habit("A"), "Done": rui.habit("Done"), "Skipped": rui.habit("Skipped"),
        "Other day": rui.habit("Other day", frequency="specific_days", day="mon"),
            "Amount": rui.habit("Amount", kind="amount", unit="km", target="5"),
            "Most": rui.habit("Most", kind="amount", unit="cups", target="2", direction="at_most"),
            "Paused": rui.habit("Paused"), "Part": rui.habit("Part", kind="amount", unit="km", target="5")}
    rui.tick(made["Done"], DATE, notes="mine")
    rui.post(made["Skipped"] + "/skips", date=DATE)
    rui.post(made["Paused"] + "/pause")
    rui.tick(made["Part"], DATE, amount="2")
    page = rui.get(bulk(rui, made, action="completion", date=DATE).place)
    assert re.search(r"\b3\b", page.flash), page.flash
    states = {name: rui.days(name).get(DATE, ("",) * 4)[:2] for name in made}
    assert states == {"A": ("done", ""), "Done": ("done", ""), "Skipped": ("skipped", ""), "Other day": ("", ""), "Amount": ("done", "5"),
        "Most": ("done", "0"),
                      "Paused": ("", ""), "Part": ("done", "2")}


def test_bulk_skips_pauses_archives_and_groups(rui):
    made = {name: rui.habit(name) for name in "AB"}
    assert bulk(rui, made, action="skip", date="2027-02-09", reason="travel").status == 303 and rui.days("A") == {"2027-02-09": ("skipped",
        "", "travel", "")}
    assert bulk(rui, made, action="pause").status == 303 and rui.facts(made["A"])["status"] == "paused"
    assert bulk(rui, made, action="resumption").status == 303 and rui.facts(made["B"])["status"] == "active"
    assert bulk(rui, made, action="group", group="Evening").status == 303 and shown(rui.get("/habits?group=evening"), made) == {"A", "B"}
    assert bulk(rui, made, action="archival").status == 303 and shown(rui.get("/habits?status=archived"), made) == {"A", "B"}


@pytest.mark.parametrize("fields", [{"action": "x"}, {"action": ""}, {"action": "completion", "date": "2027-02-11"},
    {"action": "completion", "date": "2027-02-30"},
                                    {"action": "skip", "date": DATE, "reason": "lazy"}, {"action": "group", "group": "g" * 41}])
def test_bulk_refuses(ana, fields):
    habit = ana.habit()
    before = ana.taken()
    assert bulk(ana, {"A": habit}, **fields).status == 422 and ana.taken() == before


def test_bulk_of_ten_thousand_and_of_none(ana):
    assert ana.post("/habits/bulk", action="completion", date=DATE).status in {303, 422}
    assert ana.post("/habits/bulk", action="completion", date=DATE,
        id=[f"01a39fc2-2d80-7c6b-a8cb-{number:012x}" for number in range(10_000)]).status in {303, 413, 422}
    assert ana.post("/habits/bulk", action="completion", date=DATE, id=["x", "", "%00"]).status in {303, 404, 422}


@pytest.fixture(scope="module")
def crowd(far):
    """Somebody with 60 habits."""
    far.at("2027-02-10T15:00:00Z")
    person = Person(far)
    rows = "".join(f"H{number:02},{date},1\r\n" for number in range(60) for date in ["2027-02-08", "2027-02-09"])
    person.bring(("habit,date,value\r\n" + rows).encode())
    return person, {row["name"]: f"/habits/{row['habit']}" for row in person.taken() if row["record"] == "habit"}


def test_a_page_has_twenty_rows(outside, crowd):
    """Not SITEMAP's 50: each has the buttons of eight dates, and no page weighs more than 80 kB (issue 9)."""
    person, made = crowd
    assert len(shown(person.get("/habits?status=all"), made)) == 20


def test_the_next_page_is_a_cursor(outside, crowd):
    person, made = crowd
    assert [link for link in person.get("/habits?status=all").links if "after=" in link]


@pytest.mark.parametrize("query", ["", "?by=group", "?status=all", "?status=all&sort=name", "?status=due&sort=score", "?q=h"])
def test_pages_together_are_all_and_each_once(outside, crowd, query):
    person, made = crowd
    address, seen, kept = "/habits" + query, [], []
    for _ in range(9):
        page = person.get(address)
        assert page.status == 200
        seen += sorted(shown(page, made))
        following = next((node["href"] for node in page.main.all("a", rel="next")), None)
        if following is None:
            break
        kept.append(following)
        address = following
    assert sorted(seen) == sorted(made)
    for part in filter(None, query.removeprefix("?").split("&")):
        assert all(part in address for address in kept), kept


@pytest.mark.parametrize("path", ["/habits", "/goals", "/coach"])
def test_a_list_is_304_until_something_changes(rui, path):
    # A worker may still be at the letter that every newcomer gets.
    tag = until(lambda: (tag := rui.get(path).headers["ETag"]) and rui.get(path, **{"If-None-Match": tag}).status == 304 and tag,
        "a list that stands")
    rui.habit("Read")
    rui.post("/goals", title="Run", category="other")
    rui.post("/coach/messages", content="help")
    assert rui.get(path, **{"If-None-Match": tag}).status == 200


@pytest.mark.parametrize("path", ["/habits", "/goals", "/coach"])
def test_the_tag_of_a_list_is_weak(ana, path):
    """Issue 8, newer than SITEMAP: the field against forgery is masked afresh in every rendering."""
    assert ana.get(path).headers["ETag"].startswith('W/"')


def test_one_miss_stands_first(rui):
    fine, missed = rui.habit("Fine"), rui.habit("Missed once")
    rui.tick(fine, "2027-02-09")
    rui.tick(missed, "2027-02-08")
    page = rui.get("/habits")
    words = page.main.text
    assert words.index("One miss so far") < words.rindex("Missed once") < words.index("Due today") < words.rindex("Fine")
    assert page.row(missed).fact("misses") == "1" and page.row(fine).fact("misses") == "0"
    rui.tick(missed, DATE)
    assert shown(rui.get("/habits?status=rescue"), {"Missed": missed}) == set() and rui.facts(missed)["misses"] == "0"


def test_today_shows_habits_due_with_one_press_each(rui):
    habit = rui.habit("Practise oboe")
    rui.tick(rui.habit("Done already"), DATE)
    page = rui.get("/")
    assert habit in page.links and f"{habit}/completions" in page.actions() and "Done already" not in page.main.first(id="habits").text


def test_search_finds_habits_goals_and_notes(rui):
    habit = rui.habit("Practise oboe")
    rui.tick(rui.habit("Done already"), DATE, notes="about a bassoon")
    goal = rui.post("/goals", title="Join the orchestra", category="personal").place
    assert habit in rui.get("/search?q=oboe").links and goal in rui.get("/search?q=orchestra").links
    assert "bassoon" in rui.get("/search?q=bassoon").main.text


def taken_back(person, sent):
    """Presses Undo below the line that a post led to."""
    page = person.send("GET", sent.headers["Location"])
    undo = next((form for form in page.all("form") if form.text.strip().lower() == "undo"), None)
    assert undo, sent.location
    assert person.post(undo["action"].split("#")[0], undo.presets()).status == 303


def test_undo_after_each_change(rui):
    habit = rui.habit("Read")
    rui.tick(habit, "2027-02-09")
    several = {"date": [DATE, "2027-02-09", "2027-02-08"]}
    for path, fields in [("/completions", {"date": DATE}), ("/skips", {"date": DATE}), ("/completions", several),
            ("/skips", {"date": [DATE, "2027-02-08"]}), ("/archival", {}), ("/pause", {})]:
        before = rui.facts(habit)
        taken_back(rui, rui.post(habit + path, **fields))
        after = rui.facts(habit)
        same = ["status", "current-streak", "total", "due", "done"]
        assert [after[name] for name in same] == [before[name] for name in same], path


def test_undo_gives_back_what_a_date_held(rui):
    run = rui.habit("Run", kind="amount", unit="km", target="10")
    rui.tick(run, DATE, amount="4")
    for fields in [{"amount": "3"}, {"amount": "2", "set": "on"}, {}]:
        taken_back(rui, rui.tick(run, DATE, **fields))
        assert rui.days("Run") == {DATE: ("done", "4", "", "")}
    rui.post(run + "/skips", date="2027-02-09", reason="sick")
    taken_back(rui, rui.tick(run, "2027-02-09", amount="3"))
    assert rui.days("Run")["2027-02-09"] == ("skipped", "", "sick", "")


def test_sheets(ana):
    habit = ana.habit("On the sheet")
    ana.tick(habit, "2027-02-09")
    for path in ["/habits/sheet", "/habits/sheet?month=2027-01", f"{habit}/sheet", f"{habit}/sheet?month=2024-02"]:
        page = ana.get(path)
        assert page.status == 200 and page.first("table")
    assert "29" in ana.get(f"{habit}/sheet?month=2024-02").main.text


@pytest.mark.parametrize("year, status", [("2027", 200), ("2026", 200), ("x", 422), ("99999", 422), ("-1", 422)])
def test_the_year_of_the_map(ana, year, status):
    page = ana.get(ana.habit() + "?year=" + year)
    assert page.status == status
    if status == 200:
        chart = next(node for node in page.main.all("svg", role="img"))
        assert chart.first("title") and page.main.first("table")


RING = {"preferred_time": "13:00", "reminder": "on"}


def reminder(person, habit):
    """The page of a habit's reminder, found from the habit's own."""
    return next((link for link in person.get(habit).links if re.fullmatch(r"/reminders/[0-9a-f-]{36}", link)), None)


def rings(person, outside):
    """Does what is due and counts the person's open escalations."""
    outside.work()
    page = person.get("/escalations")
    return {link for link in page.main.links if re.fullmatch(r"/escalations/[0-9a-f-]{36}", link)}


def test_it_rings_on_its_date_and_ticking_ends_it(outside, rui):
    habit = rui.habit("Oboe", **RING)
    assert rui.get(reminder(rui, habit)).status == 200
    outside.at("2027-02-10T16:00:30Z")
    [escalation] = rings(rui, outside)
    rui.tick(habit, DATE)
    assert rui.get(escalation).fact("state") == "completed"


@pytest.mark.parametrize("change", ["ticked", "skipped", "paused", "archived", "not due", "n reached"])
def test_it_is_silent(outside, rui, change):
    more = {"not due": {"frequency": "specific_days", "day": "mon"},
        "n reached": {"frequency": "per_week", "times_per_week": "1"}}.get(change, {})
    habit = rui.habit("Oboe", **RING, **more)
    if change == "ticked":
        rui.tick(habit, DATE)
    elif change == "n reached":
        rui.tick(habit, "2027-02-09")
    elif change == "skipped":
        rui.post(habit + "/skips", date=DATE)
    elif change in {"paused", "archived"}:
        rui.post(habit + {"paused": "/pause", "archived": "/archival"}[change])
    outside.at("2027-02-10T16:00:30Z")
    assert rings(rui, outside) == set()


def test_a_part_of_an_amount_does_not_silence(outside, rui):
    habit = rui.habit("Pages", kind="amount", unit="pages", target="30", **RING)
    rui.tick(habit, DATE, amount="20")
    outside.at("2027-02-10T16:00:30Z")
    assert len(rings(rui, outside)) == 1
    rui.tick(habit, DATE, amount="10")
    assert rings(rui, outside) == set()


@pytest.mark.parametrize("by", ["page", "link"])
def test_completed_after_midnight_ticks_the_date_it_rang_for(outside, rui, by):
    habit = rui.habit("Oboe", preferred_time="22:00", reminder="on")
    outside.at("2027-02-11T01:00:30Z")
    [escalation] = rings(rui, outside)
    rui.post(escalation + "/snoozes", until="2027-02-11T00:20")
    outside.at("2027-02-11T03:20:30Z")
    outside.work()
    if by == "page":
        escalation = next(iter(rings(rui, outside)))
        assert rui.post(escalation + "/completion").status == 303
    else:
        link = next(link for mail in outside.mails(rui.address) for link in links(mail) if "/a/" in link)
        assert rui.post(link[link.index("/a/"):], action="completion").status in {200, 303}
    assert rui.days("Oboe") == {DATE: ("done", "", "", "")}


def test_a_link_pressed_nine_days_later_ticks_nothing_and_says_so(outside, rui):
    rui.habit("Oboe", **RING)
    outside.at("2027-02-10T16:00:30Z")
    [escalation] = rings(rui, outside)
    outside.at("2027-02-19T16:00:00Z")
    answer = rui.post(escalation + "/completion")
    assert rui.days("Oboe") == {} and answer.status in {303, 409}
    assert answer.status == 409 or rui.send("GET", answer.headers["Location"]).flash


def test_archived_meanwhile_is_cancelled(outside, rui):
    habit = rui.habit("Oboe", **RING)
    outside.at("2027-02-10T16:00:30Z")
    [escalation] = rings(rui, outside)
    rui.post(habit + "/archival")
    assert rui.get(escalation).fact("state") == "cancelled"
    assert until(lambda: rings(rui, outside) == set(), "the end")


def test_habits_of_one_minute_are_one_message_and_an_amount_opens_its_page(outside, rui):
    pages, oboe = rui.habit("Pages", kind="amount", unit="pages", target="30", **RING), rui.habit("Oboe", **RING)
    outside.at("2027-02-10T16:00:30Z")
    outside.work()
    [mail] = [mail for mail in outside.mails(rui.address) if "Pages" in mail["Subject"] or "Oboe" in mail["Subject"]]
    doors = [link[link.index("/a/"):] for link in links(mail) if "/a/" in link]
    answers = [rui.post(door, csrf=None, action="completion") for door in doors]
    assert len(doors) == 2 and pages in [answer.place for answer in answers]
    assert rui.days("Oboe") == {DATE: ("done", "", "", "")} and rui.days("Pages") == {} and rui.facts(oboe)["done"] == "true"


def test_a_reminder_follows_its_habit(rui):
    habit = rui.habit("Oboe", **RING)
    place = reminder(rui, habit)
    assert rui.get(place + "/edit").place == habit + "/edit" and rui.get(place).fact("next") == "2027-02-10T16:00:00Z"
    rui.post(habit, name="Bassoon", preferred_time="18:30", reminder="on", version=rui.get(habit + "/edit").value("version"))
    assert rui.get(place).first("h1").text == "Bassoon" and rui.get(place).fact("next") == "2027-02-10T21:30:00Z"
    rui.settle(timezone="America/New_York")
    assert rui.get(place).fact("next") == "2027-02-10T23:30:00Z"
    rui.post(habit + "/deletion")
    assert rui.get(place).status == 404
