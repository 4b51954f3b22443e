"""The habit form, list and order by the letter of the contract: fields, defaults, complaints, versions, nonces, filters."""
import uuid

import pytest

from contract import Person

AMOUNT = {"kind": "amount", "unit": "km", "target": "5"}


@pytest.mark.parametrize("control, fields", [
    ("name", {"name": ""}), ("name", {"name": "   "}), ("name", {"name": "x" * 101}), ("name", {"name": "🎸" * 101}),
    ("frequency", {"frequency": "weekly"}),
    *(("day", {"frequency": "specific_days", **more}) for more in [{}, {"day": ["mon", "monday"]}, {"day": "Mon"}]),
    *(("times_per_week", {"frequency": "per_week", "times_per_week": times})
    for times in ["0", "8", "-1", "x", "1.5", "99999999999999999999"]),
    *(("times_per_month", {"frequency": "per_month", "times_per_month": times}) for times in ["0", "32", "x"]),
    ("kind", {"kind": "count"}), ("unit", {**AMOUNT, "unit": "x" * 21}),
    *(("target", {**AMOUNT, "target": target}) for target in ["-1", "0", "1000000.001", "1000001", "1.2345", "1e3", "many", ""]),
    ("target", {**AMOUNT, "direction": "at_most", "target": "-1"}), ("direction", {**AMOUNT, "direction": "exactly"}),
    ("period", {**AMOUNT, "period": "year"}), *(("step", {**AMOUNT, "step": step}) for step in ["0", "-1", "0.0001", "x"]),
    *(("preferred_time", {"preferred_time": time}) for time in ["24:00", "12:60", "noon", "7"]),
    *(("colour", {"colour": colour}) for colour in ["0", "9", "red", "-1"]), ("group", {"group": "g" * 41}),
    ("profile", {"reminder": "on", "preferred_time": "08:00", "profile": str(uuid.uuid4())}),
])
def test_bad_input_is_422_beside_its_control_and_typed_text_stays(ana, control, fields):
    before = ana.get("/habits/export.csv").body
    answer = ana.post("/habits", **{"name": "Run é", "description": "as\r\ntyped", **fields})
    assert answer.status == 422
    complaints = answer.complaints()
    assert control in complaints and complaints[control], complaints
    assert answer.value("name") == fields.get("name", "Run é") and answer.value("description").replace("\r\n", "\n") == "as\ntyped"
    assert ana.get("/habits/export.csv").body == before


def test_all_complaints_come_at_once(ana):
    answer = ana.post("/habits", name="", colour="9", group="g" * 41, frequency="per_week", times_per_week="8", preferred_time="25:00")
    assert set(answer.complaints()) == {"name", "colour", "group", "times_per_week", "preferred_time"}


@pytest.mark.parametrize("fields", [
    {"name": "x" * 100}, {"name": "🎸" * 100}, {"name": "e" + "\u0301" * 99},
    {"times_per_week": "99", "times_per_month": "77", "day": "never", "target": "-3"},
    {"frequency": "per_week", "times_per_week": "7"}, {"frequency": "per_month", "times_per_month": "31"},
    {"frequency": "specific_days", "day": ["sun", "mon"]},
    {**AMOUNT, "target": "0,125"}, {**AMOUNT, "target": "1000000"}, {**AMOUNT, "direction": "at_most", "target": "0"},
    {**AMOUNT, "unit": "ü" * 20, "step": "0.001"},
    {**AMOUNT, "period": "week"}, {**AMOUNT, "period": "month", "frequency": "daily"},
    {"preferred_time": "23:59", "colour": "8", "group": "é" * 40}, {"unknown": "field"},
])
def test_good_input_is_303_to_its_own_page(ana, fields):
    answer = ana.post("/habits", **{"name": "Read", **fields})
    assert answer.status == 303, answer.complaints()
    page = ana.get(answer.place)
    assert page.status == 200 and page.fact("current-streak") == "0"


