"""Signed links and unsubscribing, from outside: no cookie, no csrf, shown by GET and done by POST only (RULES 4.4, 4.5)."""
import threading
import urllib.parse

import pytest

from conftest import links
from heed_dev import until
from contract import FORM, Person, Visitor
from test_contract_escalations import escalations, ring, settle


@pytest.fixture(scope="module")
def ana(ahead):
    return Person(ahead)


@pytest.fixture(scope="module")
def shown(ahead, ana):
    """An escalation that nothing is to change, and its link."""
    return rung(ahead, ana, "Look only", importance="medium")[1:]


@pytest.fixture
def stranger(ahead):
    """No cookies, and no csrf field is ever sent."""
    return Visitor(ahead)


def press(visitor, path, headers=None, **fields):
    return visitor.send("POST", path, {"Content-Type": FORM, **(headers or {})}, urllib.parse.urlencode(fields))


def signed(ahead, visitor, title, kind="/a/"):
    """The path of the link in the newest mail of that title."""
    mail = ahead.mail(visitor.address, title)
    return next(urllib.parse.urlsplit(link).path for link in reversed(links(mail)) if kind in link)


def rung(ahead, ana, title, **fields):
    path, made = ring(ana, title, **fields)
    return path, made, signed(ahead, ana, title)


def test_opening_a_link_only_shows(ana, stranger, shown):
    made, link = shown
    for method in ["GET", "HEAD", "GET"]:
        answer = stranger.send(method, link)
        assert answer.status == 200
    page = answer
    assert "Look only" in page.text and ana.page(made).fact("state") == "active"
    actions = {button["value"] for button in page.all("button", name="action")}
    actions |= {form.value("action") for form in page.forms}
    assert {"acknowledgement", "snooze", "completion"} <= actions
    assert all(form["method"] == "post" and form["action"] == link and "csrf" not in form.names for form in page.forms)
    assert any("until" in form.names for form in page.forms)
    told = [answer.headers[name] for name in ["Cache-Control", "Referrer-Policy", "Set-Cookie"]]
    assert told == ["no-store", "same-origin", None]


@pytest.mark.parametrize("fields, state", [({"action": "acknowledgement"}, "acknowledged"), ({"action": "completion"}, "completed"),
                                           ({"action": "snooze", "until": "in 1 hour"}, "snoozed")])
def test_pressing_does_it_once_and_the_link_says_by_whom(ahead, ana, stranger, fields, state):
    _, made, link = rung(ahead, ana, f"Press {state}")
    answer = press(stranger, link, **fields)
    assert answer.status in (200, 303) and (answer.location or link).split("?")[0] == link
    settle(ana, made, state=state)
    page = stranger.page(link)
    assert "Rui Campos" in page.text
    again = press(stranger, link, **fields)
    assert again.status in (200, 303, 409)
    assert ana.page(made).fact("state") == state
    assert "link" in ana.page("/settings/audit").text.lower()


@pytest.mark.parametrize("fields", [{}, {"action": "deletion"}, {"action": "snooze"}, {"action": "snooze", "until": "blah"},
                                    {"action": "snooze", "until": "yesterday"}])
def test_what_a_link_cannot_do_is_refused_and_changes_nothing(ana, stranger, shown, fields):
    made, link = shown
    answer = press(stranger, link, **fields)
    assert answer.status == 422
    if fields.get("until"):
        assert answer.complaint("until") and any(form.value("until") == fields["until"] for form in answer.forms)
    assert ana.page(made).fact("state") == "active"


def test_only_other_sites_are_kept_from_pressing(ahead, ana, stranger, shown):
    made, link = shown
    for headers in [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"},
                    {"Origin": "null"}]:
        assert press(stranger, link, headers, action="completion").status == 403
    assert stranger.send("POST", link, {"Content-Type": "application/json"}, '{"action":"completion"}').status == 415
    assert stranger.send("PUT", link).status == 405
    assert ana.page(made).fact("state") == "active"
    assert press(stranger, link, {"Sec-Fetch-Site": "same-origin", "Origin": ahead.url}, action="nothing").status == 422


def test_a_link_that_was_changed_is_none(ana, stranger, shown):
    made, link = shown
    missing = stranger.get("/a/x").body
    token = link.removeprefix("/a/")
    other = "B" if token[20] != "B" else "C"
    for wrong in [token[:-1], token + "A", token[:20] + other + token[21:], other + token[1:], token.lower(), token + "=", ""]:
        for answer in [stranger.get(f"/a/{wrong}"), press(stranger, f"/a/{wrong}", action="completion")]:
            assert answer.status == 404 and answer.body == missing, wrong
    assert ana.page(made).fact("state") == "active"


