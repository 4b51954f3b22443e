"""Every answer that a stranger can provoke, whoever makes it, sent byte by byte: the headers of the site map, `Allow` where a method is refused,
and nothing that a cache between may keep."""
import contextlib
import http.client
import socket

import pytest

from heed_front import NAME
from test_nginx import check_headers
from test_production import check_strict_headers


FORM = "Content-Type: application/x-www-form-urlencoded"
STATIC, HASHED = "/static/heed.css", "/static/0123456789abcdef/heed.css"
# More parameters than a responder takes, and not more headers than nginx does.
MANY = "\r\n".join(f"N{number}:" for number in range(992))
# The request line, more header lines, the body; the status; the methods that a refused one is told.
WALK = [
    ("GARBAGE", "", b"", 400, None),
    ("GET / HTTP/1.1", "Host", b"", 400, None),
    ("GET / HTTP/1.1", "Host: {host}\r\nHost: {host}", b"", 400, None),
    ("GET /%zz HTTP/1.1", "Host: {host}", b"", 400, None),
    ("GET /%00 HTTP/1.1", "Host: {host}", b"", 400, None),
    ("GET / HTTP/1.1", "Host: {host}\r\nCookie: " + "x" * 9_000, b"", 400, None),
    ("GET / HTTP/1.1", "Host: {host}\r\n" + "\r\n".join(f"X-{number}: {'x' * 7_000}" for number in range(6)), b"", 400, None),
    ("GET /healthz HTTP/1.1", "Host: {host}\r\nOrigin: a\r\nOrigin: b", b"", 400, None),
    ("POST /sign-in HTTP/1.1", "Host: {host}\r\nAuthorization: a\r\nAuthorization: b\r\n" + FORM + "\r\nContent-Length: 3", b"a=b", 400, None),
    ("GET /sign-in HTTP/1.1", "Host: {host}\r\n" + MANY, b"", 431, None),
    ("HEAD /sign-in HTTP/1.1", "Host: {host}\r\n" + MANY, b"", 431, None),
    ("POST / HTTP/1.1", "Host: {host}\r\nContent-Length: x", b"", 400, None),
    ("POST /sign-in HTTP/1.1", "Host: {host}\r\nTransfer-Encoding: chunked\r\n" + FORM, b"zz\r\n", 400, None),
    ("GET /nowhere HTTP/1.1", "Host: {host}", b"", 404, None),
    ("GET /static/missing.css HTTP/1.1", "Host: {host}", b"", 404, None),
    ("GET /static/ HTTP/1.1", "Host: {host}", b"", 404, None),
    ("GET /heed-error/500.html HTTP/1.1", "Host: {host}", b"", 404, None),
    # nginx refuses these two before it knows what the address takes.
    ("TRACE / HTTP/1.1", "Host: {host}", b"", 405, {"GET", "HEAD", "POST"}),
    ("TRACE " + STATIC + " HTTP/1.1", "Host: {host}", b"", 405, {"GET", "HEAD"}),
    ("CONNECT {host}:443 HTTP/1.1", "Host: {host}", b"", 400, None),
    ("CONNECT / HTTP/1.1", "Host: {host}", b"", 405, {"GET", "HEAD", "POST"}),
    *((f"{method} {path} HTTP/1.1", "Host: {host}\r\nContent-Length: 1", b"x", 405, {"GET", "HEAD"})
      for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] for path in [STATIC, HASHED, "/favicon.ico", "/worker.js", "/readyz"]),
    ("GET /sign-out HTTP/1.1", "Host: {host}", b"", 405, {"POST"}),
    ("PROPFIND /sign-in HTTP/1.1", "Host: {host}", b"", 405, {"GET", "HEAD", "POST"}),
    ("GET " + STATIC + " HTTP/1.1", "Host: {host}\r\nIf-Unmodified-Since: Mon, 01 Jan 2001 00:00:00 GMT", b"", 412, None),
    ("GET " + HASHED + " HTTP/1.1", 'Host: {host}\r\nIf-Match: "other"', b"", 412, None),
    ("POST /sign-in HTTP/1.1", "Host: {host}\r\n" + FORM + "\r\nContent-Length: 9000000", b"", 413, None),
    ("GET /" + "a" * 9_000 + " HTTP/1.1", "Host: {host}", b"", 414, None),
    ("POST /sign-in HTTP/1.1", "Host: {host}\r\nContent-Type: application/json\r\nContent-Length: 2", b"{}", 415, None),
    ("POST /sign-in HTTP/1.1", "Host: {host}\r\nExpect: 200-ok\r\nContent-Length: 0", b"", 403, None),
    ("POST /sign-in HTTP/1.1", "Host: {host}\r\nTransfer-Encoding: gzip", b"", 501, None),
    ("GET / HTTP/3.0", "Host: {host}", b"", 505, None),
    ("GET / HTTP/1.1", "Host: {host}", b"", 303, None),
    ("POST / HTTP/1.0", "Host: {host}", b"", 405, {"GET", "HEAD"}),
]
NAMES = [f"{line[:30]} {more[-20:].splitlines()[-1] if more else ''} {status}" for line, more, _, status, _ in WALK]


