"""Who holds a signed link may act with it: no log that an operator, a backup or a log server keeps has one whole."""
import itertools
import os
import re

from heed_dev import until
from test_limits import FILE, hurry

TOKEN = "AQABkz3m9hF4cKqPzR7sT0uVwXyZ-_5f9d2e8b1c7a3604GHIJKL"
LINKS = [f"/a/{TOKEN}", f"/u/{TOKEN}", f"/f/{TOKEN}", f"/c/{TOKEN}", f"/ics/{TOKEN}", f"/password/reset/{TOKEN}", f"/email/verify/{TOKEN}", f"/invitations/{TOKEN}"]
# As they come when a mail program, a scanner or a redirect has had them in hand.
SPELLINGS = [
    *LINKS, *(f"{link}?utm_source=mail" for link in LINKS), f"/%61/{TOKEN}", f"/password/re%73et/{TOKEN}", f"//a/{TOKEN}", f"/a//{TOKEN}", f"/a/{TOKEN}/",
    f"/sign-in?next=/invitations/{TOKEN}", f"/sign-in?next=%2Finvitations%2F{TOKEN}", f"/sign-in?a=b&next=%252finvitations%252f{TOKEN}",
]


NUMBERS = itertools.count(1)


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


def check_logs(request, folder, access):
    """Once all lines are there: each is written after its answer was sent."""
    last = f"the last one, {next(NUMBERS)}"
    request("GET", "/reminders?q=milk", {"Referer": "https://heed.example.org/reminders", "User-Agent": last})
    until(lambda: last in (folder / access).read_text(), "the last line of the log")
    for file in folder.glob("*.log*"):
        if not file.is_symlink():
            assert holds_token(file.read_text(errors="replace")) == [], file
    text = (folder / access).read_text()
    for link in LINKS:
        assert f'"GET {link.removesuffix(TOKEN)}... HTTP/1.1"' in text
    # The rest is there as ever.
    assert re.search(r'"GET /reminders\?q=milk HTTP/1\.1" \d{3} \d+ "https://heed\.example\.org/reminders" "' + last, text)


def test_a_development_site_keeps_no_link(dev):
    ask(dev.request)
    for link in LINKS:
        dev.request("GET", link, {"Host": "localhost"})
    check_logs(dev.request, dev.state / "log", "access.log")


def test_nor_when_the_program_is_away(dev):
    socket = dev.home / "run" / "heed.sock"
    os.rename(socket, f"{socket}.away")
    try:
        for link in LINKS:
            for method in ["GET", "POST"]:
                assert dev.request(method, link)[0] == 503
        # An operator still reads what is wrong.
        dev.request("GET", "/sign-in")
        until(lambda: re.search(r'connect\(\) to unix:.* failed .*"GET /sign-in ', (dev.state / "log" / "nginx.log").read_text()), "a line about it")
    finally:
        os.rename(f"{socket}.away", socket)
    check_logs(dev.request, dev.state / "log", "access.log")


def test_a_production_nginx_keeps_no_link(front):
    ask(front.request)
    for link in LINKS:
        assert front.plain_request("GET", link)[0] == 308
        front.request("GET", link, {"Host": "www.heed.example.org"})
    check_logs(front.request, front.folder, "access.log")


def test_nor_a_production_nginx_without_its_program(front, no_program):
    for link in LINKS:
        for method in ["GET", "POST"]:
            assert front.request(method, link)[0] == 503
    check_logs(front.request, front.folder, "access.log")


def test_nor_does_the_refusal_of_a_hurry(front):
    answers = hurry(front, [f"Referer: https://heed.example.org{LINKS[0]}\r\n"] * 200, [FILE, LINKS[0]])
    assert 429 in {status for status, _ in answers}
    ask(front.request)
    check_logs(front.request, front.folder, "access.log")
    assert f'"HEAD {LINKS[0].removesuffix(TOKEN)}... HTTP/1.1" 429' in (front.folder / "access.log").read_text()
