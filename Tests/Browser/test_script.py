"""What heed.js adds: keys, live lists, countdowns, one press one answer."""
import datetime

from playwright.sync_api import expect

from conftest import make_reminder


def test_question_mark_lists_the_keys_and_escape_closes_it(demo):
    demo.goto("/reminders")
    demo.keyboard.press("?")
    sheet = demo.get_by_role("dialog", name="Keys")
    expect(sheet).to_be_visible()
    expect(sheet.locator("dt", has_text="g r").locator("+ dd")).to_have_text("Reminders")
    demo.keyboard.press("Escape")
    expect(sheet).not_to_be_visible()
    demo.locator("details.account summary").click()
    demo.get_by_role("button", name="Keys").click()
    expect(sheet).to_be_visible()


def test_i_leads_to_the_field_of_the_inbox_from_anywhere(demo):
    demo.goto("/reminders")
    demo.keyboard.press("i")
    expect(demo.locator("#text")).to_be_focused()
    demo.goto("/tasks")
    demo.keyboard.press("i")
    expect(demo.locator("#capture")).to_be_focused()


def test_letters_do_to_a_task_what_its_buttons_do(page):
    page.goto("/tasks")
    page.keyboard.press("n")
    page.wait_for_url("**/tasks/new")
    page.fill("[name=title]", "Paint")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Paint")
    page.goto("/tasks")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.locator(".row .state")).to_contain_text("In progress")
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.get_by_role("status")).to_contain_text("“Paint” is done.")


def test_rows_are_walked_opened_and_ticked_by_keys(demo):
    demo.goto("/reminders")
    titles = demo.locator(".row :is(h2, h3) a").all_inner_texts()
    demo.keyboard.press("j")
    expect(demo.locator(".row :is(h2, h3) a").nth(0)).to_be_focused()
    demo.keyboard.press("j")
    demo.keyboard.press("j")
    demo.keyboard.press("k")
    expect(demo.locator(".row :is(h2, h3) a").nth(1)).to_be_focused()
    demo.keyboard.press("x")
    expect(demo.locator(".row > label input").nth(1)).to_be_checked()
    expect(demo.locator("#bulk")).to_be_visible()
    demo.keyboard.press("k")
    demo.keyboard.press("j")
    demo.keyboard.press("Enter")
    expect(demo.locator("h1")).to_have_text(titles[1])


def test_what_is_typed_over_a_draft_is_kept_by_itself(demo):
    demo.goto("/drafts")
    demo.locator("[data-draft] :is(h2, h3) a").last.click()
    demo.wait_for_url("**/drafts/*-*")
    version, box = demo.locator("#review input[name=version]"), demo.locator("#review textarea[name=text]")
    before, text = int(version.input_value()), box.input_value()
    box.fill(text + " It is a pleasure.")
    expect(version).to_have_value(str(before + 1), timeout=20_000)
    demo.reload()
    expect(box).to_have_value(text + " It is a pleasure.")
    expect(version).to_have_value(str(before + 1))


def test_letters_lead_from_draft_to_draft_and_to_the_controls_of_one(demo):
    demo.goto("/drafts")
    demo.locator("[data-draft] :is(h2, h3) a").first.click()
    demo.wait_for_url("**/drafts/*-*")
    first = demo.url
    demo.keyboard.press("]")
    demo.wait_for_url(lambda url: url != first)
    second = demo.url
    demo.keyboard.press("[")
    demo.wait_for_url(first)
    demo.keyboard.press("s")
    demo.wait_for_url(second)
    demo.keyboard.press("e")
    box = demo.locator("textarea[name=text]").first
    expect(box).to_be_focused()
    demo.keyboard.press("s")  # a letter of the answer
    expect(demo).to_have_url(second)
    demo.keyboard.press("Escape")
    expect(box).not_to_be_focused()
    for key, control in [("r", "form[action$='/rejection'] select"), ("n", "form[action$='/notes'] textarea"), ("z", "form[action$='/snoozes'] input[name=until]")]:
        demo.keyboard.press(key)
        expect(demo.locator(control)).to_be_focused()
        demo.locator("h1").click()
    demo.keyboard.press("?")
    expect(demo.get_by_role("dialog", name="Keys")).to_contain_text("Previous and next draft")


def test_slash_searches_and_letters_typed_there_are_letters(demo):
    demo.goto("/reminders")
    demo.keyboard.press("/")
    expect(demo.locator("#q")).to_be_focused()
    demo.keyboard.type("j?gt")
    expect(demo.locator("#q")).to_have_value("j?gt")
    assert not demo.get_by_role("dialog").is_visible()


