"""People, series, files and the feed as a person uses them: each made and taken back, with and without script, on a phone and on a wide screen."""
import datetime
import re

import pytest
from playwright.sync_api import expect

from conftest import fact, sign_up
from test_pages import SHIFT, check

CARDS = """BEGIN:VCARD\r
VERSION:3.0\r
FN:Bia Ramos\r
EMAIL:bia@y.example\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:4.0\r
FN:Caio Lima\r
TEL:+55 11 5550-0101\r
PHOTO:data:image/png;base64,AAAA\r
END:VCARD\r
"""
FILE = {"name": "cards.vcf", "mimeType": "text/vcard", "buffer": CARDS.encode()}


def add(page, line):
    """Somebody by the line above the list; ends on their page."""
    page.goto("/people")
    page.fill("[name=quick]", line)
    page.locator("main form[action='/people']:not([method=get]) button").click()


def home(page):
    """The address of the page without what leads back to it."""
    return page.url.split("?")[0].split("#")[0]


@pytest.mark.parametrize("script", [True, False])
def test_one_line_makes_somebody_and_no_address_is_somebodys_twice(tab, desk, script):
    page = tab(java_script_enabled=script, viewport={"width": 360, "height": 740})
    sign_up(page, desk)
    page.goto("/people")
    expect(page.get_by_text("Nobody here yet.")).to_be_visible()
    add(page, "Ana Souza ana@x.example +55 11 98765-4321")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Souza")
    ana = home(page)
    assert page.locator("main a[href='mailto:ana@x.example']").count() == 1 and page.locator("main a[href^='tel:+55']").count() == 1
    add(page, "Ana Elsewhere Ana@X.example")
    expect(page.locator("[name=quick]")).to_have_value("Ana Elsewhere Ana@X.example")
    assert page.locator(f"main a[href='{ana.removeprefix(desk.url)}']").count() == 1
    # Heard of, and seen from the list.
    page.goto(ana)
    page.locator("main form[action$='/contacts-log'] button").last.click()
    assert fact(page, "last-contact")
    page.goto("/people")
    assert page.locator("#people li.row").count() == 1 and fact(page, "last-contact")
    # Marks of direction in a name turn nothing beside it.
    assert page.locator("#people li.row a").first.evaluate("it => getComputedStyle(it).unicodeBidi") == "isolate"


