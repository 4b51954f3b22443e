#!/usr/bin/env python3
"""Opens what http_sink.py was pushed, by other people's implementations of RFC 8291 and 8292.

    push_open.py LOG.jsonl PRIVATE AUTH      (the browser's private key and secret, in base64url)

Prints an object a line: {"path", "ttl", "urgency", "topic", "length": bytes of the body, "message": what was encrypted, "claims": what was signed,
"key": by whom}; or {"error"} for what does not open or is not signed by the key it names."""
import base64, json, sys

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02


def bytes_of(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def open_one(line, private, auth):
    headers, body = line["headers"], base64.b64decode(line["raw"])
    plain = http_ece.decrypt(body, private_key=private, auth_secret=auth, version="aes128gcm")
    scheme, _, rest = headers["authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    signed, _, signature = parts["t"].rpartition(".")
    if scheme != "vapid" or not Vapid02.from_raw_public(parts["k"].encode()).verify_token(signed.encode(), signature):
        raise ValueError("not signed by this key")
    claims = json.loads(bytes_of(signed.split(".")[1]))
    return {"path": line["path"], "ttl": headers["ttl"], "urgency": headers["urgency"], "topic": headers["topic"], "length": len(body),
            "message": json.loads(plain), "claims": claims, "key": parts["k"]}


log, private, auth = sys.argv[1:]
key = ec.derive_private_key(int.from_bytes(bytes_of(private), "big"), ec.SECP256R1())
with open(log) as file:
    for line in file:
        try:
            print(json.dumps(open_one(json.loads(line), key, bytes_of(auth)), ensure_ascii=False))
        except Exception as error:
            print(json.dumps({"error": repr(error)}))
