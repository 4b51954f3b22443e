"""What nginx answers by itself: redirects, limits, static files, and error pages with the headers of every page."""
import json
import os
import signal

import pytest

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")


def check_headers(headers):
    assert headers.get_all("Content-Security-Policy") == [POLICY]
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers.get_all("Referrer-Policy") == ["same-origin"]
    assert headers.get_all("Cross-Origin-Opener-Policy") == ["same-origin"]
    assert headers["Server"] == "nginx"


@pytest.mark.parametrize("host", ["localhost", "evil.example", "127.0.0.1.evil.example", "[::1]"])
def test_other_names_are_sent_to_the_public_one(dev, host):
    status, headers, _ = dev.request("GET", "/a?b=c%20d", {"Host": host})
    assert (status, headers["Location"]) == (307, f"{dev.url}/a?b=c%20d")
    check_headers(headers)
    assert dev.request("GET", "/healthz", {"Host": host})[0] == 200


def test_hashed_static_files_are_kept_for_good(dev):
    status, headers, body = dev.request("GET", "/static/0123456789abcdef/heed.css")
    assert status == 200 and b"{" in body
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Content-Type"] == "text/css; charset=utf-8"
    check_headers(headers)
    status, headers, _ = dev.request("GET", "/static/0123456789abcdef/heed.css", {"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip" and headers["Vary"] == "Accept-Encoding"


def test_static_files_without_a_hash_are_asked_for_again(dev):
    status, headers, _ = dev.request("GET", "/static/manifest.webmanifest")
    assert status == 200 and "immutable" not in headers["Cache-Control"]
    assert headers["Content-Type"].startswith("application/manifest+json")


@pytest.mark.parametrize("path", [
    "/static/", "/static/0123456789abcdef/", "/static/missing.css", "/static/../nginx/heed.conf", "/static/%2e%2e/nginx/heed.conf",
    "/static/0123456789abcdef/../../migrations/0001_accounts.sql", "/static/.hidden", "/heed-error/500.html",
])
def test_nothing_else_is_served_from_the_folder(dev, path):
    status, headers, body = dev.request("GET", path)
    assert status == 404
    assert not any(word in body for word in [b"CREATE TABLE", b"listen", b"server_name"])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_static_files_can_only_be_read(dev, method):
    status, headers, _ = dev.request(method, "/static/heed.css", body=b"x")
    assert status == 405
    check_headers(headers)


@pytest.mark.parametrize("language, words", [("", "too large"), ("pt-BR,pt;q=0.9,en;q=0.8", "grande demais"), ("de", "too large")])
def test_a_body_over_the_limit_is_refused_in_the_readers_language(dev, language, words):
    status, headers, body = dev.request("POST", "/reminders", {"Accept-Language": language}, body=b"x" * 1_100_000)
    assert status == 413 and words in body.decode()
    check_headers(headers)
    assert headers["Cache-Control"] == "no-store" and headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["/hooks/channels/x", "/conversations", "/conversations/x/reply", "/drafts/x/approval"])
def test_a_larger_body_passes_where_files_are_sent(dev, path):
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    assert dev.request("POST", path, form, body=b"x" * 2_000_000)[0] != 413
    assert dev.request("POST", path, form, body=b"x" * 27_000_000)[0] == 413


@pytest.mark.parametrize("method, path, headers, size, status", [
    ("POST", "/api/v1/inbox", {}, 1_100_000, 413), ("POST", "/hooks/agents/x", {}, 27_000_000, 413), ("TRACE", "/api/v1/inbox", {}, 0, 405),
    ("GET", "/api/v1/notifications/pending", {"Cookie": "x" * 40_000}, 0, 400), ("POST", "/hooks/sms/inbound", {"Cookie": "x" * 9_000}, 0, 400),
    ("GET", "/api/%zz", {}, 0, 400), ("GET", "/api/v1/" + "a" * 9_000, {}, 0, 414), ("GET", "/hooks/channels/x", {}, 0, 405),
])
def test_programs_read_json_whoever_refuses_them(dev, method, path, headers, size, status):
    got, told, body = dev.request(method, path, {"Accept-Language": "pt-BR", **headers}, body=b"x" * size or None)
    assert (got, told["Content-Type"], told["Cache-Control"]) == (status, "application/json", "no-store")
    assert json.loads(body)["error"]
    check_headers(told)


def test_a_request_that_cannot_be_read_gets_the_page_too(dev):
    status, headers, _ = dev.request("GET", "/", {"Cookie": "x" * 40_000})
    assert status == 400
    check_headers(headers)


def test_a_site_that_does_not_answer_says_when_to_come_back(dev):
    supervisor = next(pid for pid, name in dev.processes().items() if name.endswith(" serve"))
    socket = dev.home / "run" / "heed.sock"
    os.rename(socket, f"{socket}.away")
    try:
        status, headers, body = dev.request("GET", "/")
        assert (status, headers["Retry-After"]) == (503, "5")
        assert "not answering" in body.decode()
        check_headers(headers)
        assert dev.request("POST", "/reminders", body=b"a=b")[0] == 503
        status, headers, body = dev.request("POST", "/api/v1/inbox", body=b"{}")
        assert (status, headers["Retry-After"], headers["Content-Type"]) == (503, "5", "application/json") and json.loads(body)["error"]
    finally:
        os.rename(f"{socket}.away", socket)
    assert dev.request("GET", "/healthz")[0] == 200
    assert supervisor in dev.processes()


def test_a_rolling_restart_leaves_the_site_answering(dev):
    supervisor = next(pid for pid, name in dev.processes().items() if name.endswith(" serve"))
    os.kill(supervisor, signal.SIGHUP)
    assert {dev.request("GET", "/healthz")[0] for _ in range(300)} == {200}
