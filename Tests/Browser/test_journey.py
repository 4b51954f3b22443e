"""The whole way once: sign up, be reminded, answer from the mail, read what happened."""
import datetime
import zoneinfo

import pytest

from conftest import links, make_reminder_by_form, sign_up_by_form

SAO_PAULO = zoneinfo.ZoneInfo("America/Sao_Paulo")


def local(instant):
    return instant.astimezone(SAO_PAULO).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize("script, language", [(True, "en"), (False, "en"), (True, "pt-BR"), (False, "pt-BR")])
def test_from_sign_up_to_the_story_of_an_answered_reminder(tab, desk, script, language):
    page = tab(java_script_enabled=script)
    address = sign_up_by_form(page, desk, language)
    assert page.locator("html").get_attribute("lang") == language

    # The address is verified by a button behind the link of the first mail, not by opening the link.
    letter = desk.mail(address, "")
    link = next(link for link in links(letter) if "/email/verify/" in link)
    page.goto(link)
    page.goto("/settings/profile")
    assert page.locator("form[action='/email/verification']").count() == 1
    page.goto(link)
    page.locator("main form button.primary").click()
    page.goto("/settings/profile")
    assert page.locator("form[action='/email/verification']").count() == 0

    due = desk.now + datetime.timedelta(minutes=2)
    home = make_reminder_by_form(page, "Turn the oven off", at=local(due), importance="high", description="The **upper** one.")
    assert "/reminders/" in home
    assert page.locator("[data-fact=next]").get_attribute("value") == due.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert page.locator("[data-fact=status]").get_attribute("value") == "active"

    desk.work()
    assert not [mail for mail in desk.mails(address) if "oven" in mail["Subject"]]  # not before its time
    desk.move(minutes=2)
    desk.work()
    mail = desk.mail(address, "Turn the oven off")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "upper" in mail.get_body(("html",)).get_content()

    # The mail is read somewhere else, where nobody is signed in.
    phone = tab(java_script_enabled=script, viewport={"width": 360, "height": 740})
    action = next(link for link in links(mail) if "/a/" in link)
    assert phone.goto(action).status == 200
    page.goto(home)
    assert page.locator("section.alarm, article.alarm").count() == 1  # opening the link has answered nothing
    phone.locator("button[name=action][value=acknowledgement]").click()
    assert phone.locator(".card.message, [role=status]").count() >= 1

    page.goto(home)
    story = page.locator("#history").inner_text()
    assert page.locator("#history > li").count() >= 1, story
    page.locator("#history a[href^='/escalations/']").first.click()
    timeline = page.locator("#timeline")
    assert timeline.locator("> li").count() >= 3, timeline.inner_text()
    assert page.locator("[data-fact=state]").first.get_attribute("value") == "acknowledged"
    assert timeline.locator("[data-fact=delivery][value=sent]").count() == 1

    # Acknowledged is acknowledged: the other tiers stay silent, and the link tells who answered.
    desk.move(hours=3)
    desk.work()
    assert len([mail for mail in desk.mails(address) if "oven" in mail["Subject"]]) == 1
    phone.goto(action)
    assert phone.locator("h1").count() == 1


def test_a_link_that_was_tampered_with_says_nothing(tab, desk):
    page = tab()
    assert page.goto("/a/" + "A" * 80).status == 404
    assert page.goto("/u/" + "A" * 80).status == 404
