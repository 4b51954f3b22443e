"""Habits beside the reminder list of the same run: a hundred of ten years, the page of one, a tick, the review of a week; and a week's mails."""
import hashlib
import http.client
import random
import statistics
import urllib.parse
import uuid

from bench_pages import against, cookies, in_turn, table
from bench_peers import Peers
from bench_posts import csrf_tokens
from bench_site import ROOT, end, token, wait_until

USERS, KEEPERS, HABITS, YEARS = 20, 4, 100, 10
MAILS = 10_000


def habit(user, number):
    """The id that bench_habits.sql gives it; 0 is the new one."""
    return str(uuid.UUID(hashlib.md5(f"habit {user} {number}".encode()).hexdigest()))


def settle(site, csrf):
    """Ticks every habit once: what is reckoned of the years is stored from then on, as in the life of each."""
    link = http.client.HTTPConnection(urllib.parse.urlsplit(site).netloc, timeout=20)
    for user in range(1, KEEPERS + 1):
        for number in range(HABITS + 1):
            headers = {"Cookie": f"heed={token(user)}", "Content-Type": "application/x-www-form-urlencoded"}
            link.request("POST", f"/habits/{habit(user, number)}/completions", f"csrf={csrf[user]}", headers)
            answer = link.getresponse()
            answer.read()
            assert answer.status == 303, f"a tick was answered {answer.status}"


def posts(peers, name, lines):
    random.Random(1).shuffle(lines)
    file = peers.dir / name
    file.write_text("\n".join(lines) + "\n")
    return file


def habits(ground, settings, goals):
    ground.database("habits", USERS, 200)
    if not ground.psql("habits", "SELECT 1 FROM habits LIMIT 1"):
        ground.psql("habits", file=ROOT / "Tests" / "Load" / "bench_habits.sql", keepers=KEEPERS, habits=HABITS, years=YEARS)
    peers = Peers(ground, {"site": ("habits", 4)}, {})
    try:
        site = peers.urls["site"].removesuffix("/reminders")
        csrf = csrf_tokens(peers.urls["site"], USERS)
        settle(site, csrf)
        ground.psql("habits", "VACUUM (ANALYZE)")
        pages(peers, site, settings, goals)
        ticks(ground, peers, site, csrf, settings, goals)
    finally:
        peers.close()


def pages(peers, site, settings, goals):
    """One person at a time, so that a page can be named; one connection, so that time is the page's and no queue's."""
    everybody, ana = cookies(peers.dir / "keepers", range(1, KEEPERS + 1)), cookies(peers.dir / "ana", [1])
    targets = {
        "reminders": ("site", f"{site}/reminders", everybody), "habits": ("site", f"{site}/habits", everybody),
        "habit of ten years": ("site", f"{site}/habits/{habit(1, 1)}", ana), "new habit": ("site", f"{site}/habits/{habit(1, 0)}", ana),
        "review": ("site", f"{site}/review", everybody)}
    for master, url, file in targets.values():
        peers.load(url, 4, 1, file)
    found = in_turn(peers, settings, targets, 1)
    table(f"{HABITS} habits of {YEARS} years beside 50 reminders, 1 connection, {settings.rounds} rounds of {settings.seconds} s", found)
    for name, other, most in (("habits", "reminders", 1.3), ("habit of ten years", "reminders", 1.2), ("habit of ten years", "new habit", 1.1),
                              ("review", "reminders", 1.5)):
        goals.less(f"page time, {name} to {other}", against(found[name], found[other], lambda r: 1 / r["rate"]), most, most)


