"""Who holds a signed link may act with it: no log that an operator, a backup or a log server keeps has one whole."""
import os
import re

import pytest

from heed_dev import Site, wait_until
from test_production import front, no_program, site  # noqa: F401 (fixtures)

TOKEN = "AQABkz3m9hF4cKqPzR7sT0uVwXyZ-_0123456789abcdefGHIJKL"
LINKS = [f"/a/{TOKEN}", f"/u/{TOKEN}", f"/password/reset/{TOKEN}", f"/email/verify/{TOKEN}", f"/invitations/{TOKEN}"]
# As they come when a mail program, a scanner or a redirect has had them in hand.
SPELLINGS = [
    *LINKS, *(f"{link}?utm_source=mail" for link in LINKS), f"/%61/{TOKEN}", f"/password/re%73et/{TOKEN}", f"//a/{TOKEN}", f"/a//{TOKEN}", f"/a/{TOKEN}/",
    f"/sign-in?next=/invitations/{TOKEN}", f"/sign-in?next=%2Finvitations%2F{TOKEN}", f"/sign-in?a=b&next=%252finvitations%252f{TOKEN}",
]


@pytest.fixture(scope="module")
def dev():
    with Site(None, "--no-seed", "--responders", "1") as dev:
        yield dev


def holds_token(text):
    """Whether eight letters of the token stand there in a row."""
    return [line for line in text.splitlines() if any(TOKEN[at:at + 8] in line for at in range(len(TOKEN) - 7))]


def ask(request):
    """Every link as an address and as the page that another was asked from, and one that is none."""
    for path in SPELLINGS:
        for method in ["GET", "HEAD", "POST"]:
            request(method, path, {"Referer": f"https://heed.example.org{path}"}, b"action=x" if method == "POST" else None)
    for link in LINKS:
        request("GET", "/static/missing.css", {"Referer": f"https://heed.example.org{link}"})
        request("TRACE", link)
        request("GET", link, {"Cookie": "x" * 40_000})
        request("POST", link, {}, b"x" * 1_100_000)
    request("GET", "/reminders?q=milk", {"Referer": "https://heed.example.org/reminders", "User-Agent": "the last one"})


def check_logs(folder, access):
    wait_until(lambda: "the last one" in (folder / access).read_text(), 30, "the last line of the log")
    for file in folder.glob("*.log*"):
        if not file.is_symlink():
            assert holds_token(file.read_text(errors="replace")) == [], file
    text = (folder / access).read_text()
    for link in LINKS:
        assert f'"GET {link.removesuffix(TOKEN)}... HTTP/1.1"' in text
    # The rest is there as ever.
    assert re.search(r'"GET /reminders\?q=milk HTTP/1\.1" \d{3} \d+ "https://heed\.example\.org/reminders" "the last one"', text)


def test_a_development_site_keeps_no_link(dev):
    ask(dev.request)
    for link in LINKS:
        dev.request("GET", link, {"Host": "localhost"})
    check_logs(dev.state / "log", "access.log")


def test_nor_when_the_program_is_away(dev):
    socket = dev.home / "run" / "heed.sock"
    os.rename(socket, f"{socket}.away")
    try:
        for link in LINKS:
            for method in ["GET", "POST"]:
                assert dev.request(method, link)[0] == 503
        # An operator still reads what is wrong.
        dev.request("GET", "/sign-in")
        wait_until(lambda: re.search(r'connect\(\) to unix:.* failed .*"GET /sign-in ', (dev.state / "log" / "nginx.log").read_text()), 10, "a line about it")
    finally:
        os.rename(f"{socket}.away", socket)
    check_logs(dev.state / "log", "access.log")


def test_a_production_nginx_keeps_no_link(front):
    ask(front.request)
    for link in LINKS:
        assert front.plain_request("GET", link)[0] == 308
        front.request("GET", link, {"Host": "www.heed.example.org"})
    check_logs(front.folder, "access.log")


def test_nor_a_production_nginx_without_its_program(front, no_program):
    for link in LINKS:
        for method in ["GET", "POST"]:
            assert front.request(method, link)[0] == 503
    front.request("GET", "/reminders?q=milk", {"Referer": "https://heed.example.org/reminders", "User-Agent": "the last one"})
    check_logs(front.folder, "access.log")


def test_nor_does_the_refusal_of_a_hurry(front):
    address = next(front.addresses)
    statuses = {front.request("GET", path, {"Referer": f"https://heed.example.org{LINKS[0]}"}, address=address)[0]
                for path in ["/static/manifest.webmanifest", LINKS[0]] * 100}
    assert 429 in statuses
    front.request("GET", "/reminders?q=milk", {"Referer": "https://heed.example.org/reminders", "User-Agent": "the last one"})
    check_logs(front.folder, "access.log")
