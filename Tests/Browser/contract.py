"""A person at the other end of a wire: what a tool from outside sees of the site, by HTTP alone."""
import csv
import http.client
import io
import itertools
import re
import urllib.parse

from contract_page import Answer
from heed_dev import PATIENCE, exchange, until

PASSWORD = "seven green kettles"
# The first line of our own file.
HEADER = ("record,habit,date,until,state,amount,reason,frequency,days,times,kind,unit,target,direction,period,status,colour,group,"
          "preferred_time,name,notes")
FORM = "application/x-www-form-urlencoded"
CSRF = re.compile(rb'name="csrf" value="([^"]+)"')
# Sign-ups are counted by network, and all of 127.0.0.0/8 is this host.
NETWORKS = (f"127.{high}.{low}.9" for high in itertools.count(20) for low in range(1, 255))


class Visitor:
    """Cookies, and what the forms of the page read last carry; follows nothing by itself."""

    def __init__(self, site, network=None):
        self.site, self.network, self.cookies, self.known = site, network, {}, None

    @property
    def csrf(self):
        if self.known is None:
            self.get("/goals/new")
        return self.known

    @csrf.setter
    def csrf(self, value):
        self.known = value

    def send(self, method, path, headers=None, body=None):
        source = (self.network, 0) if self.network else None
        link = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE, source_address=source)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = Answer(*exchange(link, method, path, {**({"Cookie": cookies} if cookies else {}), **(headers or {})}, body))
        for line in answer.headers.get_all("Set-Cookie", []):
            name, value = line.split(";", 1)[0].split("=", 1)
            if "max-age=0" in line.lower():
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        if found := CSRF.search(answer.body):
            self.known = found[1].decode()
        return answer

    def get(self, path, **headers):
        return self.send("GET", path, headers)

    def page(self, path):
        """A page that is there."""
        answer = self.get(path)
        assert answer.status == 200, (path, answer.status, answer.location)
        return answer

    def post(self, path, fields=(), headers=None, **more):
        """Sends a form, with the csrf field if none is given; a list is a field many times, None none at all."""
        given = [*(fields.items() if isinstance(fields, dict) else fields), *more.items()]
        if not any(name == "csrf" for name, _ in given):
            given.insert(0, ("csrf", self.csrf))
        given = [(name, one) for name, value in given for one in (value if isinstance(value, (list, tuple)) else [value]) if one is not None]
        headers = {"Content-Type": FORM, **({"Sec-Fetch-Site": "same-origin"} if headers is None else headers)}
        return self.send("POST", path, headers, urllib.parse.urlencode(given).encode())

    def sign_in(self, address, password=PASSWORD):
        self.get("/sign-in")
        return self.entered(self.post("/sign-in", email=address, password=password))

    def sign_up(self, **fields):
        self.get("/sign-up")
        return self.entered(self.post("/sign-up", **fields))

    def entered(self, answer):
        """The forms of the door are not those of the house."""
        if answer.status == 303:
            self.known = None
        return answer


class Person(Visitor):
    """Somebody new, from a network of their own."""

    def __init__(self, site, language="en", timezone=None, **settings):
        super().__init__(site, next(NETWORKS))
        self.address = site.new_address()
        answer = self.sign_up(email=self.address, password=PASSWORD, display_name="Rui Campos", timezone=timezone or site.zone, language=language)
        assert (answer.status, answer.location) == (303, "/"), (answer.status, answer.complaints(), answer.text[:500])
        if settings:
            self.settle(**settings)

    def make(self, title, **fields):
        """A reminder by the form; its address."""
        answer = self.post("/reminders", title=title, **fields)
        assert answer.status == 303, (answer.status, answer.complaints(), answer.text[:800])
        return answer.location

    def upload(self, path, content, name="file", **fields):
        mark = "----outside"
        head = f'--{mark}\r\nContent-Disposition: form-data; name='
        parts = "".join(f'{head}"{key}"\r\n\r\n{value}\r\n' for key, value in {"csrf": self.csrf, **fields}.items())
        parts = f'{parts}{head}"file"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode()
        return self.send("POST", path, {"Content-Type": f"multipart/form-data; boundary={mark}"},
            parts + content + f"\r\n--{mark}--\r\n".encode())

    def settle(self, **settings):
        page = self.get("/settings/profile")
        names = ["display_name", "timezone", "language", "week_start", "day_start", "default_hour", "quiet_from", "quiet_until",
            "personality", "theme", "version"]
        answer = self.post("/settings/profile", **{**{name: page.value(name) for name in names}, **settings})
        assert answer.status == 303, answer.complaints()

    def habit(self, name="Read", **fields):
        """Makes a habit; its address."""
        answer = self.post("/habits", name=name, **fields)
        assert answer.status == 303, (answer.status, answer.complaints())
        return answer.place

    def tick(self, habit, *dates, **fields):
        return self.post(f"{habit}/completions", date=list(dates), **fields)

    def facts(self, habit):
        return self.get(habit).facts()

    def bring(self, content, **changes):
        """Imports a file as its preview proposes, but for the changes: the page of what came of it."""
        preview = self.upload("/habits/import", content)
        assert preview.status == 200, preview.complaints()
        return self.confirm(preview, **changes)

    def confirm(self, preview, **changes):
        action = f"/habits/import/{preview.fact('import')}/confirmation"
        given = {**dict(preview.form(action).presets()), **changes}
        done = self.post(action, **given)
        assert done.status == 303, (done.status, done.complaints(), done.text[:500])
        return until(lambda: (page := self.get(done.place)).first(http_equiv="refresh") is None and page, "an import")

    def taken(self):
        """The rows of the person's own file."""
        return list(csv.DictReader(io.StringIO(self.get("/habits/export.csv").body.decode(), newline="")))

    def days(self, name):
        """{date: (state, amount, reason, notes)} of the habit of this name."""
        rows = self.taken()
        ids = [row["habit"] for row in rows if row["record"] == "habit" and row["name"].removeprefix("'") == name]
        assert len(ids) == 1, (name, [row["name"] for row in rows if row["record"] == "habit"])
        return {row["date"]: (row["state"], row["amount"], row["reason"], row["notes"]) for row in rows if row["record"] == "day"
            and row["habit"] == ids[0]}

    def named(self, name):
        """The address of the habit of this name."""
        return next(f"/habits/{row['habit']}" for row in self.taken() if row["record"] == "habit" and row["name"].removeprefix("'") == name)


def answered(person, place):
    """A chat once its last answer is there."""
    return until(lambda: (page := person.get(place)).fact("answer") == "there" and page.first("meta", http_equiv="refresh") is None
        and page, "an answer")
