"""Posts that change one reminder, durably committed, beside pgbench that sends the same statements to the same cluster."""
import pathlib
import random
import re
import statistics
import urllib.request

from bench_peers import Peers
from bench_site import ROOT, token

USERS = 300  # Heed's posts go to the first half, pgbench's to the other
SCRIPT = ROOT / "Tests" / "Load" / "bench_post.pgbench"


def csrf_tokens(url, users):
    """What the forms of each of the first so many users hold."""
    lines = []
    for user in range(1, users + 1):
        request = urllib.request.Request(url + "/new", headers={"Cookie": f"heed={token(user)}"})
        csrf = re.search(rb'name="csrf" value="([^"]+)"', urllib.request.urlopen(request, timeout=20).read())[1].decode()
        lines.append((user, csrf))
    return dict(lines)


def statements(ground, peers, file):
    """How many statements one post sends besides BEGIN and COMMIT: counted by the server, so that the script cannot fall behind unseen."""
    count = "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid WHERE r.rolname = 'heed_web'"
    ground.psql("heed", "SELECT pg_stat_statements_reset()")
    done = peers.load(peers.urls["posts"].removesuffix("/reminders"), 1, 1, file, 20_000, "posts")
    return int(ground.psql("heed", count)) / done["requests"]


def run(ground, settings, goals):
    ground.database("posts", USERS, 200)
    peers = Peers(ground, {"posts": ("posts", 4)}, {})
    try:
        csrf = csrf_tokens(peers.urls["posts"], USERS // 2)
        rows = ground.psql("posts", f"""SELECT u, md5('reminder ' || (u + {USERS} * (10 * a + b)))::uuid
          FROM generate_series(1, {USERS // 2}) u, generate_series(0, 19) a, generate_series(0, 6) b""").splitlines()
        posts = [
            f"heed={token(int(user))}\t/reminders/{reminder}/completion\tcsrf={csrf[int(user)]}" for user, reminder in (row.split("|") for row in rows)]
        random.Random(1).shuffle(posts)
        file = pathlib.Path(peers.dir / "posts.txt")
        file.write_text("\n".join(posts) + "\n")
        sent = statements(ground, peers, file)
        written = sum(1 for line in SCRIPT.read_text().splitlines() if line and not line.startswith(("--", "\\", "BEGIN", "COMMIT")))
        print(f"a post sends {sent:.1f} statements between BEGIN and COMMIT, pgbench's script {written}")
        if round(sent) != written:
            goals.missing("form post to pgbench's transaction", f"{SCRIPT.name} no longer sends what a post sends; what follows compares unlike things")
        for conns in (1, 8):
            ours, theirs = [], []
            for number in range(settings.rounds):
                at = (number + settings.rounds * (conns > 1)) * 3_300
                found = peers.measure("posts", peers.urls["posts"].removesuffix("/reminders"), conns, settings.seconds, file, at, "posts")
                assert not found["errors"], f"{found['errors']} posts were refused"
                ours.append(found)
                theirs.append(ground.pgbench("posts", SCRIPT, conns, "-T", settings.seconds, role="heed_web"))
            rate = statistics.median(found["rate"] for found in ours)
            ratio = statistics.median(found["rate"] / other for found, other in zip(ours, theirs))
            used = [statistics.median(found["used"][part] for found in ours) for part in range(3)]
            print(f"{conns} connections: {rate:.0f} posts/s, pgbench {statistics.median(theirs):.0f}; p50 {statistics.median(f['p50'] for f in ours):.1f}"
                  f" p99 {statistics.median(f['p99'] for f in ours):.1f} ms; CPU µs: program {used[0]:.0f}, nginx {used[1]:.0f}, PostgreSQL {used[2]:.0f}")
            goals.more(f"form post to pgbench's transaction, {conns} connections", ratio, 0.5, 0.8)
    finally:
        peers.close()
