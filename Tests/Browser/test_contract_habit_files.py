"""Histories of other products by the table beside the samples, and our own file, by the letter of the contract."""
import datetime
import io
import pathlib
import zipfile

import pytest

from contract import HEADER, Person
from heed_dev import until

SAMPLES = pathlib.Path(__file__).resolve().parents[3] / "shared" / "specs" / "habit-files"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples lie beside the repository")


def done(*dates, amount=""):
    return {date: ("done", amount) for date in dates}


def skipped(*dates):
    return {date: ("skipped", "") for date in dates}


# File: (facts of the preview, {habit: its days}, refused lines).
TABLE = {
    "loop-2.3.zip": ((6, 20, 0), {
        "Violão": 3, "Corrida": {"amounts": {"0", "6.25", "4.5"}, "skips": 1}, "Café": {"amounts": {"0", "2", "3", "1.5"}, "skips": 0},
        "🎸": 1, "Regar": 3}),
    "loop-2.0-root.csv": ((2, 4, 0), {"Ler": {**done("2026-03-03"), **skipped("2026-03-02")},
    "Passos": {"2026-03-03": ("done", "7"), "2026-03-02": ("done", "6.5")}}),
    "habitbull-iso.csv": ((1, 1, 0), {"Floss": done("2026-11-28")}),
    "habitbull-mdy.csv": ((2, 5, 0), {"Floss": {**done("2026-11-28", "2026-11-30"), "2026-11-29": ("note", "")},
                                      "Pages": {"2026-12-01": ("done", "1"), "2026-12-02": ("done", "35")}}),
    "habitica-userdata.json": ((3, 4, 1), {"Make the bed": done("2027-01-04", "2027-01-05", "2027-01-07"), "Old style": {},
    "Stretch": done("2027-01-04", amount="2")}),
    "habitkit.json": ((3, 4, 1), {"Read aloud": done("2027-01-05"), "Water": {"2027-01-05": ("done", "5"), "2027-01-06": ("done", "8")},
                                  "No sugar": done("2027-01-03", amount="1")}),
    "streaks-old.csv": ((1, 2, 0), {"Up by 6.30": {**done("2027-01-04"), **skipped("2027-01-06")}}),
    "streaks-new.csv": ((1, 1, 1), {"Run, slowly": done("2027-01-04", amount="5.5")}),
    "habitify.csv": ((2, 4, 0), {"Drink water": {"2027-01-04": ("done", "2000"), "2027-01-05": ("done", "750"),
    "2027-01-06": ("skipped", "")},
                                 "Tidy the desk": done("2027-01-04")}),
    "matrix-pt.csv": ((2, 4, 1), {"Ler": done("2027-01-31", "2027-02-02"),
    "Água": {"2027-01-31": ("done", "1.5"), "2027-02-01": ("done", "2")}}),
    "list.csv": ((1, 4, 2), {"Yoga": {**done("2027-02-01", "2027-02-03", "2027-02-04"), **skipped("2027-02-02")}}),
}


@pytest.mark.parametrize("file", TABLE)
def test_each_sample_brings_what_the_table_says_and_twice_nothing_new(rui, file):
    content = (SAMPLES / file).read_bytes()
    preview = rui.upload("/habits/import", content, name="anything.bin")
    (habits, new, refused), wanted = TABLE[file]
    assert preview.status == 200
    facts = preview.facts()
    assert [facts[name] for name in ["import-habits", "import-new", "import-known", "import-refused"]] == [str(habits), str(new), "0",
        str(refused)]
    assert rui.taken() == [] and rui.confirm(preview).status == 200
    for name, days in wanted.items():
        found = {date: row[:2] for date, row in rui.days(name).items()}
        if isinstance(days, int):
            assert len(found) == days
        elif "amounts" in days:
            assert {amount for state, amount in found.values() if state == "done"} == days["amounts"]
            assert [state for state, _ in found.values()].count("skipped") == days["skips"]
        else:
            assert found == days
    before = rui.taken()
    again = rui.upload("/habits/import", content)
    assert (again.fact("import-new"), again.fact("import-known")) == ("0", str(new))
    assert {row["value"] for row in again.all("data", data_fact="habit-new")} == {"0"}
    if again.form(f"/habits/import/{again.fact('import')}/confirmation"):
        rui.confirm(again)
    assert rui.taken() == before


