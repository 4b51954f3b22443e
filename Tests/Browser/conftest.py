"""One site and one browser for all tests of a process; each test signs in as a person of its own."""
import contextlib
import datetime
import os
import pathlib
import signal
import threading
import warnings

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from contract import PASSWORD, Person
from heed_desk import UTC, Desk
from heed_dev import PATIENCE, Site
from heed_front import NAME, Front
from heed_sinks import Sink, say

# Without the windows, tabs and toolbars of chromium, which draws one more page for each of ours.
CHROMIUM = "/usr/bin/chromium-headless-shell"


def links(mail):
    """The addresses that the text part of a mail shows."""
    text = mail.get_body(("plain",)).get_content()
    return [word.strip("<>.,()") for word in text.split() if word.strip("<(").startswith("http")]


@pytest.fixture(scope="session")
def desk():
    with Desk() as desk:
        yield desk


@pytest.fixture(scope="session")
def far():
    """A site for tests of the contract, which put its clock where they like."""
    with Desk("--no-seed", "--responders", "1") as far:
        yield far


@pytest.fixture
def outside(far):
    """Wednesday 10 February 2027, noon in São Paulo."""
    far.at("2027-02-10T15:00:00Z")
    return far


@pytest.fixture
def rui(outside):
    """Somebody new."""
    return Person(outside)


@pytest.fixture(scope="module")
def somebody(far):
    far.at("2027-02-10T15:00:00Z")
    return Person(far)


@pytest.fixture
def ana(outside, somebody):
    """Somebody who has been here before: for tables, where signing up would take most of the time."""
    return somebody


@pytest.fixture(scope="session")
def march():
    """A site of its own where it is Wednesday 10 March 2027, 10:00 in New York and 12:00 in São Paulo, and stays so."""
    march = Desk("--no-seed", zone="America/New_York")
    march.mark = datetime.datetime(2027, 3, 10, 15, tzinfo=UTC)
    with march:
        yield march


@pytest.fixture(scope="session")
def ahead():
    """A site of its own whose clock tests move as far as they like: nobody else's session ends by that."""
    with Desk("--no-seed", zone="America/New_York") as ahead:
        yield ahead


@pytest.fixture(scope="session")
def minds():
    """A site with a model and one for vectors, both stand-ins: what they answer a test writes with `minds.model.script("site", …)`."""
    with Sink("model_sink.py") as model, Sink("embed_sink.py") as vectors:
        servers = {"HEED_LLM_URL": model.address("site", say("I have nothing to say.")), "HEED_LLM_MODEL": "tiny", "HEED_LLM_DAILY": "10000",
                   "HEED_LLM_TIMEOUT_S": "5", "HEED_EMBED_URL": vectors.address("site", "ok"), "HEED_EMBED_MODEL": "bag-384"}
        with Desk("--no-seed", environment=servers) as minds:
            minds.model, minds.vectors = model, vectors
            yield minds


@pytest.fixture
def minding(minds):
    """The same, on Wednesday 10 March 2027, noon in São Paulo; scripts of the test before are gone."""
    minds.at("2027-03-10T15:00:00Z")
    # A server that failed is left alone until a time that, since the clock went back, is far away.
    minds.sql("DELETE FROM model_servers; DELETE FROM embedding_servers")
    for sink in (minds.model, minds.vectors):
        sink.script("site")
        sink.hold("site")
    return minds


@pytest.fixture(scope="session")
def dev():
    """A site without anybody, for what nginx and the program answer to strangers."""
    with Site(None, "--no-seed", "--responders", "1") as dev:
        yield dev


@pytest.fixture(scope="session")
def secure():
    """A site with an https address, for a production nginx in front of it."""
    with Site(None, "--no-seed", environment={"HEED_PUBLIC_URL": f"https://{NAME}"}) as secure:
        yield secure


@pytest.fixture(scope="session")
def front(secure):
    front = Front(secure.home / "run" / "heed.sock", secure.env.get("HEED_USER", ""))
    yield front.start()
    front.remove()


@pytest.fixture
def no_program(secure):
    """The socket's path without the program behind it; the test may put something else there."""
    path = secure.home / "run" / "heed.sock"
    os.rename(path, f"{path}.away")
    yield path
    path.unlink(missing_ok=True)
    os.rename(f"{path}.away", path)


