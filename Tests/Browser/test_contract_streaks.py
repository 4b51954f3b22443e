"""Streaks, scores and rates of histories at random, against what the rules say: reckoned here once more, from their words."""
import datetime
import random

import pytest

from contract import HEADER, Person

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2027, 2, 10)
NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def line(**fields):
    return ",".join('"' + str(fields[name]) + '"' if fields.get(name) not in (None, "") else "" for name in HEADER.split(","))


class History:
    """A habit of one frequency with its days and pauses."""

    def __init__(self, seed, frequency, amount=None, at_most=False, length=None):
        dice = random.Random(f"{seed}{frequency}{amount}{at_most}")
        self.frequency, self.amount, self.at_most, self.name = frequency, amount, at_most, f"{frequency} {amount} {at_most} {seed}"
        self.times = dice.randint(1, 6)
        self.weekdays = sorted(dice.sample(range(7), dice.randint(1, 6)))
        self.start = TODAY - DAY * (dice.choice([3, 20, 60, 200, 500]) if length is None else length)
        self.days, self.pauses = {}, []
        keen, mercy = dice.random(), dice.choice([0, 0.05, 0.2])
        for number in range((TODAY - self.start).days + 1):
            date = self.start + DAY * number
            if dice.random() < mercy and self.scheduled(date):
                self.days[date] = None
            elif dice.random() < keen:
                self.days[date] = dice.choice([0, 0.5, 1, 2, 3]) if amount is not None else 1
        at = self.start
        for _ in range(dice.choice([0, 0, 1, 2])):
            at += DAY * dice.randint(2, 40)
            until = at + DAY * dice.randint(1, 15)
            if until <= TODAY:
                self.pauses.append((at, until))
            at = until

    def scheduled(self, date):
        return self.frequency != "specific_days" or date.weekday() in self.weekdays

    def lines(self):
        key, more = self.name.replace(" ", "-"), {}
        if self.amount is not None:
            more = {"kind": "amount", "unit": "km", "target": self.amount, "direction": "at_most" if self.at_most else "at_least",
                "period": "day"}
        frequency = {"frequency": self.frequency, "times": self.times if "per_" in self.frequency else "",
                     "days": " ".join(NAMES[number] for number in self.weekdays) if self.frequency == "specific_days" else ""}
        yield line(record="habit", habit=key, date=self.start, name=self.name, status="active", kind=more.get("kind", "tick"),
            unit=more.get("unit"))
        yield line(record="frequency", habit=key, date=self.start, **frequency,
            **{name: more[name] for name in ["target", "direction", "period"] if name in more})
        for start, until in self.pauses:
            yield line(record="pause", habit=key, date=start, until=until)
        for date, value in self.days.items():
            yield line(record="day", habit=key, date=date, state="skipped" if value is None else "done",
                amount="" if value is None or self.amount is None else value)

    def entered(self, date):
        return self.days.get(date) is not None

    def kept(self, date):
        value = self.days.get(date)
        return value is not None and (self.amount is None or (value <= self.amount if self.at_most else value >= self.amount))

    def skipped(self, date):
        return date in self.days and self.days[date] is None

    def paused(self, date):
        return not self.kept(date) and any(start <= date < until for start, until in self.pauses)

    def dates(self):
        return [self.start + DAY * number for number in range((TODAY - self.start).days + 1)]

    def value(self, date):
        """RULES 5.12: v of one date."""
        value = self.days.get(date)
        if value is None:
            return 0
        if self.amount is None:
            return 1
        if not self.at_most:
            return min(1, value / self.amount)
        if self.amount == 0:
            return 1 if value == 0 else 0
        return 1 if value <= self.amount else max(0, 1 - (value - self.amount) / self.amount)

    def score(self):
        dates = [date for date in self.dates() if not self.skipped(date) and not self.paused(date)]
        score = 0
        for number, date in enumerate(dates):
            if date == TODAY and not self.entered(date):
                continue
            window = dates[max(0, number - 13):number + 1]
            if self.frequency == "daily":
                per_day, value = 1, self.value(date)
            elif self.frequency == "specific_days":
                per_day, value = len(self.weekdays) / 7, min(1,
                    sum(self.value(one) for one in window if self.scheduled(one)) / (2 * len(self.weekdays)))
            elif self.frequency == "per_week":
                per_day, value = self.times / 7, min(1, sum(map(self.value, window)) / (2 * self.times))
            else:
                per_day, value = self.times / 30, min(1, sum(map(self.value, dates[max(0, number - 59):number + 1])) / (2 * self.times))
            keep = 0.5 ** (per_day ** 0.5 / 13)
            score = keep * score + (1 - keep) * value
        return score

    def blocks(self):
        """The units of its streak in order: True +1, False break, None neutral; and what each counts in the rate, (done, asked) or None."""
        if "per_" not in self.frequency:
            for date in self.dates():
                kept = self.kept(date)
                # Above an at-most target it can only be a miss, today too.
                above = self.at_most and self.entered(date) and not kept
                neutral = self.skipped(date) or self.paused(date) or (date == TODAY and not kept and not above)
                judged = not neutral and (TODAY - date).days < 365 and (kept or date < TODAY)
                if self.scheduled(date):
                    yield (True if kept else None if neutral else False), ((int(kept), 1) if judged else None)
            return
        first = self.first(self.start)
        while first <= TODAY:
            following = self.first(first + DAY * (7 if self.frequency == "per_week" else 31))
            dates = [first + DAY * number for number in range((following - first).days)]
            done = sum(map(self.kept, dates))
            skipped = sum(map(self.skipped, dates))
            asked = min(self.times, len(dates))
            touched = any(start < following and until > first for start, until in self.pauses)
            current, partial = following > TODAY, first < self.start
            full = done >= asked
            neutral = current or partial or touched or done + skipped >= asked
            limit = self.first(TODAY) - DAY * 7 * 52 if self.frequency == "per_week" else TODAY.replace(year=TODAY.year - 1, day=1)
            left = max(0, asked - skipped)
            counted = first >= limit and (full or not (partial or touched or current))
            yield (True if full else None if neutral else False), ((min(done, left), left) if counted else None)
            first = following

    def first(self, date):
        return date - DAY * date.weekday() if self.frequency == "per_week" else date.replace(day=1)

    def wanted(self):
        marks = [mark for mark, _ in self.blocks() if mark is not None]
        current = longest = misses = 0
        for mark in marks:
            current, misses = (current + 1, 0) if mark else (0, misses + 1)
            longest = max(longest, current)
        facts = {"current-streak": str(current), "longest-streak": str(longest), "misses": str(misses), "score": f"{self.score():.6f}",
                 "total": str(sum(map(self.kept, self.days))), "since": str(self.start),
                 "streak-unit": {"per_week": "weeks", "per_month": "months"}.get(self.frequency, "days")}
        counted = [pair for _, pair in self.blocks() if pair]
        asked = sum(pair[1] for pair in counted)
        return facts, (sum(pair[0] for pair in counted) / asked if asked > 0 else None)


