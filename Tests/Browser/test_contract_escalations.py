"""Escalations, their timeline and what answers them, from outside (RULES 3 and 4): the clock is moved and the worker's steps are done."""
import datetime
import re
import zoneinfo

import pytest

from heed_dev import until
from contract import Person

MISSING = "01a42ff4-3d80-72d8-a65e-fc56b4ed8edd"


@pytest.fixture
def ana(ahead):
    return Person(ahead)


@pytest.fixture(scope="module")
def still(ahead):
    """Somebody and an escalation that nothing is to change; its tiers are hours apart."""
    visitor = Person(ahead)
    return visitor, ring(visitor, "Still", importance="medium")[1]


def stamp(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def after(ahead, **step):
    return stamp(ahead.now + datetime.timedelta(**step))


def escalations(visitor, state="open"):
    links = visitor.page(f"/escalations?state={state}").links
    return list(dict.fromkeys(link for link in links if re.fullmatch(r"/escalations/[0-9a-f-]{36}", link or "")))


def ring(visitor, title="Oven", importance="critical", **fields):
    """A reminder that rings now: its path and its escalation's."""
    path = visitor.make(title, importance=importance, **(fields or {"schedule": "interval", "every_minutes": "10080"}))
    before = set(escalations(visitor, "all"))
    assert visitor.post(f"{path}/run").status == 303
    visitor.site.work()
    [made] = until(lambda: set(escalations(visitor, "all")) - before, "an escalation")
    settle(visitor, made, state="active", tier="1")
    return path, made


def settle(visitor, path, **facts):
    """The page, once it says so: the site's own worker may be about to commit a step."""
    found = until(lambda: (page := visitor.page(path)) and all(page.fact(key.replace("_", "-")) == value for key,
                                                                    value in facts.items()) and page, f"{facts} at {path}")
    return found


def test_a_run_by_hand_starts_the_ladder_and_mail_is_sent(ahead, ana):
    path, made = ring(ana)
    page = until(lambda: ana.page(made).has("delivery", "sent") and ana.page(made), "a sent delivery")
    assert page.fact("next-step") == after(ahead, minutes=2)
    assert "by hand" in page.text
    assert ana.page(path).fact("status") == "active"
    assert made in ana.page("/").links and made in ana.page(path).links
    mail = ahead.mail(ana.address, "Oven")
    assert (mail["Auto-Submitted"], mail["List-Unsubscribe-Post"]) == ("auto-generated",
        "List-Unsubscribe=One-Click") and mail["References"]


def test_running_again_meets_the_open_escalation(ahead, ana):
    path, made = ring(ana)
    assert ana.post(f"{path}/run").status == 303
    ahead.work()
    until(lambda: ana.page(made).text.lower().count("again") >= 2, "a line about the second occurrence")
    assert escalations(ana, "all") == [made] and ana.page(made).fact("tier") == "1"


def test_tiers_are_told_at_their_delays_from_the_start(ahead, ana):
    _, made = ring(ana)
    start = ahead.now
    for minute, tier, following in [(2, "2", 5), (5, "3", 10), (10, "4", 15), (15, "5", None)]:
        ahead.move(minutes=minute - (ahead.now - start).seconds // 60)
        ahead.work()
        page = settle(ana, made, state="active", tier=tier)
        if following:
            assert page.fact("next-step") == stamp(start + datetime.timedelta(minutes=following))
    assert ana.post(f"{made}/advance").status in (303, 409)


def test_advance_tells_the_next_tier_now(ahead, ana):
    _, made = ring(ana)
    assert ana.post(f"{made}/advance").location == made
    page = settle(ana, made, tier="2")
    assert page.fact("next-step") == after(ahead, minutes=5)


@pytest.mark.parametrize("importance, again_in, hours", [("critical", None, 4), ("critical", "", None), ("critical", "2 hours", 2),
                                                         ("medium", "", None), ("medium", None, None), ("medium", "90 min", 1.5)])
def test_acknowledging_stops_the_tiers_and_asks_again_where_it_should(ahead, ana, importance, again_in, hours):
    path, made = ring(ana, importance=importance)
    assert ana.post(f"{made}/acknowledgement", again_in=again_in).status == 303
    page = settle(ana, made, state="acknowledged")
    if again_in != "" or importance != "critical":
        assert page.fact("next-step") == (after(ahead, hours=hours) if hours else None)
    assert ana.page(path).fact("status") == "active"
    ahead.move(hours=hours or 2)
    ahead.work()
    if hours:
        settle(ana, made, state="active", tier="1")
    elif importance == "medium":
        assert ana.page(made).fact("state") == "acknowledged"


@pytest.mark.parametrize("words", ["whenever", "-1 hour", "0 min", "yesterday", "x" * 201])
def test_a_wrong_again_in_is_refused_beside_its_field(still, words):
    ana, made = still
    answer = ana.post(f"{made}/acknowledgement", again_in=words)
    assert answer.status == 422 and answer.complaint("again_in")
    assert [form.value("again_in") for form in answer.forms if "again_in" in form.names] == [words]
    assert ana.page(made).fact("state") in ("active", "expired")


def test_completing_ends_it_and_leaves_a_series_alone(ahead, ana):
    path, made = ring(ana, schedule="recurring", cron="0 9 * * *")
    before = ana.page(path).fact("next")
    assert ana.post(f"{made}/completion").status == 303
    page = settle(ana, made, state="completed")
    assert page.fact("next-step") is None and escalations(ana) == []
    assert (ana.page(path).fact("status"), ana.page(path).fact("next")) == ("active", before)
    assert ana.post(f"{made}/completion").status == 303
    assert ana.page(made).fact("state") == "completed"


@pytest.mark.parametrize("fields", [{"at": "in 20 hours"}, {"schedule": "recurring", "cron": "0 9 * * *"}])
def test_snoozing_a_completed_one_is_a_conflict(ana, fields):
    path, made = ring(ana, **fields)
    ana.post(f"{made}/completion")
    assert ana.post(f"{made}/snoozes", until="tomorrow 9").status == 409
    assert ana.page(path).fact("snoozed-until") is None


def test_a_snooze_stops_it_and_begins_again_at_tier_1(ahead, ana):
    path, made = ring(ana)
    ana.post(f"{made}/advance")
    settle(ana, made, tier="2")
    assert ana.post(f"{made}/snoozes", until="30 min", reason="busy <b>").status == 303
    until = after(ahead, minutes=30)
    page = settle(ana, made, state="snoozed")
    assert page.fact("next-step") == until and "30 min" in page.text
    assert ana.page(path).fact("snoozed-until") == until
    # A new snooze replaces the old end.
    assert ana.post(f"{made}/snoozes", until="45 min").status == 303
    ahead.move(minutes=30)
    ahead.work()
    assert ana.page(made).fact("state") == "snoozed"
    ahead.move(minutes=15)
    ahead.work()
    settle(ana, made, state="active", tier="1")
    assert ana.page(path).fact("snoozed-until") is None


@pytest.mark.parametrize("doing", ["completion", "acknowledgement"])
def test_the_reminders_own_buttons_answer_its_escalation(ana, doing):
    path, made = ring(ana, "Once ringing", at="in 20 hours")
    assert ana.post(f"{path}/{doing}").status == 303
    page = settle(ana, made, state={"completion": "completed", "acknowledgement": "acknowledged"}[doing])
    assert ana.page(path).fact("status") == {"completion": "completed", "acknowledgement": "active"}[doing]


def test_deleting_the_reminder_cancels_the_run(ahead, ana):
    path, made = ring(ana)
    assert ana.post(f"{path}/deletion").status == 303
    assert escalations(ana) == []
    answer = ana.get(made)
    assert answer.status == 404 or answer.fact("state") == "cancelled"
    mails = len(ahead.mails(ana.address))
    ahead.move(minutes=20)
    ahead.work()
    assert len(ahead.mails(ana.address)) == mails


@pytest.mark.parametrize("text", ["I called <b>them</b>", "line one\r\nline two", "ação 👍", "x" * 500])
def test_a_note_stands_in_the_timeline_once(still, text):
    ana, made = still
    form = ana.page(made).form(f"{made}/notes")
    for _ in range(2):
        assert ana.post(form["action"], [(key, value) for key, value in form.presets() if key != "text"] + [("text", text)]).status == 303
    assert ana.page(made).text.count(" ".join(text.split())) == 1
    assert "<b>them" not in ana.get(made).markup


@pytest.mark.parametrize("text", ["", "  \r\n ", "x" * 100_000, "a\x00b"])
def test_a_note_that_is_none_is_refused(still, text):
    ana, made = still
    answer = ana.post(f"{made}/notes", text=text)
    assert answer.status == 422 and answer.complaint("text")


def test_somebody_elses_escalation_is_the_same_404(ahead, still):
    ana, made = still
    other = Person(ahead)
    missing = other.get(f"/escalations/{MISSING}").body
    assert other.get(made).body == missing
    for doing in ["acknowledgement", "snoozes", "completion", "advance", "notes"]:
        answer = other.post(f"{made}/{doing}", until="1 hour", text="x")
        assert (answer.status, answer.body) == (404, missing), doing
    assert ana.page(made).fact("state") == "active" and escalations(other, "all") == []


@pytest.mark.parametrize("path", ["/escalations?state=closed", "/escalations?after=x", "MADE?before=x"])
def test_a_malformed_filter_is_a_422_page(still, path):
    ana, made = still
    assert ana.get(path.replace("MADE", made)).status == 422


def test_nobody_answers_and_it_expires_a_day_after_the_last_step(ahead, ana):
    _, made = ring(ana)
    ahead.move(minutes=15)
    ahead.work()
    ahead.move(hours=24, minutes=1)
    ahead.work()
    page = settle(ana, made, state="expired")
    assert page.fact("next-step") is None and "Oven" in ana.page("/").text
    # Answering still works.
    assert ana.post(f"{made}/acknowledgement").status == 303
    settle(ana, made, state="acknowledged")


def test_a_daily_reminder_that_nobody_answers_rings_every_day(ahead, ana):
    ana.make("Daily", schedule="interval", every_minutes="1440", importance="critical")
    seen = []
    for _ in range(3):
        ahead.move(days=1)
        ahead.work()
        ahead.move(minutes=16)
        ahead.work()
        new = until(lambda: [one for one in escalations(ana, "all") if one not in seen], "today's escalation")
        seen += new
    assert len(seen) == 3


def test_after_downtime_the_newest_fires_once_and_says_what_was_missed(ahead, ana):
    path = ana.make("Hourly", schedule="interval", every_minutes="60", importance="critical")
    ahead.move(hours=5, minutes=30)
    ahead.work()
    [made] = until(lambda: escalations(ana, "all"), "the catch-up")
    text = ana.page(made).text + ana.page(path).text
    assert re.search(r"\b4\b|four", text) and "missed" in text.lower()
    assert len([mail for mail in ahead.mails(ana.address) if "Hourly" in mail["Subject"]]) <= 1


def test_a_snooze_over_occurrences_keeps_telling_the_next_one(ahead, ana):
    path = ana.make("Every hour", schedule="interval", every_minutes="60")
    start = ahead.now
    ana.post(f"{path}/snoozes", until="in 5 hours")
    assert ana.page(path).fact("next") == stamp(start + datetime.timedelta(hours=1))
    ahead.move(minutes=90)
    ahead.work()
    until(lambda: ana.page(path).fact("next") != stamp(start + datetime.timedelta(hours=1)), "the first occurrence to pass")
    assert ana.page(path).fact("next") == stamp(start + datetime.timedelta(hours=2))


def test_a_timeline_has_100_entries_a_page(ana):
    _, made = ring(ana)
    for number in range(105):
        ana.post(f"{made}/notes", text=f"note-{number:03}.")
    page = ana.page(made)
    [link] = [link for link in page.links if link and "before=" in link]
    earlier = ana.page(link)
    shown = [[number for number in range(105) if f"note-{number:03}." in one.text] for one in (earlier, page)]
    assert shown[0] + shown[1] == list(range(105)) and 90 < len(shown[1]) <= 100
    assert "It is due" in earlier.text and not [link for link in earlier.links if link and "before=" in link]


def test_quiet_hours_hold_what_is_not_critical(ahead, ana):
    form = ana.page("/settings/profile").form("/settings/profile")
    local = ahead.now.astimezone(zoneinfo.ZoneInfo("America/New_York"))
    quiet = {"quiet_from": (local - datetime.timedelta(hours=1)).strftime("%H:%M"),
             "quiet_until": (local + datetime.timedelta(hours=1)).strftime("%H:%M")}
    assert ana.post("/settings/profile", {**dict(form.presets()), **quiet}).status == 303
    _, held = ring(ana, "Calm", importance="medium")
    until(lambda: ana.page(held).has("delivery", "held"), "a held delivery")
    assert "until" in ana.page(held).text
    _, loud = ring(ana, "Loud", importance="critical")
    until(lambda: ana.page(loud).has("delivery", "sent"), "what breaks through")
    assert not [mail for mail in ahead.mails(ana.address) if "Calm" in mail["Subject"]]
