"""The coach without a model, its chat, settings, and the week, by the letter of the contract."""
import pytest

from contract import Person, answered


def ask(person, content, **more):
    sent = person.post("/coach/messages", content=content, **more)
    assert sent.status == 303, sent.complaints()
    return sent.place


def test_a_chat_waits_and_is_answered(rui):
    habit = rui.habit("Practise scales")
    place = ask(rui, "What is due?")
    assert place.startswith("/coach/") and rui.get(place).fact("answer") in {"waiting", "there"}
    page = answered(rui, place)
    assert "Practise scales" in page.text and (habit in page.links or "/habits" in page.links)
    assert place in rui.get("/coach").links and "What is due?" in rui.get("/coach").text


def test_a_waiting_chat_refreshes_itself(ana):
    page = ana.get(ask(ana, "how is my week"))
    if page.fact("answer") == "waiting":
        assert page.first("meta", http_equiv="refresh")


@pytest.mark.parametrize("content", ["", "   ", "é" * 2049, "x" * 4097])
def test_bad_content_is_422_beside_it(ana, content):
    answer = ana.post("/coach/messages", content=content)
    assert answer.status == 422 and answer.complaints().get("content") and answer.value("content").strip() == content.strip()


def test_four_kilobytes_are_taken_and_a_conversation_goes_on(ana):
    place = ask(ana, "é" * 2048)
    assert ask(ana, "thank you", conversation=place.rsplit("/", 1)[1]) == place
    assert ana.post("/coach/messages", content="x", conversation="01a39fc2-2d80-7c6b-a8cb-ceeb949ad755").status == 404
    assert ana.post("/coach/messages", content="x", conversation="nothing").status == 404


def test_one_press_twice_is_one_message(ana):
    nonce = ana.get("/coach").control("nonce")["value"]
    assert ask(ana, "hello there", nonce=nonce) == ask(ana, "hello there", nonce=nonce)


def test_a_chat_is_archived_and_deleted(ana):
    place = ask(ana, "help me")
    assert ana.post(place + "/archival").status == 303 and ana.get(place).status == 200
    assert ana.post(place + "/deletion").status == 303 and ana.get(place).status == 404


@pytest.mark.parametrize("language, said", [
    ("pt-BR", "quero morrer"), ("pt-BR", "quero moorrer"), ("en", "I want to end it"), ("en", "my friend wants to die"),
    ("en", "should I stop my pills"),
    ("pt-BR", "meu amigo quer se matar"), ("en", "i want to kil myself"), ("pt-BR", "nao quero mais viver"), ("en", "he hits me"),
    ("en", "I stopped eating anything"),
    ("pt-BR", "posso parar de tomar meu remedio?"), ("en", "QUERO MORRER"), ("pt-BR", "i want to die"),
])
def test_harm_and_medicine_get_the_human_text_at_once(outside, people, language, said):
    person = people[language]
    page = person.get(ask(person, said))
    assert page.fact("answer") == "there"
    assert ("emergência" if language == "pt-BR" else "emergency") in page.text


@pytest.fixture(scope="module")
def people(far):
    far.at("2027-02-10T15:00:00Z")
    return {language: Person(far, language=language) for language in ["en", "pt-BR"]}


@pytest.mark.parametrize("language, said, wanted", [
    ("en", "what is due today?", "Guitar"), ("pt-BR", "o que falta hoje?", "Guitar"), ("en", "how is my week?", "/review"),
    ("pt-BR", "como está minha semana?", "/review"),
    ("en", "streak of guitar", "Guitar"), ("pt-BR", "sequência de Guitar", "Guitar"), ("en", "make guitar easier", "Guitar"),
    ("pt-BR", "pausar guitar", "Guitar"),
    ("en", "what did I miss?", None), ("en", "best day", None), ("en", "thank you", None), ("pt-BR", "tchau", None), ("en", "help", None),
])
def test_what_people_ask_is_answered_without_a_model(outside, people, language, said, wanted):
    person = people[language]
    if "Guitar" not in person.get("/habits?status=all").text:
        person.habit("Guitar")
    page = answered(person, ask(person, said))
    assert wanted is None or wanted in page.text or any(wanted in link for link in page.main.links)
    assert page.fact("written") in {None, "template"}


def test_facts_of_a_message(rui):
    habit = rui.habit("Read")
    page = rui.get(rui.tick(habit, "2027-02-10").place)
    assert (page.fact("message"), page.fact("written")) == ("habit_complete", "template")
    listed = rui.get("/coach")
    assert (listed.fact("message"), listed.fact("written")) == ("habit_complete", "template") and "AI" in listed.text
    rui.post(f"{habit}/completions/2027-02-10/deletion")
    rui.tick(habit, "2027-02-10")
    assert len(list(rui.get("/coach").all("data", data_fact="message"))) == 1
    removal = next(action for action in listed.actions() if action.startswith("/coach/messages/"))
    assert rui.post(removal).status == 303 and rui.get("/coach").fact("message") is None