KINDS = [("daily", None, False), ("specific_days", None, False), ("per_week", None, False), ("per_month", None, False),
    ("daily", 2, False), ("daily", 1, True),
         ("daily", 0, True), ("specific_days", 2, False)]
HISTORIES = [History(seed, *kind) for kind in KINDS for seed in range(5)]


@pytest.fixture(scope="module")
def brought(far):
    far.at("2027-02-10T15:00:00Z")
    person = Person(far)
    person.bring("\r\n".join([HEADER, *(row for history in HISTORIES for row in history.lines()), ""]).encode())
    return person, {row["name"]: f"/habits/{row['habit']}" for row in person.taken() if row["record"] == "habit"}


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.name)
def test_figures_are_those_of_the_rules(outside, brought, history):
    person, places = brought
    facts = person.facts(places[history.name])
    wanted, rate = history.wanted()
    assert {name: facts.get(name) for name in wanted} == wanted
    assert facts.get("rate") == (None if rate is None else f"{rate:.6f}")


def test_what_is_taken_away_and_brought_along_is_the_same(outside, brought):
    person, places = brought
    other = Person(outside)
    other.bring(person.get("/habits/export.csv").body)

    def without_keys(rows):
        keys = {row["habit"]: row["name"] for row in rows if row["record"] == "habit"}
        return [{**row, "habit": keys[row["habit"]]} for row in rows]
    assert without_keys(other.taken()) == without_keys(person.taken())
    for name in list(places)[::5]:
        ours, theirs = (who.facts(who.named(name)) for who in [person, other])
        assert ours == theirs
