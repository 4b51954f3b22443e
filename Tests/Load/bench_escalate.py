"""Ladders of three tiers over webhooks and mail, from what is due until its messages have left; long timelines, the dry check, the register."""
import pathlib
import statistics
import time
import urllib.parse

from bench_desk import ask_lines, page_time, request
from bench_pages import against, in_turn, table
from bench_peers import Peers
from bench_posts import csrf_tokens
from bench_site import OURS, ROOT, end, token
from bench_work import BATCH, USERS, Field, command_of, rate_of, same_in_sql, spent

OPEN = {"HEED_ALLOW_LAN": "127.0.0.0/8"}
STEADY = 500  # due a second, for what is late
LONG, SHORT = 5_000, 50  # entries of a timeline
PEOPLE, THINGS = 10_000, 100  # of the register


class Ladders(Field):
    """Reminders that climb three tiers: a webhook at once, webhook and mail after half an hour and after an hour."""

    def __init__(self, ground, due):
        self.ground, self.next, self.program, self.name, self.messages = ground, 1, OURS, "escalate", "outbox"
        self.due, self.same, self.steady = due, max(BATCH, min(due, 10_000) // BATCH * BATCH), min(due // 4, 10 * STEADY)
        self.count = USERS * (-(-(due + self.same + self.steady) // USERS))
        is_new = self.name not in ground.seeded
        ground.database(self.name, USERS, self.count // USERS, file="bench_work.sql")
        if is_new:
            ground.psql(self.name, file=ROOT / "Tests" / "Load" / "bench_escalate.sql", users=USERS)

    def take(self, count):
        chunk = (self.next, self.next + count - 1)
        self.next += count
        assert self.next <= self.count + 1, "no reminders are left to fire"
        return chunk

    def until(self, condition, seconds, pause=0.5):
        """Until a condition of SQL holds; false when it does not by then."""
        stop = time.monotonic() + seconds
        while time.monotonic() < stop:
            if self.sql(f"SELECT {condition}") == "t":
                return True
            time.sleep(pause)
        return False

    def gone(self, channel, seconds):
        """Until nothing waits by a channel, but what has its turn later."""
        waits = f"subject = 'escalation' AND channel = '{channel}' AND (state IN ('pending', 'sending') OR state = 'held' AND due_at <= now())"
        return self.until(f"NOT EXISTS (SELECT 1 FROM outbox WHERE {waits})", seconds)

    def sent(self, channel, since):
        """(how many were sent since then, how many a second from the first to the last)"""
        row = self.sql(f"""SELECT count(*), extract(epoch FROM max(sent_at) - min(sent_at)) FROM outbox
          WHERE subject = 'escalation' AND channel = '{channel}' AND state = 'sent' AND sent_at >= '{since}'""").split("|")
        return int(row[0]), int(row[0]) / max(0.001, float(row[1] or 0))

    def now(self):
        return self.sql("SELECT clock_timestamp()")


def peak():
    """The most memory that a worker has held, in MB."""
    found = [0]
    for pid in pathlib.Path("/proc").glob("[0-9]*"):
        if command_of(pid) == [str(OURS.heed), "work"]:
            lines = (pid / "status").read_text().splitlines()
            found += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")]
    return max(found)


def escalate(ground, settings, goals):
    field = Ladders(ground, int(settings.value("DUE", "100000")))
    peers = Peers(ground, {"site": (field.name, 2, OPEN)}, {})
    try:
        site = peers.urls["site"].removesuffix("/reminders")
        csrf = csrf_tokens(peers.urls["site"], USERS)
        url = f"http://127.0.0.1:{ground.sink('http')}/"
        for user in range(1, USERS + 1):
            request(site, "POST", "/agents/webhook", user, {"csrf": csrf[user], "enabled": "on", "webhookUrl": url, "format": "standard"}, (200, 303))
        climb(field, goals)
        steady(field, goals)
        timelines(field, peers, site, settings, goals)
        dry_check(peers, site, csrf, settings, goals)
    finally:
        peers.close()
    register(ground, settings, goals)


def climb(field, goals):
    """Everything due at once: the first tier, and then, half an hour later by their own clocks, the second."""
    same = same_in_sql(field, 1, field.same)
    chunk, since = field.take(field.due), field.now()
    team = field.ground.work(field.name, 1, **OPEN)
    before = spent(field)
    field.make_due(chunk, "now() - interval '40 seconds'", 10)
    assert field.wait(120 + field.due / 100), f"{field.due} reminders did not fire"
    rate = rate_of(field, chunk)
    assert field.gone("webhook", 120 + field.due / 100), "the webhooks of the first tier did not all leave"
    worker, server = (1e6 * (after - then) / field.due for after, then in zip(spent(field), before))
    count, posted = field.sent("webhook", since)
    print(f"{field.due:,} due at once, one worker: {rate:.0f} fired a second (the same rows in pure SQL {same:.0f}), {posted:.0f} webhooks a second;"
          f" CPU {worker:.0f} + {server:.0f} µs a reminder with its webhook, worker + server; {peak():.0f} MB at most")
    assert count == field.due, f"{count} webhooks left for {field.due} reminders"
    goals.more("fired, three tiers, to the same rows in pure SQL", rate / same, 0.5, 0.8)
    goals.more("webhooks a second while they fire, one worker", posted, 1_000, 2_000)
    since, begun = field.now(), time.monotonic()
    field.sql("""UPDATE escalations SET started_at = started_at - interval '31 minutes', next_step_at = next_step_at - interval '31 minutes'
      WHERE open AND next_step_at IS NOT NULL; NOTIFY heed_work""")
    stepped = "NOT EXISTS (SELECT 1 FROM escalations WHERE state = 'active' AND next_step_at <= now())"
    assert field.until(stepped, 120 + field.due / 100), "the second tiers did not begin"
    lasted = time.monotonic() - begun
    assert field.gone("webhook", 120 + field.due / 100), "the webhooks of the second tier did not all leave"
    count, posted = field.sent("webhook", since)
    mails = field.sql(f"""SELECT count(*) FILTER (WHERE state = 'sent' AND carrier_id IS NULL), count(*) FILTER (WHERE state = 'sent'),
      count(*) FILTER (WHERE state = 'held' AND reason = 'limited'), count(*) FILTER (WHERE state IN ('failed', 'cancelled')) FROM outbox
      WHERE subject = 'escalation' AND channel = 'email' AND created_at >= '{since}'""").split("|")
    print(f"the second tier: {field.due / lasted:.0f} steps a second, {count:,} webhooks, {posted:.0f} a second; {mails[0]} mails of {mails[1]} messages to"
          f" {USERS} addresses, {mails[2]} wait for their minute, {mails[3]} failed or were withdrawn")
    assert count == field.due, f"{count} webhooks left for {field.due} second tiers"
    goals.less("mails of the second tier that were lost", int(mails[3]), 0, 0)
    end([team])
    field.settle()


def steady(field, goals):
    """How late what is due one by one is told."""
    chunk = field.take(field.steady)
    team = field.ground.work(field.name, 1, **OPEN)
    field.make_due(chunk, "clock_timestamp() + interval '3 seconds'", 1_000_000 // STEADY)
    complete = field.wait(60 + 3 * field.steady / STEADY) and field.gone("webhook", 60)
    middle = "percentile_cont(0.5) WITHIN GROUP (ORDER BY late), percentile_cont(0.99) WITHIN GROUP (ORDER BY late)"
    fired = field.commits(chunk, middle)
    told = [float(word or 0) for word in field.sql(f"""SELECT {middle} FROM (
      SELECT 1000 * extract(epoch FROM o.sent_at - e.occurrence_at) AS late FROM escalations e JOIN outbox o ON o.escalation_id = e.id
      WHERE o.channel = 'webhook' AND e.reminder_id IN (SELECT md5('reminder ' || i)::uuid FROM generate_series({chunk[0]}, {chunk[1]}) i)) f""").split("|")]
    print(f"{STEADY} due a second, one worker: fired p50 {fired[0]:.0f}, p99 {fired[1]:.0f} ms late; told by webhook p50 {told[0]:.0f}, p99 {told[1]:.0f} ms")
    goals.less(f"lateness p99 of firing, {STEADY} due a second told by webhook", fired[1] if complete else float("inf"), 100, 30, " ms")
    goals.less(f"lateness p99 of webhooks, {STEADY} due a second", told[1] if complete else float("inf"), 1_000, 200, " ms")
    end([team])


def timelines(field, peers, site, settings, goals):
    """The page of an escalation with many entries beside one with few."""
    targets = {}
    for user, entries in ((1, LONG), (2, SHORT)):
        escalation = field.sql(f"SELECT id FROM escalations WHERE user_id = md5('user {user}')::uuid ORDER BY started_at DESC, id LIMIT 1")
        field.sql(f"""INSERT INTO escalation_events (id, user_id, escalation_id, at, kind, run, tier, round, data)
          SELECT gen_random_uuid(), user_id, id, now() - n * interval '12 seconds', CASE WHEN n % 10 = 0 THEN 'escalated' ELSE 'note' END, 1, 3, n,
            jsonb_build_object('text', 'Entry ' || n || '.') FROM escalations, generate_series(1, {entries}) n WHERE id = '{escalation}'""")
        targets[f"{entries:,} entries"] = ("site", site, ask_lines(peers, f"timeline-{user}", user, [f"/escalations/{escalation}"]))
    field.sql("VACUUM ANALYZE escalation_events")
    for master, url, file in targets.values():
        peers.load(url, 1, 1, file, script="asks")
    found = in_turn(peers, settings, targets, 1, "asks")
    table("the timeline of an escalation, 1 connection", found)
    goals.less(
        f"page time, a timeline of {LONG:,} entries to one of {SHORT}", against(found[f"{LONG:,} entries"], found[f"{SHORT} entries"], page_time), 1.5, 1.2)


def dry_check(peers, site, csrf, settings, goals):
    """What the form of a ladder takes longer with its dry check than with a tier more."""
    def line(name, tiers, *more):
        fields = [("csrf", csrf[1]), ("name", "Climb"), ("tiers", str(tiers)), *more]
        for tier in range(1, tiers + 1):
            fields += [(f"tier_{tier}_delay", str(10 * (tier - 1))), (f"tier_{tier}_agent", "email"), (f"tier_{tier}_agent", "webhook"),
                       (f"tier_{tier}_contacts", "on")]
        file = peers.dir / name
        file.write_text(f"heed={token(1)}\t/profiles/preview\t{urllib.parse.urlencode(fields)}\n")
        return "site", site, file

    targets = {"with the dry check": line("dry", 8), "without": line("typed", 7, ("more", "1"))}
    for master, url, file in targets.values():
        peers.load(url, 1, 1, file, script="posts")
    found = in_turn(peers, settings, targets, 1, "posts")
    table("the form of a ladder of eight tiers, 1 connection", found)
    more = statistics.median(1000 * (page_time(one) - page_time(other)) for one, other in zip(found["with the dry check"], found["without"]))
    goals.less("dry check of eight tiers, by two pages' difference", more, 5, 2, " ms")


def register(ground, settings, goals):
    """Search over a million things of ten thousand people."""
    name = f"search over {PEOPLE * THINGS:,} things of {PEOPLE:,} people"
    if not settings.large:
        return goals.missing(name, "LARGE=0")
    is_new = "register" not in ground.seeded
    ground.database("register", PEOPLE, 1)
    if is_new:
        ground.psql("register", file=ROOT / "Tests" / "Load" / "bench_register.sql", seconds=3600, users=PEOPLE, per_user=THINGS)
    peers = Peers(ground, {"site": ("register", 4)}, {})
    try:
        site = peers.urls["site"].removesuffix("/reminders")
        people = range(1, PEOPLE, PEOPLE // 50)
        words = {user: word.split() for user, word in (row.split("|") for row in ground.psql("register", f"""
          SELECT u, title FROM generate_series(1, {PEOPLE - 1}, {PEOPLE // 50}) u CROSS JOIN LATERAL (
            SELECT title FROM search_documents WHERE user_id = md5('user ' || u)::uuid AND kind = 'reminder' AND title !~ '#' ORDER BY id LIMIT 1) d
          """).splitlines())}
        asked = {
            "one word": lambda user: words[str(user)][0], "two words": lambda user: " ".join(words[str(user)][:2]),
            "the beginning of one": lambda user: words[str(user)][1][:3], "nobody's word": lambda user: "xylophonist"}
        targets = {}
        for kind, word in asked.items():
            paths = {user: "/search?" + urllib.parse.urlencode({"q": word(user)}) for user in people}
            assert ("data-fact=\"hit\"" in request(site, "GET", paths[1], 1)) == (kind != "nobody's word"), f"the search for {kind} is wrong"
            file = peers.dir / f"register-{len(targets)}"
            file.write_text("".join(f"heed={token(user)}\t{path}\n" for user, path in paths.items()))
            targets[kind] = ("site", site, file)
        for master, url, file in targets.values():
            peers.load(url, 1, 1, file, script="asks")
        found = in_turn(peers, settings, targets, 1, "asks")
        table(f"{name}, 1 connection", found)
        times = {kind: statistics.median(1000 * page_time(result) for result in found[kind]) for kind in targets}
        worst = max(times, key=times.get)
        goals.less(f"{name}, the whole page, {worst}", times[worst], 20, 10, " ms")
    finally:
        peers.close()
