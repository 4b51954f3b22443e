"""Lists of reminders, what can be done to one or many, and Today, from outside."""
import re
import urllib.parse

import pytest

from heed_dev import until
from contract import Person


@pytest.fixture(scope="module")
def ana(march):
    return Person(march)


@pytest.fixture(scope="module")
def many(march):
    """Somebody with 105 reminders; the titles in their order of time."""
    visitor = Person(march)
    answer = visitor.make("seed", at="tomorrow 9")
    owner = march.sql(f"SELECT user_id FROM reminders WHERE id = '{answer.removeprefix('/reminders/')}'")
    assert owner
    for number in range(104):
        visitor.make(f"row {number:03}", at=f"2027-04-{number % 28 + 1:02}T{number // 28 + 8:02}:00",
                     importance=["low", "medium", "high", "critical"][number % 4])
    return visitor


def rows(page):
    """The ids of a list's rows, in order and once each."""
    found = []
    for link in page.links:
        path = urllib.parse.urlsplit(link or "").path
        if re.fullmatch(r"/reminders/[0-9a-f]{8}-[0-9a-f-]{27}", path) and path not in found:
            found.append(path)
    return found


def older(page):
    return next((link for link in page.links if link and "after=" in link), None)


def walk(visitor, path):
    pages = []
    while path:
        page = visitor.page(path)
        pages.append(rows(page))
        path = older(page)
        assert len(pages) < 5
    return pages


@pytest.mark.parametrize("query", ["", "?sort=title", "?sort=importance", "?status=all", "?status=active&sort=due"])
def test_lists_have_50_rows_a_page_and_lose_none(many, query):
    pages = walk(many, f"/reminders{query}")
    assert [len(page) for page in pages] == [50, 50, 5]
    assert len({path for page in pages for path in page}) == 105


def test_filters_stay_in_the_query_string_of_the_next_page(many):
    page = many.page("/reminders?importance=low&status=all&sort=title&q=row")
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(older(page) or "?").query) if older(page) else {}
    assert len(rows(page)) == 26 and query == {}
    page = many.page("/reminders?q=row&status=all&sort=title")
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(older(page)).query)
    assert (query["q"], query["status"], query["sort"]) == (["row"], ["all"], ["title"])


def test_sorting_by_title_and_importance(many):
    titles = [many.page(path).headings[0] for path in rows(many.page("/reminders?sort=title"))[:3]]
    assert titles == ["row 000", "row 001", "row 002"]
    first = many.page(rows(many.page("/reminders?sort=importance"))[0])
    assert "Critical" in first.text


@pytest.mark.parametrize("query", ["status=foo", "status=OPEN", "importance=urgent", "sort=size", "after=garbage", "after=%00",
                                   "status=open%00", "after=" + "A" * 5000, "importance=low,high"])
def test_a_malformed_filter_value_is_a_422_page(ana, query):
    answer = ana.get(f"/reminders?{query}")
    assert answer.status == 422 and answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("query", ["", "status=", "importance=", "sort=", "q=", "after=", "nonsense=1", "q=%25", "q=_", "q=%27",
                                   "q=" + "x" * 200, "q=%F0%9F%98%80"])
def test_an_empty_filter_value_is_its_default(ana, query):
    assert ana.get(f"/reminders?{query}").status == 200


@pytest.mark.parametrize("q, finds", [("WATER", True), ("Café", True), ("100%", True), ("0% s", True), ("_", True), ("plants now", True),
                                      ("nothing", False), ("\\", False), ("'", False)])
def test_searching_finds_parts_of_titles_in_any_case(march, q, finds):
    visitor = Person(march)
    path = visitor.make("Water the café plants now 100% sure_", at="tomorrow 9")
    assert (path in rows(visitor.page("/reminders?" + urllib.parse.urlencode({"q": q})))) == finds