class Chromium:
    """The browser of these tests. One that hangs (it did once, in closing a context, on a busy machine) is killed, named and replaced: Playwright
    waits for ever where no page is concerned."""

    patience = 60

    def __init__(self, playwright):
        self.playwright = playwright
        self.launch()

    def launch(self):
        self.real = self.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

    def new_context(self, **options):
        with contextlib.suppress(Error), self.limit("opening a context"):
            return self.real.new_context(**options)
        self.launch()
        return self.real.new_context(**options)

    def close(self, context):
        with contextlib.suppress(Error), self.limit("closing a context"):
            context.close()

    def end(self):
        with contextlib.suppress(Error), self.limit("closing"):
            self.real.close()

    @contextlib.contextmanager
    def limit(self, what):
        """Kills the browser when what is done within takes too long; the call then fails."""
        hung = []
        timer = threading.Timer(self.patience, lambda: hung.append(kill_chromium()))
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            if hung:
                warnings.warn(f"Chromium hung in {what} and was replaced, at {os.environ.get('PYTEST_CURRENT_TEST', 'no test')}")


def kill_chromium():
    """Kills every Chromium below this process, and says how many processes that were."""
    parents, names = {}, {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            head, tail = stat.read_text().rsplit(")", 1)
            pid = int(stat.parent.name)
            parents[pid], names[pid] = int(tail.split()[1]), head.split("(", 1)[1]
    killed = 0
    for pid, name in names.items():
        above = pid
        while above > 1 and above != os.getpid():
            above = parents.get(above, 0)
        if above == os.getpid() and name.startswith("chrom"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                killed += 1
    return killed


@pytest.fixture(scope="session")
def browser():
    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as playwright:
        browser = Chromium(playwright)
        yield browser
        browser.end()


@pytest.fixture
def tab(browser, desk):
    """Makes tabs with a jar of cookies of their own. What the console complains about fails the test."""
    contexts, complaints = [], []

    def make(**options):
        context = browser.new_context(**{"base_url": desk.url, "viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(1000 * PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: is_complaint(message) and complaints.append(f"{page.url}: {message.text}"))
        return page

    yield make
    for context in contexts:
        browser.close(context)
    assert complaints == []


def is_complaint(message):
    """An answer of 404 or 422 is written to the console too; tests ask for those on purpose."""
    return message.type in ("error", "warning") and not message.text.startswith("Failed to load resource")


def sign_up(page, desk, language="en", timezone=None):
    """Makes an account and signs the tab in; returns its address."""
    person = Person(desk, language, timezone)
    page.context.add_cookies([{"name": name, "value": value, "url": desk.url} for name, value in person.cookies.items()])
    page.context.person, page.address = person, person.address
    return person.address


def sign_up_by_form(page, desk, language="en", timezone="America/Sao_Paulo"):
    """The same as people do it; ends on Today."""
    address = desk.new_address()
    page.goto("/sign-up")
    page.fill("[name=email]", address)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=display_name]", "Rui Campos")
    page.fill("[name=timezone]", timezone)
    page.select_option("[name=language]", language)
    page.click("form[action='/sign-up'] button.primary")
    page.wait_for_url("**/")
    page.address = address
    return address


def sign_in(page, address, password):
    page.goto("/sign-in")
    page.fill("[name=email]", address)
    page.fill("[name=password]", password)
    page.click("form[action='/sign-in'] button.primary")


def make_reminder(page, title, **fields):
    """A reminder of who is signed in; ends on its page."""
    page.goto(page.context.person.make(title, **fields))
    return page.url


def make_reminder_by_form(page, title, **fields):
    """The same as people do it."""
    page.goto("/reminders/new")
    page.fill("[name=title]", title)
    for name, value in fields.items():
        control = page.locator(f"[name={name}]").first
        if control.get_attribute("type") == "radio":
            page.check(f"[name={name}][value={value}]")
        elif control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    page.click("form[action='/reminders'] button.primary")
    return page.url


def fact(page, name):
    """What a page tells tools: the value of the first fact of that name."""
    return page.locator(f"[data-fact={name}]").first.get_attribute("value")


@pytest.fixture
def page(tab, desk):
    """A tab of a new person."""
    page = tab()
    sign_up(page, desk)
    return page


@pytest.fixture
def demo(tab, demo_state):
    """A tab of the demo account."""
    return tab(storage_state=demo_state)


@pytest.fixture(scope="session")
def demo_state(browser, desk):
    context = browser.new_context(base_url=desk.url)
    page = context.new_page()
    sign_in(page, "demo@heed.example", "heed the demo")
    page.wait_for_url("**/")
    state = context.storage_state()
    browser.close(context)
    return state
