"""People and the calendar beside the reminder list in the same run: 50,000 people, full months, many instances, a graph."""
import hashlib
import uuid

from bench_desk import milliseconds, page_time
from bench_pages import SMALL, against, cookies, in_turn, table
from bench_peers import Peers
from bench_site import ROOT

FEW, EVENTS, SERIES = 20, 2_000, 500  # events of the bare calendar; of the full one, with its series
PEOPLE, INSTANCES = 50_000, 100_000


def person(user, number):
    """The id that bench_context.sql gives a person whom somebody knows."""
    return uuid.UUID(hashlib.md5(f"person {user} {number}".encode()).hexdigest())


def context(ground, settings, goals):
    is_new = "context" not in ground.seeded
    ground.database("context", SMALL, 200, heavy=1)
    if is_new:
        ground.psql("context", file=ROOT / "Tests" / "Load" / "bench_context.sql", few=FEW, events=EVENTS, series=SERIES, people=PEOPLE, instances=INSTANCES)
    peers = Peers(ground, {"site": ("context", 4)}, {})
    try:
        pages(peers, peers.urls["site"].removesuffix("/reminders"), settings, goals)
    finally:
        peers.close()


def pages(peers, site, settings, goals):
    """One person at a time, and one connection: time is the page's and no queue's."""
    own = {user: cookies(peers.dir / f"user-{user}", [user]) for user in range(1, 7)}
    asked = {
        "reminders": (1, "reminders"), "month, 20 events": (1, "calendar?view=month"), "month, 2,500": (2, "calendar?view=month"),
        "month of 2050": (2, "calendar?view=month&date=2050-03-01"), "50,000 people": (3, "people"),
        "week, 200 instances": (4, "calendar?view=week"), "week, 100,000": (5, "calendar?view=week"),
        "person of 200": (6, f"people/{person(6, 1)}"), "person of 100,000": (6, f"people/{person(6, 2)}"), "graph of 40": (1, f"people/{person(1, 0)}/graph")}
    targets = {name: ("site", f"{site}/{path}", own[user]) for name, (user, path) in asked.items()}
    for master, url, tokens in targets.values():
        peers.load(url, 4, 1, tokens)
    found = in_turn(peers, settings, targets, 1)
    table(f"people and calendars beside 50 reminders, 1 connection, {settings.rounds} rounds of {settings.seconds} s", found)

    def less(name, one, other, limit):
        goals.less(f"page time, {name}", against(found[one], found[other], page_time), limit, limit)

    less("50,000 people to reminders", "50,000 people", "reminders", 1.2)
    less("a month of 2,000 events and 500 series to one of 20", "month, 2,500", "month, 20 events", 2)
    less("the same week in a calendar of 100,000 instances to one of 200", "week, 100,000", "week, 200 instances", 1.3)
    less("a person of 100,000 instances to one of 200", "person of 100,000", "person of 200", 1.3)
    less("graph to reminders", "graph of 40", "reminders", 1)
    goals.less("a month for which 500 series are unfolded", milliseconds(found["month of 2050"]), 100, 100, " ms")