def test_a_list_answers_304_until_something_changes(march):
    visitor = Person(march)
    path = visitor.make("Seen", at="tomorrow 9")
    # The letter to the new address leaves meanwhile, which counts as a change.
    march.mail(visitor.address, "")
    until(lambda: visitor.get("/reminders").headers["ETag"] == visitor.get("/reminders").headers["ETag"], "quiet")
    for address in ["/reminders", "/", "/escalations", path]:
        answer = visitor.get(address)
        assert answer.headers["ETag"], address
        again = visitor.get(address, **{"If-None-Match": answer.headers["ETag"]})
        assert (again.status, again.body) == (304, b""), address
    tag = visitor.get("/reminders").headers["ETag"]
    visitor.make("Another", at="tomorrow 9")
    visitor.get("/reminders")
    assert visitor.get("/reminders", **{"If-None-Match": tag}).status == 200
    assert Person(march).get("/reminders", **{"If-None-Match": tag}).status == 200


def test_the_life_of_a_reminder(march):
    visitor = Person(march)
    path = visitor.make("Lives", schedule="recurring", cron="0 9 * * *")
    for doing, status, next_time, listed in [("completion", "active", "2027-03-12T14:00:00Z", "open"),
                                             ("archival", "archived", None, "archived"), ("reopening", "active", None, "open")]:
        answer = visitor.post(f"{path}/{doing}")
        assert answer.status == 303
        page = visitor.page(path)
        assert page.fact("status") in ((status,) if doing != "completion" else ("active", "completed")), doing
        assert path in rows(visitor.page(f"/reminders?status={listed}"))
    assert visitor.page(path).fact("next") == "2027-03-11T14:00:00Z"
    once = visitor.make("Once", at="tomorrow 9")
    assert visitor.post(f"{once}/completion").status == 303
    assert (visitor.page(once).fact("status"), visitor.page(once).fact("next")) == ("completed", None)
    assert once in rows(visitor.page("/reminders?status=completed")) and once not in rows(visitor.page("/reminders"))
    assert visitor.post(f"{once}/snoozes", until="tomorrow 9").status == 409
    assert visitor.post(f"{once}/reopening").status == 303
    assert (visitor.page(once).fact("status"), visitor.page(once).fact("next")) == ("active", "2027-03-11T14:00:00Z")
    assert visitor.post(f"{once}/deletion").status == 303
    assert visitor.get(once).status == 404 and visitor.post(f"{once}/reopening").status == 404


@pytest.mark.parametrize("doing", ["completion", "archival"])
def test_pressing_twice_is_no_error(ana, doing):
    path = ana.make("Pressed twice", at="tomorrow 9")
    assert [ana.post(f"{path}/{doing}").status for _ in range(3)] == [303] * 3


@pytest.mark.parametrize("doing", ["completion", "archival"])
def test_completion_and_archival_offer_undo(ana, doing):
    path = ana.make("Undone", at="tomorrow 9")
    answer = ana.post(f"{path}/{doing}")
    page = ana.page(answer.location)
    undo = page.form(f"{path}/reopening")
    assert undo
    assert ana.post(undo["action"], undo.presets()).status == 303
    assert ana.page(path).fact("status") == "active"


@pytest.mark.parametrize("until, moment", [("20 min", "2027-03-10T15:20:00Z"), ("tomorrow at 9", "2027-03-11T14:00:00Z"),
                                           ("amanhã às 9h", "2027-03-11T14:00:00Z"), ("2027-03-12T08:15", "2027-03-12T13:15:00Z"),
                                           ("UNTIL NOON", "2027-03-10T17:00:00Z"), ("1 year", "2028-03-10T15:00:00Z"),
                                           ("2027-03-14T02:30", "2027-03-14T07:30:00Z")])
def test_a_snooze_is_shown_and_leaves_the_series_alone(ana, until, moment):
    path = ana.make("Snoozed", schedule="recurring", cron="0 9 * * *")
    before = ana.page(path).fact("next")
    assert ana.post(f"{path}/snoozes", until=until, reason="why <b>").status == 303
    page = ana.page(path)
    assert (page.fact("status"), page.fact("snoozed-until")) == ("snoozed", moment)
    assert before == "2027-03-11T14:00:00Z" and "why <b>" in page.text
    assert until in page.text or "T" in until
    assert ana.post(f"{path}/snoozes", until="in 3 hours").status == 303
    assert ana.page(path).fact("snoozed-until") == "2027-03-10T18:00:00Z"