def test_a_name_alone_is_a_daily_tick(ana):
    form = ana.get(ana.habit("Read") + "/edit")
    assert [form.value(name) for name in ["name", "frequency", "kind", "description"]] == ["Read", "daily", "tick", ""]


def test_names_are_shown_as_typed(rui):
    for name in ["{{x}}", "=1+1", 'a, "b"', "<b>&amp;", "שלום", "e\u0301", "👩‍👩‍👧", "' OR 1=1 --"]:
        habit = rui.habit(name)
        assert name in rui.get(habit).first("h1").plain and rui.get(habit + "/edit").value("name") == name
        assert name in rui.get("/habits").row(habit).plain and name in rui.get("/").plain


def test_the_same_nonce_is_the_first_result(rui):
    nonce = rui.get("/habits/new").control("nonce")["value"]
    one, two = (rui.post("/habits", name=name, nonce=nonce) for name in ["One", "Two"])
    assert one.headers["Location"] == two.headers["Location"] and "Two" not in rui.get("/habits").text
    assert rui.post("/habits", name="").status == 422 and rui.post("/habits", name="", nonce=nonce).status == 303
    assert rui.habit("Three") != rui.habit("Three")


def test_a_stale_form_is_409_with_both(ana):
    habit = ana.habit("Read")
    version = ana.get(habit + "/edit").value("version")
    assert ana.post(habit, name="Read more", version=version).place == habit
    stale = ana.post(habit, name="Read less", version=version)
    assert stale.status == 409 and "Read more" in stale.plain and stale.value("name") == "Read less"
    assert ana.post(habit, name="Read less", version=stale.value("version")).status == 303


@pytest.mark.parametrize("version", [None, "", "x", "1.0", "99999999999999999999"])
def test_a_version_that_is_no_number_is_422(ana, version):
    habit = ana.habit("Read")
    answer = ana.post(habit, name="Other", version=version)
    assert answer.status == 422 and "Other" not in ana.get(habit).first("h1").plain


def test_fields_are_checked_before_the_version(ana):
    habit = ana.habit("Read")
    assert ana.post(habit, name="", version="999").status == 422


def test_the_kind_is_fixed_once_something_is_recorded(ana):
    habit = ana.habit("Read")
    ana.tick(habit, "2027-02-10")
    ana.post(habit, name="Read", **AMOUNT, version=ana.get(habit + "/edit").value("version"))
    assert ana.facts(habit)["total"] == "1" and "amount" not in ana.facts(habit) and "target" not in ana.facts(habit)


def test_the_facts_of_a_new_habit(ana):
    facts = ana.facts(ana.habit("Read"))
    wanted = {"current-streak": "0", "longest-streak": "0", "streak-unit": "days", "total": "0", "score": "0.000000", "misses": "0",
        "due": "true",
              "done": "false", "since": "2027-02-10"}
    assert {name: facts.get(name) for name in wanted} == wanted
    assert not {"rate", "amount", "target", "sum"} & set(facts)


def test_the_facts_of_an_amount(rui):
    habit = rui.habit("Run", **AMOUNT)
    assert rui.facts(habit)["target"] == "5" and rui.facts(habit).get("amount") in {None, "0"}
    rui.tick(habit, "2027-02-10", amount="1.25")
    rui.tick(habit, "2027-02-09", amount="6")
    facts = rui.facts(habit)
    assert {name: facts.get(name) for name in ["amount", "target", "sum", "total", "done", "due"]} == {
        "amount": "1.25", "target": "5", "sum": "7.25", "total": "1", "done": "false", "due": "true"}
    row = rui.get("/habits").row(habit).facts()
    assert (row["due"], row["done"], row["misses"]) == ("true", "false", "0")


@pytest.mark.parametrize("query", ["status=x", "by=x", "sort=x",
    "after=zzz"])
def test_a_malformed_filter_is_a_422_page(ana, query):
    assert ana.get("/habits?" + query).status == 422


