#!/usr/bin/env python3
"""A model server that misbehaves on request: what an OpenAI-compatible endpoint may do to a worker. Used by the worker tests.

    model_sink.py DIR [--until-eof]      (ends when standard input does)

DIR/port        the port, written once it listens on 127.0.0.1
DIR/log.jsonl   one object a request: {"test", "path", "headers": {lower case: value}, "body", "file", "bytes", "body_bytes"}
DIR/bytes/FILE  every byte of that request, as it came: request line, headers, body. What "left this server" is held against these.
DIR/free-TEST   lets the steps `hold` of that test go on, once the file is there
DIR/steps-TEST  steps, a line each, instead of the address's: for a site whose address is set once and whose tests want different things. Written
                anew, it begins with its first step; without it the address's hold again.

The address says what it does: /TEST/STEP,STEP,…/v1/chat/completions. The n-th request of a TEST gets the n-th step, the last one ever after (so a
single `calls` is a model that asks for tools without end):
  say:CONTENT   a good answer with that content         raw:BODY     200 and that body
  calls:JSON    an answer that calls tools: [{"name": …, "arguments": {…} or "text as it is", "content": …}, …]; each call has an id of its own
  wide:NAME     a call of that tool with a megabyte of arguments
  last:WORDS    says the words, then what the last message held: what a tool gave, what a person said
  hold:CONTENT  says that once DIR/free-TEST is there          slow:SECONDS@CONTENT   after so long
  empty         a good answer without content           broken       half of an answer                 error:TEXT   200 and an error object
  NNN           that status       NNN@VALUE   with Retry-After        redirect   to another answer of its own
  hang   reads, never answers     drip   a byte of the body every 0.1 s          huge   5 MB       drop   closes unanswered
CONTENT, BODY, JSON and TEXT are percent-encoded.
"""
import argparse, collections, http.server, itertools, json, os, signal, sys, threading, time, urllib.parse

lock = threading.Lock()
counts = collections.Counter()
files = itertools.count(1)


class Recorder:
    """A reader that keeps what it has read since it was last asked."""

    def __init__(self, file):
        self.file, self.taken = file, bytearray()

    def readline(self, *most):
        line = self.file.readline(*most)
        self.taken += line
        return line

    def read(self, *most):
        data = self.file.read(*most)
        self.taken += data
        return data

    def close(self):
        self.file.close()

    def take(self):
        taken, self.taken = bytes(self.taken), bytearray()
        return taken


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.rfile = Recorder(self.rfile)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        whole = self.rfile.take()
        _, self.test, steps, *_ = self.path.split("/")
        line = {"test": self.test, "path": self.path, "body": body.decode("utf-8", "replace"), "bytes": len(whole), "body_bytes": len(body),
                "headers": {name.lower(): value for name, value in self.headers.items()}}
        steps, script = self.steps(steps.split(","))
        with lock:
            number = counts[(self.test, script)]
            counts[(self.test, script)] += 1
            line["file"] = f"{next(files):06d}"
            with open(os.path.join(self.server.folder, "bytes", line["file"]), "wb") as file:
                file.write(whole)
            with open(os.path.join(self.server.folder, "log.jsonl"), "a") as file:
                file.write(json.dumps(line) + "\n")
        self.asked = body
        word, _, argument = steps[min(number, len(steps) - 1)].partition(":")
        if word[0].isdigit():
            status, _, wait = word.partition("@")
            return self.answer(int(status), b'{"error":{"message":"no"}}', [("Retry-After", wait)] if wait else [])
        getattr(self, "do_" + word)(urllib.parse.unquote(argument))

    def steps(self, usual):
        """What this test's requests are answered with, in turn, and what tells this script from the one before."""
        try:
            with open(os.path.join(self.server.folder, f"steps-{self.test}")) as file:
                return file.read().split(), os.stat(file.fileno()).st_mtime_ns
        except FileNotFoundError:
            return usual, None

    def answer(self, status, body, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def good(self, message, reason="stop"):
        choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": reason}
        usage = {"prompt_tokens": 321, "completion_tokens": 12, "total_tokens": 333}
        return json.dumps({"object": "chat.completion", "choices": [choice], "usage": usage}).encode()

    def do_say(self, content):
        self.answer(200, self.good({"content": content}))

    def do_calls(self, text):
        wanted, calls = json.loads(text), []
        for call in wanted:
            arguments = call.get("arguments", {})
            function = {"name": call["name"], "arguments": arguments if isinstance(arguments, str) else json.dumps(arguments)}
            with lock:
                counts["calls"] += 1
                calls.append({"id": f"call_{counts['calls']}", "type": "function", "function": function})
        content = next((call["content"] for call in wanted if "content" in call), None)
        self.answer(200, self.good({"content": content, "tool_calls": calls}, "tool_calls"))

    def do_wide(self, name):
        self.do_calls(json.dumps([{"name": name, "arguments": {"q": "a" * 1_000_000}}]))

    def do_last(self, words):
        content = json.loads(self.asked)["messages"][-1].get("content") or ""
        self.do_say(f"{words}{content}")

    def waited(self):
        """Until the test lets it go on."""
        while not os.path.exists(os.path.join(self.server.folder, f"free-{self.test}")):
            time.sleep(0.02)

    def do_hold(self, content):
        self.waited()
        self.do_say(content)

    def do_slow(self, argument):
        seconds, _, content = argument.partition("@")
        time.sleep(float(seconds))
        self.do_say(content)

    def do_empty(self, _):
        self.do_say("")

    def do_broken(self, _):
        self.answer(200, self.good({"content": "Half of an answer"})[:-40])

    def do_error(self, text):
        self.answer(200, json.dumps({"error": {"message": text, "type": "server_error"}}).encode())

    def do_raw(self, body):
        self.answer(200, body.encode())

    def do_redirect(self, _):
        self.answer(307, b"", [("Location", "/elsewhere/say:no/v1/chat/completions")])

    def do_hang(self, _):
        time.sleep(600)

    def do_drip(self, _):
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.1)

    def do_huge(self, _):
        self.answer(200, b" " * 5_000_000)

    def do_drop(self, _):
        self.close_connection = True

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 1024

    def handle_error(self, request, address):
        pass  # the client left, as it may


def serve(handler):
    """Serves on a free port, until standard input ends where that is wanted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("dir")
    parser.add_argument("--until-eof", action="store_true")
    options = parser.parse_args()
    if options.until_eof:
        threading.Thread(target=lambda: (os.read(0, 1), os._exit(0)), daemon=True).start()
    os.makedirs(os.path.join(options.dir, "bytes"), exist_ok=True)
    server = Server(("127.0.0.1", 0), handler)
    server.folder = options.dir
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    port = os.path.join(options.dir, "port")
    with open(port + ".part", "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(port + ".part", port)
    server.serve_forever()


if __name__ == "__main__":
    serve(Handler)
