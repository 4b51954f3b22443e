"""The limits of `nginx/heed.conf`: how many requests a second and how many at once an address may have."""
import contextlib
import http.client
import itertools
import socket
import threading

import pytest

from heed_dev import until
from heed_front import NAME, Front
from test_production import check_strict_headers

BURST, AT_ONCE = 80, 40
FILE = "/static/manifest.webmanifest"


@pytest.fixture(scope="module")
def proxied(secure):
    """The same behind another proxy, whose address the file names where it says so."""
    front = Front(secure.home / "run" / "heed.sock", secure.env.get("HEED_USER", ""))
    # A rate at which nothing comes back while a test runs, so that how many pass is known on any machine.
    front.more = [("rate=20r/s", "rate=1r/m"), ("# set_real_ip_from 10.0.0.5;", "set_real_ip_from 127.0.0.0/8;"), ("# real_ip_header X-F", "real_ip_header X-F")]
    yield front.start()
    front.remove()


def hurry(front, requests, paths=(FILE,)):
    """Sends all at once on one connection, so that even a slow machine asks faster than the limit: [(status, headers)]."""
    lines = "".join(f"HEAD {path} HTTP/1.1\r\nHost: {NAME}\r\n{more}\r\n" for more, path in zip(requests, itertools.cycle(paths)))
    with front.connect() as link:
        # Not from a second thread: Python's TLS may not write while it reads. The kernel keeps far more than this, so nobody waits for the other.
        assert len(lines) < 60_000
        link.sendall(lines.encode())
        answers = []
        with link.makefile("rb") as stream:
            for _ in requests:
                status = int(stream.readline().split()[1])
                answers.append((status, http.client.parse_headers(stream)))
    return answers


def check_refusal(headers):
    check_strict_headers(headers)
    assert headers["Retry-After"] == "2" and headers.get_all("Cache-Control") == ["no-store"]


def test_a_burst_passes(front):
    assert {status for status, _ in hurry(front, [""] * BURST)} == {200}


def test_more_than_the_burst_is_told_to_wait(front):
    answers = hurry(front, [""] * 400)
    refused = [headers for status, headers in answers if status == 429]
    assert refused and {status for status, _ in answers} == {200, 429}
    assert len(answers) - len(refused) > BURST
    for headers in refused:
        check_refusal(headers)
    # One stranger's hurry is nobody else's.
    assert front.request("GET", "/sign-up")[0] == 200


@contextlib.contextmanager
def slow_program(path):
    """A program that takes requests and never answers: the list of those that it holds."""
    held = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        path.chmod(0o666)
        listener.listen(128)

        def take():
            with contextlib.suppress(OSError):
                while True:
                    held.append(listener.accept()[0])

        taker = threading.Thread(target=take)
        taker.start()
        try:
            yield held
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            taker.join()
            for link in held:
                link.close()


@pytest.mark.parametrize("language, words", [("en", b"A little slower"), ("pt-BR,pt;q=0.9", b"Um pouco mais devagar")])
def test_more_at_once_than_a_household_needs_are_told_to_wait(front, no_program, language, words):
    address = next(front.addresses)
    with slow_program(no_program) as held, contextlib.ExitStack() as links:
        for _ in range(AT_ONCE):
            link = links.enter_context(front.connect(address=address))
            link.sendall(f"GET /sign-up HTTP/1.1\r\nHost: {NAME}\r\n\r\n".encode())
        until(lambda: len(held) == AT_ONCE, "all that is allowed")
        for path in ["/sign-up", FILE]:
            status, headers, body = front.request("GET", path, {"Accept-Language": language}, address=address)
            assert status == 429 and words in body
            check_refusal(headers)
        assert len(held) == AT_ONCE
        # Another address is served.
        assert front.request("GET", FILE)[0] == 200
    # And this one again, as soon as it has let go.
    until(lambda: front.request("GET", FILE, address=address)[0] == 200, "the end of the waiting ones")


def test_open_connections_that_ask_nothing_do_not_count(front):
    address = next(front.addresses)
    with contextlib.ExitStack() as links:
        for _ in range(AT_ONCE + 5):
            links.enter_context(front.connect(address=address))
        assert front.request("GET", FILE, address=address)[0] == 200


def forwarded(addresses):
    return [f"X-Forwarded-For: {address}\r\n" for address in addresses]


@pytest.mark.parametrize("addresses", [
    ("2001:db8:1:2:%x::1", "2001:db8:1:2:0:0:%x:5"), ("2001:db8::%x:1", "2001:db8:0:0:a:%x:0:1"), ("2001:db8:7::%x", "2001:db8:7:0:5:%x::"),
    ("192.0.2.5", "192.0.2.5"),
])
def test_all_addresses_of_one_network_share_its_limit(proxied, addresses):
    """A household has 2**64 addresses of IPv6 to choose from."""
    one, other = ([form % number if "%" in form else form for number in range(1, 201)] for form in addresses)
    answers = hurry(proxied, forwarded(itertools.chain.from_iterable(zip(one, other))))
    refused = [headers for status, headers in answers if status == 429]
    assert BURST < len(answers) - len(refused) < 2 * BURST
    check_refusal(refused[0])


@pytest.mark.parametrize("form", ["2001:db9:1:%x::1", "2001:db9:%x::1", "2001:dba:%x:0:5:6:7:8", "2001:db9:5:%x:5:6:7:8", "198.51.100.%d"])
def test_other_networks_have_limits_of_their_own(proxied, form):
    assert {status for status, _ in hurry(proxied, forwarded(form % number for number in range(1, 255)))} == {200}
