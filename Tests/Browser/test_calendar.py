"""The calendar as a person uses it: three views by links and by keys, what is on at once, and free times; with and without script."""
import datetime

import pytest
from playwright.sync_api import expect

from conftest import sign_up


def event(page, title, starts, ends):
    page.goto("/events/new")
    page.evaluate("for (const details of document.querySelectorAll('main details')) details.open = true")
    for name, value in (("title", title), ("starts", starts), ("ends", ends)):
        page.fill(f"main [name={name}]", value)
    page.locator("main form[action='/events'] button.primary").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [1400, 360])
def test_a_day_is_found_in_every_view(tab, desk, script, width):
    page = tab(java_script_enabled=script, viewport={"width": width, "height": 800})
    sign_up(page, desk)
    page.goto("/calendar")
    expect(page.get_by_role("heading", name="Free all week")).to_be_visible()
    day = datetime.date.today() + datetime.timedelta(days=3)
    event(page, "Dentist", f"{day}T10:00", f"{day}T11:00")
    event(page, "Call", f"{day}T10:30", f"{day}T11:30")
    page.goto(f"/calendar?date={day}")
    row = page.locator("table.agenda tr", has=page.get_by_role("link", name="Dentist"))
    expect(row).to_contain_text("10:00–11:00")
    expect(row).to_contain_text("overlaps “Call”")
    page.get_by_role("link", name="Week", exact=True).click()
    expect(page.locator("table.agenda").get_by_role("link", name="Dentist")).to_be_visible()
    # Side by side on a wide screen; a phone has the list alone.
    drawing = page.locator("svg.timetable")
    assert drawing.is_visible() == (width == 1400)
    if width == 1400:
        left, right = (drawing.locator("a", has_text=name).locator("rect").bounding_box() for name in ("Dentist", "Call"))
        assert left["x"] + left["width"] <= right["x"] and left["y"] < right["y"] < left["y"] + left["height"]
    page.get_by_role("link", name="Month", exact=True).click()
    cell = page.locator("table.month td", has=page.locator(f"a.date[href$='{day}']"))
    if width == 1400:
        expect(cell.get_by_role("link", name="Dentist")).to_be_visible()
    else:
        expect(cell.locator(".count")).to_have_text("2")
    cell.locator("a.date").click()
    expect(page.locator("table.agenda").get_by_role("link", name="Call")).to_be_visible()
    page.goto(f"/free?minutes=60&from={day}&until={day}")
    assert page.locator("[data-fact=free]").count() == (2 if day.weekday() < 5 else 0)


def test_keys_lead_through_the_calendar(tab, desk):
    page = tab()
    sign_up(page, desk)
    page.goto("/")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/calendar")
    for key, end in [("v", "view=week"), ("ArrowRight", "date="), ("h", "view=week"), ("m", "view=month"), ("ArrowLeft", "date=")]:
        page.keyboard.press(key)
        # Today to the letter: the page that is left says the same of its view.
        page.wait_for_url(f"**/calendar?{end}" if key == "h" else f"**/calendar?*{end}*")
    page.keyboard.press("a")
    page.wait_for_url(lambda url: "view=" not in url)
