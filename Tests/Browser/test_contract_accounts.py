"""Accounts, from outside: signing up and in, what is settled, sessions, the audit log, health."""
import datetime
import re
import urllib.parse

import pytest

from conftest import links
from contract import NETWORKS, PASSWORD, Person, Visitor

GOOD = {"password": PASSWORD, "display_name": "Ana", "timezone": "Europe/Lisbon", "language": "pt-BR"}
PROFILE = ["display_name", "timezone", "language", "week_start", "day_start", "default_hour", "quiet_from", "quiet_until", "personality",
           "theme", "version"]


@pytest.fixture(scope="module")
def network():
    return next(NETWORKS)


@pytest.fixture
def visitor(march, network):
    return Visitor(march, network)


@pytest.fixture(scope="module")
def ana(march):
    return Person(march)


def sign_up(visitor, **fields):
    visitor.get("/sign-up")
    return visitor.post("/sign-up", {"email": visitor.site.new_address(), **GOOD, **fields})


@pytest.mark.parametrize("path, action, names", [
    ("/sign-up", "/sign-up", {"email", "password", "display_name", "timezone", "language", "csrf"}),
    ("/sign-in", "/sign-in", {"email", "password", "csrf"}),
    ("/password/forgotten", "/password/forgotten", {"email", "csrf"}),
])
def test_the_doors_have_forms_with_these_fields(visitor, path, action, names):
    page = visitor.page(path)
    form = page.form(action)
    assert names <= form.names
    assert form.unlabelled() == []


def test_signing_up_signs_in_and_leads_to_today(visitor):
    answer = sign_up(visitor)
    assert (answer.status, answer.location) == (303, "/")
    [cookie] = [line for line in answer.headers.get_all("Set-Cookie") if line.startswith("heed=")]
    marks = {part.strip().split("=")[0].lower(): part.strip().partition("=")[2] for part in cookie.split(";")[1:]}
    assert set(marks) == {"path", "max-age", "samesite", "httponly"}
    assert (marks["path"], marks["samesite"]) == ("/", "Lax") and 0 < int(marks["max-age"]) <= 90 * 86_400
    page = visitor.get("/")
    assert page.status == 200 and '<html lang="pt-BR"' in page.markup
    form = visitor.page("/settings/profile").form("/settings/profile")
    assert (form.value("timezone"), form.value("language"), form.value("display_name")) == ("Europe/Lisbon", "pt-BR", "Ana")
    assert (form.value("default_hour"), form.value("day_start"), form.value("quiet_from"), form.value("theme")) == ("09:00", "0", "",
        "system")
    assert form.value("week_start") == "sunday"


@pytest.mark.parametrize("field, value", [
    ("email", ""), ("email", "nobody"), ("email", "a@"), ("email", "a b@heed.example"), ("email", "a@heed.example\r\nBcc: x@y.example"),
    ("email", "a" * 300 + "@heed.example"),
    ("password", ""), ("password", "123456789"), ("password", "x" * 1025), ("password", "password1234"), ("password", "1234567890"),
    ("password", "ééé"),
    ("display_name", "x" * 10_000), ("timezone", "Mars/Olympus"), ("timezone", "../etc/passwd"), ("timezone", "EST5EDT4"),
    ("language", "fr"),
])
def test_sign_up_refuses_beside_the_field_and_keeps_what_was_typed(visitor, field, value):
    answer = sign_up(visitor, **{field: value})
    assert answer.status == 422
    assert answer.complaint(field)
    form = answer.form("/sign-up")
    for name in ["email", "display_name", "timezone"]:
        if name == field and len(value) < 200 and "\n" not in value:
            assert form.value(name) == value
        elif name != field and name != "email":
            assert form.value(name) == GOOD[name]
    assert visitor.get("/").status == 303


@pytest.mark.parametrize("password", ["tenlettrs!", "x9 " * 341 + "z", "éáíóú", "  two spaces each side  ", "パスワード12"])
def test_passwords_of_10_to_1024_bytes_are_taken_as_typed(visitor, march, password):
    assert 10 <= len(password.encode()) <= 1024
    address = march.new_address()
    assert sign_up(visitor, email=address, password=password).status == 303
    other = Visitor(march, visitor.network)
    assert other.sign_in(address, password).status == 303
    assert Visitor(march, visitor.network).sign_in(address, password + " ").status == 422


@pytest.mark.parametrize("zone, stored", [("america/sao_paulo", "America/Sao_Paulo"), ("UTC", "UTC"), ("ASIA/KOLKATA", "Asia/Kolkata")])
def test_a_zone_is_taken_in_any_letter_case_and_stored_as_the_list_spells_it(visitor, zone, stored):
    assert sign_up(visitor, timezone=zone).status == 303
    assert visitor.page("/settings/profile").form("/settings/profile").value("timezone") == stored


