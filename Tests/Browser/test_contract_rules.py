"""The rules for every route, from outside: the order of checks, statuses, ids, csrf, headers, cookies."""
import datetime
import re
import uuid
from urllib.parse import parse_qs, urlsplit

import pytest

from contract import FORM, NETWORKS, Person, Visitor

CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
       "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
MISSING = "01a42ff4-3d80-72d8-a65e-fc56b4ed8edd"
JSON = {"Content-Type": "application/json"}
DOINGS = ["completion", "acknowledgement", "reopening", "archival", "deletion", "run", "snoozes"]


@pytest.fixture(scope="module")
def ana(march):
    return Person(march)


@pytest.fixture(scope="module")
def rui(march):
    return Person(march)


@pytest.fixture(scope="module")
def own(ana):
    """The path of a reminder of Ana's."""
    return ana.make("Water the plants", at="tomorrow 9")


@pytest.fixture
def stranger(march):
    return Visitor(march, next(NETWORKS))


@pytest.mark.parametrize("method, path, headers, size, status", [
    ("POST", "/nowhere", JSON, 10, 404), ("PUT", "/nowhere", {}, 0, 404), ("GET", "/nowhere", {}, 0, 404),
    ("POST", "/reminders/new/more", {}, 0, 404),
    ("PUT", "/reminders", JSON, 10, 405), ("DELETE", "/reminders", {}, 0, 405), ("GET", "/reminders/preview", {}, 0, 405),
    ("POST", "/reminders/new", {}, 0, 405),
    ("POST", "/reminders", JSON, 1_200_000, 413), ("POST", "/reminders", {"Content-Type": FORM}, 1_048_577, 413),
    ("POST", "/reminders", JSON, 10, 415), ("POST", "/reminders", {"Content-Type": "text/plain"}, 10, 415),
    ("POST", "/reminders", {"Content-Type": "multipart/form-data; boundary=x"}, 10, 415),
    ("POST", f"/reminders/{MISSING}", JSON, 10, 415), ("POST", "/reminders", {"Content-Type": FORM}, 10, 401),
    ("POST", f"/reminders/{MISSING}/completion", {"Content-Type": FORM}, 0, 401),
    ("POST", "/reminders/0/completion", {"Content-Type": FORM}, 0, 401),
])
def test_a_stranger_meets_path_method_size_type_session_in_this_order(stranger, method, path, headers, size, status):
    assert stranger.send(method, path, headers, b"x" * size).status == status


