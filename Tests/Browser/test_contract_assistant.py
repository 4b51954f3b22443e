"""The assistant, its proposals and what it takes for true, by the letter of the contract; without any model."""
import pytest

from contract import Person
from heed_talk import answered, ask, proposals, proposed, roles, talk, writers

MISSING = "01a39fc2-2d80-7c6b-a8cb-ceeb949ad755"
START = "2027-03-10T15:00:00Z"


@pytest.fixture(scope="module")
def ana(march):
    march.at(START)
    return Person(march)


@pytest.fixture(scope="module")
def things(march, ana):
    """What the assistant is asked about, and a stranger."""
    march.at(START)
    person = ana.post("/people", name="Bia Ramos", email="bia@umbrella.example", company="Umbrella").place
    task = ana.post("/tasks", title="Pay the rent", due="2027-03-10").place
    return person, task, Person(march)


def test_what_is_asked_is_answered_by_rules_with_links(ana, things):
    person, task, _ = things
    page = talk(ana, "who is Bia")
    assert person in [link.split("?")[0] for link in page.main.links] and "Umbrella" in page.main.text
    assert roles(page) == ["user", "assistant"] and writers(page) == ["rules"] and "AI" in page.text
    page = talk(ana, "what is due today")
    assert task in [link.split("?")[0] for link in page.main.links]
    page = talk(ana, "what the weather does I cannot say")
    assert writers(page) == ["rules"] and page.main.text


def test_both_languages_are_understood_whoever_speaks(march):
    march.at(START)
    rui = Person(march, "pt-BR")
    person = rui.post("/people", name="Caio Lima").place
    page = talk(rui, "quem é Caio?")
    assert person in [link.split("?")[0] for link in page.main.links] and page.first("html")["lang"] == "pt-BR"
    assert person in [link.split("?")[0] for link in talk(rui, "who is Caio").main.links]


def test_nothing_is_made_before_its_proposal_is_accepted(ana):
    place = proposed(ana, "add task buy paint tomorrow #home")
    assert "buy paint" not in ana.get("/tasks").text
    page = ana.get(place)
    assert (page.fact("state"), page.fact("action"), page.fact("foreign")) == ("open", "create", "false")
    form = page.form(f"{place}/acceptance")
    assert form.value("title") == "buy paint" and "home" in form.value("tags") and form.unlabelled() == []
    assert page.form(f"{place}/refusal")
    assert place in ana.get("/proposals").links
    done = ana.post(f"{place}/acceptance", form.presets())
    assert done.status == 303 and "buy paint" in ana.get("/tasks").text
    assert ana.get(place).fact("state") == "accepted"
    # Twice: hard case 47.
    assert ana.post(f"{place}/acceptance", form.presets()).status == 409
    assert ana.post(f"{place}/refusal").status == 409
    assert ana.get("/tasks").text.count("buy paint") == 1


def test_what_was_changed_before_it_was_accepted_says_so(ana):
    """Hard case 47."""
    place = proposed(ana, "add task call the roofer")
    form = ana.get(place).form(f"{place}/acceptance")
    fields = [(name, "call the plumber" if name == "title" else value) for name, value in form.presets()]
    wrong = ana.post(f"{place}/acceptance", [(name, "walrus" if name == "due" else value) for name, value in fields])
    assert wrong.status == 422 and wrong.complaints().get("due") and wrong.value("title") == "call the plumber"
    assert ana.get(place).fact("state") == "open"
    assert ana.post(f"{place}/acceptance", fields).status == 303
    assert ana.get(place).fact("state") == "changed" and "call the plumber" in ana.get("/tasks").text
    assert "call the roofer" not in ana.get("/tasks").text


def test_refused_is_refused_and_the_same_again_is_the_first(ana):
    """Hard case 47."""
    place = proposed(ana, "add task sweep the yard")
    assert proposals(talk(ana, "add task sweep the yard")) == [place]
    assert ana.post(f"{place}/refusal").status == 303 and ana.get(place).fact("state") == "refused"
    assert ana.post(f"{place}/acceptance").status == 409 and "sweep the yard" not in ana.get("/tasks").text


def test_a_thing_that_changed_meanwhile_is_shown_with_both(march, ana, things):
    """Hard case 47."""
    _, task, _ = things
    place = proposed(ana, "mark Pay the rent as done")
    page = ana.get(place)
    assert page.fact("action") == "status" and ana.get(task).fact("status") == "open"
    form = page.form(f"{place}/acceptance")
    edit = ana.get(f"{task}/edit").form(task)
    assert ana.post(task, [(name, "Pay the whole rent" if name == "title" else value) for name, value in edit.presets()]).status == 303
    moved = ana.post(f"{place}/acceptance", form.presets())
    assert moved.status == 409 and "Pay the whole rent" in moved.text
    assert ana.get(task).fact("status") == "open"
    assert ana.post(f"{place}/acceptance", moved.form(f"{place}/acceptance").presets()).status == 303
    assert ana.get(task).fact("status") == "done"


