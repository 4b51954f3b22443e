#!/usr/bin/env python3
"""A model server that misbehaves on request: what an OpenAI-compatible endpoint may do to a worker. Used by the worker tests.

    model_sink.py DIR [--until-eof]      (ends when standard input does)

DIR/port       the port, written once it listens on 127.0.0.1
DIR/log.jsonl  one object a request: {"test", "path", "headers": {lower case: value}, "body"}

The address says what it does: /TEST/STEP,STEP,…/v1/chat/completions. The n-th request of a TEST gets the n-th step, the last one ever after:
  say:CONTENT   a good answer with that content         raw:BODY     200 and that body
  NNN           that status       NNN@VALUE   with Retry-After        redirect   to another answer of its own
  hang   reads, never answers     drip   a byte of the body every 0.1 s          huge   5 MB       drop   closes unanswered
CONTENT and BODY are percent-encoded.
"""
import argparse, collections, http.server, json, os, signal, sys, threading, time, urllib.parse

lock = threading.Lock()
counts = collections.Counter()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        _, test, steps, *_ = self.path.split("/")
        line = {"test": test, "path": self.path, "body": body.decode("utf-8", "replace"),
                "headers": {name.lower(): value for name, value in self.headers.items()}}
        with lock:
            number = counts[test]
            counts[test] += 1
            with open(os.path.join(self.server.folder, "log.jsonl"), "a") as file:
                file.write(json.dumps(line) + "\n")
        steps = steps.split(",")
        word, _, argument = steps[min(number, len(steps) - 1)].partition(":")
        if word[0].isdigit():
            status, _, wait = word.partition("@")
            return self.answer(int(status), b'{"error":{"message":"no"}}', [("Retry-After", wait)] if wait else [])
        getattr(self, "do_" + word)(urllib.parse.unquote(argument))

    def answer(self, status, body, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_say(self, content):
        choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
        usage = {"prompt_tokens": 321, "completion_tokens": 12, "total_tokens": 333}
        self.answer(200, json.dumps({"object": "chat.completion", "choices": [choice], "usage": usage}).encode())

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


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("dir")
    parser.add_argument("--until-eof", action="store_true")
    options = parser.parse_args()
    if options.until_eof:
        threading.Thread(target=lambda: (os.read(0, 1), os._exit(0)), daemon=True).start()
    os.makedirs(options.dir, exist_ok=True)
    server = Server(("127.0.0.1", 0), Handler)
    server.folder = options.dir
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    port = os.path.join(options.dir, "port")
    with open(port + ".part", "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(port + ".part", port)
    server.serve_forever()
