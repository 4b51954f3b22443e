"""The planner beside the reminder list and a reminder's post in the same run: lists, board, links, inbox, search among many, waking, files of tasks."""
import hashlib
import random
import re
import statistics
import time
import urllib.parse
import uuid

from bench_desk import Supply, ask_lines, milliseconds, page_time, request, say, short
from bench_escalate import peak
from bench_habit_files import post
from bench_pages import HEAVY, LARGE, SMALL, against, cookies, in_turn, table
from bench_peers import Peers
from bench_posts import csrf_tokens
from bench_site import ROOT, end, token, wait_until

GRAPH, LINKS = 5_000, 10_000  # tasks of the person with many in the small table, and links among them
WOKEN = 10_000
ROWS, FEW = 50_000, 5_000  # tasks of a file, which holds no more, and of the one before
RARE, COMMON, MISSPELT = "xylophone", "bababa", "bacaba"  # as bench_words.sql makes words: the commonest, and one that nothing holds


def planner(ground, settings, goals):
    filled(ground, "planner", SMALL, 200, GRAPH)
    peers = Peers(ground, {"site": ("planner", 4)}, {})
    try:
        site = peers.urls["site"].removesuffix("/reminders")
        csrf = csrf_tokens(peers.urls["site"], SMALL + 1)
        pages(peers, site, settings, goals)
        captures(peers, site, csrf, settings, goals)
        links(ground, peers, site, csrf[SMALL + 1], settings, goals)
    finally:
        peers.close()
    files(ground, goals)
    many(ground, settings, goals)


def filled(ground, name, users, reminders, heavy):
    """A database of reminders, with two hundred tasks of each person and many of one more."""
    is_new = name not in ground.seeded
    ground.database(name, users, reminders, heavy=1)
    if is_new:
        ground.psql(name, file=ROOT / "Tests" / "Load" / "bench_planner.sql", users=users, per_user=200, heavy=heavy, links=LINKS)


def task(number):
    """The id that bench_planner.sql gives it."""
    return uuid.UUID(hashlib.md5(f"task {number}".encode()).hexdigest())


def pages(peers, site, settings, goals):
    """One connection, so that time is the page's and no queue's."""
    file = cookies(peers.dir / "everybody", range(1, SMALL + 1))
    targets = {name: ("site", f"{site}/{path}", file) for name, path in (
        ("reminders", "reminders"), ("tasks", "tasks"), ("board", "tasks?view=board"), ("plan", "plan"))}
    for master, url, tokens in targets.values():
        peers.load(url, 4, 1, tokens)
    found = in_turn(peers, settings, targets, 1)
    table(f"tasks beside 50 reminders, 1 connection, {settings.rounds} rounds of {settings.seconds} s", found)
    goals.less("page time, tasks to reminders", against(found["tasks"], found["reminders"], page_time), 1.2, 1.2)
    goals.less("page time, board to tasks", against(found["board"], found["tasks"], page_time), 1.5, 1.5)


def captures(peers, site, csrf, settings, goals):
    """A line into the inbox beside a reminder that is made."""
    people = range(1, SMALL + 1)
    forms = {"reminder": ("reminders", lambda n: {"title": f"Call number {n}", "at": "tomorrow 9:00"}),
             "inbox": ("inbox", lambda n: {"text": f"call number {n} tomorrow #home"})}
    supplies = {name: Supply(peers, f"made-{name}", [
        f"heed={token(user)}\t/{path}\t" + urllib.parse.urlencode({"csrf": csrf[user], **fields(number)})
        for user in people for number in range(120)]) for name, (path, fields) in forms.items()}
    found = {name: [] for name in supplies}
    for _ in range(settings.rounds):
        for name, supply in supplies.items():
            found[name].append(supply.measure(site, 1, short(settings)))
    for name, rounds in found.items():
        say(f"post: {name}", rounds)
    goals.more("inbox posts to posts of reminders", against(found["inbox"], found["reminder"], lambda r: r["rate"]), 0.8, 0.8)


