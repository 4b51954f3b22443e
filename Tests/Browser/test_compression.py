"""Pages are compressed for those who ask, and how long they are then tells nothing about the secrets on them (BREACH)."""
import contextlib
import email
import email.policy
import gzip
import http.client
import math
import random
import re
import statistics
import urllib.parse
import zlib

import pytest

from heed_desk import Desk
from heed_dev import until

FIELD = re.compile(rb'name="csrf" value="([0-9a-f]{64})"')
REMARK = re.compile(rb"<!--[0-9a-f]{,255}-->$")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def site():
    """Its clock stands still: lists say how long ago something was, and the demo account's reminders ring."""
    with Desk("--responders", "1") as site:
        yield site


@pytest.fixture(scope="module")
def member(site):
    """The `Cookie` header of the demo account."""
    _, headers, body = site.request("GET", "/sign-in")
    fields = {"csrf": FIELD.search(body)[1].decode(), "email": "demo@heed.example", "password": "heed the demo"}
    door = headers["Set-Cookie"].split(";")[0]
    status, headers, _ = site.request("POST", "/sign-in", {"Cookie": door, "Content-Type": FORM}, urllib.parse.urlencode(fields))
    assert status == 303
    return headers["Set-Cookie"].split(";")[0]


def token(body):
    """What the field stands for, and stands for again in each rendering."""
    digits = FIELD.search(body)[1].decode()
    return f"{int(digits[:32], 16) ^ int(digits[32:], 16):032x}"


def test_pages_are_compressed_for_who_asks(site, member):
    plain, headers, whole = site.request("GET", "/reminders", {"Cookie": member})
    assert plain == 200 and headers["Content-Encoding"] is None and headers.get_all("Vary") == ["Accept-Encoding"]
    tag = headers["ETag"]
    status, headers, body = site.request("GET", "/reminders", {"Cookie": member, "Accept-Encoding": "gzip, br"})
    assert status == 200 and headers["Content-Encoding"] == "gzip" and headers.get_all("Vary") == ["Accept-Encoding"]
    assert headers["ETag"] == tag and tag.startswith('W/"') and headers.get_all("Cache-Control") == ["private, no-cache"]
    assert len(body) < len(whole) / 3 and token(gzip.decompress(body)) == token(whole)
    for refusal in ["gzip;q=0", "identity", "br"]:
        assert site.request("GET", "/reminders", {"Cookie": member, "Accept-Encoding": refusal})[1]["Content-Encoding"] is None


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_what_has_no_body_says_what_the_page_would(site, member, coding):
    ask = {"Cookie": member, "Accept-Encoding": coding}
    tag = site.request("GET", "/reminders", ask)[1]["ETag"]
    status, headers, body = site.request("GET", "/reminders", {**ask, "If-None-Match": tag})
    assert (status, body, headers["ETag"], headers.get_all("Vary")) == (304, b"", tag, ["Accept-Encoding"])
    assert headers["Content-Encoding"] is None
    status, headers, body = site.request("HEAD", "/reminders", ask)
    assert (status, body, headers["ETag"], headers.get_all("Vary")) == (200, b"", tag, ["Accept-Encoding"])
    # No part of a page that is never the same twice.
    status, headers, body = site.request("GET", "/reminders", {**ask, "Range": "bytes=0-99"})
    assert status == 200 and len(body) > 100


@pytest.mark.parametrize("path", ["/nowhere", "/reminders/0198c0de-0000-7000-8000-000000000000"])
def test_what_is_not_there_is_the_same_to_the_byte_compressed_or_not(site, member, path):
    answers = {site.request("GET", path, {"Cookie": member, "Accept-Encoding": coding})[2] for coding in ["identity", "gzip"] * 3}
    pages = {gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body for body in answers}
    assert len(pages) == 1 and len(answers) <= 2 and not FIELD.search(pages.pop())


def test_a_page_behind_a_signed_link_is_not_compressed(site, member):
    """The token in its address stands on it too, and nothing masks that."""
    _, headers, body = site.request("GET", "/password/forgotten")
    fields = urllib.parse.urlencode({"csrf": FIELD.search(body)[1].decode(), "email": "demo@heed.example"})
    door = headers["Set-Cookie"].split(";")[0]
    assert site.request("POST", "/password/forgotten", {"Cookie": door, "Content-Type": FORM}, fields)[0] == 200

    def link():
        mails = (email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in (site.state / "mail" / "new").iterdir())
        found = (re.search(r"/password/reset/[\w-]+", mail.get_body(("plain",)).get_content()) for mail in mails)
        return next((match[0] for match in found if match), None)

    path = until(link, "the mail")
    status, headers, body = site.request("GET", path, {"Accept-Encoding": "gzip"})
    assert status == 200 and headers["Content-Encoding"] is None and len(body) > 1024 and FIELD.search(body)