def test_every_form_that_snoozes_has_a_nonce(ana):
    path = ana.make("Pressed twice", at="tomorrow 9")
    forms = [form for form in ana.page(path).forms if form["action"] == f"{path}/snoozes"]
    assert len(forms) == 2
    assert all(form.value("nonce") for form in forms)


@pytest.mark.parametrize("until", ["", "   ", "yesterday", "-5 min", "0 min", "2 years", "2028-03-10T10:01", "2027-03-10T10:00", "30 Feb",
                                   "9", "blah", "x" * 201, "2027-02-30T09:00", "in 99999999999 hours"])
def test_a_wrong_snooze_is_refused_with_the_words_kept(ana, until):
    path = ana.make("Not snoozed", at="tomorrow 9")
    answer = ana.post(f"{path}/snoozes", until=until, reason="kept reason")
    assert answer.status == 422
    assert answer.complaint("until")
    form = answer.form(f"{path}/snoozes")
    assert (form.value("until"), form.value("reason")) == (until, "kept reason")
    assert ana.page(path).fact("status") == "active"


def test_bulk_does_to_all_and_comes_back_to_its_list(march, ana):
    visitor = Person(march)
    paths = [visitor.make(f"Bulk {number}", at="tomorrow 9") for number in range(4)]
    ids = [path.removeprefix("/reminders/") for path in paths]
    answer = visitor.post("/reminders/bulk", id=ids[:2], action="completion", list="status=all&q=Bulk")
    assert (answer.status, answer.location) == (303, "/reminders?status=all&q=Bulk")
    assert [visitor.page(path).fact("status") for path in paths] == ["completed", "completed", "active", "active"]
    assert visitor.post("/reminders/bulk", id=ids[2:], action="snooze", until="tomorrow noon", list="").status == 303
    assert visitor.page(paths[2]).fact("snoozed-until") == "2027-03-11T17:00:00Z"
    assert visitor.post("/reminders/bulk", id=ids, action="archival").status == 303
    assert {visitor.page(path).fact("status") for path in paths} == {"archived"}
    for target in ["//evil.example", "\r\nX: y", "status=all#//evil", "https://evil.example/"]:
        location = visitor.post("/reminders/bulk", id=ids[0], action="archival", list=target).location
        assert location is None or re.match(r"/reminders($|[?#])", location)


@pytest.mark.parametrize("fields", [{"action": "completion"}, {"action": "explosion", "id": "OWN"}, {"id": "OWN"},
                                    {"action": "snooze", "id": "OWN", "until": "blah"}, {"action": "snooze", "id": "OWN"}])
def test_bulk_refuses_what_it_cannot_read(ana, fields):
    path = ana.make("Bulk refused", at="tomorrow 9")
    assert ana.post("/reminders/bulk", {**fields, **({"id": path.removeprefix("/reminders/")} if "id" in fields else {})}).status == 422
    assert ana.page(path).fact("status") == "active"


def test_bulk_with_somebody_elses_id_touches_nothing_of_theirs(march, ana):
    other = ana.make("Not yours", at="tomorrow 9")
    visitor = Person(march)
    mine = visitor.make("Mine", at="tomorrow 9")
    statuses = {visitor.post("/reminders/bulk", id=[one.removeprefix("/reminders/"), mine.removeprefix("/reminders/")],
                             action="completion").status
                for one in [other, "/reminders/01a42ff4-3d80-72d8-a65e-fc56b4ed8edd"]}
    assert len(statuses) == 1
    assert ana.page(other).fact("status") == "active"


def test_today_shows_what_is_due_today_and_no_other(march):
    visitor = Person(march)
    visitor.make("Due at nine tonight", at="9pm")
    visitor.make("Due tomorrow", at="tomorrow 9")
    page = visitor.page("/")
    assert "Due at nine tonight" in page.text and "Due tomorrow" not in page.text
