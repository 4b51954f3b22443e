"""The assistant and search by sense: among 100,000 things of one's own, over vectors of two lengths, what embedding costs us, answers without a model."""
import hashlib
import http.client
import random
import re
import statistics
import struct
import sys
import time
import urllib.parse
import uuid

from bench_desk import FORM, ask_lines, milliseconds, request
from bench_pages import HEAVY, SMALL, in_turn, table
from bench_peers import Peers, cpu
from bench_planner import COMMON, RARE, filled
from bench_posts import csrf_tokens
from bench_site import ROOT, end, token, wait_until

sys.path.insert(0, str(ROOT / "Tests" / "Support"))
import e5_notes  # noqa: E402
from heed_sinks import Sink  # noqa: E402  (bench_site knows where it is)

# Chunks of each length, of how many different vectors they are made.
VECTORS, DIFFERENT = ((384, 50_000), (1_536, 20_000)), 2_000
PERSON = SMALL + 1
EMBEDDED, ANSWERS = 2_000, 60


def person(user):
    """The id that bench.sql gives a person."""
    return uuid.UUID(hashlib.md5(f"user {user}".encode()).hexdigest())


def assistant(ground, settings, goals):
    filled(ground, "assistant", SMALL, 5, HEAVY)
    with Sink("embed_sink.py") as bag, Sink("e5_server.py") as model:
        servers = {"HEED_EMBED_URL": bag.address("bench", "ok"), "HEED_EMBED_MODEL": "bag-384"}
        peers = Peers(ground, {"site": ("assistant", 2, servers)}, {})
        try:
            site = peers.urls["site"].removesuffix("/reminders")
            csrf = csrf_tokens(peers.urls["site"], PERSON)
            words(peers, site, settings, goals)
            sense(ground, peers, site, f"127.0.0.1:{bag.port}", settings, goals)
            answers(ground, site, csrf, servers, goals)
            embedding(ground, servers, goals)
        finally:
            peers.close()
        recall(ground, {"HEED_EMBED_URL": model.address("bench", "ok"), "HEED_EMBED_MODEL": "multilingual-e5-small",
                        "HEED_EMBED_QUERY_PREFIX": "query:", "HEED_EMBED_PASSAGE_PREFIX": "passage:"}, goals)


def words(peers, site, settings, goals):
    """The whole page, of a word that is rare and of the commonest."""
    targets = {}
    for kind, word in (("a rare word", RARE), ("a common word", COMMON)):
        path = "/search?" + urllib.parse.urlencode({"q": word})
        assert 'data-fact="hit"' in request(site, "GET", path, PERSON), f"the search for {word} found nothing"
        targets[kind] = ("site", site, ask_lines(peers, f"sought-{len(targets)}", PERSON, [path]))
    for master, url, file in targets.values():
        peers.load(url, 1, 1, file, script="asks")
    found = in_turn(peers, settings, targets, 1, "asks")
    table(f"search by words among {HEAVY:,} things of one's own, 1 connection", found)
    for kind in targets:
        goals.less(f"search among {HEAVY:,} own things by words, {kind}", milliseconds(found[kind]), 30, 30, " ms")


def numbers(dimension):
    """The rows of `made_vectors`: number, half bytes and signs of unit vectors that point anywhere, the same in every run."""
    chance = random.Random(dimension)
    for number in range(DIFFERENT):
        parts = [chance.gauss(0, 1) for _ in range(dimension)]
        length = sum(part * part for part in parts) ** 0.5
        half = struct.pack(f"<{dimension}e", *(part / length for part in parts))
        yield f"{number}\t\\\\x{half.hex()}\t{''.join('1' if part > 0 else '0' for part in parts)}\n"


def sense(ground, peers, site, host, settings, goals):
    """The same search with and without vectors: what lies between is theirs."""
    for dimension, chunks in VECTORS:
        file = ground.folder / "vectors.txt"
        file.write_text("".join(numbers(dimension)))
        ground.psql("assistant", "DROP TABLE IF EXISTS made_vectors; CREATE TABLE made_vectors (n integer PRIMARY KEY, half bytea, bits bit varying)")
        file.chmod(0o644)
        ground.psql("assistant", f"COPY made_vectors FROM '{file}'")
        ground.psql("assistant", file=ROOT / "Tests" / "Load" / "bench_assistant.sql", dimension=dimension, chunks=chunks, person=person(PERSON), question=RARE,
                    host=host)
        question = hashlib.md5(f"question {dimension}".encode()).hexdigest()
        plain = "/search?" + urllib.parse.urlencode({"q": RARE})
        asked = f"{plain}&sense={uuid.UUID(question)}"
        assert 'data-fact="match" value="sense"' in request(site, "GET", asked, PERSON), "nothing was found by its sense"
        targets = {name: ("site", site, ask_lines(peers, f"{name}-{dimension}", PERSON, [path])) for name, path in (("words", plain), ("sense", asked))}
        for master, url, lines in targets.values():
            peers.load(url, 1, 1, lines, script="asks")
        found = in_turn(peers, settings, targets, 1, "asks")
        table(f"search with {chunks:,} vectors of {dimension}, 1 connection", found)
        part = milliseconds(found["sense"]) - milliseconds(found["words"])
        goals.less(f"the vector part over {chunks:,} chunks of {dimension:,}", part, 60, 60, " ms")