def test_the_first_view_fits_into_60_kilobytes(site, member):
    ask = {"Cookie": member, "Accept-Encoding": "gzip"}
    _, _, packed = site.request("GET", "/reminders", ask)
    page = gzip.decompress(packed).decode()
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
    assert len(files) == 5  # sheet, script, drawings, mark, manifest
    sizes = {path: len(site.request("GET", path, ask)[2]) for path in files}
    assert len(packed) + sum(sizes.values()) <= 60_000, sizes


def test_a_list_of_50_rows_has_55_kilobytes_and_10_on_the_wire(site, member):
    dice = random.Random(7)
    verbs = "Renew Call Pay Water Book Check Send Return Repair Order Collect Cancel Read Review Clean".split()
    things = ("the TLS certificate|Dr. Moreira about the results|the rent|the ferns in the hall|a table for six|the smoke alarm upstairs|the invoice "
              "to Lopes & Filhos|the books to the library|the bicycle|printer paper|the parcel|the gym|chapter nine|the garage").split("|")
    page = gzip.decompress(site.request("GET", "/reminders/new", {"Cookie": member, "Accept-Encoding": "gzip"})[2])
    csrf = FIELD.search(page)[1].decode()
    for number in range(60):
        fields = {
            "csrf": csrf, "title": f"{dice.choice(verbs)} {dice.choice(things)}", "importance": dice.choice(["low", "medium", "high", "critical"]),
            "schedule": "interval", "every_minutes": str(dice.randrange(30, 40_000))}
        assert site.request("POST", "/reminders", {"Cookie": member, "Content-Type": FORM}, urllib.parse.urlencode(fields))[0] == 303
    packed = site.request("GET", "/reminders", {"Cookie": member, "Accept-Encoding": "gzip"})[2]
    page = gzip.decompress(packed)
    assert page.count(b'<li class="row"') == 50
    print(f"50 rows: {len(page)} bytes, {len(packed)} compressed")
    assert len(page) <= 55_000 and len(packed) <= 10_000, (len(page), len(packed))


# ---- BREACH ------------------------------------------------------------------------------------------------------------


def unmasked(page, true):
    """The page as it would be without a mask and without the remark of random length at its end: the token as it is."""
    assert REMARK.search(page)
    return REMARK.sub(b"", FIELD.sub(b'name="csrf" value="' + b"0" * 32 + true.encode() + b'"', page))


def difference(right, wrong):
    """Welch's t of two samples: beyond 5 is no chance."""
    spread = statistics.variance(right) / len(right) + statistics.variance(wrong) / len(wrong)
    apart = statistics.mean(wrong) - statistics.mean(right)
    return apart / math.sqrt(spread) if spread else math.inf if apart else 0


@pytest.mark.parametrize("path, is_member", [("/reminders?q=", True), ("/sign-in?next=/reminders%3Fq%3D", False)])
def test_a_thousand_guesses_of_a_token_do_not_show_in_the_length(site, member, path, is_member):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)) as link:
        def length(guess):
            """As it came, and as it would have come without the mask."""
            link.request("GET", path + guess, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
            answer = link.getresponse()
            packed = answer.read()
            assert answer.status == 200 and answer.headers["Content-Encoding"] == "gzip"
            page = gzip.decompress(packed)
            assert guess.encode() in page and token(page) == true
            return len(packed), len(zlib.compress(unmasked(page, true), 5))

        _, headers, page = site.request("GET", path, {"Cookie": member} if is_member else {})
        true = token(page)
        cookie = member if is_member else headers["Set-Cookie"].split(";")[0]
        dice = random.Random(1)
        right, wrong = [], []
        for _ in range(500):
            right.append(length(true[:16]))
            # The same digits in another order: alike in everything but being right.
            wrong.append(length("".join(dice.sample(true[:16], 16))))
    assert abs(difference([masked for masked, _ in right], [masked for masked, _ in wrong])) < 5
    # This test would see a token without a mask.
    assert difference([bare for _, bare in right], [bare for _, bare in wrong]) > 5
