"""The assistant as a person uses it: asked, waited for, stopped, its proposals accepted and refused, what it takes for true put right; with and without
script, with and without a model, on a phone and on a wide screen."""
import pytest
from playwright.sync_api import expect

from conftest import fact, sign_up
from heed_dev import until
from heed_sinks import calls, say
from test_pages import SHIFT, check


def ask(page, text):
    """Says something in the conversation that is open, or begins one; ends on its page."""
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def wait(page, count=1):
    """Until so many answers are there: nobody presses anything."""
    expect(page.locator("[data-fact=role][value=assistant]")).to_have_count(count, timeout=60_000)


def propose(page):
    """Opens the one thing that the last answer proposes."""
    page.goto(page.locator("main a[href^='/proposals/']").last.get_attribute("href"))


def befriend(page, line):
    page.goto("/people")
    page.fill("[name=quick]", line)
    page.locator("main form[action='/people']:not([method=get]) button").click()


def allow(page, *kinds):
    page.goto("/settings/privacy")
    for kind in kinds:
        page.check(f"[name=model][value={kind}]")
    page.locator("main form[action='/settings/privacy'] button.primary").click()
    expect(page.get_by_role("status").first).to_contain_text("saved")


@pytest.fixture
def mind(tab, minding):
    """Makes tabs of the site with models, each of somebody new."""
    def make(language="en", **options):
        page = tab(base_url=minding.url, **options)
        sign_up(page, minding, language)
        return page
    return make


@pytest.mark.parametrize("script", [True, False])
def test_without_a_model_it_answers_and_proposes_and_does_nothing_itself(tab, desk, script):
    page = tab(java_script_enabled=script, viewport={"width": 360, "height": 740})
    sign_up(page, desk)
    befriend(page, "Ana Souza ana@x.example")
    page.goto("/assistant")
    assert page.get_by_text("Ask what is due, who somebody is, when you are free.").count() >= 1
    ask(page, "who is Ana")
    wait(page)
    assert fact(page, "written-by") in ("person", "rules") and page.locator("[data-fact=written-by][value=rules]").count() == 1
    assert page.locator("main a[href^='/people/']").count() >= 1
    expect(page.locator("main")).to_contain_text("written without AI")
    ask(page, "add task buy paint tomorrow")
    wait(page, 2)
    propose(page)
    assert page.input_value("[name=title]") == "buy paint" and fact(page, "state") == "open"
    page.fill("[name=title]", "buy blue paint")
    page.locator("main form[action$='/acceptance'] button.primary").last.click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.goto("/tasks")
    expect(page.locator("li.row").get_by_role("link", name="buy blue paint")).to_be_visible()
    # Another is refused, and waits nowhere.
    page.goto("/assistant")
    ask(page, "add task sell the car")
    wait(page, 3)
    propose(page)
    page.locator("main form[action$='/refusal'] button").first.click()
    page.goto("/proposals")
    expect(page.get_by_text("Nothing to decide")).to_be_visible()
    page.goto("/tasks")
    expect(page.locator("main")).not_to_contain_text("sell the car")


@pytest.mark.parametrize("script", [True, False])
def test_a_model_thinks_reads_proposes_and_is_stopped(mind, minding, script):
    page = mind(java_script_enabled=script)
    page.goto("/tasks/new")
    page.fill("[name=title]", "Paint the fence")
    page.get_by_role("button", name="Save task").click()
    allow(page, "task")
    # An answer that takes its time: the page says so, shows itself anew, and can be told to stop.
    minding.model.script("site", "hold:Never%20shown")
    page.goto("/assistant")
    ask(page, "What about the fence?")
    stop = page.locator("main form[action$='/stop'] button")
    expect(stop).to_be_visible()
    stop.click()
    expect(page.locator("main")).to_contain_text("topped")
    minding.model.free("site")
    # With tools, and a link into Heed; what leads elsewhere and pictures are text.
    minding.model.script("site", calls(("search", {"q": "fence"})),
        say("It is **Paint the fence** [1]. ![x](https://evil.example/?d=1) [more](https://evil.example/2) <script>alert(1)</script>"))
    ask(page, "And now?")
    wait(page)
    assert page.locator("[data-fact=written-by][value=model]").count() == 1
    assert page.locator("main a[href^='/tasks/']").count() >= 1
    assert page.locator("main img[src*=evil], main a[href*=evil]").count() == 0
    expect(page.locator("main")).not_to_contain_text("Never shown")
    # Silent, it is not waited for: the grammar speaks.
    minding.model.script("site", "500")
    ask(page, "what is due")
    wait(page, 2)
    assert page.locator("[data-fact=written-by][value=rules]").count() == 1
    # What left: the page says what the listener saw.
    page.goto("/settings/privacy")
    assert minding.model.log("site")
    expect(page.locator("main")).to_contain_text("127.0.0.1")