def test_what_loop_tells_of_its_habits(rui):
    rui.bring((SAMPLES / "loop-2.3.zip").read_bytes())
    rows = {row["habit"]: row["name"] for row in rui.taken() if row["record"] == "habit"}
    rules = {rows[row["habit"]]: (row["frequency"], row["times"], row["target"], row["direction"], row["period"]) for row in rui.taken()
        if row["record"] == "frequency"}
    assert rules["Violão"][:2] == ("per_week", "3") and rules["Regar"][:2] == ("per_week", "4") and rules["🎸"][:2] == ("per_month", "1")
    assert rules["Corrida"][2:] == ("10", "at_least", "week") and rules["Café"][2:] == ("2", "at_most",
        "day") and rules["Água, fria"][0] == "daily"
    cold = rui.days("Água, fria")
    assert sorted(state for state, *_ in cold.values()) == ["done"] * 4 + ["skipped"] and len([1 for row in cold.values() if row[3]]) == 3
    assert rui.facts(rui.named("🎸"))["status"] == "archived" and rui.facts(rui.named("Café"))["total"] == "3"


def test_what_habitkit_and_habitica_tell(rui):
    rui.bring((SAMPLES / "habitkit.json").read_bytes())
    rui.bring((SAMPLES / "habitica-userdata.json").read_bytes())
    names = {row["habit"]: row["name"] for row in rui.taken() if row["record"] == "habit"}
    rules = {}
    for row in rui.taken():
        if row["record"] == "frequency":
            rules.setdefault(names[row["habit"]], []).append((row["date"], row["frequency"], row["times"] or row["days"], row["target"],
                row["direction"]))
    assert [target for _, _, _, target, _ in rules["Water"]] == ["5", "8"] and rules["Water"][1][0] == "2027-01-06"
    assert rules["No sugar"][0][3:] == ("0",
        "at_most") and rui.facts(rui.named("No sugar"))["status"] == "archived" and rui.facts(rui.named("No sugar"))["total"] == "0"
    assert rules["Read aloud"][0][1:3] == ("per_week", "3") and rui.days("Read aloud")["2027-01-05"][3] == "poems"
    assert rules["Make the bed"][0][1] == "specific_days" and rules["Old style"][0][1:3] == ("per_week",
        "4") and rui.facts(rui.named("Water"))["total"] == "2"


@pytest.mark.parametrize("file, words", [("loop-backup.db", "CSV"), ("habitica-history.csv", "User Data")])
def test_files_that_are_refused_name_the_way(ana, file, words):
    answer = ana.upload("/habits/import", (SAMPLES / file).read_bytes())
    assert answer.status == 422 and words in answer.complaints()["file"]


@pytest.mark.parametrize("order, dates", [("dmy", {"2026-02-01", "2026-04-03"}), ("mdy", {"2026-01-02", "2026-03-04"})])
def test_day_and_month_in_doubt_are_asked(rui, order, dates):
    preview = rui.upload("/habits/import", (SAMPLES / "habitbull-unclear.csv").read_bytes())
    assert preview.status == 200 and {node["value"] for node in preview.all(name="date_order")} == {"dmy", "mdy"}
    action = f"/habits/import/{preview.fact('import')}/confirmation"
    assert rui.post(action, **dict(preview.form(action).presets())).status == 422 and rui.taken() == []
    rui.confirm(preview, date_order=order)
    assert set(rui.days("Floss")) == dates