def test_g_and_a_letter_goes_places_and_letters_can_be_switched_off(demo):
    demo.goto("/")
    demo.keyboard.press("g")
    demo.keyboard.press("r")
    demo.wait_for_url("**/reminders")
    demo.keyboard.press("?")
    demo.locator("[data-keys-switch]").uncheck()
    demo.keyboard.press("Escape")
    demo.reload()
    demo.keyboard.press("?")
    assert not demo.get_by_role("dialog").is_visible()


def test_escape_closes_a_panel_and_gives_the_focus_back(demo):
    demo.goto("/reminders")
    panel = demo.locator(".row details.more").first
    panel.locator("summary").click()
    expect(panel.locator("> div")).to_be_visible()
    panel.locator("[name=until]").first.focus()
    demo.keyboard.press("Escape")
    expect(panel.locator("> div")).not_to_be_visible()
    expect(panel.locator("summary")).to_be_focused()


def look_again(page):
    """Lets the page's own time pass until it has asked the server once more."""
    with page.expect_response(lambda answer: answer.request.resource_type == "fetch") as answer:
        page.clock.run_for(35000)
    return answer.value


def test_a_list_that_has_not_changed_is_not_sent_again_and_one_that_has_is_shown(page):
    make_reminder(page, "Was there before", schedule="interval", every_minutes="10080")
    page.clock.install()
    page.goto("/reminders")
    assert look_again(page).status == 200  # the first asks for the tag
    assert look_again(page).status == 304
    page.locator(".row > label input").first.check()
    other = page.context.new_page()
    make_reminder(other, "Came from elsewhere")
    assert look_again(page).status == 200
    expect(page.locator(".row :is(h2, h3)", has_text="Came from elsewhere")).to_be_visible()
    expect(page.locator(".row", has_text="Was there before").locator("label input")).to_be_checked()
    assert look_again(page).status == 304


def test_a_list_stands_still_under_somebody_who_types(page):
    make_reminder(page, "Being snoozed", schedule="interval", every_minutes="10080")
    page.clock.install()
    page.goto("/reminders")
    page.locator(".row details.more summary").click()
    page.locator(".row [name=until]").first.type("tomorr")
    other = page.context.new_page()
    make_reminder(other, "Came from elsewhere")
    look_again(page)
    expect(page.locator(".row")).to_have_count(1)
    expect(page.locator(".row [name=until]").first).to_have_value("tomorr")


def test_a_flash_line_is_not_swallowed_by_a_live_list(page):
    make_reminder(page, "Done soon")
    other = page.context.new_page()
    other.clock.install()
    other.goto("/reminders")
    page.goto("/reminders")
    # Between the answer of the post and the page it leads to, another tab looks.
    page.route("**/reminders", lambda route: (look_again(other), route.continue_())[1] if route.request.redirected_from else route.continue_())
    page.get_by_role("button", name="Done: Done soon").click()
    expect(page.get_by_role("status")).to_be_visible()


def test_a_countdown_counts_in_minutes_and_seconds(page, desk):
    home = make_reminder(page, "Rings now", importance="critical", schedule="interval", every_minutes="10080")
    page.locator("main .head details.more summary").click()
    page.get_by_role("button", name="Ring now").click()
    desk.work()
    page.clock.install(time=desk.now)
    page.clock.pause_at(desk.now + datetime.timedelta(seconds=30))
    page.goto(home)
    time = page.locator(".alarm time[data-countdown]")
    until = datetime.datetime.fromisoformat(time.get_attribute("datetime"))

    def clock(seconds):
        return f"{seconds // 60}:{seconds % 60:02d}" if seconds < 3600 else f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"

    # The server's clock is held: the page stands still at it, whatever the browser's clock says.
    left = int((until - desk.now).total_seconds())
    assert left > 60
    expect(time).to_have_text(clock(left))
    page.clock.run_for(2000)
    expect(time).to_have_text(clock(left))
    # Nowhere else is it: there the browser counts.
    page.evaluate("delete document.documentElement.dataset.now")
    page.clock.run_for(1000)
    expect(time).to_have_text(clock(left - 33))
    page.clock.run_for(2000)
    expect(time).to_have_text(clock(left - 35))


def test_pressing_twice_sends_once(page):
    make_reminder(page, "Press me")
    page.goto("/reminders")
    posts = []
    page.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    page.get_by_role("button", name="Done: Press me").dblclick()
    expect(page.get_by_role("status")).to_be_visible()
    assert len(posts) == 1