@pytest.mark.parametrize("script", [True, False])
def test_what_is_assumed_is_confirmed_corrected_dismissed_and_taken_back(tab, desk, script):
    page = tab(java_script_enabled=script, viewport={"width": 360, "height": 740})
    sign_up(page, desk)
    page.goto("/assumptions")
    expect(page.get_by_text("Nothing to confirm")).to_be_visible()
    for name in ("Ana", "Bruno", "Carla", "Davi"):
        befriend(page, f"{name} Souza {name.lower()}@acme.example")

    def asked():
        desk.work()
        page.goto("/assumptions")
        return page.locator("main form[action$='/confirmation']").count() >= 1
    until(asked, "a question")
    assert fact(page, "state") == "open" and 0 < float(fact(page, "confidence")) <= 0.80
    first = page.locator("main form[action$='/confirmation']").first.get_attribute("action")
    page.locator(f"main form[action='{first}'] button").click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.get_by_role("button", name="Undo").first.click()
    page.goto("/assumptions")
    assert page.locator(f"main form[action='{first}']").count() == 1
    page.locator(f"main form[action='{first}'] button").click()
    page.goto("/assumptions?state=confirmed")
    assert fact(page, "state") == "confirmed" and fact(page, "confidence") == "1.00"
    # Corrected in words, which are kept when they are none.
    page.goto("/assumptions")
    form = page.locator("main form[action$='/correction']").first
    page.locator("main summary").filter(has_text="It is otherwise").first.click()
    form.locator("[name=correction]").fill("They only share a street")
    form.locator("button").click()
    page.goto("/assumptions?state=corrected")
    expect(page.locator("main")).to_contain_text("They only share a street")
    page.goto("/assumptions")
    page.locator("main form[action$='/dismissal'] button").first.click()
    page.goto("/assumptions?state=dismissed")
    assert fact(page, "state") == "dismissed"


@pytest.mark.parametrize("script", [True, False])
def test_things_are_found_by_words_by_marks_and_by_their_meaning(mind, minding, script):
    page = mind(java_script_enabled=script)
    allow(page, "task")
    for title in ("Repair the car", "Buy milk", "Paint the fence"):
        page.goto("/tasks/new")
        page.fill("[name=title]", title)
        page.get_by_role("button", name="Save task").click()
    minding.move(minutes=2)

    def vectors():
        minding.work()
        page.goto("/settings/model")
        return fact(page, "vectors-waiting") == "0" and int(fact(page, "vectors")) >= 3
    until(vectors, "vectors of all")
    page.goto("/search?q=fence")
    assert fact(page, "match") == "name" and page.locator("main mark").count() >= 1
    page.goto("/search?q=" + "type:task -fence milk")
    assert page.locator("[data-fact=hit]").count() == 1
    page.goto("/search?q=automobile")
    assert page.locator("[data-fact=match][value=sense]").count() == 0
    page.locator("main form[action='/search/sense'] button").click()

    def found():
        if page.locator("[data-fact=match][value=sense]").count() == 0:
            page.goto(page.url)
        return page.locator("[data-fact=match][value=sense]").count() > 0
    until(found, "what is found by its meaning")
    expect(page.locator("main a[href^='/tasks/']").first).to_contain_text("Repair the car")


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_its_pages_full_refused_and_in_both_languages(tab, desk, language):
    page = tab(locale=language)
    sign_up(page, desk, language)
    page.add_init_script(SHIFT)
    for path in ("/assistant", "/proposals", "/assumptions", "/assumptions?state=all", "/search?q=nothing-of-this-kind", "/settings/privacy",
                 "/settings/model", "/settings/audit?actor=assistant"):
        assert check(page, path) == [], path
        assert page.locator("html").get_attribute("lang") == language
    page.goto("/assistant")
    page.locator("main [name=content]").first.fill("adicionar tarefa comprar tinta" if language == "pt-BR" else "add task buy paint")
    page.locator("main form[action='/assistant/messages'] button").first.click()
    # What looks for shifts hears of nothing new.
    until(lambda: page.goto(page.url) and page.locator("[data-fact=role][value=assistant]").count() == 1, "the answer")
    assert check(page, page.url) == []
    propose(page)
    assert check(page, page.url) == []
    page.fill("[name=title]", "")
    page.locator("main form[action$='/acceptance'] button.primary").last.click()
    expect(page.locator("[name=title]")).to_have_attribute("aria-invalid", "true")
    page.goto("/assistant")
    page.locator("main [name=content]").first.fill(" ")
    page.locator("main form[action='/assistant/messages'] button").first.click()
    expect(page.locator("[name=content]").first).to_have_attribute("aria-invalid", "true")