def test_a_file_without_a_name_asks_for_it(rui):
    preview = rui.upload("/habits/import", (SAMPLES / "loop-1.x-one-habit.csv").read_bytes())
    action = f"/habits/import/{preview.fact('import')}/confirmation"
    assert rui.post(action, **dict(preview.form(action).presets())).status == 422
    rui.confirm(preview, name_1="Swim")
    assert {date: row[0] for date, row in rui.days("Swim").items()} == {"2026-02-04": "done", "2026-02-02": "skipped", "2026-01-31": "done"}


def test_streaks_as_ticks_by_choice(rui):
    rui.confirm(rui.upload("/habits/import", (SAMPLES / "streaks-new.csv").read_bytes()), target_1="")
    assert {date: row[:2] for date, row in rui.days("Run, slowly").items()} == done("2027-01-04", "2027-01-06")


LIST = "habit,date,value\r\nÁgua,2027-01-31,1\r\nÁgua,2027-02-01,1\r\n"


@pytest.mark.parametrize("content", [
    LIST.encode(), b"\xef\xbb\xbf" + LIST.encode(), LIST.encode("utf-16"), b"\xfe\xff" + LIST.encode("utf-16-be"),
    LIST.encode("windows-1252"),
    LIST.replace(",", ";").encode(), LIST.replace(",", "\t").encode(), LIST.replace("\r\n", "\n").encode(),
    LIST.replace("\r\n", "\r").encode(), LIST.strip().encode(),
    LIST.replace("Água", '"Água"').encode(),
])
def test_every_encoding_separator_and_end_of_line(ana, content):
    preview = ana.upload("/habits/import", content)
    assert preview.status == 200 and "Água" in [value for name,
        value in preview.form(f"/habits/import/{preview.fact('import')}/confirmation").presets() if name == "name_1"]
    assert preview.fact("import-new") == "2"


