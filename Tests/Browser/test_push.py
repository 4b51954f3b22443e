"""Notifications: the button that adds a browser, what stands there without script, and the service worker's address."""
import json

from playwright.sync_api import expect

from conftest import sign_up

SUBSCRIPTION = {
    "endpoint": "https://push.example.org/send/1", "expirationTime": None,
    "keys": {"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "auth": "BTBZMqHH6r4Tts7J_aSIgg"}}

# The service behind a browser is its maker's, and this one has none: from there on the answer is the standard's.
STANDARD = f"""
window.asked = [];
Notification.requestPermission = async () => window.permission || "granted";
PushManager.prototype.subscribe = async function (options) {{ window.asked.push(options); return {{ toJSON: () => ({json.dumps(SUBSCRIPTION)}) }}; }};
"""


def test_a_press_adds_this_browser_and_another_removes_it(page):
    page.add_init_script(STANDARD)
    page.goto("/agents/push")
    expect(page.get_by_text("No device yet")).to_be_visible()
    page.get_by_label("Name of the device").fill("Kitchen")
    page.get_by_role("button", name="Notify me here").click()
    expect(page.get_by_role("status")).to_contain_text("Kitchen shows your reminders from now on.")
    expect(page.get_by_role("heading", name="Kitchen")).to_be_visible()
    scopes = page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => new URL(one.scope).pathname))")
    assert scopes == ["/"]
    page.get_by_role("button", name="Remove: Kitchen").click()
    expect(page.get_by_role("status")).to_contain_text("Kitchen shows no more reminders.")
    expect(page.get_by_text("No device yet")).to_be_visible()


def test_a_browser_that_is_not_allowed_to_says_what_to_do(page):
    page.add_init_script(STANDARD + 'window.permission = "denied";')
    page.goto("/agents/push")
    page.get_by_role("button", name="Notify me here").click()
    expect(page.get_by_text("are blocked in this browser")).to_be_visible()
    assert page.evaluate("window.asked.length") == 0


def test_without_script_the_page_says_that_it_needs_some(tab, desk):
    page = tab(java_script_enabled=False)
    sign_up(page, desk)
    page.goto("/agents/push")
    expect(page.get_by_text("This needs script")).to_be_visible()
    expect(page.get_by_role("button", name="Notify me here")).to_be_hidden()


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(dev):
    status, headers, body = dev.request("GET", "/worker.js")
    assert status == 200 and b"notificationclick" in body
    assert headers["Content-Type"].split(";")[0] in ("application/javascript", "text/javascript") and headers["Cache-Control"] == "no-cache"
    assert "connect-src 'self'" in headers["Content-Security-Policy"]
