#!/usr/bin/env python3
"""A real web server that misbehaves on request: a webhook's other end. Used by the Net and worker tests.

    http_sink.py DIR [--port 0] [--cert C --key K] [--until-eof]      (ends when standard input does)

DIR/port       the port, written once it listens on 127.0.0.1
DIR/log.jsonl  one object a request: {"method", "path", "headers": {lower case: value}, "body"}; of a body that is encoded its bytes too, as "raw"

Paths: /status/NNN   that status; ?retry-after=VALUE adds the header     /redirect   302 to /status/200; /redirect/301
       /huge         200 and 50 MB          /endless      200 and a body without end
       /slow         200 after 1 s          /hang         reads the request, never answers
       /after/N      200 after N seconds     /most/N    201, and 413 for a body of more than N bytes
       /drop         closes unanswered      /garbage      answers with what is not HTTP
       /cut          promises 100 bytes, sends 10, closes           /trickle  a byte of header every 0.1 s
       /headers      200 with 1 MB of headers   /gzip  a body that claims to be compressed
       /page         DIR/page as it is at that time; ?type=CONTENT-TYPE; its ETag is kept to: 304
"""
import argparse, base64, hashlib, http.server, json, os, signal, ssl, sys, threading, time, urllib.parse

log_lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        line = {"method": self.command, "path": self.path, "headers": headers, "body": body.decode("utf-8", "replace"),
                "peer": self.client_address[1]}
        if "content-encoding" in headers:
            line["raw"] = base64.b64encode(body).decode()
        with log_lock:
            with open(os.path.join(self.server.folder, "log.jsonl"), "a") as file:
                file.write(json.dumps(line) + "\n")
        self.length = len(body)
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        word, _, argument = url.path[1:].partition("/")
        getattr(self, "do_" + word, self.do_status)(argument or "200", query)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def answer(self, status, headers=(), body=b"seen"):
        self.send_response(int(status))
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data):
        self.close_connection = True
        self.wfile.write(data)
        self.wfile.flush()

    def do_status(self, status, query):
        self.answer(status, [("Retry-After", query["retry-after"])] if "retry-after" in query else [])

    def do_most(self, most, _):
        self.answer(413 if self.length > int(most) else 201)

    def do_redirect(self, status, _):
        self.answer(302 if status == "200" else status, [("Location", "/status/200")])

    def do_huge(self, *_):
        self.answer(200, body=b"x" * 50_000_000)

    def do_endless(self, *_):
        self.raw(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            self.wfile.write(b"y" * 65536)

    def do_slow(self, *_):
        time.sleep(1)
        self.answer(200)

    def do_after(self, seconds, _):
        time.sleep(int(seconds))
        self.answer(200)

    def do_hang(self, *_):
        time.sleep(600)

    def do_drop(self, *_):
        self.close_connection = True

    def do_garbage(self, *_):
        self.raw(b"no such thing\r\n\r\n")

    def do_cut(self, *_):
        self.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789")

    def do_trickle(self, *_):
        self.raw(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while True:
            self.raw(b"z")
            time.sleep(0.1)

    def do_headers(self, *_):
        self.raw(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-Many-%d: %s\r\n" % (n, b"h" * 1000) for n in range(1000)))
        self.raw(b"Content-Length: 0\r\n\r\n")

    def do_gzip(self, *_):
        self.answer(200, [("Content-Encoding", "gzip")], b"not gzip at all")

    def do_page(self, _, query):
        with open(os.path.join(self.server.folder, "page"), "rb") as file:
            body = file.read()
        tag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
        else:
            self.answer(200, [("ETag", tag), ("Content-Type", query.get("type", "text/html; charset=utf-8"))], body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 1024

    def handle_error(self, request, address):
        pass  # the client left, as it may


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("dir")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--until-eof", action="store_true")
    options = parser.parse_args()
    if options.until_eof:
        threading.Thread(target=lambda: (os.read(0, 1), os._exit(0)), daemon=True).start()
    os.makedirs(options.dir, exist_ok=True)
    server = Server(("127.0.0.1", options.port), Handler)
    server.folder = options.dir
    if options.cert:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.cert, options.key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    port = os.path.join(options.dir, "port")
    with open(port + ".part", "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(port + ".part", port)
    server.serve_forever()
