"""The reminder list beside a static file, a C program and PHP-FPM; the same page over more rows; what a responder holds; what rendering takes."""
import hashlib
import pathlib
import re
import statistics
import subprocess
import time
import urllib.request

from bench_peers import Peers, memory
from bench_site import SHARED, token

SMALL, LARGE = 100, 4_500  # people with 200 reminders each: 20 thousand; 1 million, with one person of 100,000 among them
HEAVY = 100_000


def cookies(file, users, others=None):
    """One line a person: the session of Heed's and, for the references, theirs."""
    lines = [f"heed={token(user)}" + (f"; sid={others[user - 1]}" if others else "") for user in users]
    file.write_text("\n".join(lines) + "\n")
    return file


def tagged(url, file):
    """The same with the entity tag of each person's page behind the session: asked for with it, a page that nobody changed is not sent again."""
    lines = []
    for line in file.read_text().splitlines():
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": line})) as page:
            lines.append(f"{line}\t{page.headers['ETag']}")
    with_tags = file.with_name(file.name + "-tags")
    with_tags.write_text("\n".join(lines) + "\n")
    return with_tags


def median(rounds, take):
    return statistics.median(take(found) for found in rounds)


def against(rounds, others, take):
    """The median of the ratios of each round."""
    return statistics.median(take(found) / take(other) for found, other in zip(rounds, others))


def in_turn(peers, settings, targets, conns, script="pages"):
    """{name: [one result a round]}: every round visits every target, so that what else the machine does hits all."""
    found = {name: [] for name in targets}
    for number in range(settings.rounds):
        for name, (master, url, file) in targets.items():
            result = peers.measure(master, url, conns, settings.seconds, file, number + 1, script)
            assert not result["errors"], f"{name} answered {result['errors']} requests with errors"
            found[name].append(result)
    return found


def table(title, found):
    print(f"\n{title}")
    print(f"{'':22}{'pages/s':>8}{'/php':>6}{'/c':>6}{'p50 ms':>8}{'p99 ms':>8}{'p99/php':>9}{'program':>9}{'nginx':>7}{'pg':>6} µs{'kB':>7}")
    for name, rounds in found.items():
        rate, slow = (lambda r: r["rate"]), (lambda r: r["p99"])
        ratios = [f"{against(rounds, found[other], take):.2f}" if other in found else "-"
                  for other, take in (("php", rate), ("c, 1 trip", rate), ("php", slow))]
        used = [median(rounds, lambda r, i=i: r["used"][i]) for i in range(3)]
        print(f"{name:22}{median(rounds, rate):8.0f}{ratios[0]:>6}{ratios[1]:>6}{median(rounds, lambda r: r['p50']):8.2f}{median(rounds, slow):8.2f}"
              f"{ratios[2]:>9}{used[0]:9.0f}{used[1]:7.0f}{used[2]:6.0f}   {median(rounds, lambda r: r['bytes'] / r['requests'] / 1000):7.1f}")


def sessions(users):
    return [hashlib.md5(f"session-{user}".encode()).hexdigest() for user in users]


def pages(ground, settings, goals):
    if not SHARED.is_dir():
        return goals.missing("pages", f"the peers are not at {SHARED}")
    sizes = [("20 thousand", ground.database("small", SMALL, 200), ground.reference("ref_small", SMALL), SMALL)]
    if settings.large:
        sizes.append(("1 million", ground.database("large", LARGE, 200, HEAVY), ground.reference("ref_large", 5_000), LARGE))
    for title, ours, theirs, users in sizes:
        peers = Peers(ground, {"heed": (ours, 4)}, {"php": ("php", theirs), "c": ("c", theirs)})
        try:
            file = cookies(peers.dir / "tokens", range(1, users + 1), sessions(range(1, users + 1)))
            c = peers.urls["c"]
            targets = {"static": ("none", peers.urls["static"], file), "c, 4 trips": ("c", c + "list", file), "c, 1 trip": ("c", c + "pipe", file),
                       "php": ("php", peers.urls["php"], file), "heed": ("heed", peers.urls["heed"], file),
                       "heed, unchanged": ("heed", peers.urls["heed"], tagged(peers.urls["heed"], file))}
            for master, url, tokens in targets.values():
                peers.load(url, 8, 1, tokens)  # opens connections, prepares statements
            for conns in settings.connections:
                found = in_turn(peers, settings, targets, conns)
                table(f"{title} reminders, {conns} connections, {settings.rounds} rounds of {settings.seconds} s", found)
                judge(goals, f"{title}, {conns} connections", found)
            print_memory(peers)
        finally:
            peers.close()


def judge(goals, where, found):
    ours, kept, php, floor = (found[name] for name in ("heed", "heed, unchanged", "php", "c, 1 trip"))
    goals.more(f"pages/s to PHP-FPM, {where}", against(ours, php, lambda r: r["rate"]), 1.4, 1.8)
    goals.less(f"p99 to PHP-FPM's, {where}", against(ours, php, lambda r: r["p99"]), 0.8, 0.65)
    goals.less(f"program CPU a page, {where}", median(ours, lambda r: r["used"][0]), 150, 100, " µs")
    goals.less(f"program CPU to C's, {where}", against(ours, floor, lambda r: r["used"][0]), 1.3, 1.3)
    goals.less(f"PostgreSQL CPU to C's, {where}", against(ours, floor, lambda r: r["used"][2]), 1, 1)
    goals.more(f"answers 304 a second to PHP-FPM's pages, {where}", against(kept, php, lambda r: r["rate"]), 4, 4)
    goals.less(f"CPU of all for a 304, {where}", median(kept, lambda r: sum(r["used"])), 200, 200, " µs")


