"""Goals and subtasks by the letter of the contract."""
import uuid

import pytest

from contract import Person


def goal(person, title="Run a marathon", **fields):
    answer = person.post("/goals", title=title, **{"category": "health", **fields})
    assert answer.status == 303, answer.complaints()
    return answer.place


def subtasks(person, place):
    """[(id, title words, status)] of a goal's steps, in order."""
    page, found = person.get(place), []
    for fact in page.all("data", data_fact="subtask"):
        row = fact
        while row.tag not in {"li", "tr", "article"}:
            row = row.above
        ids = [action.split("/subtasks/")[1].split("/")[0] for action in row.actions() if "/subtasks/" in action]
        found.append((ids[0], row.text, fact["value"]))
    return found


@pytest.mark.parametrize("control, fields", [
    ("title", {"title": ""}), ("title", {"title": "  "}), ("category", {"category": "sport"}), ("deadline", {"deadline": "2027-02-29"}),
    ("deadline", {"deadline": "2027-02-31"}), ("deadline", {"deadline": "tomorrow"}), ("deadline", {"deadline": "2027-2-9"}),
    ("deadline", {"deadline": "99999-01-01"}),
])
def test_bad_goals_are_422(ana, control, fields):
    answer = ana.post("/goals", **{"title": "Learn é", "category": "education", "description": "typed", **fields})
    assert answer.status == 422 and answer.complaints().get(control), answer.complaints()
    assert answer.value("description") == "typed" and answer.value("title") == fields.get("title", "Learn é")


@pytest.mark.parametrize("category", ["career", "health", "education", "personal", "finance", "other"])
def test_each_category_and_a_leap_day(ana, category):
    place = goal(ana, category=category, deadline="2028-02-29")
    page = ana.get(place)
    assert page.status == 200 and page.fact("status") == "active" and ana.get(place + "/edit").value("deadline") == "2028-02-29"


def test_progress_is_done_subtasks_over_all(ana):
    place = goal(ana)
    assert ana.get(place).fact("progress") in {None, "0", "0.000000"}
    for title in "ABCD":
        assert ana.post(place + "/subtasks", title=title, estimated_days="3", success_criteria="done").place == place
    steps = subtasks(ana, place)
    assert [status for _, _, status in steps] == ["pending"] * 4
    for number, status in [(0, "completed"), (1, "in_progress"), (2, "completed"), (3, "completed")]:
        assert ana.post(f"{place}/subtasks/{steps[number][0]}/status", status=status).status == 303
    assert float(ana.get(place).fact("progress")) == 0.75
    assert [status for _, _, status in subtasks(ana, place)] == ["completed", "in_progress", "completed", "completed"]
    # The last one offers the goal, and does not force it.
    last = ana.get(ana.post(f"{place}/subtasks/{steps[1][0]}/status", status="completed").place)
    assert last.fact("status") == "active" and float(last.fact("progress")) == 1 and place + "/completion" in last.actions()
    assert ana.post(place + "/completion").status == 303 and ana.get(place).fact("status") == "completed"
    assert ana.post(place + "/reopening").status == 303 and ana.get(place).fact("status") == "active"


@pytest.mark.parametrize("status", ["", "done", "Completed", None])
def test_an_unknown_status_is_422(ana, status):
    place = goal(ana)
    ana.post(place + "/subtasks", title="A")
    step = subtasks(ana, place)[0][0]
    assert ana.post(f"{place}/subtasks/{step}/status", status=status).status == 422 and subtasks(ana, place)[0][2] == "pending"


@pytest.mark.parametrize("control, fields", [
    ("title", {"title": ""}), ("estimated_days", {"estimated_days": "-1"}), ("estimated_days", {"estimated_days": "x"}),
    ("estimated_days", {"estimated_days": "1.5"}),
    ("estimated_days", {"estimated_days": "99999999999999999999"}),
])
def test_bad_subtasks_are_422(ana, control, fields):
    place = goal(ana)
    answer = ana.post(place + "/subtasks", **{"title": "Step é", **fields})
    assert answer.status == 422 and answer.complaints().get(control), answer.complaints()
    assert subtasks(ana, place) == []


