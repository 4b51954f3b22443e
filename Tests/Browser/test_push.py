"""Notifications: the button that adds a browser, what stands there without script, and the service worker's address."""
import json

import pytest
from playwright.sync_api import expect

from conftest import links, make_reminder, sign_up
from heed_dev import until

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


@pytest.mark.parametrize(("permission", "says"), [("denied", "are blocked in this browser"), ("default", "got no answer")])
def test_a_browser_that_is_not_allowed_to_says_what_to_do(page, permission, says):
    page.add_init_script(STANDARD + f'window.permission = "{permission}";')
    page.goto("/agents/push")
    page.get_by_role("button", name="Notify me here").click()
    expect(page.get_by_role("alert")).to_contain_text(says)
    assert page.evaluate("window.asked.length") == 0


# A private window has all of it, and subscribes to nothing.
@pytest.mark.parametrize(("lack", "says"), [
    ("PushManager.prototype.subscribe = async () => { throw new DOMException('no', 'NotAllowedError'); };", "In a private window none can"),
    ("delete window.PushManager;", "shows no notifications of sites"),
    ("delete Navigator.prototype.serviceWorker; Object.defineProperty(window, 'isSecureContext', { value: false });", "need https"),
])
def test_a_browser_that_cannot_says_why(page, lack, says):
    page.add_init_script(STANDARD + lack)
    page.goto("/agents/push")
    button = page.get_by_role("button", name="Notify me here")
    if "private" in says:
        button.click()
    else:
        expect(button).to_be_hidden()
    expect(page.get_by_role("alert")).to_contain_text(says)


def test_without_script_the_page_says_that_it_needs_some(tab, desk):
    page = tab(java_script_enabled=False)
    sign_up(page, desk)
    page.goto("/agents/push")
    # By its place: what stands in such an element, Playwright finds by no text.
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("noscript p")).to_contain_text("This needs script")
    expect(page.get_by_role("button", name="Notify me here")).to_be_hidden()


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(dev):
    status, headers, body = dev.request("GET", "/worker.js")
    assert status == 200 and b"notificationclick" in body
    assert headers["Content-Type"].split(";")[0] in ("application/javascript", "text/javascript") and headers["Cache-Control"] == "no-cache"
    assert "connect-src 'self'" in headers["Content-Security-Policy"]


# What a desktop does with notifications, and this browser has none: what is shown is kept by its tag, until it is closed. All else is real: the
# worker, what is delivered to it, and what it asks the site.
DESKTOP = """() => {
  const shelf = new Map(), registration = ServiceWorkerRegistration.prototype;
  self.shelf = shelf;
  self.opened = [];
  registration.showNotification = async (title, options) => {
    shelf.delete(options.tag);
    shelf.set(options.tag, { title, ...structuredClone(options), close: () => shelf.delete(options.tag) });
  };
  registration.getNotifications = async () => [...shelf.values()];
  self.clients.openWindow = async (address) => { self.opened.push(address); };
}"""
# A press on one, by its button: whoever makes such an event may not make the browser wait for it, so that is waited for here.
PRESS = """async ([tag, action]) => {
  const event = new ExtendableEvent("notificationclick"), waits = [];
  const has = { notification: self.shelf.get(tag), action, waitUntil: (work) => waits.push(work) };
  for (const [name, value] of Object.entries(has)) Object.defineProperty(event, name, { value });
  self.dispatchEvent(event);
  await Promise.all(waits);
  return self.opened;
}"""


