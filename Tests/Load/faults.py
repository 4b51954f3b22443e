"""Kills, restarts and refusals under load. Prints one line for each, and fails when anything was lost or done twice.

ROUNDS (default 40) is the number of kills of responders and of workers; 200 is the long form.
"""
import http.client
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "Browser"), str(pathlib.Path(__file__).resolve().parent)]
from client import Person
from heed_dev import ROOT, Site, wait_until

ROUNDS = int(os.environ.get("ROUNDS", "40"))
START = "2026-11-21T03:30:00Z"


def kill_one(site, ending):
    """Kills one process whose command line ends so; true when there was one."""
    victims = [pid for pid, name in site.processes().items() if name.endswith(ending)]
    if not victims:
        return False
    try:
        os.kill(random.choice(victims), signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def make_reminder(person, title, at, seconds=60):
    """Sends one reminder until it is answered; the same nonce each time, as a person who presses the button again.

    Returns the statuses on the way."""
    seen = []
    end = time.monotonic() + seconds
    fields = None
    while time.monotonic() < end:
        try:
            if fields is None:
                fields = person.hidden("/reminders/new") | {
                    "title": title, "importance": "high", "schedule": "once", "timezone": "UTC", "at": at, "nonce": str(uuid.uuid4()),
                }
            status, _, text = person.request("POST", "/reminders", fields)
        except (OSError, http.client.HTTPException, AssertionError) as error:
            seen.append(type(error).__name__)
            time.sleep(0.05)
            continue
        seen.append(status)
        if status == 303:
            return seen
        assert status in (500, 502, 503, 504), f"{status}: {text[:2000]}"
        time.sleep(0.05)
    raise AssertionError(f"{title} was never answered: {seen}")


class Load:
    """Makes reminders, one after the other, on a thread of the test until told to stop."""

    def __init__(self, site, prefix, at):
        self.titles, self.troubles, self.error, self.going = [], 0, None, True
        self.site, self.prefix, self.at = site, prefix, at
        self.person = Person(site, "ana@load.example", "a long password").sign_in()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        try:
            while self.going:
                title = f"{self.prefix} {len(self.titles)}"
                self.troubles += len(make_reminder(self.person, title, self.at)) - 1
                self.titles.append(title)
        except BaseException as error:
            self.error = error

    def stop(self):
        self.going = False
        self.thread.join()
        if self.error:
            raise self.error
        stored = self.site.sql(f"SELECT title FROM reminders WHERE title LIKE '{self.prefix} %'").splitlines()
        assert sorted(stored) == sorted(self.titles), f"lost {set(self.titles) - set(stored)}, twice or unasked {len(stored) - len(self.titles)}"
        return f"{len(self.titles)} posts, {self.troubles} answered by an error and sent again, none lost, none twice"


def up(site):
    try:
        return site.request("GET", "/readyz")[0] == 200
    except OSError:
        return False


def responders(site):
    load = Load(site, "responder", "2026-11-22T09:00")
    kills = 0
    while kills < ROUNDS and not load.error:
        kills += kill_one(site, " respond")
        time.sleep(random.uniform(0.01, 0.12))
    began = time.monotonic()
    wait_until(lambda: up(site), 10, "full service")
    recovery = time.monotonic() - began
    print(f"responders: {kills} killed; {load.stop()}; full service after {recovery:.2f} s")


def database(site):
    load = Load(site, "database", "2026-11-22T09:00")
    restarts = max(3, ROUNDS // 20)
    for round in range(restarts):
        time.sleep(0.5)
        server = next(pid for pid, name in site.processes().items() if "bin/postgres" in name)
        os.kill(server, random.choice([signal.SIGKILL, signal.SIGQUIT, signal.SIGINT]))
        wait_until(lambda: server not in site.processes(), 20, "the end of the server")
        wait_until(lambda: up(site), 40, "full service")
    print(f"database: {restarts} restarts; {load.stop()}")


def worker(site, clock, sink):
    """Workers are killed while reminders fire and mail goes out to a server that misbehaves half of the time."""
    before = set(mails(sink))
    load = Load(site, "worker", "2026-11-21T04:00")
    wait_until(lambda: len(load.titles) >= 60 or load.error, 60, "sixty reminders")
    load.stop()
    kills = 0
    words = ["ok", "defer451", "drop", "dropstored", "busy452", "ok"]
    minutes = 0
    while kills < ROUNDS:
        if kills % 10 == 0:
            (sink / "control").write_text(random.choice(words))
            # Time goes on by a minute now and then, so that leases end and what was put off is due again.
            minutes += 1
            clock(f"2026-11-21T04:{minutes % 60:02}:00Z")
        kills += kill_one(site, " work-one")
        time.sleep(random.uniform(0.02, 0.2))
    (sink / "control").write_text("ok")
    titles = set(load.titles)

    def arrived():
        nonlocal minutes
        minutes = min(minutes + 1, 59)
        clock(f"2026-11-21T04:{minutes:02}:00Z")
        time.sleep(1)
        got = {title for title in titles for text in new_mails(sink, before) if re.search(rf"\b{re.escape(title)}\b", text)}
        return got == titles

    wait_until(arrived, 180, "all mail")
    fired = site.sql("SELECT r.title, count(o.*) FROM reminders r LEFT JOIN escalations o ON o.reminder_id = r.id WHERE r.title LIKE 'worker %' GROUP BY 1")
    wrong = [line for line in fired.splitlines() if not line.endswith("|1")]
    assert not wrong, f"not fired exactly once: {wrong}"
    print(f"workers: {kills} killed; {len(titles)} reminders fired once each; {check_ids(sink, before)}")


def mails(sink):
    return sorted((sink / "messages").glob("*.eml"))


def new_mails(sink, before):
    return [path.read_bytes().decode(errors="replace") for path in mails(sink) if path not in before]


def check_ids(sink, before):
    """A message that went out twice has one Message-ID, and two messages never share one."""
    texts = new_mails(sink, before)
    seen = {}
    for text in texts:
        name = re.search(r"(?im)^message-id:\s*(\S+)", text)[1]
        subject = re.search(r"(?im)^subject:\s*(.+?)\r?$", text)[1]
        assert seen.setdefault(name, subject) == subject, f"{name} stands for two messages"
    return f"{len(texts)} mails, {len(texts) - len(seen)} of them again with the same Message-ID"


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-load-", dir="/tmp"))
    folder.chmod(0o755)
    clock_file, sink = folder / "clock", folder / "sink"
    clock_file.write_text(START)
    server = subprocess.Popen(
        [sys.executable, ROOT / "Tests" / "Support" / "smtp_sink.py", sink, "--quiet", "--until-eof"], stdin=subprocess.PIPE)
    try:
        wait_until(lambda: (sink / "port").exists(), 20, "the mail server")
        settings = {"HEED_CLOCK_FILE": str(clock_file), "HEED_SMTP_URL": f"smtp://127.0.0.1:{(sink / 'port').read_text().strip()}"}
        with Site(None, "--no-seed", "--responders", "3", "--workers", "2", environment=settings) as site:
            made = site.command("user", "create", "--email", "ana@load.example", "--password-stdin", input="a long password\n")
            assert made.returncode == 0, made.stderr

            def clock(text):
                fresh = folder / "clock.new"
                fresh.write_text(text)
                fresh.rename(clock_file)

            responders(site)
            database(site)
            worker(site, clock, sink)
    finally:
        server.stdin.close()
        server.wait(10)
        subprocess.run(["rm", "-rf", folder])
    print("faults: nothing lost")


if __name__ == "__main__":
    main()