def test_a_link_of_an_older_occurrence_leaves_a_newer_one_alone(ahead, ana, stranger):
    path, made, link = rung(ahead, ana, "Older")
    assert ana.post(f"{made}/completion").status == 303
    assert ana.post(f"{path}/run").status == 303
    ahead.work()
    newer = until(lambda: next((one for one in escalations(ana, "all") if one != made and one in ana.page(path).links), None), "the newer one")
    assert press(stranger, link, action="completion").status in (200, 303, 409)
    assert press(stranger, link, action="snooze", until="in 1 hour").status in (200, 303, 409)
    assert (ana.page(made).fact("state"), ana.page(newer).fact("state")) == ("completed", "active")
    assert ana.page(path).fact("status") == "active"


def test_a_link_is_readable_after_7_days_and_does_nothing(ahead, ana, stranger):
    path, made, link = rung(ahead, ana, "Late", at="in 300 hours")
    ahead.move(days=7, minutes=5)
    ahead.work()
    assert "Late" in stranger.page(link).text
    answer = press(stranger, link, action="completion")
    assert answer.status in (200, 303, 409, 410)
    assert ana.page(path).fact("status") == "active" and ana.page(made).fact("state") != "completed"


def test_unsubscribing_needs_nothing_and_answers_the_same_every_time(ahead, stranger):
    visitor = Person(ahead)
    ring(visitor, "Unwanted")
    link = signed(ahead, visitor, "Unwanted", "/u/")
    form = stranger.page(link).form(link)
    assert form and "csrf" not in form.names
    mail = ahead.mail(visitor.address, "Unwanted")
    assert mail["List-Unsubscribe"].replace("\r\n", "").strip("<> ").endswith(link)
    settings = visitor.page("/agents").form("/agents/email")
    assert settings.value("enabled") == "on"
    one_click = {"List-Unsubscribe": "One-Click"}
    multipart = b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    answers = [press(stranger, link, {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}, **one_click),
               press(stranger, link, **one_click), press(stranger, link),
               stranger.send("POST", link, {"Content-Type": "multipart/form-data; boundary=b"}, multipart)]
    assert [answer.status for answer in answers] == [200] * 4
    assert len({answer.body for answer in answers}) == 1
    assert stranger.page(link)
    count = len(ahead.mails(visitor.address))
    ring(visitor, "Silent")
    ahead.work()
    assert not [mail for mail in ahead.mails(visitor.address)[count:] if "Silent" in mail["Subject"]]
    for wrong in ["x", link[3:-1], link[3:] + "A"]:
        assert stranger.get(f"/u/{wrong}").status == 404 and press(stranger, f"/u/{wrong}").status == 404


@pytest.mark.parametrize("kind", ["nonce", "completion", "quick"])
def test_pressing_twice_at_once_is_once(ahead, ana, kind):
    """Two connections at the same moment, as a double click or a phone that sends again."""
    nonce = ana.page("/reminders/new").form("/reminders").value("nonce")
    path = ana.make("Pressed at once", at="tomorrow 9") if kind == "completion" else None
    results, gate = [], threading.Barrier(6)

    def send():
        twin = Visitor(ahead)
        twin.cookies, twin.csrf = dict(ana.cookies), ana.csrf
        gate.wait()
        if kind == "completion":
            results.append(twin.post(f"{path}/completion"))
        else:
            fields = {"title": "At once", "at": "tomorrow 9"} if kind == "nonce" else {"quick": "At once tomorrow 9am"}
            results.append(twin.post("/reminders", {**fields, "nonce": nonce}))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status for answer in results] == [303] * 6
    if kind == "completion":
        assert ana.page(path).fact("status") == "completed"
    else:
        assert len({answer.location for answer in results}) == 1


def test_one_of_two_edits_at_once_wins_and_the_other_is_told(ahead, ana):
    path = ana.make("Edited at once", at="tomorrow 9")
    form = ana.page(f"{path}/edit").form(path)
    results, gate = {}, threading.Barrier(5)

    def send(number):
        twin = Visitor(ahead)
        twin.cookies, twin.csrf = dict(ana.cookies), ana.csrf
        gate.wait()
        results[number] = twin.post(path, {**dict(form.presets()), "title": f"Edit {number}"})

    threads = [threading.Thread(target=send, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status for answer in results.values()) == [303, 409, 409, 409, 409]
    winner = next(number for number, answer in results.items() if answer.status == 303)
    assert ana.page(path).headings[0] == f"Edit {winner}"
    for number, answer in results.items():
        assert answer.status == 303 or (f"Edit {number}" in answer.markup and f"Edit {winner}" in answer.markup)