def test_a_taken_address_signs_in_with_its_password_and_is_told_otherwise(march, ana, visitor, network):
    answer = sign_up(visitor, email=ana.address, password="another password")
    assert answer.status == 422 and answer.complaint("email")
    assert visitor.get("/").status == 303
    assert march.mails(ana.address)
    twin = Visitor(march, network)
    assert sign_up(twin, email=ana.address).location == "/"
    assert twin.page("/settings/profile").form("/settings/profile").value("display_name") == "Rui Campos"
    case = Visitor(march, network)
    assert sign_up(case, email=ana.address.upper(), password="another password").status == 422


def test_a_wrong_password_and_an_unknown_address_are_one_answer(march, ana, network):
    pages = []
    for address in [ana.address, "nobody@heed.example"]:
        answer = Visitor(march, network).sign_in(address, "not the password")
        assert answer.status == 422 and "heed=" not in str(answer.headers.get_all("Set-Cookie"))
        form = answer.form("/sign-in")
        assert form.value("email") == address and not form.value("password")
        pages.append(answer.text.replace(address, "ADDRESS"))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("target, leads", [
    ("/reminders?status=all", "/reminders?status=all"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("https://evil.example/", "/"),
    ("javascript:alert(1)", "/"),
    ("", "/"), ("reminders", "/"), ("/\t/evil.example", "/"), ("/\r\nLocation: http://evil.example", "/"), ("\\\\evil.example", "/"),
    (" //evil.example", "/"),
    ("/%0d%0aX: y", None), ("/\u0338evil", None), ("/" + "a" * 3000, None),
])
def test_next_stays_on_the_site(march, ana, target, leads):
    visitor = Visitor(march, ana.network)
    form = visitor.page("/sign-in?" + urllib.parse.urlencode({"next": target})).form("/sign-in")
    answer = visitor.post("/sign-in", email=ana.address, password=PASSWORD, next=target)
    assert answer.status == 303 and len(answer.headers.get_all("Location")) == 1
    if leads:
        assert answer.location == leads
        assert (form.value("next") or "/") == leads
    else:
        assert re.match(r"/([^/\\]|$)", answer.location) and answer.headers["X"] is None


def test_signing_out_ends_the_session_on_the_server(march, ana):
    visitor = Visitor(march, ana.network)
    visitor.sign_in(ana.address)
    cookies = dict(visitor.cookies)
    answer = visitor.post("/sign-out")
    assert answer.status == 303 and answer.headers["Clear-Site-Data"] == '"cache"'
    assert any(line.startswith("heed=") and "Max-Age=0" in line for line in answer.headers.get_all("Set-Cookie"))
    visitor.cookies = cookies
    assert visitor.get("/").status == 303
    assert ana.get("/").status == 200


@pytest.mark.parametrize("cookie", ["heed=", "heed=x", "heed=" + "a" * 4000, "heed=%00", "__Host-heed=TOKEN", "heed=TOKENx",
                                    'heed="TOKEN"x'])
def test_another_cookie_is_no_session(march, ana, cookie):
    assert Visitor(march).send("GET", "/", {"Cookie": cookie.replace("TOKEN", ana.cookies["heed"])}).status == 303


def test_forgotten_passwords_get_one_answer_and_a_link_that_works_once(march):
    person_, stranger = Person(march), Visitor(march, next(NETWORKS))
    answers = []
    for address in [person_.address, "nobody@heed.example"]:
        stranger.get("/password/forgotten")
        answer = stranger.post("/password/forgotten", email=address)
        answers.append((answer.status, answer.location, answer.text.replace(address, "") if answer.status == 200 else ""))
    assert answers[0] == answers[1] and answers[0][0] in (200, 303)
    march.work()
    path = next(urllib.parse.urlsplit(link).path for link in links(march.mail(person_.address, "assword")) if "/password/reset/" in link)
    form = stranger.page(path).form(path)
    assert "password" in form.names
    short = stranger.post(path, password="short")
    assert short.status == 422 and short.complaint("password")
    assert stranger.post(path, password="eight blue teapots").status == 303
    assert person_.get("/").status == 303
    assert stranger.post(path, password="nine brown spoons").status in (404, 410, 422)
    assert Visitor(march, stranger.network).sign_in(person_.address, PASSWORD).status == 422
    assert Visitor(march, stranger.network).sign_in(person_.address, "eight blue teapots").status == 303
    for token in ["x", "A" * 43, path.rsplit("/", 1)[1][:-1]]:
        assert stranger.get(f"/password/reset/{token}").status == stranger.get("/password/reset/y").status


def test_the_profile_has_these_fields_and_keeps_them(march):
    visitor = Person(march)
    form = visitor.page("/settings/profile").form("/settings/profile")
    assert set(PROFILE) <= form.names
    values = {"display_name": "Ana <b> ☕", "timezone": "asia/kolkata", "language": "pt-BR", "week_start": "saturday", "day_start": "6",
              "default_hour": "07:30", "quiet_from": "22:00",
              "quiet_until": "07:00", "personality": "mentor", "theme": "dark", "version": form.value("version")}
    assert visitor.post("/settings/profile", values).status == 303
    now = visitor.page("/settings/profile").form("/settings/profile")
    values["timezone"] = "Asia/Kolkata"
    assert [(name, now.value(name)) for name in PROFILE if name != "version"] == [(name,
        values[name]) for name in PROFILE if name != "version"]
    stale = visitor.post("/settings/profile", {**values, "display_name": "Typed"})
    assert stale.status == 409 and "Typed" in stale.markup and "Ana &lt;b&gt; ☕" in stale.markup
    assert visitor.post("/settings/profile", {**values, "version": None}).status == 422


@pytest.mark.parametrize("field, value", [
    ("week_start", "someday"), ("day_start", "7"), ("day_start", "-1"), ("day_start", "x"), ("default_hour", "24:00"),
    ("default_hour", "9"), ("default_hour", "09:60"),
    ("quiet_from", "25:00"), ("quiet_until", "x"), ("theme", "pink"), ("personality", "pirate"), ("language", "fr"),
    ("timezone", "Nowhere"),
    ("display_name", "x" * 10_000), ("default_hour", "٠٩:٠٠"), ("day_start", "٣"),
])
def test_the_profile_refuses_beside_the_field(ana, field, value):
    form = ana.page("/settings/profile").form("/settings/profile")
    answer = ana.post("/settings/profile", {**dict(form.presets()), field: value})
    assert answer.status == 422 and answer.complaint(field)
    after = ana.page("/settings/profile").form("/settings/profile")
    assert after.presets() == form.presets()


@pytest.mark.parametrize("given", [{"quiet_from": "22:00"}, {"quiet_until": "07:00"}, {"quiet_from": "22:00", "quiet_until": "22:00"}])
def test_half_a_quiet_time_is_refused(ana, given):
    form = ana.page("/settings/profile").form("/settings/profile")
    assert ana.post("/settings/profile", {**dict(form.presets()), **given}).status == 422


def test_a_new_password_ends_other_sessions_only(march):
    here = Person(march)
    there = Visitor(march, here.network)
    there.sign_in(here.address)
    for fields in [{"current": "wrong wrong wrong", "password": "eight blue teapots"}, {"current": PASSWORD, "password": "short"},
                   {"current": "", "password": ""}]:
        answer = here.post("/settings/password", fields)
        assert answer.status == 422 and (answer.complaint("current") or answer.complaint("password"))
    assert there.get("/").status == 200
    assert here.post("/settings/password", current=PASSWORD, password="eight blue teapots").status == 303
    assert here.get("/").status == 200 and there.get("/").status == 303


def test_a_session_is_ended_from_another_and_only_ones_own(march, ana):
    here = Person(march)
    there = Visitor(march, here.network)
    there.sign_in(here.address)
    actions = [action for action in here.page("/settings/sessions").actions() if action.endswith("/revocation")]
    assert len(actions) == 2
    for action in actions:
        assert ana.post(action).status == 404
    current = [action for action in there.page("/settings/sessions").actions() if action.endswith("/revocation")]
    assert set(current) == set(actions)
    for action in actions:
        if there.get("/").status == 200 and here.get("/").status == 200:
            assert here.post(action).status == 303
    assert sorted([here.get("/").status, there.get("/").status]) == [200, 303]


def test_guessing_is_slowed_down_with_retry_after(march):
    target, guesser = Person(march), Visitor(march, next(NETWORKS))
    statuses = []
    for number in range(40):
        answer = guesser.sign_in(target.address, f"guess number {number}")
        statuses.append(answer.status)
        if answer.status == 429:
            break
    assert statuses[-1] == 429 and set(statuses[:-1]) == {422}
    assert int(answer.headers["Retry-After"]) > 0


def test_health_is_told_without_an_account(march):
    visitor = Visitor(march)
    for path in ["/healthz", "/readyz"]:
        answer = visitor.get(path)
        assert answer.status == 200 and answer.headers["Cache-Control"] == "no-store" and answer.headers["Set-Cookie"] is None
        assert visitor.send("HEAD", path).status == 200
        assert visitor.post(path, csrf="").status == 405


def test_the_audit_log_tells_newest_first_and_no_secret(march):
    visitor = Person(march)
    path = visitor.make("Audited thing", at="tomorrow 9")
    visitor.post(f"{path}/completion")
    visitor.post("/settings/password", current=PASSWORD, password="eight blue teapots")
    page = visitor.page("/settings/audit")
    times = [datetime.datetime.fromisoformat(time) for time in page.times]
    assert len(times) >= 3 and times == sorted(times, reverse=True)
    assert "Audited thing" in page.text
    assert not any(word in page.text for word in [PASSWORD, "eight blue teapots"])
    assert visitor.get("/settings/audit?after=nonsense").status == 422