def print_memory(peers):
    for name in ("heed", "php", "c"):
        count, rss, pss, private = memory(peers.masters[name])
        print(f"memory of a process of {name} ({count}): RSS {rss:.1f}, PSS {pss:.1f}, private {private:.1f} MB")


def growth(ground, settings, goals):
    """How the page's time grows with the table and with the person's own rows: one connection, so that time is the page's and no queue's."""
    small, large = ground.database("small", SMALL, 200), ground.database("large", LARGE, 200, HEAVY)
    peers = Peers(ground, {"small": (small, 1), "large": (large, 1)}, {})
    try:
        files = {
            "20 thousand": ("small", range(1, SMALL + 1)), "1 million": ("large", range(1, LARGE + 1)), "a person of 200": ("large", [1]),
            "a person of 100,000": ("large", [LARGE + 1])}
        targets = {
            name: (site, peers.urls[site], cookies(peers.dir / f"{site}-{len(users)}-{users[0]}", users)) for name, (site, users) in files.items()}
        for master, url, file in targets.values():
            peers.load(url, 1, 3, file)
        found = in_turn(peers, settings, targets, 1)
        table(f"the page as data grows, 1 connection, {settings.rounds} rounds of {settings.seconds} s", found)
        page, server = (lambda r: 1 / r["rate"]), (lambda r: r["used"][2])
        goals.less("page time, 1 million to 20 thousand reminders", against(found["1 million"], found["20 thousand"], page), 1.6, 1.3)
        goals.less("its PostgreSQL CPU", against(found["1 million"], found["20 thousand"], server), 1.6, 1.3)
        goals.less(
            "page time, a person of 100,000 to one of 200", against(found["a person of 100,000"], found["a person of 200"], page), 1.3, 1.1)
    finally:
        peers.close()


def held(ground, settings, goals):
    """What one responder holds after its first pages and after a hundred thousand."""
    wanted = int(settings.value("PAGES", "100000"))
    peers = Peers(ground, {"one": (ground.database("small", SMALL, 200), 1)}, {})
    try:
        file = cookies(peers.dir / "tokens", range(1, SMALL + 1))
        done, stop, seen = 0, time.monotonic() + 300, []
        while done < wanted and time.monotonic() < stop:
            done += peers.load(peers.urls["one"], 2, 2 if not seen else 8, file)["requests"]
            seen.append((done, *memory(peers.masters["one"])[1:]))
        for number, rss, pss, private in [seen[0], seen[len(seen) // 2], seen[-1]]:
            print(f"a responder after {number:,} pages: RSS {rss:.1f}, PSS {pss:.1f}, private {private:.1f} MB")
        if done < wanted:
            print(f"stopped after {done:,} pages: 300 s were over")
        goals.less(f"resident memory after {done:,} pages", seen[-1][1], 24, 10, " MB")
        goals.less(f"its growth from page {seen[0][0]:,} on", seen[-1][1] - seen[0][1], 2, 2, " MB")
    finally:
        peers.close()


def render(ground, settings, goals):
    """The template alone, in place: the share of a responder's samples that lie in it, of the CPU that it used."""
    peers = Peers(ground, {"one": (ground.database("small", SMALL, 200), 1)}, {})
    try:
        file = cookies(peers.dir / "tokens", range(1, SMALL + 1))
        peers.load(peers.urls["one"], 2, 2, file)
        pid = pathlib.Path(f"/proc/{peers.masters['one']}/task/{peers.masters['one']}/children").read_text().split()[0]
        data = peers.dir / "perf.data"
        try:
            sampler = subprocess.Popen(
                ["perf", "record", "-q", "-e", "cpu-clock", "-F", "1999", "--call-graph", "fp", "-o", str(data), "-p", pid], stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)
        except FileNotFoundError:
            return goals.missing("rendering alone", "perf is not installed")
        found = peers.measure("one", peers.urls["one"], 2, settings.seconds, file)
        sampler.terminate()
        sampler.wait(20)
        shares = children_shares(data)
        if not shares:
            return goals.missing("rendering alone", "perf may not watch other processes here")
        for name, share in shares.items():
            if not share:
                goals.missing(name, "no sample names it: its symbols have other names now")
            print(f"{name:28}{found['used'][0] * share:7.0f} µs a page, {100 * share:3.0f} % of the program's CPU")
        goals.less("rendering alone", found["used"][0] * shares["rendering"], 60, 40, " µs")
    finally:
        peers.close()


def children_shares(data):
    """{part: share of the samples in which it is on the stack}, by the mangled names that perf sees."""
    done = subprocess.run(["perf", "script", "-i", str(data), "-F", "ip,sym"], capture_output=True, text=True)
    stacks = [stack for stack in done.stdout.split("\n\n") if stack.strip()]
    if not stacks:
        return {}

    def share(*names):
        return sum(1 for stack in stacks if any(re.search(name, stack) for name in names)) / len(stacks)

    # The initializer's labels are part of its name, and change with it: only that it is one, and throws, is asked for.
    return {
        "rendering": share("TemplatePAAE8rendered", "6render4into"), "building the view": share(r"ReminderListPageV\S*Kcf"),
        "hashes": share("sha256", "SHA256", "blake"), "libpq and the socket": share("PQ", "unix_stream")}
