"""Answering what rings: the forms of a timeline, the switch for e-mail, the link that ends mail, lists of many, and paper."""
import datetime
import re

import pytest
from playwright.sync_api import expect

from conftest import fact, links, make_reminder, sign_up
from heed_dev import until


@pytest.fixture
def ringing(page, desk):
    """A tab at the timeline of a critical reminder that has just rung."""
    make_reminder(page, "Turn the oven off", importance="critical", schedule="interval", every_minutes="10080")
    page.locator("main .head details.more summary").click()
    page.get_by_role("button", name="Ring now").click()
    desk.work()
    page.goto("/escalations")
    page.get_by_role("link", name="Turn the oven off").click()
    expect(page.locator("#timeline")).to_be_visible()
    settle(page, state="active", tier="1")
    return page


def settle(page, **facts):
    """Loads the page until it says so: the site's own worker may have taken a step first and be about to commit it."""
    until(lambda: page.reload() and all(fact(page, name) == value for name, value in facts.items()), str(facts))


def told(page):
    return page.locator("#timeline .what p").all_inner_texts()


def test_the_next_tier_is_told_now_and_the_ladder_shows_it(ringing):
    current = ringing.locator(".ladder [aria-current=step] .rung")
    expect(current).to_have_text("1")
    ringing.get_by_role("button", name="Next tier now").click()
    expect(ringing.get_by_role("status")).to_be_visible()
    expect(current).to_have_text("2")
    assert fact(ringing, "tier") == "2"
    assert any("did not wait: tier 2 told" in line for line in told(ringing))
    expect(ringing.locator(".ladder > li")).to_have_count(5)
    expect(ringing.locator("aside .countdown .what")).to_have_text("until tier 3")


def test_a_note_stands_in_the_timeline_once_and_an_empty_one_is_complained_about(ringing):
    ringing.fill("[name=text]", "I called <b>the neighbour</b>")
    ringing.get_by_role("button", name="Add note").click()
    expect(ringing.locator("#timeline")).to_contain_text("I called <b>the neighbour</b>")
    expect(ringing.locator("#timeline b")).to_have_count(0)
    expect(ringing.locator("[name=text]")).to_have_value("")
    with ringing.expect_response("**/notes") as answer:
        ringing.get_by_role("button", name="Add note").click()
    assert answer.value.status == 422
    expect(ringing.locator("#text-complaint")).to_be_visible()
    expect(ringing.locator(".complaints")).to_be_focused()
    ringing.locator(".complaints a").click()
    expect(ringing.locator("[name=text]")).to_be_focused()