def ticks(ground, peers, site, csrf, settings, goals):
    """Posts that each change something, one after the other."""
    days = ground.psql("habits", "SELECT (now() AT TIME ZONE 'UTC')::date - n FROM generate_series(1, 7) n").splitlines()
    rows = ground.psql("habits", f"""SELECT u, md5('reminder ' || (u + {USERS} * (10 * a + b)))::uuid
      FROM generate_series(1, {USERS}) u, generate_series(0, 19) a, generate_series(0, 5) b""").splitlines()
    files = {
        "completion": posts(peers, "completions", [
            f"heed={token(int(user))}\t/reminders/{reminder}/completion\tcsrf={csrf[int(user)]}"
            for user, reminder in (row.split("|") for row in rows)]),
        "tick": posts(peers, "ticks", [
            f"heed={token(user)}\t/habits/{habit(user, number)}/completions\tcsrf={csrf[user]}&date={day}"
            for user in range(1, KEEPERS + 1) for number in range(1, HABITS + 1) for day in days])}
    found, seconds = {name: [] for name in files}, str(min(2, int(settings.seconds)))
    for number in range(settings.rounds):
        for name, file in files.items():
            at = number * sum(1 for _ in file.open()) // settings.rounds
            result = peers.measure("site", site, 1, seconds, file, at, "posts")
            assert not result["errors"], f"{result['errors']} posts were refused: {name}"
            found[name].append(result)
    for name, rounds in found.items():
        used = [statistics.median(r["used"][part] for r in rounds) for part in range(3)]
        print(f"{name}: {statistics.median(1000 / r['rate'] for r in rounds):.2f} ms a post; CPU µs: program {used[0]:.0f}, nginx {used[1]:.0f},"
              f" PostgreSQL {used[2]:.0f}")
    goals.less("a tick to a reminder's completion", against(found["tick"], found["completion"], lambda r: 1 / r["rate"]), 1.3, 1.3)


def weeks(ground, settings, goals):
    """Everybody's week ends at once: one worker makes the mails and sends them to a server that takes everything."""
    ground.database("weeks", MAILS, 5, file="bench_weeks.sql")
    team = ground.work("weeks", 1)
    try:
        ground.psql("weeks", "UPDATE weekly_reviews SET due_at = now(); NOTIFY heed_work")
        sent = "SELECT count(*) FROM outbox WHERE subject = 'week' AND state = 'sent'"
        wait_until(lambda: ground.psql("weeks", sent) == str(MAILS), 180, f"{MAILS} weekly mails")
        made = ground.psql("weeks", """SELECT extract(epoch FROM max(at) - min(at)) FROM (SELECT pg_xact_commit_timestamp(xmin) AS at FROM weekly_mails) m""")
        lasted = ground.psql("weeks", "SELECT extract(epoch FROM max(sent_at) - min(created_at)) FROM outbox WHERE subject = 'week'")
    finally:
        end([team])
    print(f"{MAILS} weekly mails in {float(lasted):.1f} s, from the outbox to the server; planned in {float(made):.1f} s")
    goals.more("weekly mails made and sent a second, 1 worker", MAILS / float(lasted), 500, 500)
    words(ground, goals)


def words(ground, goals):
    """Everybody's day begins at once: one worker looks at what each missed and at their week, and writes what the coach says, from its templates."""
    # By the mails, some of it is said already.
    ground.psql("weeks", "DELETE FROM coach_messages")
    team = ground.work("weeks", 1)
    try:
        ground.psql("weeks", "UPDATE coach_rounds SET looked_on = looked_on - 1, due_at = now(); NOTIFY heed_work")
        wait_until(lambda: not ground.psql("weeks", "SELECT 1 FROM coach_rounds WHERE due_at <= now() LIMIT 1"), 180, f"{MAILS} looks of the coach")
        said, people, lasted = ground.psql("weeks", """SELECT count(*), count(DISTINCT user_id), extract(epoch FROM max(at) - min(at))
          FROM (SELECT user_id, pg_xact_commit_timestamp(xmin) AS at FROM coach_messages) m""").split("|")
    finally:
        end([team])
    assert int(people) == MAILS, f"the coach spoke to {people} people"
    print(f"{int(said):,} texts of the coach for {MAILS:,} people in {float(lasted):.1f} s")
    goals.more("people a second to whom the coach speaks from templates, 1 worker", MAILS / float(lasted), 500, 500)
