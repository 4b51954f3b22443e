"""The desk beside the reminder list and a reminder's completion in the same run: pages, decisions, webhooks, drafts, diffs, hours, and the search."""
import base64
import hmac
import html
import http.client
import json
import re
import statistics
import time
import urllib.parse

from bench_habits import posts
from bench_pages import against, cookies, in_turn, median, table
from bench_peers import Peers
from bench_posts import csrf_tokens
from bench_site import ROOT, end, token, wait_until

# People with 200 reminders each; how many of them have a desk; conversations with a draft of the first and of each of the others.
USERS, DESKS, MANY, FEW = 200, 20, 100_000, 500
FOUND = 10_000  # messages of the account that the one with a million is compared with
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Supply:
    """Posts of which each is sent once: every measurement goes on where the one before has ended."""

    def __init__(self, peers, name, lines):
        self.peers, self.name, self.count, self.at = peers, name, len(lines), 0
        self.file = posts(peers, name, lines)

    def measure(self, site, conns, seconds):
        found = self.peers.measure("site", site, conns, seconds, self.file, self.at, "posts")
        assert not found["errors"], f"{found['errors']} posts were refused: {self.name}"
        self.at += found["requests"] + 2 * conns
        assert self.at <= self.count, f"{self.count} posts are too few: {self.name}"
        return found


def desk(ground, settings, goals):
    ground.database("desk", USERS, 200)
    if not ground.psql("desk", "SELECT 1 FROM drafts LIMIT 1"):
        ground.psql("desk", file=ROOT / "Tests" / "Load" / "bench_desk.sql", desks=DESKS, many=MANY, few=FEW)
    peers = Peers(ground, {"site": ("desk", 4)}, {})
    try:
        site = peers.urls["site"].removesuffix("/reminders")
        csrf = csrf_tokens(peers.urls["site"], USERS)
        pages(ground, peers, site, settings, goals)
        trials(ground, peers, site, settings, goals)
        completions = Supply(peers, "completion", completion_lines(ground, csrf))
        approvals(ground, peers, site, csrf, completions, settings, goals)
        hooks(ground, peers, site, csrf[DESKS], completions, settings, goals)
        hours(ground, site, csrf[1], goals)
    finally:
        peers.close()
    search(ground, settings, goals)


def milliseconds(rounds):
    return median(rounds, lambda r: 1000 / r["rate"])


def page_time(result):
    return 1 / result["rate"]


def pages(ground, peers, site, settings, goals):
    """One person at a time, and one connection: time is the page's and no queue's."""
    ana, bob = cookies(peers.dir / "ana", [1]), cookies(peers.dir / "bob", [2])
    five, long, edited, same = ground.psql("desk", f"""SELECT d.id FROM drafts d JOIN conversations v ON v.id = d.conversation_id
      WHERE v.account_id = md5('account 2')::uuid AND (v.messages > 1 OR octet_length(d.text) > 10000)
      ORDER BY v.messages = 1, v.messages, NOT d.is_edited""").split()
    targets = {
        "reminders": ("site", f"{site}/reminders", ana), f"{MANY:,} drafts": ("site", f"{site}/drafts", ana),
        "review, 5 messages": ("site", f"{site}/drafts/{five}", bob), "review, 200 messages": ("site", f"{site}/drafts/{long}", bob),
        "20 kB, as written": ("site", f"{site}/drafts/{same}", bob), "20 kB, edited": ("site", f"{site}/drafts/{edited}", bob)}
    for master, url, file in targets.values():
        peers.load(url, 4, 1, file)
    found = in_turn(peers, settings, targets, 1)
    table(f"a desk beside 50 reminders, 1 connection, {settings.rounds} rounds of {settings.seconds} s", found)
    goals.less(f"page time, queue of {MANY:,} drafts to reminders", against(found[f"{MANY:,} drafts"], found["reminders"], page_time), 1.3, 1.3)
    goals.less(
        "page time, review of 200 messages to one of 5", against(found["review, 200 messages"], found["review, 5 messages"], page_time), 2, 2)
    # What the page of an edited draft takes longer: the diff, and more to show.
    more = statistics.median(
        1000 * (page_time(with_diff) - page_time(without)) for with_diff, without in zip(found["20 kB, edited"], found["20 kB, as written"]))
    goals.less("diff of 20 kB, by two pages' difference", more, 10, 10, " ms")