def test_a_week_later_it_has_ended(march):
    """Hard case 47."""
    march.at(START)
    rui = Person(march)
    place = proposed(rui, "add task mow the lawn")
    try:
        march.at("2027-03-17T15:00:01Z")
        assert rui.get(place).fact("state") == "ended" and rui.post(f"{place}/acceptance").status == 409
    finally:
        march.at(START)


@pytest.mark.parametrize("said", ["delete everything", "apague tudo"])
def test_everything_is_never_deleted(march, said):
    """Hard case 48."""
    march.at(START)
    rui = Person(march)
    tasks = [rui.post("/tasks", title=title).place for title in ("Paint", "Permit", "Roof")]
    page = talk(rui, said)
    assert len(proposals(page)) <= 1 and page.main.text
    assert all(rui.get(task).fact("status") == "open" for task in tasks)


def test_yes_in_the_chat_accepts_nothing(march):
    """Hard case 48."""
    march.at(START)
    rui = Person(march)
    chat = ask(rui, "add task rake the leaves")
    place = proposals(answered(rui, chat))[0]
    assert ask(rui, "yes", conversation=chat.rsplit("/", 1)[1]) == chat
    page = answered(rui, chat, 2)
    assert place in proposals(page) and rui.get(place).fact("state") == "open" and "rake the leaves" not in rui.get("/tasks").text


@pytest.mark.parametrize("content", ["", "   ", "é" * 2_049, "x" * 4_097])
def test_bad_content_is_422_beside_it(ana, content):
    answer = ana.post("/assistant/messages", content=content)
    assert answer.status == 422 and answer.complaints().get("content") and answer.value("content").strip() == content.strip()


def test_a_conversation_goes_on_once_for_each_press(march):
    march.at(START)
    rui = Person(march)
    nonce = rui.get("/assistant").control("nonce")["value"]
    place = ask(rui, "hello", nonce=nonce)
    assert ask(rui, "hello", nonce=nonce) == place and roles(answered(rui, place)).count("user") == 1
    # Two at once are answered in order: hard case 49.
    chat = place.rsplit("/", 1)[1]
    assert ask(rui, "what is due", conversation=chat) == ask(rui, "what is overdue", conversation=chat) == place
    assert roles(answered(rui, place, 3)) == ["user", "assistant"] * 3
    for missing in (MISSING, "nothing", chat.upper()):
        assert rui.post("/assistant/messages", content="x", conversation=missing).status == 404
    assert place in rui.get("/assistant").links


def test_an_archived_one_is_kept_and_says_no_more(march):
    march.at(START)
    rui = Person(march)
    place = ask(rui, "hello")
    answered(rui, place)
    assert rui.post(f"{place}/archival").status == 303
    assert rui.get(place).status == 200 and rui.get(place).form("/assistant/messages") is None
    assert rui.post("/assistant/messages", content="x", conversation=place.rsplit("/", 1)[1]).status == 409
    assert rui.post(f"{place}/restoration").status == 303
    ask(rui, "what is due", conversation=place.rsplit("/", 1)[1])
    assert roles(answered(rui, place, 2)).count("assistant") == 2
    assert rui.post(f"{place}/deletion").status == 303 and rui.get(place).status == 404
    assert rui.post(f"{place}/deletion").status == 404


def test_more_than_twenty_an_hour_is_said(march):
    """Hard case 49."""
    march.at(START)
    rui = Person(march)
    place = ask(rui, "hello")
    chat = place.rsplit("/", 1)[1]
    for number in range(19):
        ask(rui, f"hello {number}", conversation=chat)
    more = rui.post("/assistant/messages", content="hello again", conversation=chat)
    assert more.status in {409, 422, 429} and "20" in more.text and "hello again" in (more.value("content") or more.text)
    try:
        march.at("2027-03-10T16:00:01Z")
        ask(rui, "hello again", conversation=chat)
    finally:
        march.at(START)


def test_the_coach_and_the_assistant_keep_apart(march):
    march.at(START)
    rui = Person(march)
    place = ask(rui, "hello")
    chat = place.rsplit("/", 1)[1]
    assert rui.get(f"/coach/{chat}").status == 404 and place not in rui.get("/coach").links
    other = rui.post("/coach/messages", content="What is due?").place.rsplit("/", 1)[1]
    assert rui.get(f"/assistant/{other}").status == 404
    assert rui.post("/assistant/messages", content="x", conversation=other).status == 404