def packed(*entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    return out.getvalue()


LOOP = (SAMPLES / "loop-2.3.zip").read_bytes() if SAMPLES.is_dir() else b""


@pytest.mark.parametrize("content, statuses", [
    (b"\0" * 1000, {422}), (b"PK\x03\x04" + b"x" * 100, {422}), (LOOP[:1500], {422}), (packed(("a.txt", "x")), {422}),
    (b"%PDF-1.7", {422}), (b"{", {422}), (b"[]", {422}),
    (b"{}", {422}), (b"no,columns,here\r\n1,2,3\r\n", {422}),
    (packed(*[(f"{n}.csv", "") for n in range(2001)]), {413}), (packed(("Habits.csv", b"0" * 70_000_000)), {413}),
    (b"x" * 26_000_000, {413}),
    (b"habit,date,value\r\n" + b"".join(b"H%d,2027-02-01,1\r\n" % n for n in range(501)), {413}),
])
def test_files_that_are_none_or_too_large(ana, content, statuses):
    before = ana.taken()
    assert ana.upload("/habits/import", content).status in statuses and ana.taken() == before


def test_confirmed_twice_by_a_stranger_and_after_a_day(outside, rui):
    preview = rui.upload("/habits/import", LIST.encode())
    where = f"/habits/import/{preview.fact('import')}"
    given = dict(preview.form(where + "/confirmation").presets())
    other = Person(outside)
    assert other.post(where + "/confirmation", **given).status == other.get(where).status == other.post(where + "/deletion").status == 404
    one, two = rui.post(where + "/confirmation", **given), rui.post(where + "/confirmation", **given)
    assert one.status == two.status == 303 and one.headers["Location"] == two.headers["Location"]
    until(lambda: len(rui.taken()) == 4, "the import")
    late = rui.upload("/habits/import", LIST.replace("Água", "Other").encode())
    outside.at("2027-02-11T15:00:01Z")
    where = f"/habits/import/{late.fact('import')}"
    assert rui.get(where).status == 404 and rui.post(where + "/confirmation", habit_1="new", name_1="Other").status == 404


def test_a_name_of_ours_is_joined_and_a_date_that_is_there_stays(rui):
    habit = rui.habit("água")
    rui.post(habit + "/skips", date="2027-02-05", reason="sick")
    preview = rui.upload("/habits/import", (LIST + "Água,2027-02-05,1\r\n").encode())
    assert (preview.fact("import-new"), preview.fact("import-known")) == ("2", "1")
    assert dict(preview.form(f"/habits/import/{preview.fact('import')}/confirmation").presets())["habit_1"] == habit.rsplit("/", 1)[1]
    rui.confirm(preview)
    assert rui.days("água")["2027-02-05"][:3] == ("skipped", "",
        "sick") and rui.facts(habit)["total"] == "2" and rui.facts(habit)["since"] == "2027-01-31"


def test_another_kind_of_that_name_is_new_with_a_number(rui):
    rui.habit("Água", kind="amount", unit="l", target="2")
    preview = rui.upload("/habits/import", LIST.encode())
    given = dict(preview.form(f"/habits/import/{preview.fact('import')}/confirmation").presets())
    assert given["habit_1"] == "new" and given["name_1"] != "Água" and given["name_1"].startswith("Água")


@pytest.mark.parametrize("changes, status", [
    ({"habit_1": "x"}, 422), ({"habit_1": "01a39fc2-2d80-7c6b-a8cb-ceeb949ad755"}, 422), ({"name_1": "x" * 101}, 422),
    ({"frequency_1": "hourly"}, 422),
    ({"frequency_1": "per_week", "times_1": "8"}, 422), ({"frequency_1": "per_month", "times_1": "0"}, 422),
])
def test_choices_that_cannot_be(rui, changes, status):
    preview = rui.upload("/habits/import", LIST.encode())
    action = f"/habits/import/{preview.fact('import')}/confirmation"
    assert rui.post(action, **{**dict(preview.form(action).presets()), **changes}).status == status
    assert rui.taken() == []


def test_one_of_two_is_left_out(rui):
    rui.confirm(rui.upload("/habits/import", (LIST + "Left,2027-02-01,1\r\n").encode()), habit_2="none", name_1="Renamed",
        frequency_1="per_week", times_1="2")
    assert [row["name"] for row in rui.taken() if row["record"] == "habit"] == ["Renamed"]
    assert [(row["frequency"], row["times"]) for row in rui.taken() if row["record"] == "frequency"] == [("per_week", "2")]


def test_our_file_neutralises_and_round_trips(rui):
    names = ["=1+1", "+x", "-y", "@z", 'comma, "quote"', "'already", "👩‍👩‍👧", "{{x}}"]
    for name in names:
        rui.tick(rui.habit(name, group="=g"), "2027-02-10", notes="=SUM(A1)\r\n\tsecond, line")
    body = rui.get("/habits/export.csv").body
    assert body.startswith((HEADER + "\r\n").encode()) and all(not line.startswith((b"=", b"+", b"-", b"@"))
        for line in body.split(b"\r\n"))
    assert {row["name"] for row in rui.taken()} >= {"'=1+1", "'+x", "'-y",
        "'@z"} and {row["notes"][0] for row in rui.taken() if row["notes"]} == {"'"}
    other = Person(rui.site)
    other.bring(body)
    assert {other.get(other.named(name)).first("h1").plain.strip() for name in names if name != "'already"} >= {name for name in names
        if name != "'already"}
    for one, two in zip(rui.taken(), other.taken()):
        assert {**one, "habit": ""} == {**two, "habit": ""}


def test_ten_years_of_many_habits_at_once(rui):
    first = datetime.date(2017, 3, 1)
    dates = [str(first + datetime.timedelta(days=number)) for number in range(3600)]
    preview = rui.upload("/habits/import", ("habit,date,value\r\n" + "".join(f"H{n},{date},1\r\n" for n in range(10)
        for date in dates)).encode())
    assert preview.fact("import-new") == "36000"
    rui.confirm(preview)
    facts = rui.facts(rui.named("H3"))
    assert (facts["total"], facts["longest-streak"], facts["since"]) == ("3600", "3600", "2017-03-01")
