"""Channels: made, tried, given another secret, put on duty, deleted and brought back, with and without script (issue 10, part 2)."""
import re

import pytest
from playwright.sync_api import expect

from test_pages import SHIFT, check


def fact(page, name):
    return page.locator(f"data[data-fact={name}]").first.get_attribute("value")


@pytest.fixture
def owner(page, tab, desk):
    """Makes tabs of one person, with script or without."""
    state = page.context.storage_state()
    return lambda script: tab(storage_state=state, java_script_enabled=script)


@pytest.mark.parametrize("script, width", [(True, 1280), (False, 360)], ids=["script", "no script"])
def test_a_mail_channel_is_made_changed_and_deleted(owner, script, width):
    page = owner(script)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/channels")
    expect(page.get_by_role("heading", name="No channels yet")).to_be_visible()
    page.get_by_role("link", name="New channel").first.click()
    page.get_by_label("Name", exact=True).fill("Support")
    page.get_by_label("Address", exact=True).fill("nobody")
    page.get_by_label("Working hours").fill("mon-fri 22:00-06:00")
    page.get_by_role("button", name="Save channel").click()
    expect(page.locator("#address-complaint")).to_be_visible()
    expect(page.locator("#hours-complaint")).to_contain_text("ends before it begins")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Support")
    page.get_by_label("Address", exact=True).fill("support@shop.example")
    page.get_by_label("Working hours").fill("mon-fri 9-18")
    page.get_by_role("button", name="Save channel").click()
    expect(page.get_by_role("heading", name="Channel made")).to_be_visible()
    secret, webhook = fact(page, "secret"), fact(page, "webhook")
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret) and re.search(r"/hooks/channels/[0-9a-f-]{36}$", webhook)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="To the channel").click()
    assert fact(page, "state") == "working" and fact(page, "webhook") == webhook and secret not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Only the fields of the chosen way are there.
    expect(page.get_by_label("Mailbox server")).to_be_hidden()
    page.get_by_label("from a mailbox on a server (IMAP)").check()
    expect(page.get_by_label("Mailbox server")).to_be_visible()
    page.get_by_label("Mailbox server").fill("imap.shop.example")
    page.locator("#imap_user").fill("support")
    page.locator("#imap_password").fill("a walrus")
    page.get_by_role("button", name="Save channel").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert "a walrus" not in page.content()
    page.get_by_role("button", name="Make a new secret").click()
    assert fact(page, "secret") != secret
    page.get_by_role("link", name="To the channel").click()
    page.get_by_role("link", name="Who is on duty").click()
    page.get_by_label("Days", exact=True).first.fill("mon-thu")
    page.get_by_label("On duty", exact=True).first.select_option(index=1)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nobody is on duty: fri 09:00-18:00.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("a.crumb").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status")).to_contain_text("is deleted")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Support", level=1)).to_be_visible()


def test_a_chat_asks_for_no_address(owner):
    page = owner(True)
    page.goto("/channels/new")
    expect(page.get_by_label("Where answers go")).to_be_hidden()
    page.get_by_label("Chat", exact=True).check()
    expect(page.get_by_label("Where answers go")).to_be_visible()
    expect(page.get_by_label("Address", exact=True)).to_be_hidden()
    page.get_by_label("Name", exact=True).fill("Shop chat")
    page.get_by_role("button", name="Save channel").dblclick()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/channels")
    expect(page.locator(".row :is(h2, h3)")).to_have_count(1)


def test_a_test_goes_to_whoever_pressed(owner, desk):
    page = owner(True)
    page.goto("/channels/new")
    page.get_by_label("Name", exact=True).fill("Sales")
    page.get_by_label("Address", exact=True).fill("sales@shop.example")
    page.get_by_role("button", name="Save channel").click()
    page.get_by_role("link", name="To the channel").click()
    page.get_by_role("button", name="Try it in both directions").click()
    expect(page.get_by_role("status")).to_contain_text("The test has begun.")
    desk.work()
    page.reload()
    assert fact(page, "delivery") == "sent"


@pytest.mark.parametrize("path", ["/channels", "/channels/new", "/settings/desk"])
def test_pages_of_the_demo(demo, path):
    demo.add_init_script(SHIFT)
    assert check(demo, path) == []


@pytest.mark.parametrize("name", ["Support", "Shop chat"])
def test_channels_of_the_demo(demo, name):
    demo.add_init_script(SHIFT)
    demo.goto("/channels")
    path = demo.get_by_role("link", name=name, exact=True).get_attribute("href")
    assert check(demo, path) == []
    assert check(demo, path + "/rota") == []
