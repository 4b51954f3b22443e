"""Every route of habits, goals and coach before strangers, other methods, other bodies and forged forms."""
import pytest

from contract import FORM, Person, Visitor

MISSING = "01a39fc2-2d80-7c6b-a8cb-ceeb949ad755"
DATE = "2027-02-10"
# Address, and what a good post would send. H: a habit, G: a goal, S: its step, C: a chat, M: a message, I: an import, P: a pause.
POSTS = [
    ("/habits", {"name": "A"}), ("/habits/pause", {}), ("/habits/resumption", {}),
    ("/habits/bulk", {"id": "H", "action": "completion", "date": DATE}),
    ("/habits/H", {"name": "A", "version": "1"}), ("/habits/H/completions", {"date": DATE}), ("/habits/H/skips", {"date": DATE}),
    ("/habits/H/notes", {"date": DATE, "notes": "x"}),
    (f"/habits/H/completions/{DATE}/deletion", {}), (f"/habits/H/skips/{DATE}/deletion", {}), ("/habits/H/position", {"position": "1"}),
    ("/habits/H/pause", {}),
    ("/habits/H/pauses/P/deletion", {}), ("/habits/H/resumption", {}), ("/habits/H/archival", {}), ("/habits/H/restoration", {}),
    ("/habits/H/deletion", {}),
    ("/habits/import/I/confirmation", {"habit_1": "new"}), ("/habits/import/I/deletion", {}),
    ("/goals", {"title": "A", "category": "other"}),
    ("/goals/G", {"title": "A", "category": "other", "version": "1"}), ("/goals/G/completion", {}), ("/goals/G/reopening", {}),
    ("/goals/G/archival", {}), ("/goals/G/deletion", {}),
    ("/goals/G/subtasks", {"title": "A"}), ("/goals/G/subtasks/S", {"title": "A", "version": "1"}),
    ("/goals/G/subtasks/S/status", {"status": "completed"}),
    ("/goals/G/subtasks/S/position", {"position": "1"}), ("/goals/G/subtasks/S/deletion", {}), ("/coach/messages", {"content": "A"}),
    ("/coach/C/archival", {}),
    ("/coach/C/deletion", {}), ("/coach/messages/M/deletion", {}), ("/settings/coach", {"speak": "all", "version": "1"}),
]
GETS = ["/habits", "/habits/new", "/habits/import", "/habits/sheet?month=2027-02", "/habits/export.csv", "/habits/H", "/habits/H/edit",
    "/habits/H/sheet?month=2027-02",
        "/habits/import/I", "/goals", "/goals/new", "/goals/G", "/goals/G/edit", "/coach", "/coach/C", "/review", "/review/2027-W05",
        "/settings/coach", "/settings/model"]
ROWS = [(path, fields) for path, fields in POSTS if {"H", "G", "C", "M", "I"} & set(path.split("/"))]
BOTH = {"/habits", "/habits/H", "/habits/import", "/goals", "/goals/G", "/settings/coach"}


@pytest.fixture(scope="module")
def things(far):
    """Two people; the first has one of everything, by letter."""
    far.at("2027-02-10T15:00:00Z")
    owner, stranger = Person(far), Person(far)
    ids = {"H": owner.habit("Secret words").rsplit("/", 1)[1], "G": owner.post("/goals", title="Secret goal", category="other").made}
    owner.post(f"/goals/{ids['G']}/subtasks", title="Secret step")
    page = owner.get(f"/goals/{ids['G']}")
    ids["S"] = next(action.split("/")[4] for action in page.actions() if "/subtasks/" in action)
    owner.tick(f"/habits/{ids['H']}", "2027-02-09", notes="Secret note")
    ids["M"] = next(action.split("/")[3] for action in owner.get("/coach").actions() if action.startswith("/coach/messages/"))
    ids["C"] = owner.post("/coach/messages", content="Secret talk").made
    ids["I"] = owner.upload("/habits/import", b"habit,date,value\r\nSecret file,2027-02-01,1\r\n").fact("import")
    owner.post(f"/habits/{ids['H']}/pause", **{"from": "2027-03-01", "until": "2027-03-05"})
    ids["P"] = next(action.split("/")[4] for action in owner.get(f"/habits/{ids['H']}").actions() if "/pauses/" in action)
    return owner, stranger, ids


def at(path, ids):
    return "/".join(ids.get(part, part) for part in path.split("/"))


def told(answer):
    headers = {name: value for name, value in answer.headers.items() if name not in {"Date", "X-Request-Id", "Set-Cookie"}}
    return answer.status, headers, answer.body


@pytest.mark.parametrize("path, fields", ROWS, ids=[path for path, _ in ROWS])
def test_somebody_elses_row_is_the_404_of_a_missing_one(outside, things, path, fields):
    owner, stranger, ids = things
    before = owner.get("/habits/export.csv").body
    other = told(stranger.post(at(path, ids), **fields))
    assert other[0] == 404 and b"Secret" not in other[2]
    for missing in [MISSING, "nothing", ids["H"].upper(), "1"]:
        assert told(stranger.post(at(path, dict.fromkeys(ids, missing)), **fields))[2] == other[2]
    assert owner.get("/habits/export.csv").body == before


