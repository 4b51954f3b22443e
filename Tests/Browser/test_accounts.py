"""Signing up, in and out, and the settings."""
import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from conftest import PASSWORD, links, sign_in, sign_up_by_form


def test_signing_out_ends_the_session_and_signing_in_leads_back(page):
    page.goto("/")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/reminders?status=all")
    address = urllib.parse.urlsplit(page.url)
    assert (address.path, urllib.parse.parse_qs(address.query)) == ("/sign-in", {"next": ["/reminders?status=all"]})
    page.fill("[name=email]", page.address)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/reminders\?status=all$"))


@pytest.mark.parametrize("address", ["demo@heed.example", "nobody@heed.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_words(tab, address):
    page = tab()
    sign_in(page, address, "not the password")
    words = page.get_by_role("alert").inner_text()
    assert words.startswith("That address and password do not fit together")
    assert page.locator("[name=email]").input_value() == address
    assert page.locator("[name=password]").input_value() == ""


def test_next_never_leads_off_the_site(tab, desk):
    page = tab()
    for target in ["https://evil.example/", "//evil.example/", "/\\evil.example"]:
        page.goto("/sign-in?next=" + target)
        page.fill("[name=email]", "demo@heed.example")
        page.fill("[name=password]", "heed the demo")
        page.click("form[action='/sign-in'] button.primary")
        assert page.url.startswith(desk.url)
        page.context.clear_cookies()


def test_sign_up_complains_about_everything_at_once_and_keeps_what_was_typed(tab):
    page = tab()
    page.goto("/sign-up")
    page.fill("[name=email]", "no address")
    page.fill("[name=password]", "short")
    page.fill("[name=display_name]", "Ana <b>")
    page.fill("[name=timezone]", "Mars/Olympus")
    page.click("form[action='/sign-up'] button.primary")
    assert page.locator(".complaints li").count() == 3
    assert page.locator("[name=display_name]").input_value() == "Ana <b>"
    assert page.locator("[name=timezone]").input_value() == "Mars/Olympus"
    for name in ["email", "password", "timezone"]:
        field = page.locator(f"[name={name}]")
        assert field.get_attribute("aria-invalid") == "true"
        for part in field.get_attribute("aria-describedby").split():
            assert page.locator(f"#{part}").count() == 1
    assert page.evaluate("document.activeElement.className") == "complaints"


def test_the_time_zone_of_the_browser_is_offered(tab):
    page = tab(timezone_id="Asia/Kolkata")
    page.goto("/sign-up")
    assert page.locator("[name=timezone]").input_value() in ("Asia/Kolkata", "Asia/Calcutta")


def test_theme_and_language_follow_the_settings(page):
    page.goto("/settings/profile")
    page.select_option("[name=theme]", "dark")
    page.select_option("[name=language]", "pt-BR")
    page.click("form[action='/settings/profile'] button.primary")
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("data-theme")) == ("pt-BR", "dark")
    assert page.locator("[role=status]").count() == 1
    page.goto("/")
    assert page.locator("h1").inner_text() == "Hoje"
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_a_session_can_be_ended_from_another(page, tab, desk):
    other = tab()
    sign_in(other, page.address, PASSWORD)
    other.wait_for_url("**/")
    page.goto("/settings/sessions")
    assert page.locator("form[action$='/revocation']").count() == 2
    row = page.locator("tr", has_not=page.locator(".pill")).filter(has=page.locator("form"))
    row.locator("form[action$='/revocation'] button").click()
    page.goto("/settings/sessions")
    assert page.locator("form[action$='/revocation']").count() == 1
    other.goto("/")
    assert "/sign-in" in other.url


def test_a_password_reset_by_mail(tab, desk):
    page = tab()
    address = sign_up_by_form(page, desk)
    page.context.clear_cookies()
    page.goto("/password/forgotten")
    page.fill("[name=email]", address)
    page.click("main form button")
    link = next(link for link in links(desk.mail(address, "assword")) if "/password/reset/" in link)
    page.goto(link)
    page.fill("[name=password]", "eight blue kettles")
    page.click("main form button")
    assert page.goto(link).status in (404, 410, 200)
    assert page.locator("[name=password]").count() == 0  # once only
    sign_in(page, address, PASSWORD)
    assert page.get_by_role("alert").count() == 1
    sign_in(page, address, "eight blue kettles")
    page.wait_for_url("**/")