def ask_lines(peers, name, user, paths):
    file = peers.dir / name
    file.write_text("".join(f"heed={token(user)}\t{path}\n" for path in paths))
    return file


def trials(ground, peers, site, settings, goals):
    """A question tried on sources: its page finds the passages and writes the draft of them."""
    targets = {}
    for user, count in ((3, 50), (4, 5_000)):
        questions = ground.psql("desk", f"""SELECT array_to_string((regexp_split_to_array(text, ' '))[4:15], ' ') FROM passages
          WHERE account_id = md5('account {user}')::uuid ORDER BY id * 7919 % 5003 LIMIT 20""").splitlines()
        paths = ["/sources/trial?" + urllib.parse.urlencode({"language": "en", "q": question}) for question in questions]
        shown = request(site, "GET", paths[0], user)
        assert "data-passage" in shown, "the trial found nothing"
        targets[f"{count:,} passages"] = ("site", site, ask_lines(peers, f"trials-{count}", user, paths))
    for master, url, file in targets.values():
        peers.load(url, 4, 1, file, script="asks")
    found = in_turn(peers, settings, targets, 1, "asks")
    table("a draft from sources, tried", found)
    goals.less("a draft from 5,000 passages, with its page", milliseconds(found["5,000 passages"]), 50, 50, " ms")
    goals.less("the same to one from 50", against(found["5,000 passages"], found["50 passages"], page_time), 3, 3)


def request(site, method, path, user, fields=None, statuses=(200,)):
    link = http.client.HTTPConnection(urllib.parse.urlsplit(site).netloc, timeout=60)
    try:
        link.request(method, path, urllib.parse.urlencode(fields) if fields else None, {"Cookie": f"heed={token(user)}", **(FORM if fields else {})})
        answer = link.getresponse()
        text = answer.read().decode()
    finally:
        link.close()
    assert answer.status in statuses, f"{method} {path} was answered {answer.status}"
    return text


def completion_lines(ground, csrf):
    rows = ground.psql("desk", f"""SELECT u, md5('reminder ' || (u + {USERS} * (10 * a + b)))::uuid
      FROM generate_series(1, {USERS}) u, generate_series(0, 19) a, generate_series(0, 6) b""").splitlines()
    return [f"heed={token(int(user))}\t/reminders/{reminder}/completion\tcsrf={csrf[int(user)]}" for user, reminder in (row.split("|") for row in rows)]


def approval_lines(ground, csrf, first, last):
    """Of desks from one to another; every fifth draft, so that what is decided lies anywhere in the queue."""
    rows = ground.psql("desk", f"""SELECT u, d.id, d.newest_inbound_id, d.text FROM drafts d
      JOIN generate_series({first}, {last}) u ON d.account_id = md5('account ' || u)::uuid
      WHERE {first} > 1 OR hashtext(d.id::text) % 5 = 0 ORDER BY d.id""").splitlines()
    return [f"heed={token(int(user))}\t/drafts/{draft}/approval\t"
            + urllib.parse.urlencode({"csrf": csrf[int(user)], "version": 1, "seen": seen, "text": text})
            for user, draft, seen, text in (row.split("|") for row in rows)]


def say(name, rounds):
    used = [median(rounds, lambda r, i=i: r["used"][i]) for i in range(3)]
    print(f"{name}: {median(rounds, lambda r: r['rate']):.0f} a second; CPU µs: program {used[0]:.0f}, nginx {used[1]:.0f}, PostgreSQL {used[2]:.0f}")