def test_a_streak_speaks_and_its_event_is_a_filter(rui):
    habit = rui.habit("Read")
    rui.tick(habit, "2027-02-09", "2027-02-08")
    rui.tick(habit, "2027-02-10")
    assert "streak" in {node["value"] for node in rui.get("/coach").all("data", data_fact="message")}
    assert {node["value"] for node in rui.get("/coach?event=streak").all("data", data_fact="message")} == {"streak"}
    assert rui.get("/coach?event=weekly_analysis").status == 200 and rui.get("/coach?event=x").status == 422


def test_a_completed_goal_speaks(rui):
    place = rui.post("/goals", title="Marathon", category="health").place
    rui.post(place + "/completion")
    assert "goal_complete" in {node["value"] for node in rui.get("/coach").all("data",
        data_fact="message")} and "Marathon" in rui.get("/coach").text


@pytest.mark.parametrize("speak, heard", [("all", {"habit_complete"}), ("never", set()), ("milestones", set())])
def test_when_it_speaks_is_a_setting(rui, speak, heard):
    version = rui.get("/settings/coach").value("version")
    assert rui.post("/settings/coach", speak=speak, weekly_mail="on", version=version).status == 303
    assert rui.get("/settings/coach").control("speak", speak)
    rui.tick(rui.habit("Read"), "2027-02-10")
    assert {node["value"] for node in rui.get("/coach").all("data", data_fact="message")} == heard


@pytest.mark.parametrize("fields, status", [({"speak": "loud"}, 422), ({"version": None}, 422), ({"version": "x"}, 422),
    ({"version": "9999"}, 409)])
def test_settings_that_are_refused(ana, fields, status):
    answer = ana.post("/settings/coach", **{"speak": "never", "version": ana.get("/settings/coach").value("version"), **fields})
    assert answer.status == status


def test_the_settings_have_their_fields(ana):
    page = ana.get("/settings/coach")
    assert {"speak", "model", "notes", "weekly_mail", "events", "version"} <= {node["name"] for node in page.all(name=True)}
    assert page.value("notes") is None


@pytest.mark.parametrize("week, status, first", [
    ("2026-W53", 200, "2026-12-28"), ("2027-W01", 200, "2027-01-04"), ("2027-W06", 200, "2027-02-08"), ("2027-W07", 404, None),
    ("2027-W53", 404, None),
    ("2026-W00", 404, None), ("2026-w01", 404, None), ("2026-W1", 404, None), ("2026-W54", 404, None), ("26-W01", 404, None),
    ("2026W01", 404, None), ("1970-W01", 200, None),
    ("0000-W01", 404, None), ("2026-W01x", 404, None), ("2027-W52", 404, None),
])
def test_addresses_of_weeks(ana, week, status, first):
    page = ana.get("/review/" + week)
    assert page.status == status
    if first:
        assert (page.fact("week"), page.fact("week-first")) == (week, first)


@pytest.mark.parametrize("today, week, first", [
    ("2026-03-14", "2026-W11", "2026-03-08"), ("2026-03-15", "2026-W12", "2026-03-15"), ("2027-01-02", "2026-W53", "2026-12-27"),
    ("2027-01-03", "2027-W01", "2027-01-03"),
])
def test_the_week_of_a_sunday_person_holds_the_thursday(outside, today, week, first):
    outside.at(today + "T15:00:00Z")
    page = Person(outside, language="pt-BR").get("/review")
    assert (page.fact("week"), page.fact("week-first")) == (week, first)


def test_the_figures_of_a_week(outside, rui):
    outside.at("2027-02-04T15:00:00Z")
    one, two = rui.habit("One"), rui.habit("Two", frequency="per_week", times_per_week="2")
    rui.tick(one, "2027-02-01", "2027-02-02")
    outside.at("2027-02-10T15:00:00Z")
    rui.tick(one, "2027-02-08", "2027-02-10")
    rui.tick(two, "2027-02-08", "2027-02-09", "2027-02-10")
    page = rui.get("/review")
    row = page.row(one).facts()
    assert (row["week-done"], row["week-required"]) == ("2", "3")
    row = page.row(two).facts()
    assert (row["week-done"], row["week-required"]) == ("2", "2")
    assert page.fact("week-rate") == f"{(2 / 3 + 1) / 2:.6f}"
    before = rui.get("/review/2027-W05")
    assert (before.row(one).facts()["week-done"], before.row(one).facts()["week-required"]) == ("2", "7")
    assert float(page.fact("week-change")) == pytest.approx(((2 / 3 + 1) / 2 - float(before.fact("week-rate"))) * 100, abs=0.051)
    assert "week-change" not in before.facts() and "/review/2027-W05" in page.links and "/review/2027-W06" in before.links


def test_a_week_before_the_first_habit_is_honest_and_empty(outside, rui):
    rui.habit("Read")
    page = rui.get("/review/2026-W30")
    assert page.status == 200 and "week-rate" not in page.facts() and page.fact("week-first") == "2026-07-20"


def test_two_breaks_then_quiet(outside, rui):
    habit = rui.habit("Read")
    rui.tick(habit, "2027-02-10")
    for day in range(11, 15):
        outside.at(f"2027-02-{day}T09:00:00Z")
        outside.work()
    heard = [node["value"] for node in rui.get("/coach").all("data", data_fact="message")]
    assert heard.count("habit_fail") == 2
