"""A talk with the coach as a person has it, without a model: asked, waited for, answered with a way to go on; with and without script."""
import re

import pytest
from playwright.sync_api import expect

from conftest import sign_up
from test_habits import make


@pytest.mark.parametrize("script", [True, False])
def test_a_question_is_answered_by_itself_with_the_page_meant(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    habit = make(page, "Practise scales")
    page.goto("/coach")
    expect(page.locator("main")).to_contain_text("written without AI")
    page.get_by_label("Your message").fill("What is due?")
    page.get_by_role("button", name="Send", exact=True).click()
    # Whatever shows it anew, nobody presses anything.
    expect(page.locator("main")).to_contain_text("Practise scales", timeout=30_000)
    links = page.locator("main a").evaluate_all("all => all.map(a => new URL(a.href).pathname)")
    assert f"/habits/{habit}" in links or "/habits" in links
    page.get_by_label("Your message").fill("I am not sure what the weather does")
    page.get_by_role("button", name="Send", exact=True).click()
    # What it does not understand it says, with three examples.
    last = page.locator(".talk > li").last
    expect(last).to_contain_text(re.compile('".+".+".+".+".+"'), timeout=30_000)
    expect(page.locator(".talk > li")).to_have_count(2)


@pytest.mark.parametrize("script", [True, False])
def test_words_of_harm_are_answered_at_once_by_the_text_that_a_person_wrote(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    page.goto("/coach")
    page.get_by_label("Your message").fill("I want to end it")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-fact=answer][value=there]")).to_have_count(1)