def links(ground, peers, site, csrf, settings, goals):
    """Later tasks wait for earlier ones, so that no circle closes, and each post has to find that out."""
    first, chance = SMALL * 200, random.Random(1)
    pairs = [sorted(chance.sample(range(1, GRAPH + 1), 2)) for _ in range(LINKS)]
    lines = [
        f"heed={token(SMALL + 1)}\t/links\t"
        + urllib.parse.urlencode({"csrf": csrf, "from": f"task:{task(first + later)}", "to": f"task:{task(first + earlier)}", "type": "depends_on"})
        for earlier, later in pairs]
    count = "SELECT count(*) FROM entity_links WHERE user_id = md5('user " + str(SMALL + 1) + "')::uuid"
    before = int(ground.psql("planner", count))
    supply = Supply(peers, "links", lines)
    found = [supply.measure(site, 1, short(settings)) for _ in range(settings.rounds)]
    say(f"post: a link among {before:,}", found)
    made = int(ground.psql("planner", count)) - before
    assert made > 0.9 * sum(r["requests"] for r in found), f"{sum(r['requests'] for r in found)} posts made {made} links"
    goals.less(f"a link posted in a graph of {before:,}", milliseconds(found), 20, 20, " ms")


def files(ground, goals):
    """Files of todo.txt, one person after the other: a small one, and two of as many rows as a file may hold."""
    ground.database("task_files", 3, 5)
    peers = Peers(ground, {"site": ("task_files", 1)}, {})
    team = ground.work("task_files", 1)
    try:
        csrf = csrf_tokens(peers.urls["site"], 3)
        found = [(*bring(ground, peers.urls["site"], user, csrf[user], rows), peak()) for user, rows in ((1, FEW), (2, ROWS), (3, ROWS))]
    finally:
        end([team])
        peers.close()
    for rows, (read, whole, held) in zip((FEW, ROWS, ROWS), found):
        print(f"{rows:,} tasks from a file: shown after {read:.1f} s, there after {whole:.1f} s; the worker held {held:.0f} MB at most until then")
    goals.less(f"{2 * ROWS:,} tasks imported in two files, from each post to its end", found[1][1] + found[2][1], 20, 20, " s")
    goals.less("what a worker's memory grows from the first such file to the second", found[2][2] - found[1][2], 8, 8, " MB")


def bring(ground, site, user, csrf, rows):
    """(seconds until the preview, seconds until all is there)"""
    text = "".join(f"({'ABC'[n % 3]}) 2026-01-02 Call number {n} about the roof +home @phone due:2030-03-{1 + n % 28:02}\n" for n in range(rows))
    start = time.monotonic()
    head = f'--XX\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n--XX\r\n'
    head += 'Content-Disposition: form-data; name="file"; filename="todo.txt"\r\nContent-Type: text/plain\r\n\r\n'
    page = post(site, user, "/planner/import", (head + text + "\r\n--XX--\r\n").encode(), "multipart/form-data; boundary=XX", 200)
    preview = re.search('data-fact="import" value="([^"]+)"', page)[1]
    read = time.monotonic() - start
    form = urllib.parse.urlencode({"csrf": csrf})
    post(site, user, f"/planner/import/{preview}/confirmation", form, "application/x-www-form-urlencoded", 303)
    wait_until(lambda: ground.psql("task_files", f"SELECT 1 FROM planner_imports WHERE id = '{preview}' AND finished_at IS NOT NULL"), 120, "the import's end")
    whole = time.monotonic() - start
    there = int(ground.psql("task_files", f"SELECT count(*) FROM tasks WHERE user_id = md5('user {user}')::uuid"))
    assert there == rows, f"{there} tasks are there of {rows}"
    return read, whole


def many(ground, settings, goals):
    """The same pages in a table of a million, and of a person with many; search among their things; what comes back at once."""
    if not settings.large:
        return goals.missing("tasks, 1 million in the table", "LARGE=0")
    filled(ground, "planner_large", LARGE, 1, HEAVY)
    peers = Peers(ground, {"small": ("planner", 1), "large": ("planner_large", 1)}, {})
    try:
        growth(peers, settings, goals)
        search(peers, settings, goals)
    finally:
        peers.close()
    wake(ground, goals)


