"""Mails as people see them: narrow and wide, light and dark, without a single picture, and as text."""
import datetime
import re
import zoneinfo

import pytest

from conftest import links, make_reminder, sign_up
from heed_axe import Axe

ZONE = zoneinfo.ZoneInfo("America/Sao_Paulo")
NOTES = "Shut the **upper** valve, then:\n\n- wait\n- call [Ana](https://x.example/ana)\n\n> It hissed last time.\n\n    " + "valve --close " * 12
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]}}
# What the product's style sheet makes of its tokens.
TOKENS = """names => { const mark = document.createElement('i'); document.body.append(mark); return names.map(name => {
  mark.style.color = `var(--${name})`
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d')
  canvas.fillStyle = getComputedStyle(mark).color
  canvas.fillRect(0, 0, 1, 1)
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3) }) }"""
COLOUR = "(element, property) => getComputedStyle(element)[property].match(/[0-9]+/g).slice(0, 3).map(Number)"
axe = Axe()


def ring(page, desk, title, **fields):
    """A reminder whose time comes in a minute."""
    due = (desk.now + datetime.timedelta(minutes=1)).astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")
    return make_reminder(page, title, at=due, **fields)


@pytest.fixture(scope="module")
def post(browser, desk):
    """One person's mails, by name."""
    context = browser.new_context(base_url=desk.url)
    page = context.new_page()
    address = sign_up(page, desk)
    letter = desk.mail(address, "Verify")
    page.goto(next(link for link in links(letter) if "/email/verify/" in link))
    page.locator("main form button.primary").click()
    ring(page, desk, "Turn the gas off: " + "the long way round " * 8, importance="critical", description=NOTES)
    desk.move(minutes=1)
    desk.work()
    alone = desk.mail(address, "Turn the gas off")
    # Held while the person sleeps, they come as one.
    page.goto("/settings/profile")
    local = desk.now.astimezone(ZONE)
    page.fill("[name=quiet_from]", local.strftime("%H:%M"))
    page.fill("[name=quiet_until]", (local + datetime.timedelta(minutes=30)).strftime("%H:%M"))
    page.locator("[name=quiet_until]").press("Enter")
    page.wait_for_load_state()
    # A minute apart, and of an importance whose second tier is hours away: what is told in one instant has no order.
    for title in ["Water the plants", "Pay the rent"]:
        ring(page, desk, title, importance="medium", description="A note.")
        desk.move(minutes=1)
        desk.work()
    desk.move(minutes=30)
    desk.work()
    digest = desk.mail(address, "reminders waited for you")
    browser.close(context)
    return {"letter": letter, "alone": alone, "digest": digest}


def show(page, mail):
    page.set_content(mail.get_body(("html",)).get_content(), wait_until="load")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 700])
@pytest.mark.parametrize("name", ["letter", "alone", "digest"])
def test_a_mail_looks_like_the_product(tab, post, name, width, scheme):
    page = tab(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto("/sign-in")
    names = ["paper", "surface", "ink", "muted", "accent", "on-accent"]
    tokens = dict(zip(names, page.evaluate(TOKENS, names)))
    page.goto("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    show(page, post[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    for place, property, token in [
        ("body", "backgroundColor", "paper"), ("body", "color", "ink"), (".card", "backgroundColor", "surface"),
        (".muted", "color", "muted"), (".button", "backgroundColor", "accent"), (".button a", "color", "on-accent"),
    ]:
        found = page.locator(place).first.evaluate(COLOUR, property)
        assert all(abs(a - b) <= 2 for a, b in zip(found, tokens[token])), (place, property, found, tokens[token])
    button = page.locator(".button a").first.bounding_box()
    assert button["height"] >= 44
    problems = axe.run(page, options=RULES).response["violations"]
    assert [found["id"] for found in problems if found["impact"] in ("serious", "critical")] == []
    assert page.locator("img, [background], link, script, iframe").count() == 0 and not [url for url in asked if url.startswith("http")]


def test_the_button_is_the_signed_link_and_text_says_the_same(post):
    for name, kind in [("letter", "/email/verify/"), ("alone", "/a/"), ("digest", "/a/")]:
        mail = post[name]
        html = mail.get_body(("html",)).get_content()
        buttons = re.findall(r'class="button".*?href="([^"]+)"', html, re.S)
        assert buttons and all(kind in link for link in buttons)
        assert [link for link in links(mail) if kind in link] == buttons
    assert re.findall("<h2[^>]*>([^<]+)", post["digest"].get_body(("html",)).get_content()) == ["Water the plants", "Pay the rent"]


def test_the_subject_stays_readable_in_a_notification(post):
    """It begins with what it is about, or with the tier and then that; nothing of ours stands before it."""
    assert post["alone"]["Subject"].startswith("Turn the gas off")
    text = post["alone"].get_body(("plain",)).get_content()
    assert text.splitlines()[0] == "Critical importance" and text.splitlines()[1].startswith("Turn the gas off")
    assert "Shut the upper valve" in text and "<" not in text.replace("<https://", "")


def test_a_mail_survives_a_program_that_drops_its_style_sheet(tab, post):
    page = tab(viewport={"width": 360, "height": 800})
    html = re.sub("<style>.*?</style>", "", post["alone"].get_body(("html",)).get_content(), flags=re.S)
    page.set_content(html)
    assert page.locator(".button a").evaluate(COLOUR, "backgroundColor") is not None
    assert page.locator(".button").evaluate(COLOUR, "backgroundColor") == [0, 91, 126]
    assert page.locator(".card").evaluate("e => getComputedStyle(e).borderTopWidth") == "1px"
