#!/usr/bin/env python3
"""Verifies what http_sink.py was posted last, by the implementation of those who wrote Standard Webhooks.

    webhook_verify.py LOG.jsonl NOW SECRET...      (NOW in seconds: what the clock of the site says)

Prints for each secret `yes` where it takes the message, else `no`."""
import datetime, json, sys

from standardwebhooks import webhooks

log, now, *secrets = sys.argv[1:]


class Clock(datetime.datetime):
    """Tests have a time of their own; how old a message may be is the verifier's business."""

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(float(now), tz)


def takes(secret, line):
    try:
        webhooks.Webhook(secret).verify(line["body"], line["headers"])
    except webhooks.WebhookVerificationError:
        return False
    return True


webhooks.datetime = Clock
with open(log) as file:
    last = json.loads(file.readlines()[-1])
print(" ".join("yes" if takes(secret, last) else "no" for secret in secrets))
