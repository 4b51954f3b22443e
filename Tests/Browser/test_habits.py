"""Habits as a person lives with them: the first in under a minute, a bad week and back, a holiday, a whole group; with and without script."""
import re

import pytest
from playwright.sync_api import expect

from conftest import fact, sign_up
from test_pages import SHIFT, check


def make(page, name, **fields):
    page.goto("/habits/new")
    page.fill("[name=name]", name)
    if fields:
        page.locator("#rest > summary").click()
    for field, value in fields.items():
        control = page.locator(f"[name={field}]").first
        if control.evaluate("e => e.type") in ("radio", "checkbox"):
            page.check(f"[name={field}][value='{value}']")
        elif control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    page.get_by_role("button", name="Save habit").click()
    return page.url.rsplit("/", 1)[1].split("#")[0]


def row(page, name):
    return page.locator("li.habit").filter(has_text=name)


@pytest.mark.parametrize("script", [True, False])
def test_the_first_habit_is_a_name_and_one_press(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    page.goto("/habits")
    page.get_by_role("link", name="Read 10 pages").click()
    assert page.input_value("[name=name]") == "Read 10 pages"
    page.get_by_role("button", name="Save habit").click()
    expect(page.get_by_role("status")).to_contain_text("begins today: Every day")
    page.goto("/habits")
    today = row(page, "Read 10 pages").locator(".days button").last
    assert "mark as done" in today.evaluate("e => e.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id).textContent).join(', ')")
    today.click()
    expect(page.get_by_role("heading", name="Done today")).to_be_visible()
    assert fact(row(page, "Read 10 pages"), "current-streak") == "1"
    # Pressed again it is undone, where it stands.
    row(page, "Read 10 pages").locator(".days button").last.click()
    assert fact(row(page, "Read 10 pages"), "current-streak") == "0" and "#h-" in page.url


@pytest.mark.parametrize("script", [True, False])
def test_a_bad_week_and_back(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    make(page, "Stretch")
    page.goto("/habits")
    row(page, "Stretch").get_by_role("link", name="Stretch").click()
    for box in page.locator("#days [name=date]").all():
        box.check()
    page.fill("#notes", "Back at it.")
    page.locator("#days").get_by_role("button", name="Done").click()
    assert fact(page, "current-streak") == "8" and page.locator("#written article").count() > 0
    for box in page.locator("#days [name=date]").all()[1:4]:
        box.uncheck()
    page.get_by_label("Reason for a skip").select_option("sick")
    page.locator("#days").get_by_role("button", name="Skip").click()
    expect(page.locator("main")).to_contain_text("is done already")


def test_amounts_grow_by_presses_and_by_numbers(tab, desk):
    page = tab()
    sign_up(page, desk)
    make(page, "Water", kind="amount", unit="glasses", target="8")
    page.goto("/habits")
    item = row(page, "Water")
    item.get_by_role("button", name="+1").click()
    row(page, "Water").locator("[name=amount]").first.fill("2,5")
    row(page, "Water").get_by_role("button", name="Add", exact=True).click()
    expect(row(page, "Water")).to_contain_text("3.5 of 8 glasses today")
    row(page, "Water").locator("[name=amount]").first.fill("1e3")
    row(page, "Water").get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#amount-complaint")).to_contain_text("Write a number such as 2 or 1.5.")


@pytest.mark.parametrize("script", [True, False])
def test_a_holiday_pauses_everything_and_ends(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    make(page, "Run")
    make(page, "Swim")
    page.goto("/habits")
    page.locator("#pause-all > summary").click()
    page.locator("#pause-all select").select_option("holiday")
    page.locator("#pause-all").get_by_role("button", name="Pause everything").click()
    expect(page.get_by_role("heading", name="Everything is paused")).to_be_visible()
    page.get_by_role("link", name="2 paused").click()
    assert page.locator("li.habit").count() == 2
    page.get_by_role("button", name="End the pause of everything").click()
    expect(page.get_by_role("status")).to_contain_text("2 habits go on.")


@pytest.mark.parametrize("script", [True, False])
def test_ticked_rows_and_a_whole_group_are_done_at_once(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    for name in ["Floss", "Meditate", "Walk"]:
        make(page, name, group="Morning")
    page.goto("/habits")
    row(page, "Floss").locator("[name=id]").check()
    page.locator("#bulk").get_by_role("button", name="Done", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("1 habit done.")
    page.goto("/habits?by=group")
    page.get_by_role("button", name=re.compile("All done.*Morning")).click()
    expect(page.get_by_role("status")).to_contain_text("2 habits done.")
    expect(page.locator("main")).to_contain_text("All done for today.")


def test_today_asks_for_habits_with_one_press_each(tab, desk):
    page = tab()
    sign_up(page, desk)
    make(page, "Read")
    page.goto("/")
    page.locator("#habits").get_by_role("button", name="Done Read").click()
    assert page.url.split("#")[0].endswith("/") and page.locator("#habits").count() == 0


def test_the_form_shows_what_the_choice_needs(tab, desk):
    page = tab()
    sign_up(page, desk)
    page.goto("/habits/new")
    page.locator("#rest > summary").click()
    hidden = {name: page.locator(f"[name={name}]").first for name in ["day", "times_per_week", "times_per_month", "target"]}
    assert not any(control.is_visible() for control in hidden.values())
    for frequency, name in [("specific_days", "day"), ("per_week", "times_per_week"), ("per_month", "times_per_month")]:
        page.check(f"[name=frequency][value={frequency}]")
        assert [key for key, control in hidden.items() if control.is_visible()] == [name]
    page.check("[name=kind][value=amount]")
    assert hidden["target"].is_visible()


def test_habits_speak_portuguese(tab, desk):
    page = tab()
    sign_up(page, desk, language="pt-BR")
    page.add_init_script(SHIFT)
    page.goto("/habits/new")
    page.fill("[name=name]", "Ler 10 páginas")
    page.click("form.form button.primary")
    expect(page.get_by_role("status")).to_contain_text("começa hoje: Todos os dias.")
    page.goto("/habits")
    row(page, "Ler").locator(".days button").last.click()
    expect(page.get_by_role("status")).to_contain_text("feito.")
    assert check(page, "/habits") == []