@pytest.mark.parametrize("path, allowed", [
    ("/reminders", {"GET", "HEAD", "POST"}), ("/", {"GET", "HEAD"}), ("/reminders/new", {"GET", "HEAD"}), ("/reminders/preview", {"POST"}),
    ("/reminders/bulk", {"POST"}), (f"/reminders/{MISSING}", {"GET", "HEAD", "POST"}), ("/sign-out", {"POST"}),
    ("/settings/profile", {"GET", "HEAD", "POST"}),
    (f"/escalations/{MISSING}/notes", {"POST"}), ("/healthz", {"GET", "HEAD"}),
    *((f"/reminders/{MISSING}/{one}", {"POST"}) for one in DOINGS if one not in ("deletion", "snoozes")),
])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_wrong_method_is_405_with_allow(stranger, path, allowed, method):
    answer = stranger.send(method, path)
    assert answer.status == 405
    assert set(answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize("path, next_path", [
    ("/", "/"), ("/reminders", "/reminders"), ("/reminders?status=all&q=a%20b", "/reminders?status=all&q=a%20b"),
    (f"/reminders/{MISSING}", f"/reminders/{MISSING}"),
    ("/settings/profile", "/settings/profile"),
])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_stranger_is_sent_to_sign_in_and_back(stranger, method, path, next_path):
    answer = stranger.send(method, path)
    assert answer.status == 303
    assert urlsplit(answer.location).path == "/sign-in"
    assert parse_qs(urlsplit(answer.location).query).get("next", ["/"]) in ([next_path], ["/"] if next_path == "/" else [next_path])


def test_csrf_comes_before_the_row_and_the_row_before_the_fields(ana, own):
    assert ana.post(f"/reminders/{MISSING}/completion", csrf="x").status == 403
    assert ana.post(f"/reminders/{MISSING}", title="", csrf=None).status == 403
    assert ana.post(f"/reminders/{MISSING}", title="").status == 404
    assert ana.post(f"/reminders/{MISSING}", title="", version="x").status == 404
    assert ana.post(own, title="", csrf="").status == 403


def test_fields_and_a_missing_version_come_before_a_stale_one(ana):
    path = ana.make("First", at="tomorrow 9")
    form = ana.page(f"{path}/edit").form(path)
    version = form.value("version")
    changed = [(key, value if key != "title" else "Second") for key, value in form.presets()]
    assert ana.post(path, changed).status == 303
    for given, status in [({"title": ""}, 422), ({"version": None}, 422), ({"version": "x"}, 422), ({"version": ""}, 422),
                          ({"version": "9" * 40}, 422), ({"version": "-1"}, None),
                          ({}, 409)]:
        values = {**dict(form.presets()), "title": "Third <b>", **given}
        answer = ana.post(path, values)
        if status:
            assert answer.status == status, given
        assert answer.status in (409, 422)
    assert answer.status == 409
    assert "Second" in answer.text and "Third <b>" in answer.text
    assert answer.form(path).value("title") in ("Third <b>", "Second")
    assert answer.form(path).value("version") != version
    assert "Second" in ana.page(path).headings


def test_a_used_nonce_leads_to_the_first_result_whatever_is_sent_with_it(ana, rui):
    nonce = ana.page("/reminders/new").form("/reminders").value("nonce")
    first = ana.post("/reminders", title="Once only", at="tomorrow 9", nonce=nonce)
    assert first.status == 303
    for fields in [{"title": "Once only", "at": "tomorrow 9"}, {"title": "", "at": "never"}, {"quick": "tea in 5 min"}]:
        again = ana.post("/reminders", nonce=nonce, **fields)
        assert (again.status, again.location) == (303, first.location), fields
    # The same nonce of another person, and none at all, make new things.
    other = rui.post("/reminders", title="Mine", at="tomorrow 9", nonce=nonce)
    assert other.status == 303 and other.location != first.location
    made = {ana.post("/reminders", title="Twice", at="tomorrow 9").location for _ in range(2)}
    assert len(made) == 2 and first.location not in made


def test_a_refused_form_does_not_use_its_nonce_up(ana):
    nonce = ana.page("/reminders/new").form("/reminders").value("nonce")
    assert ana.post("/reminders", title="", at="tomorrow 9", nonce=nonce).form("/reminders").value("nonce")
    answer = ana.post("/reminders", title="At last", at="tomorrow 9", nonce=nonce)
    assert answer.status == 303 and "At last" in ana.page(answer.location).headings


def test_somebody_elses_a_deleted_a_missing_and_a_malformed_row_are_one_404(ana, rui, own):
    gone = rui.make("Gone", at="tomorrow 9")
    assert rui.post(f"{gone}/deletion").status == 303
    own_id = own.removeprefix("/reminders/")
    bodies, heads = set(), set()
    for path in [own, gone, f"/reminders/{MISSING}", f"/reminders/{uuid.uuid4()}", own.upper().replace("/REMINDERS", "/reminders"),
                 f"{own}0", own[:-1], "/reminders/1",
                 f"/reminders/%7B{own_id}%7D", f"/reminders/{own_id.replace('-', '')}", "/reminders/%F0%9F%98%80", "/reminders/..%2f",
                 f"/reminders/{own_id}%20"]:
        for tail in ["", "/edit"]:
            answer = rui.get(path + tail)
            assert answer.status == 404, path + tail
            bodies.add(answer.body)
            heads.add(tuple(sorted((key, value) for key, value in answer.headers.items() if key not in ("X-Request-Id", "Date"))))
    for one in DOINGS:
        for path in [own, gone, f"/reminders/{MISSING}", own.upper().replace("/REMINDERS", "/reminders")]:
            answer = rui.post(f"{path}/{one}", until="tomorrow 9")
            assert answer.status == 404, f"{path}/{one}"
            bodies.add(answer.body)
    assert len(bodies) == 1 and len(heads) == 1
    assert ana.page(own).fact("status") == "active"


def test_head_is_get_without_a_body(ana, own):
    for path in ["/", "/reminders", own, "/reminders/new", f"/reminders/{MISSING}", "/reminders?status=x"]:
        got, head = ana.get(path), ana.send("HEAD", path)
        assert (head.status, head.body) == (got.status, b""), path
        assert head.headers["Content-Type"] == got.headers["Content-Type"]


@pytest.mark.parametrize("headers, passes", [
    ({"Sec-Fetch-Site": "same-origin"}, True), ({"Sec-Fetch-Site": "none"}, True), ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "Same-Origin"}, False), ({"Origin": "URL"}, True), ({"Origin": "null"}, False),
    ({"Origin": "http://evil.example"}, False),
    ({"Origin": "URL/"}, False), ({"Origin": "URL.evil.example"}, False), ({"Origin": "http://localhost"}, False),
    ({"Origin": "URL", "Sec-Fetch-Site": "cross-site"}, False),
    ({"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"}, False), ({"Referer": "http://evil.example/"}, True),
])
def test_a_post_comes_from_the_site_itself(ana, own, headers, passes):
    given = {key: value.replace("URL", ana.site.url) for key, value in headers.items()}
    assert ana.post("/reminders/preview", {"title": "a", "at": "tomorrow 9"}, given).status == (200 if passes else 403)
    assert ana.get("/reminders", **given).status == 200


