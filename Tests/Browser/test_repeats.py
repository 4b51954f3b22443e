"""A series by the form's controls: with and without script, kept, refused, looked at and taken to another calendar."""
import pytest
from playwright.sync_api import expect

from conftest import sign_up
from test_pages import RULES, axe

CONTROLS = ["cron", "repeat_every", "repeat_days", "repeat_on", "repeat_date", "repeat_at", "repeat_from", "repeat_until", "repeat_times"]
ALWAYS = {"repeat_every", "repeat_at", "repeat_from", "repeat_until", "repeat_times"}


def shown(page):
    return {name for name in CONTROLS if page.locator(f"[name={name}]").first.is_visible()}


def open_form(page):
    page.goto("/reminders/new")
    page.fill("[name=title]", "Water the plants")
    page.check("[name=schedule][value=recurring]")


@pytest.mark.parametrize("script", [True, False])
def test_a_series_is_made_refused_and_edited_by_its_controls(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    open_form(page)
    for unit, own in [("cron", {"cron"}), ("daily", ALWAYS), ("monthly", ALWAYS | {"repeat_on"}), ("yearly", ALWAYS | {"repeat_date"}),
                      ("weekly", ALWAYS | {"repeat_days"})]:
        page.check(f"[name=repeat][value={unit}]")
        assert shown(page) == own | ({"cron"} if unit == "cron" else set()), unit
    for day in page.locator("[name=repeat_days]").all():
        day.uncheck()
    page.fill("[name=repeat_at]", "08:30, 21:00")
    page.get_by_role("button", name="Save reminder").click()
    assert page.locator("#repeat_days-complaint").is_visible()
    assert page.input_value("[name=repeat_at]") == "08:30, 21:00"
    page.check("[name=repeat_days][value=mon]")
    page.check("[name=repeat_days][value=fri]")
    page.fill("[name=repeat_every]", "2")
    page.get_by_role("button", name="Save reminder").click()
    expect(page.locator(".lede")).to_contain_text("Every 2 weeks on Monday and Friday at 08:30 and 21:00")
    page.get_by_role("link", name="Edit").first.click()
    assert page.is_checked("[name=repeat][value=weekly]") and page.input_value("[name=repeat_every]") == "2"
    assert [day.get_attribute("value") for day in page.locator("[name=repeat_days]:checked").all()] == ["mon", "fri"]
    assert page.input_value("[name=repeat_at]") == "08:30, 21:00"


def test_what_the_controls_mean_appears_while_they_are_set(page):
    open_form(page)
    page.check("[name=repeat][value=monthly]")
    page.select_option("[name=repeat_on]", "last_fri")
    expect(page.locator("#preview h2")).to_contain_text("Every month on the last Friday at 09:00")
    expect(page.locator("#preview time")).to_have_count(5)
    page.fill("[name=repeat_at]", "nonsense")
    expect(page.locator("#preview")).to_have_count(0)
    assert page.locator(".complaint").count() == 0


def test_the_calendar_file_is_one_press_away(page):
    open_form(page)
    page.check("[name=repeat][value=daily]")
    page.get_by_role("button", name="Save reminder").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Calendar file").click()
    assert download.value.suggested_filename.endswith(".ics")
    with open(download.value.path(), "rb") as file:
        assert b"RRULE:FREQ=DAILY;BYHOUR=9;BYMINUTE=0\r\n" in file.read()


@pytest.mark.parametrize("unit", ["cron", "weekly", "monthly", "yearly"])
def test_the_form_is_sound_for_everybody_with_each_choice(page, unit):
    open_form(page)
    page.check(f"[name=repeat][value={unit}]")
    for width in [360, 1400]:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        found = axe.run(page, options=RULES).response["violations"]
        assert [violation["id"] for violation in found if violation["impact"] in ("serious", "critical")] == []