def approvals(ground, peers, site, csrf, completions, settings, goals):
    """Posts that each decide about something, one after the other."""
    supplies = {
        "completion": completions, f"approval, {FEW} drafts": Supply(peers, "approvals", approval_lines(ground, csrf, 5, DESKS)),
        f"approval, {MANY:,} drafts": Supply(peers, "approvals-many", approval_lines(ground, csrf, 1, 1))}
    found = {name: [] for name in supplies}
    for _ in range(settings.rounds):
        for name, supply in supplies.items():
            found[name].append(supply.measure(site, 1, short(settings)))
    for name, rounds in found.items():
        say(name, rounds)
    waiting = int(ground.psql("desk", "SELECT count(*) FROM drafts WHERE state = 'approved' AND action = 'approve'"))
    sent = sum(r["requests"] for name, rounds in found.items() if name != "completion" for r in rounds)
    assert waiting >= sent, f"{sent} posts approved {waiting} drafts"
    for name in list(supplies)[1:]:
        goals.less(f"{name}, to a reminder's completion", against(found[name], found["completion"], page_time), 1.5, 1.5)


def short(settings):
    return str(min(2, int(settings.seconds)))


class Shop:
    """A program that sends messages to a channel, signed as Standard Webhooks say."""

    def __init__(self, site, csrf, user):
        page = request(site, "POST", "/channels", user, {"csrf": csrf, "name": "Shop", "type": "chat", "auto_draft": "on"})
        fact = {name: html.unescape(re.search(f'data-fact="{name}" value="([^"]*)"', page)[1]) for name in ("secret", "webhook")}
        self.key = base64.b64decode(fact["secret"].removeprefix("whsec_"))
        self.path = urllib.parse.urlsplit(fact["webhook"]).path
        self.sent = 0

    def lines(self, count):
        """So many messages that were never sent, each by a customer and a domain of its own; the first two hundred get drafts."""
        now, lines = str(int(time.time())), []
        for number in range(self.sent + 1, self.sent + count + 1):
            body = json.dumps({
                "conversation": {"external_id": f"c-{number}", "subject": f"Order {number}",
                                 "customer": {"email": f"buyer{number}@buyer{number}.example", "name": f"Buyer {number}"}},
                "message": {"external_id": f"m-{number}", "sent_at": "2026-01-02T03:04:05Z",
                            "body_text": f"Hello,\n\nI ordered two lamps on Monday, number {number}, and one of them came without its cable. Can you send"
                            " me another, or do I have to return the lamp? I need it until the weekend.\n\nThank you"}})
            signed = f"msg-{number}.{now}.{body}".encode()
            signature = "v1," + base64.b64encode(hmac.digest(self.key, signed, "sha256")).decode()
            lines.append(f"{self.path}\tmsg-{number}\t{now}\t{signature}\t{body}")
        self.sent += count
        return lines


def hooks(ground, peers, site, csrf, completions, settings, goals):
    shop = Shop(site, csrf, DESKS)
    taken = f"SELECT count(*) FROM messages WHERE channel_id = '{shop.path.rsplit('/', 1)[1]}'"
    for conns in (1, 8):
        found = {"completion": [], "new": [], "repeated": []}
        for number in range(settings.rounds):
            found["completion"].append(completions.measure(site, conns, short(settings)))
            before, lines = int(ground.psql("desk", taken)), shop.lines(2_500 * int(short(settings)))
            fresh = sending(peers, site, conns, settings, lines)
            assert fresh["requests"] + 2 * conns < len(lines), "messages were sent twice"
            after = int(ground.psql("desk", taken))
            assert after - before >= fresh["requests"], f"{fresh['requests']} messages made {after - before} rows"
            # The last ones may not have been answered.
            again = sending(peers, site, conns, settings, lines[: max(1, fresh["requests"] - conns)])
            more = int(ground.psql("desk", taken)) - after
            assert more <= 2 * conns, f"messages that had come made {more} rows"
            found["new"].append(fresh)
            found["repeated"].append(again)
        for name, rounds in found.items():
            say(f"{name}, {conns} connection(s)", rounds)
        for name, least in (("new", 0.3), ("repeated", 1.5)):
            ratio = against(found[name], found["completion"], lambda r: r["rate"])
            goals.more(f"{name} webhooks to reminder posts, {conns} connection(s)", ratio, least, least)


def sending(peers, site, conns, settings, lines):
    file = peers.dir / "hooks"
    file.write_text("\n".join(lines) + "\n")
    found = peers.measure("site", site, conns, short(settings), file, 0, "hooks")
    assert not found["errors"], f"{found['errors']} messages were refused"
    return found


