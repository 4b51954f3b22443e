#!/usr/bin/env python3
"""An embeddings server that misbehaves on request: what an OpenAI-compatible endpoint may answer to texts. Used by the worker and browser tests.

    embed_sink.py DIR [--until-eof]      (DIR as in model_sink.py: port, log.jsonl, bytes/)

The address says what it does: /TEST/STEP,STEP,…/v1/embeddings, a step a request, the last one ever after:
  ok        a vector for each text, in order            shuffled   in another order, with the right `index` each
  missing   all but the last                            twice      the first `index` again in place of the last
  wrong     a part too few in the last vector           nan, inf, zero, words   in place of the last vector's parts
  empty     no vector at all      broken   half of an answer       raw:BODY   200 and that body, percent-encoded
  giant     100 MB of blanks, as fast as they are taken            slow:SECONDS   a good answer after so long
  refuse:WORD[@NNN]   that status (else 400) where a text holds the word, like a server that takes no text so long; else a good answer
  NNN, NNN@VALUE, redirect, hang, drip, drop, hold   as in model_sink.py

The dimension is the number at the end of the model's name (`bag-1536`), else 384. A vector is the sum of what a hash makes of each word, so texts that
share words are near and what is near to what is known beforehand; words of one row of MEANINGS are the same word, in both languages. As with real
models all of them point one way besides (cosines of strangers near 0.7). `query: ` and `passage: ` before a text are no words of it.
"""
import base64, functools, hashlib, json, math, re, struct, time, unicodedata

import model_sink

MEANINGS = [
    "car automobile vehicle carro veiculo", "doctor physician medico medica", "dentist dentista tooth teeth dente", "kitchen cozinha stove fogao",
    "money cash dinheiro salary salario", "holiday vacation ferias trip viagem", "dog puppy cachorro cao", "buy purchase comprar", "house home casa",
    "meeting reuniao appointment", "book livro novel romance", "water agua leak vazamento drips pinga", "bill invoice conta fatura",
]
SAME = {word: row.split()[0] for row in MEANINGS for word in row.split()}
PREFIX = re.compile(r"^(query|passage): ")


def words(text):
    plain = unicodedata.normalize("NFKD", PREFIX.sub("", text)).casefold()
    found = re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
    return [SAME.get(word, word) for word in dict.fromkeys(found)]


@functools.lru_cache(100_000)
def parts(word, dimension):
    return [(byte - 127.5) / 74 for byte in hashlib.shake_128(word.encode()).digest(dimension)]


def embedding(text, dimension):
    """The unit vector of a text: 0.85 of its length the way of all, the rest by its words."""
    found = words(text)
    rows = [parts(word, dimension) for word in found] or [parts("", dimension)]
    own = [sum(column) for column in zip(*rows)] if len(rows) > 1 else rows[0]
    length = math.sqrt(sum(part * part for part in own)) or 1
    common = parts("the way of all", dimension)
    whole = math.sqrt(sum(part * part for part in common))
    mixed = [0.527 * part / length + 0.85 * shared / whole for part, shared in zip(own, common)]
    length = math.sqrt(sum(part * part for part in mixed))
    return [part / length for part in mixed]


class Handler(model_sink.Handler):
    def vectors(self):
        """What was asked for: (texts, dimension)."""
        asked = json.loads(self.asked)
        texts = asked["input"] if isinstance(asked["input"], list) else [asked["input"]]
        number = re.search(r"(\d+)$", asked.get("model", ""))
        dimension = int(asked.get("dimensions") or (number[1] if number and int(number[1]) >= 8 else 384))
        return [embedding(text, dimension) for text in texts]

    def rows(self):
        is_packed = json.loads(self.asked).get("encoding_format") == "base64"
        return [{"object": "embedding", "index": index, "embedding":
                 base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode() if is_packed else [round(part, 7) for part in vector]}
                for index, vector in enumerate(self.vectors())]

    def give(self, rows):
        size = len(self.asked) // 4
        return json.dumps({"object": "list", "data": rows, "model": json.loads(self.asked).get("model"),
                           "usage": {"prompt_tokens": size, "total_tokens": size}}).encode()

    def spoilt(self, change):
        """The last vector's parts, changed. JSON has no words for what is no number: these are Python's, which some servers send."""
        rows = self.rows()
        vector = rows[-1]["embedding"] if isinstance(rows[-1]["embedding"], list) else self.vectors()[-1]
        rows[-1]["embedding"] = change(vector)
        self.answer(200, self.give(rows))

    def do_ok(self, _):
        self.answer(200, self.give(self.rows()))

    def do_shuffled(self, _):
        rows = self.rows()
        self.answer(200, self.give(rows[1::2] + rows[0::2][::-1]))

    def do_missing(self, _):
        self.answer(200, self.give(self.rows()[:-1]))

    def do_twice(self, _):
        rows = self.rows()
        rows[-1]["index"] = 0
        self.answer(200, self.give(rows))

    def do_wrong(self, _):
        self.spoilt(lambda vector: vector[:-1])

    def do_nan(self, _):
        self.spoilt(lambda vector: [float("nan"), *vector[1:]])

    def do_inf(self, _):
        self.spoilt(lambda vector: [float("inf"), *vector[1:]])

    def do_zero(self, _):
        self.spoilt(lambda vector: [0.0] * len(vector))

    def do_words(self, _):
        self.spoilt(lambda vector: ["0.1"] * len(vector))

    def do_empty(self, _):
        self.answer(200, self.give([]))

    def do_broken(self, _):
        self.answer(200, self.give(self.rows())[:-60])

    def do_refuse(self, argument):
        word, _, status = argument.partition("@")
        asked = json.loads(self.asked)["input"]
        if any(word in text for text in (asked if isinstance(asked, list) else [asked])):
            return self.answer(int(status or 400), b'{"error":{"message":"too long"}}')
        self.do_ok("")

    def do_slow(self, seconds):
        time.sleep(float(seconds))
        self.do_ok("")

    def do_hold(self, _):
        self.waited()
        self.do_ok("")

    def do_giant(self, _):
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(100_000_000))
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b" " * 1_000_000)


if __name__ == "__main__":
    model_sink.serve(Handler)