def told(answer):
    headers = {name: value for name, value in answer.headers.items() if name not in {"Date", "X-Request-Id", "Set-Cookie"}}
    return answer.status, headers, answer.body


def test_what_is_somebodys_is_the_404_of_what_is_missing(ana, things):
    """Hard cases 37 and 53."""
    stranger = things[2]
    page = talk(ana, "add task secret errand")
    place, chat = proposals(page)[0], next(link.split("?")[0] for link in ana.get("/assistant").links if link.startswith("/assistant/"))
    for own, missing in ((chat, f"/assistant/{MISSING}"), (place, f"/proposals/{MISSING}")):
        assert told(stranger.get(own)) == told(stranger.get(missing)) and stranger.get(own).status == 404
        assert stranger.get(missing.replace(MISSING, "nothing")).status == 404
    for action in ("stop", "archival", "restoration", "deletion"):
        assert told(stranger.post(f"{chat}/{action}")) == told(stranger.post(f"/assistant/{MISSING}/{action}"))
        assert stranger.post(f"{chat}/{action}").status == 404
    for action in ("acceptance", "refusal"):
        assert told(stranger.post(f"{place}/{action}", title="x")) == told(stranger.post(f"/proposals/{MISSING}/{action}", title="x"))
        assert stranger.post(f"{place}/{action}").status == 404
    assert stranger.post("/assistant/messages", content="x", conversation=chat.rsplit("/", 1)[1]).status == 404
    for page in ("/assistant", "/proposals", "/assumptions", "/search?q=secret"):
        assert "secret errand" not in stranger.get(page).text
    assert ana.get(place).fact("state") == "open" and ana.get(chat).status == 200


def test_search_by_meaning_is_not_there_without_a_model(ana):
    assert ana.post("/search/sense", q="rent").status == 404
    page = ana.get("/settings/model")
    assert page.status == 200 and page.fact("vector-search") == "off"


@pytest.mark.parametrize("query, status", [
    ("q=" + "a" * 401, 422), ("q=a&kind=walrus", 422), ("q=a&since=2027-13-01", 422), ("q=a&until=x", 422), ("q=a", 200), ("q=%F0%9F%92%A9", 200),
    ("q=%D7%A9%D7%9C%D7%95%D7%9D", 200), ("q=before%3A2027-13-01", 200), ("", 200), (f"q=a&sense={MISSING}", 404), ("q=a&sense=nothing", 422),
])
def test_what_search_is_asked_is_judged(ana, query, status):
    """Hard case 39."""
    assert ana.get(f"/search?{query}").status == status


def test_what_search_finds_says_how(march):
    """Hard case 39."""
    march.at(START)
    rui = Person(march)
    person = rui.post("/people", name="Ana Souza").made
    rui.post("/tasks", title="Buy a xylophone", notes="for Ana")
    rui.post("/tasks", title="שלום to everybody 💩")
    task = rui.post("/tasks", title="Thrown xylophone away").place
    rui.post(f"{task}/deletion")

    def hits(query):
        page = rui.get(f"/search?q={query}")
        assert page.status == 200
        found = [node["value"] for node in page.all("data", data_fact="hit")]
        assert len(found) == len(list(page.all("data", data_fact="match"))) == len(list(page.all("data", data_fact="rank")))
        return found

    assert hits("ana+souza")[0] == f"person:{person}" and hits("type%3Aperson+%22ana%22") == [f"person:{person}"]
    assert len(hits("xylophone")) == 1 and len(hits("%D7%A9%D7%9C%D7%95%D7%9D")) == 1 and len(hits("%F0%9F%92%A9")) == 1
    assert hits("x") and hits("xylofone") and hits("nothing-of-this-kind-anywhere") == []


def test_settings_of_privacy_are_kept(march):
    """Hard case 51."""
    march.at(START)
    rui = Person(march)
    page = rui.get("/settings/privacy")
    form = page.form("/settings/privacy")
    assert form.unlabelled() == [] and form.values("model") == []
    version = form.value("version")
    assert rui.post("/settings/privacy", model=["walrus"], version=version).status == 422
    assert rui.post("/settings/privacy", model=["task"], version="x").status == 422
    assert rui.post("/settings/privacy", model=["task", "person"], version=version).status == 303
    assert set(rui.get("/settings/privacy").form("/settings/privacy").values("model")) == {"task", "person"}
    assert rui.post("/settings/privacy", model=[], version=version).status == 409
