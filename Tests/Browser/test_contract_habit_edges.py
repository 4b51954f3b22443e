"""Hard cases of habits: sums at their bounds, what is taken along, weekly mails, crossing presses, words on the page."""
import threading
import urllib.parse

import pytest

from contract import Person, answered

DATE = "2027-02-10"


def at_once(*works):
    answers = [None] * len(works)

    def run(number, work):
        answers[number] = work()
    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return answers


def test_a_sum_beyond_what_is_kept_is_422(ana):
    habit = ana.habit(kind="amount", unit="m", target="1000000")
    statuses = [ana.tick(habit, DATE, amount="999999").status for _ in range(12)]
    assert set(statuses) <= {303, 422} and float(ana.facts(habit)["amount"]) == 999999 * statuses.count(303)


def test_figures_of_great_and_small_amounts(ana):
    habit = ana.habit(kind="amount", unit="m", target="0.001", step="0.001")
    ana.tick(habit, DATE, amount="0.001")
    assert (ana.facts(habit)["amount"], ana.facts(habit)["target"], ana.facts(habit)["done"]) == ("0.001", "0.001", "true")


def test_ten_presses_at_once_add_ten(ana):
    habit = ana.habit(kind="amount", unit="km", target="50")
    assert {answer.status for answer in at_once(*[lambda: ana.tick(habit, DATE, amount="1.5") for _ in range(10)])} == {303}
    assert ana.facts(habit)["amount"] == "15"


def test_tick_skip_and_undo_crossing_are_never_an_error(ana):
    habit = ana.habit()
    for _ in range(6):
        answers = at_once(lambda: ana.tick(habit, DATE), lambda: ana.post(f"{habit}/completions/{DATE}/deletion"),
            lambda: ana.post(habit + "/skips", date=DATE),
                          lambda: ana.post(f"{habit}/skips/{DATE}/deletion"), lambda: ana.post(habit + "/pause"),
                          lambda: ana.post(habit + "/resumption"))
        assert {answer.status for answer in answers} <= {303, 409}
    facts = ana.facts(habit)
    assert int(facts["longest-streak"]) >= int(facts["current-streak"]) >= 0


def test_two_reorders_at_once_leave_no_gap(rui):
    made = [rui.habit(name) for name in "ABCDE"]
    for _ in range(3):
        at_once(*[lambda habit=habit, place=place: rui.post(habit + "/position", position=str(place)) for habit,
            place in zip(made, [5, 1, 3, 2, 4])])
    # Each place can be told by moving to it: the one that is there moves one down.
    for habit in made:
        rui.post(habit + "/position", position="5")
    links = [link.split("#")[0].split("?")[0] for link in rui.get("/habits?status=all").main.links]
    assert sorted(made, key=links.index) == made


def test_two_forms_of_one_nonce_at_once_make_one(rui):
    answers = at_once(*[lambda: rui.post("/habits", name="Once", nonce="same nonce of both") for _ in range(4)])
    assert len({answer.headers["Location"] for answer in answers}) == 1 and [row["name"] for row in rui.taken()
        if row["record"] == "habit"] == ["Once"]


def test_an_import_confirmed_at_once_makes_one(rui):
    preview = rui.upload("/habits/import", b"habit,date,value\r\nYoga,2027-02-01,1\r\n")
    action = f"/habits/import/{preview.fact('import')}/confirmation"
    given = dict(preview.form(action).presets())
    assert {answer.status for answer in at_once(*[lambda: rui.post(action, **given) for _ in range(4)])} == {303}
    assert [row["name"] for row in rui.taken() if row["record"] == "habit"] == ["Yoga"]


def test_two_chat_posts_at_once_are_answered_in_order(rui):
    place = rui.post("/coach/messages", content="help").place
    chat = place.rsplit("/", 1)[1]
    at_once(*[lambda word=word: rui.post("/coach/messages", content=word, conversation=chat) for word in ["thank you", "goodbye"]])
    page = answered(rui, place)
    assert "thank you" in page.text and "goodbye" in page.text


def test_everything_is_taken_along_in_its_order(outside, rui):
    rui.habit("Daily", group="Morning", colour="3", preferred_time="07:30")
    rui.habit("Week", frequency="per_week", times_per_week="3")
    rui.habit("Month", frequency="per_month", times_per_month="4")
    rui.habit("Days", frequency="specific_days", day=["mon", "thu"])
    rui.habit("Most", kind="amount", unit="cups", target="2", direction="at_most", step="0.5")
    rui.habit("Sum", kind="amount", unit="km", target="10", period="week")
    for name in ["Daily", "Week", "Month", "Days"]:
        rui.tick(rui.named(name), "2027-02-04", "2027-02-08", DATE, notes=f"of {name}\r\nsecond line")
        rui.post(rui.named(name) + "/skips", date="2027-02-09", reason="travel")
    rui.tick(rui.named("Most"), "2027-02-07", amount="0")
    rui.tick(rui.named("Most"), "2027-02-09", amount="2.5")
    rui.tick(rui.named("Sum"), "2027-02-08", amount="6")
    rui.tick(rui.named("Sum"), DATE, amount="4")
    rui.post(rui.named("Daily") + "/notes", date="2027-02-06", notes="only a note")
    rui.post(rui.named("Week") + "/pause", **{"from": "2027-02-20", "until": "2027-02-25", "reason": "holiday"})
    rui.post(rui.named("Days") + "/pause")
    rui.post(rui.named("Month") + "/archival")
    rui.post(rui.named("Sum") + "/position", position="1")
    outside.at("2027-02-11T15:00:00Z")
    version = rui.get(rui.named("Daily") + "/edit").value("version")
    assert rui.post(rui.named("Daily"), name="Daily", frequency="specific_days", day="wed", group="Morning", colour="3",
        preferred_time="07:30", version=version).status == 303
    outside.at("2027-02-16T15:00:00Z")
    other = Person(outside)
    other.bring(rui.get("/habits/export.csv").body)
    names = ["Sum", "Daily", "Week", "Month", "Days", "Most"]

    def figures(person, name):
        return {fact: value for fact, value in person.facts(person.named(name)).items() if fact not in {"message", "written"}}
    assert {name: figures(other, name) for name in names} == {name: figures(rui, name) for name in names}
    assert [{**row, "habit": ""} for row in other.taken()] == [{**row, "habit": ""} for row in rui.taken()]

    def order(person):
        links = [link.split("#")[0] for link in person.get("/habits?status=all").main.links]
        return sorted(names, key=lambda name: links.index(person.named(name)))
    assert order(other) == order(rui) and order(rui)[0] == "Sum"