class Worker:
    """The service worker of a tab, on a desktop."""

    def __init__(self, page):
        page.goto("/agents/push")
        with page.context.expect_event("serviceworker") as started:
            page.evaluate("navigator.serviceWorker.register('/worker.js', { scope: '/' }).then(() => navigator.serviceWorker.ready).then(() => true)")
        self.page, self.real, self.known = page, started.value, []
        self.origin = page.url.removesuffix("/agents/push")
        self.real.evaluate(DESKTOP)
        self.client = page.context.new_cdp_session(page)
        self.client.on("ServiceWorker.workerRegistrationUpdated", lambda event: self.known.extend(event["registrations"]))
        self.client.send("ServiceWorker.enable")
        until(lambda: page.evaluate("true") and self.id, "the registration of the worker")

    @property
    def id(self):
        return next((one["registrationId"] for one in self.known if one["scopeURL"] == f"{self.origin}/"), None)

    def push(self, **message):
        self.client.send("ServiceWorker.deliverPushMessage", {"origin": self.origin, "registrationId": self.id, "data": json.dumps(message)})

    def shown(self):
        """(title, body, whether it is heard) of each, oldest first."""
        return [tuple(one) for one in self.real.evaluate("[...self.shelf.values()].map((one) => [one.title, one.body, !one.silent])")]

    def shows(self, *expected):
        until(lambda: self.shown() == list(expected), f"{expected}; shown is something else")

    def press(self, tag, action=""):
        """The pages that are opened by then."""
        return self.real.evaluate(PRESS, [tag, action])


def told(tag, *titles, link="/escalations", **more):
    items = [{"escalation": f"{tag}-{number}" if len(titles) > 1 else tag, "title": title} for number, title in enumerate(titles)]
    title = titles[0] if len(titles) == 1 else f"{len(titles)} reminders waited for you"
    return {"title": title, "body": "Due now.", "tag": tag, "critical": False, "link": link, "items": items, **more}


def closing(escalation, title):
    return {"close": escalation, "title": title, "body": "No longer waiting for you.", "link": "/escalations"}


def test_what_is_pushed_is_shown_and_goes_when_somebody_answers_elsewhere(page):
    worker = Worker(page)
    worker.push(**told("one", "Pay the rent", actions=[{"action": "completion", "title": "It is done"}]))
    worker.shows(("Pay the rent", "Due now.", True))
    worker.push(**told("many", "Water the plants", "Turn the gas off"))
    worker.shows(("Pay the rent", "Due now.", True), ("2 reminders waited for you", "Due now.", True))
    # Something is shown for each push, since browsers end the subscription of a site that shows nothing; it is gone in a moment.
    worker.push(**closing("one", "Pay the rent"))
    worker.shows(("2 reminders waited for you", "Due now.", True), ("Pay the rent", "No longer waiting for you.", False))
    worker.shows(("2 reminders waited for you", "Due now.", True))
    worker.push(**closing("many-0", "Water the plants"))
    worker.shows(("Turn the gas off", "", False))
    worker.push(**closing("many-1", "Turn the gas off"))
    worker.push(**told("new", "Call the dentist"))
    worker.shows(("Call the dentist", "Due now.", True))


@pytest.mark.parametrize(("action", "says"), [("acknowledgement", "acknowledged"), ("completion", "completed"), ("snooze", "snoozed")])
def test_a_button_answers_by_the_signed_link_and_what_fails_stands_again(page, desk, action, says):
    make_reminder(page, "Rings once", schedule="interval", every_minutes="10080")
    page.locator("main .head details.more summary").click()
    page.get_by_role("button", name="Ring now").click()
    desk.work()
    link = next(link for link in links(desk.mail(page.address, "Rings once")) if "/a/" in link)
    worker = Worker(page)
    # The link is the right to answer, also for a browser in which nobody is signed in.
    page.context.clear_cookies()
    worker.push(**told("one", "Rings once", link=link))
    worker.shows(("Rings once", "Due now.", True))
    worker.real.evaluate("void (self.fetch = () => Promise.reject(new TypeError('nobody is there')))")
    assert worker.press("one", action) == []
    worker.shows(("Rings once", "Due now.", False))
    worker.real.evaluate("delete self.fetch")
    assert worker.press("one", action) == [] and worker.shown() == []
    page.goto(link)
    expect(page.locator("[data-fact=state]").first).to_have_attribute("value", says)
    # What is refused is there to be read, and a press beside the buttons opens the link.
    for button in ["nonsense", ""]:
        worker.push(**told("one", "Rings once", link=link))
        worker.shows(("Rings once", "Due now.", True))
        page.goto("/sign-in")
        assert worker.press("one", button)[-1] == link and worker.shown() == []