@pytest.mark.parametrize("path", [path for path in GETS if {"H", "G", "C", "I"} & set(path.split("/"))])
def test_pages_of_others_are_the_404_of_a_missing_one(outside, things, path):
    owner, stranger, ids = things
    assert owner.get(at(path, ids)).status == 200
    assert told(stranger.get(at(path, ids))) == told(stranger.get(at(path, dict.fromkeys(ids, MISSING)))) == told(stranger.get(at(path,
        dict.fromkeys(ids, "x"))))
    assert stranger.get(at(path, ids)).status == 404


def test_nothing_of_others_in_lists_bulk_search_and_files(outside, things):
    owner, stranger, ids = things
    for path in ["/habits?status=all", "/habits?q=secret", "/goals", "/coach", "/review", "/habits/export.csv", "/search?q=secret", "/",
            "/habits/sheet?month=2027-02", "/settings/export"]:
        assert b"Secret" not in stranger.get(path).body, path
    stranger.post("/habits/bulk", id=ids["H"], action="completion", date=DATE)
    stranger.post("/habits/bulk", id=ids["H"], action="archival")
    assert owner.facts(f"/habits/{ids['H']}")["status"] == "active" and owner.facts(f"/habits/{ids['H']}")["total"] == "1"


@pytest.mark.parametrize("path, fields", POSTS, ids=[path for path, _ in POSTS])
def test_the_order_of_checks(outside, things, path, fields):
    owner, _, ids = things
    where = at(path, ids)
    nobody = Visitor(outside)
    nobody.csrf = owner.csrf
    # 405 before 401, with what is allowed; bodies that are no form 415 before 401.
    wrong = nobody.send("PUT", where, {"Content-Type": FORM}, b"")
    allowed = set((wrong.headers["Allow"] or "").replace(" ", "").split(","))
    assert wrong.status == 405 and allowed == ({"GET", "HEAD", "POST"} if path in BOTH else {"POST"})
    if path not in BOTH:
        assert owner.get(where).status == 405
    assert nobody.send("POST", where, {"Content-Type": "application/json"}, b"{}").status == 415
    assert nobody.send("POST", where, {"Content-Type": "multipart/form-data; boundary=x"}, b"--x--").status == 415
    assert nobody.post(where, **fields).status == 401
    # 403 before 404: a forged form learns nothing.
    for place in [where, at(path, dict.fromkeys(ids, MISSING))]:
        assert owner.post(place, csrf=None, **fields).status == 403
        assert owner.post(place, csrf="0" * 64, **fields).status == 403
        assert owner.send("POST", place, {"Content-Type": FORM, "Sec-Fetch-Site": "cross-site"},
            f"csrf={owner.csrf}".encode()).status == 403
        assert owner.send("POST", place, {"Content-Type": FORM, "Origin": "https://evil.example"},
            f"csrf={owner.csrf}".encode()).status == 403


@pytest.mark.parametrize("path", GETS)
def test_pages_ask_nobody_in_and_answer_heads(outside, things, path):
    owner, _, ids = things
    where = at(path, ids)
    nobody = Visitor(outside)
    answer = nobody.get(where)
    assert answer.status == 303 and answer.headers["Location"].startswith("/sign-in?next=")
    full, head = owner.get(where), owner.send("HEAD", where)
    assert full.status == head.status == 200 and head.body == b"" and head.headers["Content-Type"] == full.headers["Content-Type"]
    for one in [full, head]:
        assert one.headers["X-Content-Type-Options"] == "nosniff" and one.headers["Cache-Control"] in {"no-store", "private, no-cache"}
        assert (one.headers["Cache-Control"] == "private, no-cache") == (one.headers["ETag"] is not None)
    if full.headers["ETag"]:
        again = owner.get(where, **{"If-None-Match": full.headers["ETag"]})
        assert again.status == 304 and again.body == b""


def test_an_import_is_sent_as_a_file(outside, things):
    owner, _, _ = things
    assert owner.post("/habits/import", file="x").status in {415, 422}
    assert owner.upload("/habits/import", b"").status == 422
    owner_csrf, owner.csrf = owner.csrf, "0" * 64
    assert owner.upload("/habits/import", b"habit,date\r\n").status == 403
    owner.csrf = owner_csrf


@pytest.mark.parametrize("month", ["2027-13", "2027-00", "2027", "x", "2027-2", "99999-01"])
@pytest.mark.parametrize("path", ["/habits/sheet", "/habits/H/sheet"])
def test_months_that_are_none_are_422(outside, things, path, month):
    owner, _, ids = things
    assert owner.get(at(path, ids) + "?month=" + month).status == 422
