#!/usr/bin/env python3
"""A stand-in for Twilio's Messages API, written from its documents: what it takes, what it refuses, how it signs. Used by the tests of SMS.

    twilio_sink.py DIR [--port 0] [--until-eof]      (ends when standard input does)
    twilio_sink.py --sign URL TOKEN FIELDS           (prints X-Twilio-Signature; FIELDS is a JSON object)

DIR/port       the port, written once it listens on 127.0.0.1
DIR/log.jsonl  one object a message that was posted: {"to", "from", "service", "body", "callback", "sid", "status"}
DIR/control    what becomes of messages from now on: nothing or 201; 21610 and other error codes of Twilio: 400 with that;
               429 (with Retry-After: 600), 500, 503, 302: that status; drop: taken, and closed unanswered; hang: taken, never answered

https://www.twilio.com/docs/messaging/api/message-resource, https://www.twilio.com/docs/usage/security
"""
import argparse, base64, hashlib, hmac, http.server, json, os, re, secrets, signal, sys, threading, time, urllib.parse

ACCOUNT, TOKEN = "AC00000000000000000000000000000001", "a token of the tests"
ERRORS = {"21211": "Invalid 'To' Phone Number", "21602": "Message body is required", "21603": "'From' phone number is required",
          "21610": "Attempt to send to unsubscribed recipient", "21614": "'To' number is not a valid mobile number",
          "21617": "The concatenated message body exceeds the 1600 character limit"}
log_lock = threading.Lock()


def signature(url, token, fields):
    """The address, then all fields in the order of their names, each name with its value; HMAC-SHA1 of it, in base64."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, value, headers=()):
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers:
            self.send_header(name, text)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, code, message, headers=()):
        self.answer(status, {"code": int(code), "message": message, "more_info": f"https://www.twilio.com/docs/errors/{code}", "status": status},
                    headers)

    def is_signed_in(self):
        given = self.headers.get("Authorization") or ""
        return given == "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()

    def do_GET(self):
        if not self.is_signed_in():
            return self.refuse(401, 20003, "Authenticate")
        if self.path != f"/2010-04-01/Accounts/{ACCOUNT}.json":
            return self.refuse(404, 20404, "The requested resource was not found")
        self.answer(200, {"sid": ACCOUNT, "status": "active"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if not self.is_signed_in():
            return self.refuse(401, 20003, "Authenticate")
        if self.path != f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json":
            return self.refuse(404, 20404, "The requested resource was not found")
        if self.headers.get("Content-Type") != "application/x-www-form-urlencoded":
            return self.refuse(400, 20001, "Unsupported content type")
        fields = dict(urllib.parse.parse_qsl(body, keep_blank_values=True, strict_parsing=True))
        try:
            with open(os.path.join(self.server.folder, "control")) as file:
                word = file.read().strip()
        except FileNotFoundError:
            word = ""
        sid = "SM" + secrets.token_hex(16)
        line = {"to": fields.get("To"), "from": fields.get("From"), "service": fields.get("MessagingServiceSid"), "body": fields.get("Body"),
                "callback": fields.get("StatusCallback"), "sid": sid, "status": word or "201"}
        with log_lock:
            with open(os.path.join(self.server.folder, "log.jsonl"), "a") as file:
                file.write(json.dumps(line) + "\n")
        if word == "drop":
            self.close_connection = True
            return
        if word == "hang":
            time.sleep(600)
        wrong = self.wrong(fields)
        if word in ERRORS or wrong:
            code = wrong or word
            return self.refuse(400, code, ERRORS[code])
        if word in ("429", "500", "503", "302"):
            return self.refuse(int(word), 20429 if word == "429" else 20500, "Not now", [("Retry-After", "600")] if word == "429" else ())
        self.answer(201, {"sid": sid, "status": "queued", "to": fields["To"], "from": fields.get("From"), "body": fields["Body"],
                          "num_segments": "1", "error_code": None, "error_message": None, "account_sid": ACCOUNT})

    @staticmethod
    def wrong(fields):
        if not re.fullmatch(r"\+[1-9][0-9]{7,14}", fields.get("To", "")):
            return "21211"
        if not fields.get("From") and not fields.get("MessagingServiceSid"):
            return "21603"
        if not fields.get("Body"):
            return "21602"
        return "21617" if len(fields["Body"]) > 1600 else None

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 1024

    def handle_error(self, request, address):
        pass  # the client left, as it may


if __name__ == "__main__":
    if sys.argv[1:2] == ["--sign"]:
        print(signature(sys.argv[2], sys.argv[3], json.loads(sys.argv[4])), end="")
        sys.exit(0)
    parser = argparse.ArgumentParser()
    parser.add_argument("dir")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--until-eof", action="store_true")
    options = parser.parse_args()
    if options.until_eof:
        threading.Thread(target=lambda: (os.read(0, 1), os._exit(0)), daemon=True).start()
    os.makedirs(options.dir, exist_ok=True)
    server = Server(("127.0.0.1", options.port), Handler)
    server.folder = options.dir
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    port = os.path.join(options.dir, "port")
    with open(port + ".part", "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(port + ".part", port)
    server.serve_forever()