@pytest.mark.parametrize("script", [True, False])
def test_two_who_are_one_are_merged_and_taken_apart(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    add(page, "Ana Souza ana@x.example")
    first = home(page)
    add(page, "Ana Souza ana@y.example")
    second = home(page)
    page.goto("/people/duplicates")
    assert fact(page, "duplicate")
    page.get_by_role("link", name="Merge").click()
    kept = page.url.split("/merge")[0]
    gone, address = (second, "ana@y.example") if kept == first else (first, "ana@x.example")
    page.check("[name=keep_email][value=other]")
    page.locator("main form[action$='/merge'] button.primary").click()
    expect(page.get_by_role("status")).to_contain_text("is merged into")
    assert home(page) == kept and page.locator(f"main a[href='mailto:{address}']").count() == 1
    page.goto(gone)
    assert home(page) == kept
    page.get_by_role("button", name="Take it back").click()
    page.goto(gone)
    assert home(page) == gone
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Souza")
    page.goto("/people")
    assert page.locator("#people li.row").count() == 2


@pytest.mark.parametrize("script", [True, False])
def test_who_is_related_is_said_from_both_sides_and_drawn(tab, desk, script):
    page = tab(java_script_enabled=script, viewport={"width": 360, "height": 740})
    sign_up(page, desk)
    add(page, "Bia Ramos")
    bia = home(page)
    add(page, "Ana Souza")
    ana = home(page)
    page.fill("#tie-q", "Bia")
    page.get_by_role("button", name="Choose").click()
    page.fill("[name=relationship]", "godmother of")
    if script:
        page.add_init_script(SHIFT)
        choice = page.url
        assert check(page, choice) == []
        page.goto(choice)
        page.fill("[name=relationship]", "godmother of")
    page.locator("button[name=to]").first.click()
    page.goto(ana)
    assert page.locator("[data-fact=relationship]").count() == 1
    page.goto(bia)
    assert page.locator("[data-fact=relationship]").count() == 1
    page.get_by_role("link", name="Draw who and what is around").click()
    assert fact(page, "nodes") == "2" and page.locator("svg a[data-kind]").count() == 2
    expect(page.locator("#table")).to_contain_text("Ana Souza")
    page.goto(bia)
    page.fill("#way-q", "Ana")
    page.get_by_role("button", name="Look for the way").click()
    page.locator("main ul.rows").get_by_role("link", name="Ana Souza").click()
    assert fact(page, "steps") == "1"


def later(page):
    """What the page of a series says of its next times."""
    return page.locator("ol.upcoming li").all_inner_texts()


@pytest.mark.parametrize("script", [True, False])
def test_a_series_is_changed_from_one_time_on_and_back(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk, timezone="UTC")
    day = datetime.date.today() + datetime.timedelta(days=3)
    page.goto("/events/new")
    page.locator("#schedule > summary").click()
    for name, value in [("title", "Choir"), ("starts", f"{day} 10:00"), ("ends", "1h")]:
        page.fill(f"main [name={name}]", value)
    page.check("[name=repeat][value=daily]")
    page.fill("[name=repeat_times]", "5")
    page.get_by_role("button", name="Save event").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choir")
    whole = home(page)
    assert len(later(page)) == 5 and all("10:00–11:00" in text for text in later(page))
    page.locator("ol.upcoming a").nth(1).click()
    assert fact(page, "starts") == f"{day + datetime.timedelta(days=1)}T10:00:00Z"
    page.get_by_role("link", name="Edit", exact=True).first.click()
    page.check("[name=scope][value=later]")
    page.fill("main [name=starts]", f"{day + datetime.timedelta(days=1)} 12:00")
    page.fill("main [name=ends]", "1h")
    page.get_by_role("button", name="Save event").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert len(later(page)) == 4 and all("12:00–13:00" in text for text in later(page))
    page.get_by_role("button", name="Undo").click()
    page.goto(whole)
    assert len(later(page)) == 5 and all("10:00–11:00" in text for text in later(page))


@pytest.mark.parametrize("script", [True, False])
def test_cards_are_looked_at_taken_in_and_taken_back(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    page.goto("/people")
    page.get_by_role("link", name="Bring people from a file").click()
    page.set_input_files("[name=file]", FILE)
    page.get_by_role("button", name="Look at it").click()
    assert fact(page, "new") == "2"
    expect(page.locator("main")).to_contain_text("Bia Ramos")
    page.locator("main form[action$='/confirmation'] button").click()
    page.wait_for_url(re.compile("/people/import/[0-9a-f-]{36}"))
    expect(page.locator("[data-fact=state]").first).to_have_attribute("value", "done")
    result = home(page)
    if script:
        page.add_init_script(SHIFT)
        assert check(page, result) == []
    page.goto("/people")
    assert page.locator("#people li.row").count() == 2
    page.goto(result)
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("[data-fact=state]").first).to_have_attribute("value", "undone")
    page.goto("/people")
    expect(page.get_by_text("Nobody here yet.")).to_be_visible()


def test_a_file_that_is_none_is_refused_in_its_place(tab, desk):
    page = tab()
    sign_up(page, desk)
    page.add_init_script(SHIFT)
    for path in ["/people/import", "/events/import"]:
        page.goto(path)
        page.set_input_files("[name=file]", {"name": "a.html", "mimeType": "text/html", "buffer": b"<!doctype html><title>Sign in</title>"})
        page.get_by_role("button", name="Look at it").click()
        expect(page.locator("#file")).to_have_attribute("aria-invalid", "true")
        assert page.locator("#file-complaint").is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_feed_is_made_read_and_ended(tab, desk, script):
    page = tab(java_script_enabled=script, viewport={"width": 360, "height": 740})
    sign_up(page, desk)
    page.goto("/settings/feed")
    page.check("[name=include][value=events]")
    page.check("[name=detail][value=busy]")
    page.get_by_role("button", name="Make the address").click()
    address = fact(page, "secret")
    assert re.search(r"/ics/[A-Za-z0-9_-]+\.ics$", address)
    answer = page.request.get(address)
    assert answer.status == 200 and answer.headers["content-type"].startswith("text/calendar")
    page.get_by_role("link", name="To the feed").click()
    assert fact(page, "feed") == "on" and fact(page, "detail") == "busy" and address not in page.content()
    page.get_by_role("button", name="Delete the address").click()
    expect(page.get_by_role("status")).to_contain_text("leads nowhere any more")
    assert page.request.get(address).status == 404
