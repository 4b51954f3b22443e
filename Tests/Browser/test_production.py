"""`nginx/heed.conf` as an operator installs it: in Debian's own nginx.conf, over real TLS, in front of a site with an https address."""
import gzip
import http.client
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import urllib.parse

import pytest

from heed_front import NAME, fastcgi_parameters
from test_nginx import check_headers

STRICT = "max-age=63072000; includeSubDomains"


def check_strict_headers(headers):
    check_headers(headers)
    assert headers.get_all("Strict-Transport-Security") == [STRICT]


def sign_up(front, address, **headers):
    """Fills and sends the form, as a browser does: (status, headers, cookies)."""
    status, answered, body = front.request("GET", "/sign-up")
    assert status == 200
    fields = dict(re.findall(r'name="(csrf|nonce)"[^>]* value="([^"]*)"', body.decode()))
    fields |= {"email": address, "password": "seven green kettles", "display_name": "Rui", "timezone": "America/Sao_Paulo", "language": "en"}
    door = "; ".join(value.split(";")[0] for value in answered.get_all("Set-Cookie", []))
    status, answered, _ = front.request("POST", "/sign-up", {
        "Content-Type": "application/x-www-form-urlencoded", "Cookie": door, "Origin": f"https://{NAME}", "Sec-Fetch-Site": "same-origin", **headers,
    }, urllib.parse.urlencode(fields))
    return status, answered, answered.get_all("Set-Cookie", [])


def test_it_loads_without_a_complaint_beside_the_site_that_debian_brings(front):
    default = pathlib.Path("/etc/nginx/sites-available/default")
    if default.exists():
        shutil.copy(default, front.folder / "sites-enabled")
        front.change(front.folder / "sites-enabled" / "default", [("listen 80 ", f"listen {front.plain} "), ("listen [::]:80 default_server;", "")])
    told = subprocess.run(front.command("-t"), capture_output=True, text=True, cwd="/")
    (front.folder / "sites-enabled" / "default").unlink(missing_ok=True)
    assert told.returncode == 0, told.stderr
    for line in (told.stderr + (front.folder / "error.log").read_text()).splitlines():
        assert "[warn]" not in line and "[emerg]" not in line


def test_a_page_comes_with_every_header_once_compressed_for_who_asks(front):
    status, headers, body = front.request("GET", "/sign-up", {"Accept-Encoding": "gzip, br"})
    assert status == 200 and b"<form" in gzip.decompress(body)
    check_strict_headers(headers)
    assert headers["Content-Encoding"] == "gzip" and headers.get_all("Vary") == ["Accept-Encoding"]
    assert headers.get_all("Cache-Control") == ["no-store"]


def test_a_form_works_and_its_cookie_is_for_this_host_over_tls_only(front):
    status, headers, cookies = sign_up(front, "a@heed.example")
    assert (status, headers["Location"]) == (303, "/")
    check_strict_headers(headers)
    [cookie] = [cookie for cookie in cookies if cookie.startswith("__Host-heed=")]
    parts = cookie.split("; ")
    assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= set(parts)
    assert not any(part.lower().startswith(("domain", "expires")) for part in parts)
    assert all("Secure" in cookie.split("; ") for cookie in cookies)
    status, headers, body = front.request("GET", "/", {"Cookie": parts[0]})
    assert status == 200 and b"Rui" in body
    check_strict_headers(headers)


@pytest.mark.parametrize("origin, site_of_it", [("https://evil.example", "cross-site"), (f"http://{NAME}", "same-site"), ("null", "same-origin")])
def test_a_form_of_another_origin_is_refused(front, origin, site_of_it):
    status, headers, _ = sign_up(front, "b@heed.example", **{"Origin": origin, "Sec-Fetch-Site": site_of_it})
    assert status == 403
    check_strict_headers(headers)


@pytest.mark.parametrize("host", [NAME, f"{NAME}:80"])
def test_plain_http_points_to_https_and_keeps_the_address(front, host):
    for method in ["GET", "POST"]:
        status, headers, _ = front.plain_request(method, "/reminders?after=a%20b", {"Host": host})
        assert (status, headers["Location"]) == (308, f"https://{NAME}/reminders?after=a%20b")
        check_headers(headers)
        # Over plain http it would be ignored, and anybody on the way could send it.
        assert headers["Strict-Transport-Security"] is None
        assert headers["Set-Cookie"] is None


@pytest.mark.parametrize("name", [None, "evil.example", "www.heed.example.org", "127.0.0.1"])
def test_no_other_name_gets_a_certificate(front, name):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with pytest.raises(ssl.SSLError, match="unrecognized name|UNRECOGNIZED_NAME"):
        front.connect(name, context=context)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", f"{NAME}.evil.example"])
