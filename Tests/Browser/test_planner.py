"""The planner as a person uses it: from a line in the inbox to a day that is done; with and without script, on a wide screen and on a phone."""
import pytest
from playwright.sync_api import expect

from conftest import fact, sign_up
from test_pages import SHIFT, check


def capture(page, *lines):
    page.goto("/inbox")
    page.fill("textarea[name=text]", "\n".join(lines))
    page.get_by_role("button", name="Into the inbox").last.click()


def make(page, title, **fields):
    page.goto("/tasks/new")
    page.fill("[name=title]", title)
    page.evaluate("for (const details of document.querySelectorAll('main details')) details.open = true")
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.get_by_role("button", name="Save task").click()
    return page.url.split("?")[0].split("#")[0]


def wait_for(page, task, other):
    """The first waits for the second, by the form on its page."""
    page.goto(task)
    page.select_option("[name=type]", label="waits for")
    page.locator("form[action='/links/new'] [name=q]").fill(other)
    page.locator("form[action='/links/new'] button").click()
    page.locator("button[name=to]").first.click()


@pytest.mark.parametrize("script", [True, False])
def test_what_is_on_the_mind_becomes_what_it_is(tab, desk, script):
    page = tab(java_script_enabled=script, viewport={"width": 360, "height": 740})
    sign_up(page, desk)
    page.goto("/inbox")
    expect(page.get_by_role("heading", name="Nothing to sort")).to_be_visible()
    capture(page, "buy paint tomorrow #home ~30m", "", "learn to sail this year", "call the plumber")
    expect(page.get_by_role("status")).to_contain_text("3")
    assert page.locator("li.row").count() == 3
    page.get_by_role("link", name="Sort out").click()
    # One after the other, the first that came first.
    expect(page.locator("main")).to_contain_text("3 are left")
    assert page.input_value("[name=title]") == "buy paint" and page.input_value("[name=tags]") == "home"
    page.get_by_role("button", name="Make it a task").click()
    page.get_by_role("link", name="Goal", exact=True).click()
    page.get_by_role("button", name="Make it a goal").click()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator("main")).to_contain_text("All sorted")
    page.goto("/inbox?state=filed")
    assert page.locator("[data-fact=became]").count() == 2
    page.goto("/tasks")
    expect(page.locator("li.row").get_by_role("link", name="buy paint")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_what_waits_is_said_and_done_anyway_and_taken_back(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    paint, permit = make(page, "Paint"), make(page, "Permit")
    wait_for(page, paint, "Permit")
    page.goto(paint)
    assert fact(page, "blocked") == "true"
    page.get_by_role("button", name="Complete").first.click()
    expect(page.locator("main")).to_contain_text("“Paint” waits for “Permit”.")
    page.get_by_role("button", name="anyway").click()
    expect(page.get_by_role("status")).to_contain_text("“Paint” is done.")
    page.get_by_role("button", name="Undo").click()
    page.goto(paint)
    assert fact(page, "status") == "open"
    # What closes a circle names it.
    wait_for(page, permit, "Paint")
    expect(page.locator("main")).to_contain_text("Permit")
    page.goto(permit)
    assert page.locator("[data-fact=link][value^='depends_on']").count() == 0
    # Thrown away and brought back, with its link.
    page.goto(paint)
    page.locator("summary", has_text="More").first.click()
    page.get_by_role("button", name="Delete").click()
    page.goto("/trash")
    page.get_by_role("button", name="Bring back").first.click()
    page.goto(paint)
    assert fact(page, "blocked") == "true"


@pytest.mark.parametrize("script", [True, False])
def test_a_day_is_planned_and_done(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    make(page, "Pay the rent", due="today", estimate="30")
    make(page, "Sweep the floor")
    page.goto("/plan")
    expect(page.locator("main")).to_contain_text("due today 30")
    page.get_by_role("button", name="Put it on today").first.click()
    page.goto("/plan")
    assert fact(page, "planned-minutes") == "30"
    page.get_by_role("button", name="Done").first.click()
    page.goto("/")
    expect(page.locator("main")).not_to_contain_text("Pay the rent")
    page.goto("/tasks?status=done")
    expect(page.locator("main")).to_contain_text("Pay the rent")


def test_a_card_is_dragged_and_moved_by_its_form(tab, desk):
    page = tab()
    sign_up(page, desk)
    make(page, "Paint")
    page.goto("/tasks?view=board")
    card, column = page.locator("li.row", has_text="Paint"), page.locator(".board > section", has_text="In progress")
    card.drag_to(column)
    expect(page.locator(".board > section", has_text="In progress").locator("li.row", has_text="Paint")).to_be_visible()


def test_its_pages_full_and_refused(tab, desk):
    page = tab()
    sign_up(page, desk)
    page.add_init_script(SHIFT)
    task = make(page, "Paint <b>the</b> kitchen & the hall " + "x" * 120, due="yesterday", tags="home, " + "long" * 7)
    assert check(page, task) == [] and check(page, "/tasks") == [] and check(page, "/plan") == []
    page.goto("/tasks/new")
    page.fill("[name=due]", "walrus")
    page.get_by_role("button", name="Save task").click()
    expect(page.locator("[name=title]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=due]")).to_have_value("walrus")
    page.goto("/planner/import")
    page.set_input_files("[name=file]", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"(A) Paint due:2027-02-30\nSweep the hall +home\n"})
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("main")).to_contain_text("Sweep the hall")
    assert check(page, page.url) == []