@pytest.mark.parametrize("status", ["active", "paused", "archived", "all", "rescue", "due"])
def test_each_status_shows_its_habits(rui, status):
    made = {name: rui.habit(name) for name in ["Active", "Paused", "Archived", "Done", "Missed"]}
    rui.post(made["Paused"] + "/pause")
    rui.post(made["Archived"] + "/archival")
    rui.tick(made["Done"], "2027-02-10")
    rui.tick(made["Missed"], "2027-02-08")
    shown = {name for name, habit in made.items() if habit in {link.split("#")[0].split("?")[0]
        for link in rui.get("/habits?status=" + status).main.links}}
    assert shown == {
        "active": {"Active", "Done", "Missed"}, "paused": {"Paused"}, "archived": {"Archived"}, "all": set(made), "rescue": {"Missed"},
        "due": {"Active", "Missed"}}[status]


def names(page, made):
    links = [link.split("#")[0].split("?")[0] for link in page.main.links]
    return [name for name, habit in sorted(((name, habit) for name, habit in made.items() if habit in links),
        key=lambda pair: links.index(pair[1]))]


def test_sort_and_words_and_group(rui):
    made = {name: rui.habit(name, **more) for name, more in {"Cello": {"preferred_time": "07:00"}, "Água": {"group": "Morning"},
        "Bach": {"group": "morning"}}.items()}
    rui.tick(made["Bach"], "2027-02-10", "2027-02-09")
    rui.tick(made["Cello"], "2027-02-10")
    # Done ones stay in a group of their own, so of the two done ones the order is told.
    assert names(rui.get("/habits?sort=name"), made)[-2:] == ["Bach", "Cello"]
    assert names(rui.get("/habits?sort=streak"), made)[-2:] == ["Bach", "Cello"] and names(rui.get("/habits?sort=score"),
        made)[-2:] == ["Bach", "Cello"]
    assert names(rui.get("/habits?sort=time"), made)[-2:] == ["Cello", "Bach"]
    assert set(names(rui.get("/habits?q=agua"), made)) == {"Água"}
    assert set(names(rui.get("/habits?group=MORNING"), made)) == {"Água", "Bach"}
    assert rui.get("/habits?q=nothing-of-it").status == 200


def test_positions_have_no_gaps_and_no_doubles(rui):
    made = {name: rui.habit(name) for name in "ABCD"}
    assert rui.post(made["D"] + "/position", position="1").status == 303
    assert names(rui.get("/habits"), made) == list("DABC")
    assert rui.post(made["D"] + "/position", position="4").status == 303 and names(rui.get("/habits"), made) == list("ABCD")
    for position in ["0", "-1", "x", ""]:
        assert rui.post(made["A"] + "/position", position=position).status == 422, position
    assert names(rui.get("/habits"), made) == list("ABCD")
    rui.post(made["A"] + "/position", position="1000000000")
    assert sorted(names(rui.get("/habits"), made)) == list("ABCD")


def test_another_persons_profile_and_goal_are_422(ana):
    other = Person(ana.site)
    goal = other.post("/goals", title="Mine", category="health").made
    answer = ana.post("/habits", name="Read", goal=goal)
    assert answer.status == 422 and "Mine" not in answer.text


def test_life_of_a_habit(ana):
    habit = ana.habit("Read")
    ana.tick(habit, "2027-02-10", notes="kept")
    assert ana.post(habit + "/archival").status == 303 and ana.facts(habit)["status"] == "archived"
    assert ana.post(habit + "/restoration").status == 303 and ana.facts(habit)["status"] == "active"
    assert ana.post(habit + "/deletion").status == 303 and ana.get(habit).status == 404
    assert ana.get("/habits").status == 200


def test_delete_is_undone_whole(rui):
    habit = rui.habit("Read", preferred_time="08:00", reminder="on")
    rui.tick(habit, "2027-02-10", "2027-02-09", notes="all of it")
    before = rui.facts(habit)
    page = rui.get(rui.post(habit + "/deletion").place)
    undo = next(form for form in page.all("form") if "undo" in form.text.lower())
    assert rui.post(undo["action"], undo.presets()).status == 303
    assert rui.facts(habit) == before and "all of it" in rui.get(habit).text