def hours(ground, site, csrf, goals):
    """Other hours of the channel with the long queue: until each conversation is late by them. A worker may do it, and has nothing else to do."""
    name = f"late-at of {MANY:,} conversations after a change of hours"
    channel, address = ground.psql("desk", "SELECT id, address FROM channels WHERE account_id = md5('account 1')::uuid").split("|")
    old = f"FROM conversations WHERE channel_id = '{channel}' AND late_at = waiting_since + interval '43200 minutes'"
    count = int(ground.psql("desk", f"SELECT count(*) {old}"))
    ground.psql("desk", "DELETE FROM jobs WHERE kind = 'draft'; DELETE FROM outbox WHERE subject = 'answer'")
    team = ground.work("desk", 1)
    try:
        start = time.monotonic()
        request(site, "POST", f"/channels/{channel}", 1, {
            "csrf": csrf, "version": 1, "name": "Support", "address": address, "inbound": "webhook", "language": "en", "timezone": "UTC",
            "target_minutes": 43200, "hours": "mon-fri 09:00-17:00", "auto_draft": "on", "enabled": "on"}, (303,))
        answered = time.monotonic() - start
        try:
            wait_until(lambda: not ground.psql("desk", f"SELECT 1 {old} LIMIT 1"), 30, name)
        except AssertionError:
            rest = int(ground.psql("desk", f"SELECT count(*) {old}"))
            if rest == count:
                return goals.missing(name, "saving other hours changes none: each is late by the hours of when its customer wrote")
        lasted = time.monotonic() - start
    finally:
        end([team])
    print(f"{count:,} conversations had other times {lasted:.1f} s after their channel's hours; the post was answered after {answered:.1f} s")
    goals.less(name, lasted, 5, 5, " s")


def search(ground, settings, goals):
    name = "page time, search in a million messages to ten thousand"
    if not settings.large:
        return goals.missing(name, "LARGE=0")
    ground.database("found", 2, 1)
    if not ground.psql("found", "SELECT 1 FROM messages LIMIT 1"):
        ground.psql("found", file=ROOT / "Tests" / "Load" / "bench_search.sql", seconds=3600, many=1_000_000, few=FOUND)
    peers = Peers(ground, {"site": ("found", 4)}, {})
    try:
        site = peers.urls["site"].removesuffix("/reminders")
        targets, kinds = {}, search_kinds(ground)
        for kind, words in kinds.items():
            for user, count in ((1, "1 million"), (2, "10,000")):
                paths = ["/conversations?" + urllib.parse.urlencode({"state": "all", "q": word}) for word in words]
                targets[f"{kind}, {count}"] = ("site", site, ask_lines(peers, f"found-{len(targets)}", user, paths))
                has = "data-conversation" in request(site, "GET", paths[0], user)
                assert has == (kind != "nobody's word"), f"the search for {words[0]} in {count} is wrong"
        for master, url, file in targets.values():
            peers.load(url, 1, 1, file, script="asks")
        found = in_turn(peers, settings, targets, 1, "asks")
        table("conversations found among messages, 1 connection", found)
        ratios = {kind: against(found[f"{kind}, 1 million"], found[f"{kind}, 10,000"], page_time) for kind in kinds}
        worst = max(ratios, key=ratios.get)
        goals.less(f"{name}, {worst}", ratios[worst], 3, 3)
    finally:
        peers.close()


def search_kinds(ground):
    """{kind: words}; both accounts have each. By how often a word stands in the smaller one."""
    ranked = ground.psql("found", f"""SELECT word FROM (SELECT word, nentry FROM ts_stat(
      'SELECT to_tsvector(''simple'', own) FROM messages WHERE account_id = md5(''account 2'')::uuid') WHERE word !~ '^(no[0-9]|order)') x
      ORDER BY nentry DESC, word""", seconds=300).split()
    common, usual, rare = ranked[:20], ranked[300:320], ranked[-200:-180]
    return {"an order's number": [f"no{number}" for number in range(10, 30)], "rare words": rare, "usual words": usual, "common words": common,
            "two common words": [f"{a} {b}" for a, b in zip(common, common[1:] + common[:1])], "nobody's word": ["xylophonist", "quizzically"]}