def growth(peers, settings, goals):
    small, large = (peers.urls[name].removesuffix("/reminders") for name in ("small", "large"))
    one, heavy = cookies(peers.dir / "one", [1]), cookies(peers.dir / "heavy", [LARGE + 1])
    targets = {
        "20 thousand": ("small", f"{small}/tasks", cookies(peers.dir / "few", range(1, SMALL + 1))),
        "1 million": ("large", f"{large}/tasks", cookies(peers.dir / "many", range(1, LARGE + 1)))}
    lists = {"all": "tasks", "blocked": "tasks?status=blocked", "by a tag": "tasks?tag=home"}
    for name, path in lists.items():
        targets[f"{name}, of 200"] = ("large", f"{large}/{path}", one)
        targets[f"{name}, of {HEAVY:,}"] = ("large", f"{large}/{path}", heavy)
    for master, url, file in targets.values():
        peers.load(url, 1, 2, file)
    found = in_turn(peers, settings, targets, 1)
    table(f"tasks as data grows, 1 connection, {settings.rounds} rounds of {settings.seconds} s", found)
    goals.less("page time, 1 million to 20 thousand tasks", against(found["1 million"], found["20 thousand"], page_time), 1.2, 1.2)
    for name in lists:
        ratio = against(found[f"{name}, of {HEAVY:,}"], found[f"{name}, of 200"], page_time)
        goals.less(f"page time, tasks {name}, a person of {HEAVY:,} to one of 200", ratio, 1.3, 1.3)


def search(peers, settings, goals):
    site, targets = peers.urls["large"].removesuffix("/reminders"), {}
    for kind, word in (("a rare word", RARE), ("a common word", COMMON), ("a misspelt word", MISSPELT)):
        path = "/search?" + urllib.parse.urlencode({"q": word})
        assert 'data-fact="hit"' in request(site, "GET", path, LARGE + 1), f"the search for {word} found nothing"
        targets[kind] = ("large", site, ask_lines(peers, f"sought-{len(targets)}", LARGE + 1, [path]))
    for master, url, file in targets.values():
        peers.load(url, 1, 1, file, script="asks")
    found = in_turn(peers, settings, targets, 1, "asks")
    table(f"search among {HEAVY:,} things of one's own, 1 connection", found)
    for kind, most in (("a rare word", 10), ("a common word", 20), ("a misspelt word", 100)):
        goals.less(f"search among {HEAVY:,} own things, {kind}, the whole page", milliseconds(found[kind]), most, most, " ms")


def wake(ground, goals):
    """What was put off until now, of everybody, brought back by one worker."""
    team = ground.work("planner_large", 1)
    try:
        woken(ground, 500)
        lasted = statistics.median(woken(ground, WOKEN) for _ in range(3))
    finally:
        end([team])
    print(f"{WOKEN:,} tasks that were put off are back after {lasted:.2f} s")
    goals.less(f"{WOKEN:,} deferred tasks brought back, 1 worker", lasted, 2, 2, " s")


def woken(ground, count):
    """Seconds from when so many are due until the last is open."""
    ground.psql("planner_large", f"""SET session_replication_role = replica;
      UPDATE tasks SET deferred_until = current_date, wake_at = clock_timestamp() WHERE id IN (
        SELECT id FROM tasks WHERE status = 'deferred' AND archived_at IS NULL AND deleted_at IS NULL AND wake_at > now() + interval '1 day' LIMIT {count});
      NOTIFY heed_work""")
    start = time.monotonic()
    waiting = "SELECT 1 FROM tasks WHERE status = 'deferred' AND wake_at <= now() AND archived_at IS NULL AND deleted_at IS NULL LIMIT 1"
    wait_until(lambda: not ground.psql("planner_large", waiting), 60, f"{count} tasks to be back")
    return time.monotonic() - start
