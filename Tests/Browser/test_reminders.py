"""Making, editing, listing and answering reminders."""
import datetime
import re

import pytest
from playwright.sync_api import expect

from conftest import fact, make_reminder, sign_up
from heed_dev import PATIENCE


def test_title_and_enter_is_a_reminder(page):
    page.goto("/")
    page.fill("#quick", "Buy <milk> & \"bread\"")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_be_visible()
    page.goto("/reminders")
    assert page.locator(".row :is(h2, h3)").inner_text() == "Buy <milk> & \"bread\""


@pytest.mark.parametrize("script", [True, False])
def test_only_the_fields_of_the_chosen_schedule_show(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    page.goto("/reminders/new")
    shown = lambda: [name for name in ["at", "cron", "every_minutes", "exclude_dates"] if page.locator(f"[name={name}]").is_visible()]
    assert shown() == ["at"]
    page.check("[name=schedule][value=recurring]")
    assert shown() == ["cron", "exclude_dates"]
    page.check("[name=schedule][value=interval]")
    assert shown() == ["every_minutes", "exclude_dates"]


def test_a_preview_shows_the_sentence_and_the_next_five_times_and_stores_nothing(page):
    page.goto("/reminders/new")
    page.fill("[name=title]", "Stand-up")
    page.check("[name=schedule][value=recurring]")
    page.fill("[name=cron]", "0 9 * * 1-5")
    page.fill("[name=timezone]", "America/New_York")
    page.get_by_role("button", name="Preview").click()
    card = page.locator("#preview")
    assert card.locator("h2").inner_text() == "Every weekday at 09:00, New York time"
    assert card.locator("time").count() == 5
    times = [time.get_attribute("datetime") for time in card.locator("time").all()]
    assert times == sorted(times)
    assert page.locator("[name=cron]").input_value() == "0 9 * * 1-5"
    assert page.locator("[name=schedule][value=recurring]").is_checked()
    page.get_by_role("button", name="Save reminder").click()
    assert page.locator("h1").inner_text() == "Stand-up"
    page.goto("/reminders?status=all")
    assert page.locator(".row").count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_bad_input_is_422_and_keeps_what_was_typed(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    page.goto("/reminders/new")
    page.fill("[name=description]", "kept\n<b>text</b>")
    page.check("[name=schedule][value=recurring]")
    page.fill("[name=cron]", "61 9 * * *")
    page.check("[name=importance][value=critical]")
    with page.expect_response("**/reminders") as answer:
        page.get_by_role("button", name="Save reminder").click()
    assert answer.value.status == 422
    assert page.locator(".complaints li").count() == 2
    assert page.locator("[name=description]").input_value() == "kept\n<b>text</b>"
    assert page.locator("[name=cron]").input_value() == "61 9 * * *"
    assert page.locator("[name=importance][value=critical]").is_checked()
    assert "inute" in page.locator("#cron-error, #cron-complaint").inner_text()  # names the field
    page.locator(".complaints a[href='#title']").click()
    expect(page.locator("#title")).to_be_focused()
    page.goto("/reminders?status=all")
    assert page.locator(".row").count() == 0


def test_an_edit_of_something_changed_meanwhile_is_409_and_saves_the_second_time(page):
    home = make_reminder(page, "First")
    other = page.context.new_page()
    for tab, title in [(page, "From one tab"), (other, "From the other")]:
        tab.goto(home + "/edit")
        tab.fill("[name=title]", title)
    page.get_by_role("button", name="Save reminder").click()
    assert page.locator("h1").inner_text() == "From one tab"
    with other.expect_response("**/reminders/*") as answer:
        other.get_by_role("button", name="Save reminder").click()
    assert answer.value.status == 409
    assert other.locator("[name=title]").input_value() == "From the other"
    assert "From one tab" in other.locator(".conflict").inner_text()
    other.get_by_role("button", name="Save reminder").click()
    assert other.locator("h1").inner_text() == "From the other"


def test_going_back_and_sending_a_form_again_makes_one_reminder(page):
    page.goto("/reminders/new")
    page.fill("[name=title]", "Only one")
    nonce = page.locator("form.form [name=nonce]").get_attribute("value")
    page.get_by_role("button", name="Save reminder").click()
    expect(page.locator("h1")).to_have_text("Only one")
    first = page.url
    # Not page.go_back(): the protocol refuses that while the browser puts the new page in the old one's place.
    page.evaluate("history.back()")
    expect(page.locator("h1")).to_have_text("New reminder")
    page.fill("[name=title]", "Only one")
    page.evaluate("n => { document.querySelector('form.form [name=nonce]').value = n }", nonce)
    page.get_by_role("button", name="Save reminder").click()
    assert page.url == first


def test_filters_are_links_and_a_search_can_be_cleared(page):
    for title in ["Alpha", "Beta", "Gamma"]:
        make_reminder(page, title)
    page.goto("/reminders")
    page.get_by_role("button", name="Done: Beta").click()
    page.goto("/reminders")
    assert sorted(page.locator(".row :is(h2, h3)").all_inner_texts()) == ["Alpha", "Gamma"]
    chips = page.get_by_role("list", name="Filter by state")
    chips.get_by_role("link", name="Completed").click()
    assert page.locator(".row :is(h2, h3)").all_inner_texts() == ["Beta"]
    assert chips.locator("[aria-current=page]").inner_text().split() == ["Completed", "1"]
    chips.get_by_role("link", name="All").click()
    page.select_option("[name=sort]", "title")
    page.fill("#q", "a")
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value("a")
    expect(page.locator(".row :is(h2, h3)")).to_have_text(["Alpha", "Beta", "Gamma"])
    page.fill("#q", "giraffe")
    page.keyboard.press("Enter")
    expect(page.locator(".row")).to_have_count(0)
    assert "giraffe" in page.locator("main").inner_html()
    page.get_by_role("link", name="Clear search and filters").click()
    assert page.locator(".row").count() == 2


@pytest.mark.parametrize("query", ["status=nonsense", "sort=nonsense", "after=nonsense"])
def test_a_filter_that_is_none_is_422(page, query):
    assert page.goto("/reminders?" + query).status == 422


@pytest.mark.parametrize("script", [True, False])
def test_several_are_answered_at_once(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    for title in ["One", "Two", "Three"]:
        make_reminder(page, title)
    page.goto("/reminders?sort=title")
    bar = page.locator("#bulk")
    assert not bar.is_visible()
    for title in ["One", "Two"]:
        page.get_by_role("checkbox", name=f"Tick {title}").check()
    expect(bar).to_be_visible()
    bar.get_by_role("button", name="Done").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto("/reminders")
    assert page.locator(".row :is(h2, h3)").all_inner_texts() == ["Three"]
    page.locator(".row > label input").check()
    page.fill("#bulk-until", "in 2 days")
    page.keyboard.press("Enter")  # in the field it snoozes
    expect(page.get_by_role("status")).to_be_visible()
    page.goto("/reminders?status=snoozed")
    assert page.locator(".row :is(h2, h3)").all_inner_texts() == ["Three"]


@pytest.mark.parametrize("script", [True, False])
def test_a_bulk_phrase_that_is_not_understood_keeps_the_ticks(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    for title in ["One", "Two", "Three"]:
        make_reminder(page, title, importance="high" if title != "Three" else "low")
    page.goto("/reminders?importance=high&sort=title")
    page.get_by_role("checkbox", name="Tick Two").check()
    page.get_by_label("Snooze until").last.fill("soonish")
    page.locator("#bulk").get_by_role("button", name="Snooze").click()
    expect(page.locator(".complaints")).to_be_visible()
    assert page.locator(".row :is(h2, h3)").all_inner_texts() == ["One", "Two"]
    expect(page.get_by_role("checkbox", name="Tick Two")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Tick One")).not_to_be_checked()
    field = page.locator("#bulk-until")
    expect(field).to_have_value("soonish")
    expect(field).to_have_accessible_description(re.compile("not understood"))
    expect(page.locator("#bulk .complaint")).to_be_visible()
    field.fill("in 2 days")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_be_visible()
    assert page.url.endswith("/reminders?importance=high&sort=title")
    page.goto("/reminders?status=snoozed")
    assert page.locator(".row :is(h2, h3)").all_inner_texts() == ["Two"]


@pytest.mark.parametrize("script", [True, False])
def test_a_row_is_snoozed_by_one_press_or_by_words_and_archived(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    for title in ["By press", "By words", "Away"]:
        make_reminder(page, title)

    def unfolded(title):
        page.goto("/reminders")
        row = page.locator(".row", has_text=title)
        row.locator("summary").click()
        return row

    def snoozing(title):
        """Where it is snoozed: in place; without script on its own page, which a link in the row leads to."""
        row = unfolded(title)
        if script:
            return row
        row.get_by_role("link", name="Snooze").click()
        return page.locator("#snooze")

    snoozing("By press").get_by_role("button", name="2 hours").click()
    assert fact(page, "snoozed-until") == (desk.now + datetime.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    snoozing("By words").get_by_label("Snooze until").fill("in 3 days")
    page.keyboard.press("Enter")
    assert fact(page, "snoozed-until") == (desk.now + datetime.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    unfolded("Away").get_by_role("button", name="Archive").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto("/reminders?status=archived")
    assert page.locator(".row :is(h2, h3)").all_inner_texts() == ["Away"]


def test_a_row_is_at_most_three_lines_high_on_a_phone(tab, desk):
    page = tab(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    sign_up(page, desk)
    make_reminder(page, "Call the landlord about the heating, the letter box, the bicycle cellar and the bill of last year", schedule="interval", every_minutes="10080")
    make_reminder(page, "Rent")
    page.goto("/reminders")
    for row in page.locator(".row").all():
        title, facts = [row.locator(part).bounding_box() for part in (":is(h2, h3)", "p")]
        line = float(row.locator(":is(h2, h3)").evaluate("e => parseFloat(getComputedStyle(e).lineHeight)"))
        assert title["height"] <= 2 * line + 1 and facts["height"] <= 1.3 * line
        assert row.bounding_box()["height"] <= 2 * line + 44 + 20
        row.locator("summary").click()
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth || scrollX > 0")
        page.keyboard.press("Escape")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    box = page.get_by_role("button", name="Done: Rent").bounding_box()
    assert box["height"] >= 44 and box["width"] >= 44


def test_what_is_done_to_a_row_is_done_to_it_after_others_have_come_before_it(page):
    """Rows are numbered by their place: names and focus follow the reminder all the same."""
    make_reminder(page, "Second", schedule="interval", every_minutes="10080")
    page.clock.install()
    page.goto("/reminders")
    page.get_by_role("button", name="Done: Second").focus()
    other = page.context.new_page()
    make_reminder(other, "First", schedule="interval", every_minutes="60")
    for _ in range(2):
        with page.expect_response(lambda answer: answer.request.resource_type == "fetch"):
            page.clock.run_for(35000)
    expect(page.locator(".row :is(h2, h3)")).to_have_text(["First", "Second"])
    expect(page.get_by_role("button", name="Done: Second")).to_be_focused()


@pytest.mark.parametrize("words, seconds", [
    ("20 min", 1200), ("daqui a 20 minutos", 1200), ("in 2 hours", 7200), ("em 2 horas", 7200), ("1 day and 3 hours", 97200),
    ("1 dia e 3 horas", 97200),
])
def test_snoozing_by_words_in_either_language(snoozer, desk, words, seconds):
    snoozer.fill("aside [name=until]", words)
    snoozer.keyboard.press("Enter")
    expected = desk.now + datetime.timedelta(seconds=seconds)
    assert fact(snoozer, "snoozed-until") == expected.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert fact(snoozer, "status") == "snoozed"
    assert snoozer.get_by_role("status").is_visible()


@pytest.mark.parametrize("words", ["tomorrow at 9", "amanhã às 9h", "AMANHA AS 9"])
def test_snoozing_until_a_clock_time(snoozer, words):
    snoozer.fill("aside [name=until]", words)
    snoozer.keyboard.press("Enter")
    assert fact(snoozer, "snoozed-until").endswith("T12:00:00Z")  # São Paulo is three hours behind


@pytest.mark.parametrize("words", ["whenever", "yesterday", "-5 minutes", "in 3 years", ""])
def test_words_that_cannot_be_followed_are_kept_and_change_nothing(snoozer, words):
    before = snoozer.url
    snoozer.fill("aside [name=until]", words)
    with snoozer.expect_response("**/snoozes") as answer:
        snoozer.keyboard.press("Enter")
    assert answer.value.status == 422
    assert snoozer.locator("[name=until][aria-invalid=true]").input_value() == words
    snoozer.goto(before)
    assert fact(snoozer, "status") == "active"


@pytest.fixture(scope="module")
def snoozing(browser, desk):
    """One account for the many words."""
    context = browser.new_context(base_url=desk.url)
    context.set_default_timeout(1000 * PATIENCE)
    page = context.new_page()
    sign_up(page, desk)
    yield page
    context.close()


@pytest.fixture
def snoozer(snoozing):
    make_reminder(snoozing, "Snooze me", schedule="interval", every_minutes="10080")
    return snoozing


@pytest.mark.parametrize("script", [True, False])
def test_undo_takes_a_completion_and_an_archival_back(tab, desk, script):
    page = tab(java_script_enabled=script)
    sign_up(page, desk)
    home = make_reminder(page, "Undo me")
    for button in ["Done", "Archive"]:
        page.goto(home)
        if button == "Archive":
            page.locator("main .head details.more summary").click()
        page.locator("main .head").get_by_role("button", name=button).click()
        flash = page.get_by_role("status")
        expect(flash).to_be_visible()
        flash.get_by_role("button", name="Undo").click()
        page.goto(home)
        assert fact(page, "status") == "active"
        # Said once at the most.
        page.reload()
        expect(page.get_by_role("status")).to_have_count(0)


def test_what_is_deleted_is_gone(page):
    home = make_reminder(page, "Delete me")
    page.locator("main .head details.more summary").click()
    page.get_by_role("link", name="Delete").click()
    # It is asked first, and who cancels has lost nothing.
    expect(page.locator("h1")).to_have_text("Delete this reminder?")
    page.get_by_role("link", name="Cancel").click()
    expect(page).to_have_url(re.compile(home + "$"))
    page.goto(home + "/delete")
    page.get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/reminders$"))
    assert page.goto(home).status == 404


def test_somebody_elses_reminder_and_none_look_the_same(page, tab, desk):
    home = make_reminder(page, "Mine")
    other = tab()
    sign_up(other, desk)
    theirs, missing = other.request.get(home), other.request.get(home[:-4] + "0000")
    assert (theirs.status, missing.status) == (404, 404)
    assert theirs.body() == missing.body()


def test_markup_that_people_write_is_text(page):
    make_reminder(page, "<script>alert(1)</script>", description="<img src=x onerror=alert(1)> [x](javascript:alert(1)) **bold**")
    assert page.locator("h1").inner_text() == "<script>alert(1)</script>"
    assert page.locator(".prose strong").inner_text() == "bold"
    assert page.locator(".prose img, .prose a[href^=javascript]").count() == 0
