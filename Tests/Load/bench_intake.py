"""Mails that come in: read from files beside a bare GMime parse of the same ones, taken from a Maildir into rows, and what a worker holds after them."""
import base64
import json
import os
import random
import shutil
import statistics
import subprocess
import time

from bench_peers import memory
from bench_site import OURS, ROOT, SHARED, clean_environment, end

TIMES = 20  # each file that often, so that the clock's thousandths say enough
FIRST = 500  # mails after which a worker has loaded what it needs
FOLDERS = ("box1", "box2", "box3")


def intake(ground, settings, goals):
    reading(ground, settings, goals)
    taking(ground, settings, goals)


def mail_files():
    """The mails beside the bench's peers: real ones, and those made for what no public set has."""
    known = SHARED.parent / "mails" / "expected.json"
    if not known.exists():
        return []
    real = [known.parent / path for path, facts in json.loads(known.read_text()).items() if facts["kind"] == "mail"]
    return sorted(str(path) for path in [*real, *(SHARED.parent / "mails-made").glob("*.eml")])


def rate_of(command, environment=None):
    """Mails a second, by the command's own words: `333 mails, 0.250 seconds`."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=environment)
    assert done.returncode == 0, done.stderr
    mails, _, seconds, _ = done.stdout.split()
    return int(mails) / max(0.001, float(seconds))


def reading(ground, settings, goals):
    known = mail_files()
    if not known:
        return goals.missing("mails read", f"there are no mails beside {SHARED}")
    # Copies: no program takes thousands of arguments gladly.
    files, folder = [], ground.folder / "mails"
    for number in range(TIMES):
        (folder / str(number)).mkdir(parents=True)
        files += [shutil.copy(path, folder / str(number) / f"{place}.eml") for place, path in enumerate(known)]
    bare = ground.folder / "mime"
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "gmime-3.0"], capture_output=True, text=True, check=True).stdout.split()
    subprocess.run(["gcc", "-O2", str(ROOT / "Tests" / "Load" / "bench_mime.c"), "-o", str(bare), *flags], check=True)
    ours, theirs = [], []
    for _ in range(settings.rounds):
        theirs.append(rate_of([bare, *files]))
        ours.append(rate_of([OURS.heed, "mail", "read", "--count", str(folder)], clean_environment()))
    print(f"{len(files):,} mails: {statistics.median(ours):.0f} a second, GMime alone {statistics.median(theirs):.0f}")
    goals.more("mails read to a bare GMime parse", statistics.median(o / t for o, t in zip(ours, theirs)), 0.5, 0.5)
    goals.more("mails read a second by one process", statistics.median(ours), 500, 500)


class Letters:
    """Mails of customers, each with its own id: plain ones, answers that quote, with HTML beside the text, and with a file."""

    def __init__(self, ground):
        self.root, self.made = ground.folder / "maildirs", 0
        for folder in FOLDERS:
            for part in ("new", "cur", "tmp"):
                (self.root / folder / part).mkdir(parents=True)
        # Workers of root's sites run as somebody else, and move what they have read.
        for line in (ground.site.state / "env").read_text().splitlines():
            if line.startswith("HEED_USER=") and os.getuid() == 0:
                for path in self.root.rglob("*"):
                    shutil.chown(path, line.removeprefix("HEED_USER=").strip('"'))

    def deliver(self, folder, count):
        for number in range(self.made + 1, self.made + count + 1):
            name = f"{1_800_000_000 + number}.M{number}.bench"
            (self.root / folder / "tmp" / name).write_bytes(self.letter(number, f"{folder}@shop.example"))
            (self.root / folder / "tmp" / name).rename(self.root / folder / "new" / name)
        self.made += count

    def letter(self, number, to):
        some, buyer = random.Random(number), number // 4  # nobody writes so much that it counts as a flood; a channel has two hundred drafts
        words = [some.choice(("lamp", "order", "cable", "return", "invoice", "parcel", "broken", "weekend", "colour", "delivery")) for _ in range(80)]
        text = f"Hello,\r\n\r\n{' '.join(words[:40])}\r\n{' '.join(words[40:])}.\r\n\r\nBuyer {buyer}\r\n"
        date = "Thu, 1 Jan 2026 10:00:00 +0000"
        head = (f"Received: from mx.customer.example by mail.shop.example; {date}\r\nFrom: Buyer {buyer} <buyer{buyer}@buyer{buyer}.example>\r\n"
                f"To: Shop <{to}>\r\nSubject: Order {number} {words[0]}\r\nDate: {date}\r\nMessage-ID: <letter.{number}@customer.example>\r\n"
                "MIME-Version: 1.0\r\n")
        plain = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        shown = "</p><p>".join(text.split("\r\n"))
        markup = f"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>{shown}</p></body></html>\r\n"
        kind = number % 4
        if kind == 0:
            whole = head + plain + text
        elif kind == 1:
            quoted = "".join(f"> {line}\r\n" for line in text.split("\r\n"))
            whole = f"{head}{plain}{text}\r\nOn Wed, Dec 31, 2025 at 9:00 AM Shop <{to}> wrote:\r\n{quoted}"
        elif kind == 2:
            whole = head + self.parts("alternative", number, plain + text, markup)
        else:
            file = base64.encodebytes(some.randbytes(6_000)).decode().replace("\n", "\r\n")
            whole = head + self.parts("mixed", number, plain + text, (
                'Content-Type: image/jpeg; name="photo.jpg"\r\nContent-Transfer-Encoding: base64\r\n'
                f'Content-Disposition: attachment; filename="photo.jpg"\r\n\r\n{file}'))
        return whole.encode()

    @staticmethod
    def parts(kind, number, *parts):
        inner = "".join(f"--b{number}\r\n{part}\r\n" for part in parts)
        return f'Content-Type: multipart/{kind}; boundary="b{number}"\r\n\r\n{inner}--b{number}--\r\n'


def taking(ground, settings, goals):
    """One worker: some mails to warm up, then half of the rest without drafts and half with."""
    count = 10_000 if settings.large else 1_000
    ground.database("intake", 1, 5)
    if not ground.psql("intake", "SELECT 1 FROM channels LIMIT 1"):
        ground.psql("intake", file=ROOT / "Tests" / "Load" / "bench_intake.sql")
    letters = Letters(ground)
    letters.deliver(FOLDERS[0], FIRST)
    team = ground.work("intake", 1, HEED_MAILDIRS=str(letters.root))
    try:
        taken(ground, 1, FIRST, count)
        before, half = memory(team.pid), (count - FIRST) // 2
        children = workers(team)
        rates = []
        for number in (2, 3):
            letters.deliver(FOLDERS[number - 1], half)
            # As if its minute were over.
            ground.psql("intake", f"UPDATE channel_states SET last_look_at = NULL WHERE channel_id = md5('channel {number}')::uuid; NOTIFY heed_work")
            rates.append(taken(ground, number, half, count))
        wait(lambda: not ground.psql("intake", "SELECT 1 FROM drafts WHERE state = 'asked' LIMIT 1"), 120, "the drafts")
        after = memory(team.pid)
        assert workers(team) == children, "a worker was started anew"
    finally:
        end([team])
    drafts, held = ground.psql("intake", "SELECT (SELECT count(*) FROM drafts WHERE state = 'pending'), (SELECT count(*) FROM quarantine)").split("|")
    assert int(drafts) > 0 and held == "0", f"{drafts} drafts, {held} mails in quarantine"
    print(f"from a Maildir into rows: {rates[0]:.0f} mails a second, {rates[1]:.0f} while drafts are written; {drafts} drafts")
    print(f"the worker after {FIRST:,} mails: RSS {before[1]:.1f}, private {before[3]:.1f} MB; after {count:,}: RSS {after[1]:.1f}, private {after[3]:.1f} MB")
    goals.more("mails from a Maildir into rows a second, 1 worker", rates[0], 100, 100)
    goals.less(f"a worker's memory from mail {FIRST:,} to {count:,}", after[1] - before[1], 8, 8, " MB")


def workers(team):
    with open(f"/proc/{team.pid}/task/{team.pid}/children") as file:
        return file.read().split()


def wait(condition, seconds, what):
    """Looks twice a second: who looks takes of the machine, too."""
    stop = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < stop, f"{what} did not come within {seconds} seconds"
        time.sleep(0.5)


def taken(ground, number, count, most):
    """Mails a second from the first commit to the last; returns when all have rows."""
    rows = f"FROM messages WHERE channel_id = md5('channel {number}')::uuid"
    wait(lambda: int(ground.psql("intake", f"SELECT count(*) {rows}")) == count, 60 + most // 20, f"{count} mails of box {number}")
    lasted = ground.psql("intake", f"SELECT extract(epoch FROM max(at) - min(at)) FROM (SELECT pg_xact_commit_timestamp(xmin) AS at {rows}) m")
    return (count - 1) / max(0.001, float(lasted))
