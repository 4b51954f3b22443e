"""A reminder from one line: what is said while it is typed, after it was sent, and what takes it back."""
import pytest
from playwright.sync_api import expect

from conftest import fact, sign_up


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def either(request, tab, desk):
    page = tab(java_script_enabled=request.param)
    sign_up(page, desk)
    return page


@pytest.mark.parametrize("address", ["/", "/reminders"])
def test_a_line_becomes_a_reminder_and_one_press_takes_it_back(either, address):
    page = either
    page.goto(address)
    page.fill("#quick", "call <mom> tomorrow at 9am !high")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("call <mom>")
    flash = page.get_by_role("status")
    expect(flash).to_contain_text("Tomorrow 09:00")
    expect(flash).to_contain_text("“call <mom>”. Importance: High.")
    page.get_by_role("button", name="Undo").click()
    page.goto("/reminders?status=all")
    assert page.locator(".row").count() == 0


def test_one_press_keeps_the_words_as_the_title(either):
    page = either
    page.goto("/")
    page.fill("#quick", "tomorrow never dies")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("never dies")
    page.get_by_role("button", name="Keep as written").click()
    expect(page.locator("h1")).to_have_text("tomorrow never dies")
    expect(page.get_by_role("button", name="Keep as written")).to_have_count(0)


def test_the_line_below_says_what_will_be_understood_and_nothing_moves(page):
    page.goto("/")
    line, after = page.locator("#quick-heard"), page.locator("#today")
    example, place = line.inner_text(), after.bounding_box()["y"]
    expect(page.locator(".quick-add .check")).to_be_hidden()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        place = after.bounding_box()["y"]
        page.fill("#quick", "pay the rent of the flat in the old town every month on the 1st at 9 !critical")
        expect(line).to_contain_text("first")
        expect(line).to_contain_text("“pay the rent of the flat in the old town”. Importance: Critical.")
        assert after.bounding_box()["y"] == place
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.fill("#quick", "stand-up every second friday")
        expect(line).to_contain_text("“every second friday” can mean two things")
        assert after.bounding_box()["y"] == place
        page.fill("#quick", " ")
        expect(line).to_have_text(example)
    page.goto("/reminders?status=all")
    assert page.locator(".row").count() == 0


def test_what_is_typed_fast_is_asked_once(page):
    page.goto("/")
    asked = []
    page.on("request", lambda request: asked.append(request) if request.url.endswith("/reminders/quick") else None)
    page.locator("#quick").press_sequentially("call mom tomorrow at 9", delay=20)
    expect(page.locator("#quick-heard")).to_contain_text("“call mom”")
    assert 1 <= len(asked) <= 3


def test_without_script_preview_says_the_same_and_fills_the_long_form(tab, desk):
    page = tab(java_script_enabled=False)
    sign_up(page, desk)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/")
    page.fill("#quick", "pay rent every month on the 1st at 9")
    page.locator(".quick-add").get_by_role("button", name="Preview").click()
    assert page.locator("#quick").input_value() == "pay rent every month on the 1st at 9"
    expect(page.locator("#quick-heard")).to_contain_text("Every month on the 1st at 09:00")
    assert page.locator("[name=title]").input_value() == "pay rent"
    assert page.locator("[name=schedule][value=recurring]").is_checked()
    assert page.locator("#preview time").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Add").click()
    expect(page.locator("h1")).to_have_text("pay rent")
    assert fact(page, "status") == "active"


def test_what_a_phone_shares_with_the_installed_site_fills_it_in(page):
    page.goto("/")
    manifest = page.request.get(page.locator("link[rel=manifest]").get_attribute("href")).json()
    target = manifest["share_target"]
    assert target["method"] == "GET"
    names = target["params"]
    page.goto(f"{target['action']}?{names['title']}=Tea&{names['text']}=read+tomorrow&{names['url']}=https%3A%2F%2Fx.test%2F%3Fa%3D1")
    assert page.locator("#text").input_value() == "Tea read tomorrow https://x.test/?a=1"
    page.goto("/inbox?state=all")
    assert page.locator(".row").count() == 0


def test_an_address_fills_it_in_and_what_is_refused_stays(either):
    page = either
    page.goto("/reminders/new?quick=tea+in+20+min+%21low")
    assert page.locator("#quick").input_value() == "tea in 20 min !low"
    assert page.locator("[name=title]").input_value() == "tea"
    assert page.locator("[name=importance][value=low]").is_checked()
    page.fill("#quick", "meds every month on the 1st and 15th at 9 and 21:30")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("two reminders")
    assert page.locator("#quick").input_value() == "meds every month on the 1st and 15th at 9 and 21:30"
    page.goto("/reminders?status=all")
    assert page.locator(".row").count() == 0