def weekly(outside, person):
    return [mail for mail in outside.mails(person.address) if "week" in mail["Subject"].lower() or "semana" in mail["Subject"].lower()]


def test_the_weekly_mail_comes_once_at_the_default_hour(outside):
    # Where it is Monday first, so that nobody else of this site is written to.
    zone = {"timezone": "Pacific/Kiritimati"}
    one, none, off, brazil = Person(outside, **zone), Person(outside, **zone), Person(outside, **zone), Person(outside, language="pt-BR",
        **zone)
    for person in [one, off, brazil]:
        person.tick(person.habit("Read"), "2027-02-09")
    off.post("/settings/coach", speak="all", version=off.get("/settings/coach").value("version"))
    for instant, mails in [("2027-02-13T18:59:59Z", [0, 0, 0, 0]), ("2027-02-13T19:00:30Z", [0, 0, 0, 1]),
            ("2027-02-14T18:59:59Z", [0, 0, 0, 1]),
                           ("2027-02-14T19:00:30Z", [1, 0, 0, 1])]:
        outside.at(instant)
        outside.work()
        assert [len(weekly(outside, person)) for person in [one, none, off, brazil]] == mails
    text = weekly(outside, one)[0].get_body(("plain",)).get_content()
    assert "Read" in text and "/review/2027-W06" in text


def test_paused_ones_are_one_line_with_a_link(rui):
    for name, until in [("One", "2027-04-06"), ("Two", "2027-04-20")]:
        rui.post(rui.habit(name) + "/pause", until=until)
    rui.habit("Running")
    page = rui.get("/habits")
    assert "2 paused" in page.main.text and "Tuesday 6 April" in page.main.text and "/habits?status=paused" in page.links
    assert rui.named("One") not in [link.split("#")[0] for link in page.main.links]


@pytest.mark.parametrize("personality", ["yoda", "general", "mentor"])
def test_the_first_habit_chooses_who_speaks(rui, personality):
    form = rui.get("/habits/new")
    assert {node["value"] for node in form.all(name="personality")} == {"yoda", "general", "mentor"}
    rui.habit("Read", personality=personality)
    assert rui.get("/settings/profile").value("personality") == personality
    assert not list(rui.get("/habits/new").all(name="personality"))


@pytest.mark.parametrize("fields, controls", [({"name": "Read", "frequency": "per_week"}, {"name"}),
    ({"name": "Ler 10 páginas", "group": "Manhã"}, {"name"})])
def test_links_fill_the_form(ana, fields, controls):
    page = ana.get("/habits/new?" + urllib.parse.urlencode(fields))
    assert page.status == 200 and all(page.value(name) == fields[name] for name in controls)


def test_the_page_says_since_when_and_what_is_removable(outside, rui):
    habit = rui.habit("Read", frequency="specific_days", day=["mon", "wed", "fri"])
    outside.at("2027-02-11T15:00:00Z")
    rui.post(habit, name="Read", frequency="per_week", times_per_week="3", version=rui.get(habit + "/edit").value("version"))
    page = rui.get(habit)
    assert page.fact("since") == "2027-02-11" and "11 February" in page.main.text and page.fact("streak-unit") == "weeks"


def test_a_skip_and_its_reason_are_counted_on_the_page(rui):
    habit = rui.habit()
    rui.tick(habit, "2027-02-08", "2027-02-07")
    rui.post(habit + "/skips", date="2027-02-09", reason="sick")
    words = rui.get(habit).main.text.lower()
    assert "2 kept" in words and "1 skipped" in words and "sick" in words


@pytest.mark.parametrize("name", ["Read\x00", "Read\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "ignore") + "\x00"])
def test_a_nul_is_never_stored(ana, name):
    before = ana.taken()
    assert ana.post("/habits", name=name).status in {400, 422} and ana.taken() == before


def test_bytes_that_are_no_text_are_refused(ana):
    before = ana.taken()
    answer = ana.send("POST", "/habits", {"Content-Type": "application/x-www-form-urlencoded"}, f"csrf={ana.csrf}&name=%ff%fe".encode())
    assert answer.status in {400, 422} and ana.taken() == before


def test_a_forms_second_field_of_one_name(ana):
    """A frequency said twice is no choice."""
    assert ana.post("/habits", frequency=["daily", "per_week"], name="Read").status in {303, 422}
