"""Reminders out of another program's file, with and without script: looked at, made, made no second time, taken back."""
import pytest

from conftest import fact, sign_up

CALENDAR = """BEGIN:VCALENDAR\r
BEGIN:VTODO\r
UID:plants\r
SUMMARY:Water the plants, all of t\r
 hem\r
DUE:20990401T090000\r
RRULE:FREQ=WEEKLY\r
END:VTODO\r
BEGIN:VTODO\r
UID:tax\r
SUMMARY:Tax return\r
DTSTART:20200101T090000\r
RRULE:FREQ=YEARLY\r
END:VTODO\r
BEGIN:VTODO\r
UID:done\r
SUMMARY:Done long ago\r
STATUS:COMPLETED\r
DUE:20200101T090000\r
END:VTODO\r
END:VCALENDAR\r
"""
HOUSE = {"name": "House.ics", "mimeType": "text/calendar", "buffer": CALENDAR.encode()}


def send(page, file):
    page.goto("/reminders")
    page.locator("a[href='/reminders/import']").first.click()
    page.locator("#file").set_input_files(file)
    page.locator("form[action='/reminders/import'] button.primary").click()


@pytest.mark.parametrize("script, language", [(True, "en"), (False, "pt-BR")])
def test_a_file_is_looked_at_made_once_and_taken_back(tab, desk, script, language):
    page = tab(java_script_enabled=script)
    sign_up(page, desk, language)
    send(page, HOUSE)
    home = fact(page, "import")
    assert page.get_by_text("Tax return").count() == 1
    page.locator(f"form[action='/reminders/import/{home}/confirmation'] button").click()
    page.wait_for_url(f"**/reminders/import/{home}")
    page.goto("/reminders")
    assert page.get_by_text("Tax return").count() >= 1
    send(page, HOUSE)
    again = fact(page, "import")
    assert page.locator(f"form[action='/reminders/import/{again}/confirmation']").count() == 0
    page.goto(f"/reminders/import/{home}")
    page.locator(f"form[action='/reminders/import/{home}/deletion'] button").first.click()
    page.goto("/reminders")
    assert page.get_by_text("Tax return").count() == 0


def test_ten_megabytes_are_read_and_ours_are_the_words_beyond(tab, desk, tmp_path):
    page = tab(java_script_enabled=False)
    sign_up(page, desk)
    # From the disk: through the driver a file of this size takes seconds.
    (tmp_path / "Big.ics").write_text(CALENDAR.replace("SUMMARY:Tax", "X-PADDING:" + "x" * 9_900_000 + "\r\nSUMMARY:Tax"), newline="")
    (tmp_path / "Beyond.ics").write_bytes(b"x" * 11_000_000)
    send(page, tmp_path / "Big.ics")
    assert page.get_by_text("Tax return").count() == 1
    send(page, tmp_path / "Beyond.ics")
    assert page.locator("#file-complaint").count() == 1