def answers(ground, site, csrf, servers, goals):
    """From the post until the answer is stored, by the grammar: one worker that has nothing else to do."""
    team = ground.work("assistant", 1, **servers)
    lasted = []
    try:
        for number in range(ANSWERS):
            user, start = 1 + number % SMALL, time.time()
            fields = {"csrf": csrf[user], "content": "what is due today", "nonce": f"n{number}"}
            request(site, "POST", "/assistant/messages", user, fields, (303,))
            stored = f"""SELECT extract(epoch FROM pg_xact_commit_timestamp(m.xmin)) FROM chat_messages m
              WHERE m.user_id = '{person(user)}' AND m.kind = 'assistant' AND m.answer IS NOT NULL AND m.answered_at >= to_timestamp({start - 1})
              ORDER BY m.created_at DESC LIMIT 1"""
            at = wait_until(lambda: ground.psql("assistant", stored), 30, "an answer")
            lasted.append(1000 * (float(at) - start))
    finally:
        end([team])
    lasted = lasted[5:]
    print(f"an answer by the grammar: {statistics.median(lasted):.0f} ms from its post until it is stored, {max(lasted):.0f} at most")
    goals.less("an answer of the assistant without a model, from post to stored", statistics.median(lasted), 50, 50, " ms")


def embedding(ground, servers, goals):
    """What a chunk costs this program and its database, without the server that makes the vectors."""
    user = person(2)
    ground.psql("assistant", f"""SET session_replication_role = replica; DELETE FROM embedding_jobs WHERE user_id = '{user}';
      UPDATE users SET model_kinds = '{{task}}' WHERE id = '{user}'""")
    ground.psql("assistant", f"""INSERT INTO tasks (id, user_id, title, notes, created_at, updated_at)
      SELECT gen_random_uuid(), '{user}', 'Note number ' || n, repeat('what there is to say about it ', 20), now() - interval '2 minutes',
        now() - interval '2 minutes' FROM generate_series(1, {EMBEDDED}) n""")
    team = ground.work("assistant", 1, **servers)
    chunks = f"SELECT count(*) FROM embeddings WHERE user_id = '{user}'"
    try:
        wait_until(lambda: int(ground.psql("assistant", chunks)) > 64, 60, "the first vectors")
        before, then = int(ground.psql("assistant", chunks)), cpu(team.pid, ground.postmaster)
        wait_until(lambda: int(ground.psql("assistant", chunks)) >= EMBEDDED, 120, "vectors of all")
        made, used = int(ground.psql("assistant", chunks)) - before, cpu(team.pid, ground.postmaster)
    finally:
        end([team])
    program, database = ((b - a) / 1e6 / made for a, b in zip(then, used))
    print(f"a chunk: {program:.2f} ms of the worker, {database:.2f} ms of the database, of {made:,}")
    goals.less("our own share of embedding a chunk", program + database, 2, 2, " ms")


def recall(ground, servers, goals):
    """Of the ten nearest of 5,000 notes in two languages, how many are found; the vectors are a real model's."""
    ground.database("recall", 2, 5)
    user, notes = person(1), e5_notes.notes()
    key = {note: uuid.UUID(hashlib.md5(note.encode()).hexdigest()) for note in notes}
    values = ",".join(f"('{key[note]}'::uuid, '{note.replace(chr(39), chr(39) * 2)}')" for note in notes)
    ground.psql("recall", f"UPDATE users SET model_kinds = '{{task}}', updated_at = now() WHERE id = '{user}'")
    file = ground.folder / "notes.sql"
    file.write_text(f"""INSERT INTO tasks (id, user_id, title, created_at, updated_at)
      SELECT n.id, '{user}', n.title, now() - interval '2 minutes', now() - interval '2 minutes' FROM (VALUES {values}) n (id, title)""")
    ground.psql("recall", file=file)
    peers, team = Peers(ground, {"site": ("recall", 1, servers)}, {}), ground.work("recall", 1, **servers)
    try:
        site = peers.urls["site"].removesuffix("/reminders")
        csrf = csrf_tokens(peers.urls["site"], 1)[1]
        wait_until(lambda: int(ground.psql("recall", "SELECT count(*) FROM embeddings")) >= len(notes), 300, "vectors of all")
        # Then their signs are made beside the mean of all.
        wait_until(lambda: ground.psql("recall", "SELECT count(*) FROM embedding_rounds WHERE job_id IS NOT NULL").strip() == "0", 60, "the end of the job")
        units, kept = e5_notes.vectors(), 0
        for number, question in enumerate(e5_notes.QUESTIONS):
            wanted = units[len(notes) + number]
            near = [sum(a * b for a, b in zip(wanted, units[place])) for place in range(len(notes))]
            best = {f"task:{key[notes[place]]}" for place in sorted(range(len(notes)), key=lambda place: -near[place])[:10]}
            kept += len(best & set(hits(site, question, csrf)))
    finally:
        end([team])
        peers.close()
    goals.more("recall of ten by the two steps, 5,000 notes in two languages", kept / (10 * len(e5_notes.QUESTIONS)), 0.98, 0.98)


def hits(site, question, csrf):
    """What a search by words and meaning finds, once the question has its vector."""
    link = http.client.HTTPConnection(urllib.parse.urlsplit(site).netloc, timeout=60)
    try:
        link.request("POST", "/search/sense", urllib.parse.urlencode({"csrf": csrf, "q": question}), {"Cookie": f"heed={token(1)}", **FORM})
        place = link.getresponse().headers["Location"]
    finally:
        link.close()
    page = wait_until(lambda: (text := request(site, "GET", place, 1)) and 'value="sense"' in text and text, 30, f"hits of “{question}”")
    return re.findall(r'data-fact="hit" value="([^"]+)"', page)