def test_acknowledging_with_a_time_asks_again_then(ringing, desk):
    form = ringing.locator("form:has([name=again_in])")
    ringing.fill("[name=again_in]", "whenever")
    with ringing.expect_response("**/acknowledgement") as answer:
        form.get_by_role("button").click()
    assert answer.value.status == 422
    expect(ringing.locator("[name=again_in][aria-invalid=true]")).to_have_value("whenever")
    assert fact(ringing, "state") == "active"
    ringing.fill("[name=again_in]", "2 hours")
    form.get_by_role("button").click()
    expect(ringing.get_by_role("status")).to_be_visible()
    assert fact(ringing, "state") == "acknowledged"
    assert fact(ringing, "next-step") == (desk.now + datetime.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    expect(ringing.locator("#timeline .planned").first).to_contain_text("Asks again from tier 1")
    desk.move(hours=2)
    desk.work()
    settle(ringing, state="active", tier="1")


def test_a_snooze_that_is_not_understood_is_kept_beside_its_complaint(ringing):
    ringing.fill("[name=until]", "whenever")
    with ringing.expect_response("**/snoozes") as answer:
        ringing.keyboard.press("Enter")
    assert answer.value.status == 422
    expect(ringing.locator("[name=until][aria-invalid=true]")).to_have_value("whenever")
    expect(ringing.locator("#until-complaint")).to_be_visible()


def test_only_what_waits_for_an_answer_is_counted(ringing):
    count = ringing.locator(".rail [data-key=e] .count")
    expect(count).to_have_text("1 escalating")
    ringing.locator(".quick button[value='2 hours']").click()
    expect(ringing.get_by_role("status")).to_be_visible()
    expect(count).to_have_count(0)
    ringing.goto("/escalations")
    expect(ringing.locator(".alarm")).to_have_count(1)
    expect(ringing.locator(".alarm .countdown small")).to_have_text("until it rings again")


@pytest.mark.parametrize("script", [True, False])
def test_the_switch_for_mail(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    page.goto("/agents")
    switch = page.get_by_role("checkbox", name="Send reminders by e-mail")
    expect(switch).to_be_checked()
    for on in [False, True]:
        switch.set_checked(on)
        page.locator("form[action='/agents/email'] button").click()
        expect(page.get_by_role("status")).to_contain_text("Reminders come by e-mail" if on else "No reminders come by e-mail")
        expect(switch).to_be_checked(checked=on)
        expect(page.locator("main .state").first).to_contain_text("On" if on else "Off")  # e-mail is the first agent
        page.goto("/profiles")
        expect(page.get_by_text("E-mail is off: no tier reaches you.")).to_have_count(0 if on else 1)
        page.goto("/agents")


@pytest.mark.parametrize("script", [True, False])
def test_the_link_that_ends_mail_asks_first(tab, desk, script):
    page = tab(java_script_enabled=script)
    address = sign_up(page, desk)
    make_reminder(page, "Writes once", schedule="interval", every_minutes="10080")
    page.locator("main .head details.more summary").click()
    page.get_by_role("button", name="Ring now").click()
    desk.work()
    link = next(link for link in links(desk.mail(address, "Writes once")) if "/u/" in link)
    stranger = tab(java_script_enabled=script, viewport={"width": 360, "height": 740})
    assert stranger.goto(link).status == 200
    page.goto("/agents")
    expect(page.get_by_role("checkbox")).to_be_checked()  # opening it has changed nothing
    stranger.get_by_role("button", name="No more mails to this address").click()
    expect(stranger.get_by_role("status")).to_contain_text("Heed sends no more reminders")
    expect(stranger.get_by_role("button", name="No more mails")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("checkbox")).not_to_be_checked()
    expect(page.locator("main")).to_contain_text(f"{address} asked for no more mail")


def test_a_long_list_is_walked_page_by_page(page, desk):
    """A hundred and five of each, made at once: what is tested is the walking."""
    make_reminder(page, "The pattern", schedule="interval", every_minutes="10080")
    model = page.url.rsplit("/", 1)[1]
    desk.sql(f"""
      WITH made AS (
        INSERT INTO reminders (id, user_id, profile_id, title, importance, status, next_at, created_at, updated_at)
        SELECT gen_random_uuid(), user_id, profile_id, 'Number ' || n, 'low', 'active', next_at, created_at, updated_at
        FROM reminders, generate_series(1, 104) n WHERE id = '{model}' RETURNING id, user_id)
      INSERT INTO schedules (reminder_id, user_id, kind, timezone, every_minutes)
      SELECT made.id, made.user_id, 'interval', 'UTC', 10080 FROM made""")
    page.goto("/reminders?sort=title&importance=")
    titles = []
    for rows, more in [(50, True), (50, True), (5, False)]:
        expect(page.locator(".row")).to_have_count(rows)
        titles += page.locator(".row :is(h2, h3)").all_inner_texts()
        following = page.get_by_role("link", name="Next page")
        expect(following).to_have_count(int(more))
        if more:
            following.click()
            assert "sort=title" in page.url and "after=" in page.url
    assert len(set(titles)) == 105
    assert titles == sorted(titles, key=str.lower)


def test_a_timeline_is_printed_whole_and_without_controls(ringing):
    ringing.emulate_media(media="print")
    for gone in [".top", ".rail", "main form", "main button", ".crumb"]:
        assert not any(e.is_visible() for e in ringing.locator(gone).all()), gone
    for there in ["h1", "#timeline > li", ".timeline .now", ".ladder", ".facts"]:
        expect(ringing.locator(there).first).to_be_visible()
    assert ringing.evaluate("getComputedStyle(document.body).backgroundColor") in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    ringing.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(ringing.locator("details.delivery[open] table").first).to_be_visible()
    ringing.evaluate("dispatchEvent(new Event('afterprint'))")
    assert ringing.locator("details.delivery[open]").count() == 0
    assert ringing.pdf(format="A4", print_background=False)[:5] == b"%PDF-"
    dark = ringing.emulate_media(media="print", color_scheme="dark") or ringing.evaluate("getComputedStyle(document.querySelector('h1')).color")
    red, green, blue = colour(ringing, dark)
    assert max(red, green, blue) < 110  # dark ink, whatever the scheme of the screen


def colour(page, text):
    """Any CSS colour as three numbers."""
    return page.evaluate("""text => { const c = document.createElement('canvas').getContext('2d'); c.fillStyle = text; c.fillRect(0, 0, 1, 1);
      return [...c.getImageData(0, 0, 1, 1).data].slice(0, 3) }""", text)


@pytest.mark.parametrize("theme", ["system", "light", "dark"])
def test_the_theme_setting_wins_over_the_browser_and_system_follows_it(page, theme):
    page.goto("/settings/profile")
    page.select_option("[name=theme]", theme)
    page.click("form[action='/settings/profile'] button.primary")
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme)
        page.goto("/reminders")
        paper = sum(colour(page, page.evaluate("getComputedStyle(document.documentElement).backgroundColor")))
        assert (paper < 200) == ((scheme if theme == "system" else theme) == "dark"), scheme


ENGLISH = re.compile(
    r"\b(Gentle|Urgent|Critical|Escalat\w+|tier|until|Done|Acknowledge\w*|Snooze\w*|Settings|Reminders?|Profiles?|Today|ago|kept in|made|changed|e-mail sent)\b")


def test_portuguese_pages_hold_no_english(tab, desk):
    page = tab(locale="pt-BR")
    sign_up(page, desk, "pt-BR")
    home = make_reminder(page, "Desligar o forno", importance="critical", schedule="interval", every_minutes="10080")
    page.locator("main .head details.more summary").click()
    page.locator("form[action$='/run'] button").click()
    desk.work()
    page.goto(home)
    timeline = page.locator("#history a[href^='/escalations/']").first.get_attribute("href")
    for path in ["/", home, timeline, "/escalations", "/profiles", "/agents", "/settings/profile", "/settings/password",
                 "/settings/sessions", "/settings/audit", "/reminders/new", "/reminders?q=girafa", "/no-such-page"]:
        page.goto(path)
        page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
        text = page.locator("body").inner_text()
        assert not (found := ENGLISH.findall(text)), f"{path}: {found}"