def test_another_host_over_our_certificate_gets_nothing_of_the_site(front, host):
    for path in ["/sign-up", "/static/heed.css", "/healthz"]:
        status, headers, body = front.request("GET", path, {"Host": host})
        assert status == 421 and headers["Location"] is None and b"Heed" not in body


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_old_protocols_are_refused_and_new_ones_are_not(front):
    for version, is_fine in [(ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)]:
        context = ssl.create_default_context(cafile=front.certificate)
        context.set_ciphers("DEFAULT@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version
        if is_fine:
            front.connect(context=context).close()
        else:
            with pytest.raises((ssl.SSLError, ConnectionError)):
                front.connect(context=context)


def test_a_session_is_taken_up_again(front):
    context = ssl.create_default_context(cafile=front.certificate)
    context.maximum_version = ssl.TLSVersion.TLSv1_2  # where the session is there as soon as the handshake is done
    with front.connect(context=context) as first:
        session = first.session
    with front.connect(context=context, session=session) as second:
        assert second.session_reused


def test_http_2_is_spoken(front):
    context = ssl.create_default_context(cafile=front.certificate)
    context.set_alpn_protocols(["h2", "http/1.1"])
    with front.connect(context=context) as link:
        assert link.selected_alpn_protocol() == "h2"
        # The preface and an empty SETTINGS frame (RFC 9113, 3.4); the server's own SETTINGS come first.
        link.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0")
        assert link.recv(9)[3] == 4


def test_the_style_sheet_of_a_page_is_kept_for_good_and_compressed(front):
    _, _, page = front.request("GET", "/sign-up")
    path = re.search(rb'href="(/static/[0-9a-f]{16}/heed\.css)"', page)[1].decode()
    status, headers, body = front.request("GET", path, {"Accept-Encoding": "gzip"})
    assert status == 200 and body[:2] == b"\x1f\x8b"
    assert headers.get_all("Cache-Control") == ["public, max-age=31536000, immutable"]
    assert (headers["Content-Encoding"], headers["Vary"]) == ("gzip", "Accept-Encoding")
    check_strict_headers(headers)


def test_a_missing_page_is_the_programs_and_a_missing_file_is_nginxs(front):
    for path in ["/nowhere", "/static/0123456789abcdef/missing.css"]:
        status, headers, _ = front.request("GET", path)
        assert status == 404
        check_strict_headers(headers)


@pytest.mark.parametrize("line, more, expected", [
    ("GET / HTTP/1.1", "", 400), ("GET / HTTP/1.1", f"Host: {NAME}\r\nHost: evil.example", 400), ("GET / HTTP/1.0", "", 421),
    ("GET http://evil.example/ HTTP/1.1", f"Host: {NAME}", 421), ("GET / HTTP/3.0", f"Host: {NAME}", 505),
    ("POST / HTTP/1.1", f"Host: {NAME}\r\nTransfer-Encoding: gzip", 501),
    ("POST / HTTP/1.1", f"Host: {NAME}\r\nTransfer-Encoding: chunked\r\nContent-Length: 3", 400), ("GET /%00 HTTP/1.1", f"Host: {NAME}", 400),
    ("TRACE / HTTP/1.1", f"Host: {NAME}", 405), (f"GET /{'a' * 9000} HTTP/1.1", f"Host: {NAME}", 414),
    ("GET /static/heed.css HTTP/1.1", f"Host: {NAME}\r\nRange: bytes=9999999-", 200),
])
def test_what_no_browser_sends_is_answered_with_the_headers_too(front, line, more, expected):
    with front.connect() as link:
        link.sendall("\r\n".join([line, *filter(None, [more]), "Connection: close", "", ""]).encode())
        status, headers = read_head(link)
    assert status == expected
    check_strict_headers(headers)


def test_plain_http_on_the_port_of_https_is_a_bad_request(front):
    with socket.create_connection(("127.0.0.1", front.tls), timeout=60) as link:
        link.sendall(f"GET / HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        status, headers = read_head(link)
    assert status == 400
    check_headers(headers)


def read_head(link):
    with link.makefile("rb") as stream:
        return int(stream.readline().split()[1]), http.client.parse_headers(stream)


def test_a_body_over_a_megabyte_is_refused(front):
    status, headers, body = front.request("POST", "/sign-up", {"Content-Type": "application/x-www-form-urlencoded"}, b"x" * 1_100_000)
    assert status == 413 and b"too large" in body
    check_strict_headers(headers)
    assert headers.get_all("Cache-Control") == ["no-store"]


def test_without_the_program_there_is_a_page_that_says_when_to_come_back(front, no_program):
    for method, body in [("GET", None), ("POST", b"a=b")]:
        status, headers, page = front.request(method, "/sign-up", body=body)
        assert (status, headers["Retry-After"]) == (503, "5") and b"not answering" in page
        check_strict_headers(headers)
        assert headers.get_all("Cache-Control") == ["no-store"]


def test_the_program_is_told_nothing_that_a_stranger_made_up(front, no_program):
    told, address = fastcgi_parameters(front, no_program, {
        "Proxy": "http://evil.example:3128", "X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Remote-Addr": "203.0.113.9",
        "Remote_Addr": "203.0.113.9", "X-Forwarded-Proto": "http", "Content-Length": "0",
    })
    assert "HTTP_PROXY" not in told and not any("3128" in value for value in told.values())
    assert told["REMOTE_ADDR"] == address
    assert told["REQUEST_SCHEME"] == "https"
    assert (told["REQUEST_METHOD"], told["REQUEST_URI"], told["QUERY_STRING"]) == ("GET", "/a?b=c", "b=c")
    known = {"REQUEST_METHOD", "REQUEST_URI", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH", "SERVER_PROTOCOL", "REQUEST_SCHEME", "REMOTE_ADDR",
             "GATEWAY_INTERFACE"}
    assert {name for name in told if not name.startswith("HTTP_")} == known


def test_an_address_that_a_stranger_claims_is_not_believed(front, secure):
    status, _, _ = sign_up(front, "c@heed.example", **{"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Real-IP": "203.0.113.9"})
    assert status == 303
    noted = secure.sql("SELECT * FROM web_sessions") + secure.sql("SELECT * FROM audit_log")
    assert "203.0.113" not in noted and "127.0.1." in noted