def send(link, line, more, body, host):
    """One request as it stands here: (status, headers)."""
    head = "\r\n".join([line, *filter(None, [more]), "Connection: close", "", ""]).replace("{host}", host)
    # nginx may answer and close before it has read everything.
    with contextlib.suppress(ConnectionError):
        link.sendall(head.encode() + body)
    with link.makefile("rb") as stream:
        first = stream.readline()
        assert first.startswith(b"HTTP/1.1 "), first
        return int(first.split()[1]), http.client.parse_headers(stream)


def check(answer, status, allowed, headers_are_right):
    got, headers = answer
    assert got == status
    headers_are_right(headers)
    if status != 404 or not headers["Cache-Control"].startswith("public"):
        assert headers.get_all("Cache-Control") == ["no-store"]
    assert len(headers.get_all("Content-Type", [])) <= 1
    if allowed is None:
        assert headers["Allow"] is None
    else:
        [told] = headers.get_all("Allow")
        assert set(told.split(", ")) == allowed


@pytest.mark.parametrize("line, more, body, status, allowed", WALK, ids=NAMES)
def test_a_development_site_answers_with_all_headers(dev, line, more, body, status, allowed):
    with socket.create_connection(("127.0.0.1", dev.port), timeout=60) as link:
        check(send(link, line, more, body, "127.0.0.1"), status, allowed, check_headers)


@pytest.mark.parametrize("line, more, body, status, allowed", WALK, ids=NAMES)
def test_a_production_site_answers_with_all_headers(front, line, more, body, status, allowed):
    with front.connect() as link:
        check(send(link, line, more, body, NAME), status, allowed, check_strict_headers)


@pytest.mark.parametrize("method, path, status, allowed", [
    ("GET", "/a?b=c", 307, None), ("POST", "/sign-in", 307, None), ("GET", "/static/heed.css", 307, None), ("GET", "/healthz", 200, None),
    ("GET", "/readyz", 200, None), ("TRACE", "/", 405, {"GET", "HEAD", "POST"}), ("POST", "/readyz", 405, {"GET", "HEAD"}),
])
def test_another_name_of_a_development_site_does_too(dev, method, path, status, allowed):
    with socket.create_connection(("127.0.0.1", dev.port), timeout=60) as link:
        check(send(link, f"{method} {path} HTTP/1.1", "Host: other.example\r\nContent-Length: 0", b"", ""), status, allowed, check_headers)


@pytest.mark.parametrize("line, more, status, allowed", [
    ("GET / HTTP/1.1", "Host: other.example", 421, None), ("TRACE / HTTP/1.1", "Host: other.example", 405, {"GET", "HEAD", "POST"}),
])
def test_another_name_of_a_production_site_does_too(front, line, more, status, allowed):
    with front.connect() as link:
        check(send(link, line, more, b"", ""), status, allowed, check_strict_headers)


@pytest.mark.parametrize("line, status, allowed", [
    ("GET /a?b=c HTTP/1.1", 308, None), ("POST / HTTP/1.1", 308, None), ("TRACE / HTTP/1.1", 405, {"GET", "HEAD", "POST"}),
    ("GET / HTTP/3.0", 505, None), ("GARBAGE", 400, None),
])
def test_and_its_plain_http(front, line, status, allowed):
    with socket.create_connection(("127.0.0.1", front.plain), timeout=60) as link:
        check(send(link, line, f"Host: {NAME}", b"", ""), status, allowed, check_headers)


def test_and_all_of_them_without_the_program(front, no_program):
    for method in ["GET", "HEAD", "POST", "OPTIONS"]:
        with front.connect() as link:
            check(send(link, f"{method} /sign-in HTTP/1.1", f"Host: {NAME}\r\nContent-Length: 0", b"", ""), 503, None, check_strict_headers)


def test_a_file_that_the_browser_has_keeps_its_headers(dev):
    etag = dev.request("GET", STATIC)[1]["ETag"]
    status, headers, _ = dev.request("GET", STATIC, {"If-None-Match": etag})
    assert status == 304
    check_headers(headers)