def test_the_csrf_field_is_the_sessions_own_and_stays_right(ana, rui, march):
    rui.get("/reminders")
    for wrong in [None, "", "x", rui.csrf, ana.csrf[:-1], ana.csrf + "0", "0" * len(ana.csrf)]:
        assert ana.post("/reminders/preview", title="a", at="tomorrow 9", csrf=wrong).status == 403, wrong
    old = ana.csrf
    for _ in range(3):
        ana.get("/reminders")
    assert ana.post("/reminders/preview", title="a", at="tomorrow 9", csrf=old).status == 200
    assert ana.send("POST", f"/reminders/preview?csrf={old}", {"Content-Type": FORM}, "title=a&at=tomorrow+9").status == 403


def test_before_sign_in_the_csrf_field_hangs_on_a_cookie_and_makes_no_row(stranger, march):
    answer = stranger.get("/sign-in")
    [cookie] = [line for line in answer.headers.get_all("Set-Cookie") if line.startswith("heed_door=")]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Expires" not in cookie
    assert stranger.post("/sign-in", email="a@heed.example", password="wrong wrong").status == 422
    csrf = stranger.csrf
    stranger.cookies.clear()
    assert stranger.post("/sign-in", email="a@heed.example", password="wrong wrong", csrf=csrf).status == 403


def test_every_answer_has_the_headers(ana, rui, stranger, own):
    etag = ana.get("/reminders").headers["ETag"]
    answers = {
        200: ana.get("/reminders"), 304: ana.get("/reminders", **{"If-None-Match": etag}), 303: stranger.get("/"),
        401: stranger.send("POST", "/reminders", {"Content-Type": FORM}),
        403: ana.post("/reminders", csrf="x"), 404: rui.get(own), 405: ana.send("PUT", "/"),
        413: ana.send("POST", "/reminders", {"Content-Type": FORM}, b"x" * 1_048_577),
        415: ana.send("POST", "/reminders", JSON, "{}"), 422: ana.post("/reminders", title=""),
        409: ana.post(own, title="a", at="tomorrow 9", version="99"),
    }
    for status, answer in answers.items():
        assert answer.status == status
        for name, value in {"Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
                            "Cross-Origin-Opener-Policy": "same-origin"}.items():
            assert answer.headers.get_all(name) == [value], (status, name)
        assert answer.headers["Strict-Transport-Security"] is None
        wanted = ["private, no-cache"] if answer.headers["ETag"] else ["no-store"]
        assert answer.headers.get_all("Cache-Control") == wanted, status


def test_what_is_deleted_by_method_field_is_not(ana, own):
    assert ana.send("POST", f"{own}?_method=DELETE", {"Content-Type": FORM}, f"_method=DELETE&csrf={ana.csrf}").status == 422
    assert ana.page(own).fact("status") == "active"


def test_unknown_fields_and_fields_of_another_kind_are_ignored(ana):
    path = ana.make("One time", at="tomorrow 9", schedule="once", cron="61 25 * * *", every_minutes="-3", repeat="weekly", repeat_every="0",
                    nonsense="x", user_id=MISSING)
    assert ana.page(path).fact("next") == "2027-03-11T14:00:00Z"
    path = ana.make("Every hour", schedule="interval", every_minutes="60", at="yesterday", cron="x")
    assert ana.page(path).fact("next") == "2027-03-10T16:00:00Z"


def test_a_flash_is_said_once(ana):
    path = ana.make("Said once", at="tomorrow 9")
    assert ana.page(path).flash
    assert not ana.page(path).flash


@pytest.mark.parametrize("path", ["/", "/reminders?status=all", "/escalations", "/settings/sessions", "/settings/audit", "OWN"])
def test_times_are_utc_to_the_second(ana, own, path):
    times = ana.page(own if path == "OWN" else path).times
    assert times or path == "/escalations"
    for time in times:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time), time


def test_sessions_end_30_days_after_the_last_use_and_90_after_the_first(ahead):
    ana, idle = Person(ahead), Visitor(ahead)
    assert idle.sign_in(ana.address).status == 303
    for _ in range(3):
        ahead.move(days=29, hours=23)
        assert ana.get("/").status == 200
    assert idle.get("/").status == 303
    ahead.move(hours=4)
    assert ana.get("/").status == 303
    # One that was made in the future of now is valid.
    assert ana.sign_in(ana.address).status == 303
    ahead.mark -= datetime.timedelta(days=1)
    ahead.write_clock()
    assert ana.get("/").status == 200
    ahead.move(days=1)
