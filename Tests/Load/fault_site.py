"""What the fault tests stand on: a site with a mail server that obeys, people, reminders, and a client that posts forms."""
import collections
import email
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Browser"))
import client  # noqa: E402
from heed_dev import Site, wait_until  # noqa: E402

PASSWORD = "a long enough password"


class MailServer:
    """Tests/Support/smtp_sink.py in a folder of its own."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-sink-", dir="/tmp"))
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "Tests/Support/smtp_sink.py"), str(self.folder), "--until-eof"], stdin=subprocess.PIPE)
        wait_until((self.folder / "port").exists, 20, "the mail server's port")
        self.port = int((self.folder / "port").read_text())

    def control(self, word):
        part = self.folder / "control.part"
        part.write_text(word)
        part.rename(self.folder / "control")

    def events(self, kind):
        path = self.folder / "log.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return [event for event in map(json.loads, lines) if event["event"] == kind]

    def size(self):
        """Grows whenever something happens at the mail server."""
        path = self.folder / "log.jsonl"
        return path.stat().st_size if path.exists() else 0

    def mails(self):
        """{subject: [Message-ID, …]}, one entry for each mail that was stored."""
        found = collections.defaultdict(list)
        for path in sorted((self.folder / "messages").glob("*.eml")):
            message = email.message_from_bytes(path.read_bytes())
            found[message["Subject"]].append(message["Message-ID"])
        return found

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


class Person(client.Person):
    """A person made by an operator, who posts reminders and has some due."""

    def __init__(self, site, address):
        made = site.command("user", "create", "--email", address, "--password-stdin", input=PASSWORD + "\n")
        assert made.returncode == 0, made.stderr
        super().__init__(site, address, PASSWORD)
        self.id = made.stdout.strip()

    def sign_in(self):
        super().sign_in()
        self.csrf = self.hidden("/reminders/new")["csrf"]
        return self

    def post(self, title, nonce):
        """Posts the reminder form; returns status and headers. Raises OSError or HTTPException when no answer came."""
        fields = {"csrf": self.csrf, "title": title, "nonce": nonce, "importance": "low"}
        return self.request("POST", "/reminders", fields)[:2]

    def remind(self, titles, within):
        """Stores reminders as the form would, due at random instants within `within` seconds: the form knows whole minutes only."""
        names = "ARRAY[" + ",".join(f"'{title}'" for title in titles) + "]"
        self.site.sql(f"""
          WITH made AS (
            INSERT INTO reminders (id, user_id, profile_id, title, importance, status, next_at, created_at, updated_at)
            SELECT gen_random_uuid(), '{self.id}', p.id, t.title, 'low', 'active', t.due, clock_timestamp(), clock_timestamp()
            FROM (SELECT title, clock_timestamp() + random() * {within} * interval '1 second' AS due FROM unnest({names}) AS title) t,
              profiles p WHERE p.user_id = '{self.id}' AND p.preset = 'gentle'
            RETURNING id, user_id, next_at)
          INSERT INTO schedules (reminder_id, user_id, kind, timezone, at) SELECT id, user_id, 'once', 'UTC', next_at FROM made;
          NOTIFY heed_work""")

    def deliveries(self, title):
        """[[state, attempts, why], …]"""
        rows = self.site.sql(f"""SELECT json_build_array(d.state, d.attempts, concat_ws(' ', d.reason, d.code, d.detail)) FROM outbox d JOIN reminders r
          ON r.id = d.reminder_id WHERE r.user_id = '{self.id}' AND r.title = '{title}'""")
        return [json.loads(row) for row in rows.splitlines()]


def children(site, command):
    """The pids of the site's responders (`respond`) or workers (`work-one`)."""
    return [pid for pid, name in site.processes().items() if name.endswith(" " + command)]


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # ended meanwhile


def kill_rounds(site, command, rounds, dice, moment):
    """Kills a random child, `rounds` times, each at the end of `moment()`; a child that is not back within 30 s fails the part."""
    for _ in range(rounds):
        wait_until(lambda: children(site, command), 30, f"a new process of {command}")
        moment()
        alive = children(site, command)
        if alive:
            kill(dice.choice(alive))


class Checks:
    """Counts what holds and says what does not."""

    def __init__(self, part):
        self.part, self.passed, self.failures = part, 0, []

    def that(self, holds, words):
        if holds:
            self.passed += 1
        else:
            self.failures.append(words)
            print(f"faults: {self.part}: NOT SO: {words}", flush=True)

    def close(self, seconds):
        print(f"faults: {self.part}: {self.passed} passed, {len(self.failures)} failed, {seconds:.0f} s", flush=True)
        return not self.failures
