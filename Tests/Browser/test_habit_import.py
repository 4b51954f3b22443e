"""A large file of habits, which a worker takes in: looked at, begun, watched, there by itself; and stopped. With and without script."""
import contextlib
import datetime
import os
import signal
import subprocess

import pytest
from playwright.sync_api import expect

from conftest import fact, sign_up
from heed_dev import until
from test_pages import SHIFT, check

WORDS = {
    "en": {"waits": "It waits for its turn.", "all": "24,000 of 24,000 days", "made": "Imported.", "stopped": "Nothing of it is stored."},
    "pt-BR": {"waits": "Está esperando sua vez.", "all": "24.000 de 24.000 dias", "made": "Importado.", "stopped": "Nada dela foi guardado."},
}


def table(folder, habits=12, days=2_000):
    """Habits kept on every day, a column for each: too many days for a request."""
    last = datetime.date(2026, 1, 31)
    dates = [last - datetime.timedelta(days=days - 1 - number) for number in range(days)]
    file = folder / "habits.csv"
    file.write_text("date," + ",".join(f"Habit {n}" for n in range(habits)) + "\n" + "".join(f"{date},{','.join('x' * habits)}\n" for date in dates))
    return file


@contextlib.contextmanager
def still(desk):
    """Nobody works meanwhile."""
    workers = [pid for pid, name in desk.processes().items() if name.endswith("work-one")]
    assert workers
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in workers:
            os.kill(pid, signal.SIGCONT)


@contextlib.contextmanager
def no_end(desk, address):
    """An import of this person does all but its end meanwhile: somebody changes the person, by whose days it goes."""
    command = ["psql", "-X", "-q", "-A", "-t", "-h", str(desk.home / "run"), "-U", "postgres", "-d", "heed"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/") as other:
        other.stdin.write(f"BEGIN; SELECT 'held' FROM users WHERE email = '{address}' FOR NO KEY UPDATE;\n")
        other.stdin.flush()
        assert other.stdout.readline().startswith("held")
        yield
        other.stdin.close()


def begin(page, file):
    """Ends on the page that says how far it has come; returns its id."""
    page.goto("/habits/import")
    page.set_input_files("#file", file)
    page.locator("form[action='/habits/import'] button.primary").click()
    home = fact(page, "import")
    assert (fact(page, "import-habits"), fact(page, "import-new")) == ("12", "24000")
    page.locator(f"form[action='/habits/import/{home}/confirmation'] button.primary").click()
    page.wait_for_url(f"**/habits/import/{home}")
    return home


@pytest.mark.parametrize("script, language", [(True, "en"), (False, "pt-BR")])
def test_it_is_begun_and_watched_and_is_there_by_itself(tab, desk, tmp_path, script, language):
    page, words = tab(java_script_enabled=script), WORDS[language]
    address = sign_up(page, desk, language)
    with no_end(desk, address):
        with still(desk):
            begin(page, table(tmp_path))
            assert fact(page, "import-state") == "waiting"
            expect(page.locator("#import")).to_contain_text(words["waits"])
            page.goto("/habits")
            assert page.locator("li.habit").count() == 0, "nothing of it is seen before all is"
            page.go_back()
        # From here on nobody touches the page.
        expect(page.locator("[data-fact=import-done]")).to_have_attribute("value", "24000", timeout=30_000)
        assert fact(page, "import-state") == "running"
        expect(page.locator("#import")).to_contain_text(words["all"])
    expect(page.locator("[data-fact=import-habits]")).to_have_attribute("value", "12", timeout=30_000)
    expect(page.locator("main")).to_contain_text(words["made"])
    assert (fact(page, "import-new"), fact(page, "import-refused")) == ("24000", "0")
    page.goto("/habits")
    assert page.locator("li.habit").count() == 12


@pytest.mark.parametrize("script", [True, False])
def test_it_is_stopped_and_can_be_sent_again(tab, desk, tmp_path, script):
    page = tab(java_script_enabled=script)
    address = sign_up(page, desk)
    with no_end(desk, address):
        begin(page, table(tmp_path))
        expect(page.locator("[data-fact=import-done]")).to_have_attribute("value", "24000", timeout=30_000)
        page.get_by_role("button", name="Stop it").click()
        page.wait_for_url("**/habits/import")
        expect(page.locator("main")).to_contain_text(WORDS["en"]["stopped"])
    page.goto("/habits")
    assert page.locator("li.habit").count() == 0
    begin(page, table(tmp_path))
    expect(page.locator("[data-fact=import-habits]")).to_have_attribute("value", "12", timeout=30_000)


def test_its_pages_are_for_everybody_wide_and_narrow_light_and_dark(tab, desk, tmp_path):
    page = tab()
    page.add_init_script(SHIFT)
    address = sign_up(page, desk)
    with no_end(desk, address):
        with still(desk):
            page.goto("/habits/import")
            page.set_input_files("#file", table(tmp_path))
            page.locator("form[action='/habits/import'] button.primary").click()
            place = f"/habits/import/{fact(page, 'import')}"
            problems = check(page, place)
            page.locator(f"form[action='{place}/confirmation'] button.primary").click()
            page.wait_for_url(f"**{place}")
            problems += check(page, place)
        # By hand: pages that are looked at so bring no news by themselves.
        until(lambda: page.goto(place) and page.locator("[data-fact=import-done][value='24000']").count() == 1, "all of its days")
        problems += check(page, place)
        desk.move(minutes=3)
        page.goto(place)
        assert fact(page, "import-state") == "long"
        problems += check(page, place)
    expect(page.get_by_role("link", name="Look again")).to_be_visible()
    desk.work()
    problems += check(page, place)
    assert fact(page, "import-habits") == "12"
    assert problems == []