def test_a_goal_with_open_steps_may_be_completed_and_says_so(ana):
    place = goal(ana)
    ana.post(place + "/subtasks", title="Open one")
    done = ana.get(ana.post(place + "/completion").place)
    assert ana.get(place).fact("status") == "completed" and ("open" in done.text.lower() or "left" in done.text.lower())
    assert ana.post(place + "/completion").status in {303, 409}


def test_steps_are_ordered_without_gap_or_double(ana):
    place = goal(ana)
    for title in ["Aa", "Bb", "Cc"]:
        ana.post(place + "/subtasks", title=title)
    steps = subtasks(ana, place)
    assert ana.post(f"{place}/subtasks/{steps[2][0]}/position", position="1").status == 303
    assert [step for step, _, _ in subtasks(ana, place)] == [steps[2][0], steps[0][0], steps[1][0]]
    for position in ["0", "-1", "x", ""]:
        assert ana.post(f"{place}/subtasks/{steps[0][0]}/position", position=position).status == 422, position
    assert ana.post(f"{place}/subtasks/{steps[0][0]}/deletion").status == 303
    assert [step for step, _, _ in subtasks(ana, place)] == [steps[2][0], steps[1][0]]


def test_a_subtask_is_edited(ana):
    place = goal(ana)
    ana.post(place + "/subtasks", title="Old")
    step = subtasks(ana, place)[0][0]
    form = next(form for form in ana.get(f"{place}?step={step}").all("form", action=f"{place}/subtasks/{step}"))
    version = dict(form.presets())["version"]
    for wrong in [None, "x"]:
        assert ana.post(f"{place}/subtasks/{step}", title="New words", version=wrong).status == 422
    assert ana.post(f"{place}/subtasks/{step}", title="New words", estimated_days="2", version=version).status == 303
    assert ana.post(f"{place}/subtasks/{step}", title="Other words", version=version).status == 409
    assert "New words" in subtasks(ana, place)[0][1]


def test_overdue_is_said_and_life_goes_round(outside, rui):
    place = goal(rui, deadline="2027-02-11")
    outside.at("2027-02-12T15:00:00Z")
    assert "overdue" in rui.get(place).text.lower()
    version = rui.get(place + "/edit").value("version")
    assert rui.post(place, title="Other", category="other", version=version).place == place
    stale = rui.post(place, title="Mine", category="other", version=version)
    assert stale.status == 409 and "Other" in stale.plain and stale.value("title") == "Mine"
    assert rui.post(place, title="Mine", category="other").status == 422
    assert rui.post(place + "/archival").status == 303 and rui.get(place).fact("status") == "archived"
    assert rui.post(place + "/reopening").status == 303 and rui.get(place).fact("status") == "active"
    assert rui.post(place + "/deletion").status == 303 and rui.get(place).status == 404


def test_a_goal_names_the_habits_that_serve_it(ana):
    place, second = goal(ana), goal(ana, title="Second")
    habit = ana.habit("Run slowly", goal=[place.rsplit("/", 1)[1], second.rsplit("/", 1)[1]])
    assert habit in ana.get(place).links and place in ana.get(habit).links and second in ana.get(habit).links


def test_a_goal_is_made_once(ana):
    nonce = str(uuid.uuid4())
    assert goal(ana, title="One", nonce=nonce) == goal(ana, title="Two", nonce=nonce)


def test_a_step_of_another_goal_is_404(ana):
    one, two = goal(ana), goal(ana)
    ana.post(one + "/subtasks", title="A")
    step = subtasks(ana, one)[0][0]
    assert ana.post(f"{two}/subtasks/{step}/status", status="completed").status == 404
    other = Person(ana.site)
    assert other.post(f"{goal(other)}/subtasks/{step}/status", status="completed").status == 404
    assert subtasks(ana, one)[0][2] == "pending"
