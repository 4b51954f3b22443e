"""A person at the other end of a wire: what a tool from outside sees of the site, by HTTP alone."""
import csv
import email
import email.policy
import http.client
import io
import itertools
import pathlib
import shutil
import tempfile
import urllib.parse

from contract_page import Answer
from heed_dev import Site, exchange, wait_until

PASSWORD = "seven green kettles"
# The first line of our own file.
HEADER = ("record,habit,date,until,state,amount,reason,frequency,days,times,kind,unit,target,direction,period,status,colour,group,"
          "preferred_time,name,notes")
FORM = "application/x-www-form-urlencoded"
NUMBERS = itertools.count(1)


class Person:
    def __init__(self, site, language="en", timezone="America/Sao_Paulo", **settings):
        self.site, self.jar, self.number = site, {}, next(NUMBERS)
        # Sign-ups are counted by network, and all of 127.0.0.0/8 is this host.
        self.source = f"127.{self.number // 250 + 1}.{self.number % 250 + 1}.9"
        self.address = f"outside{self.number}@heed.example"
        self.csrf = self.secret("/sign-up")
        answer = self.post("/sign-up", email=self.address, password=PASSWORD, display_name="Rui Campos", timezone=timezone,
            language=language)
        assert answer.status == 303, answer.complaints()
        self.csrf = self.secret("/goals/new")
        if settings:
            self.settle(**settings)

    def secret(self, path):
        """What the forms of a page carry."""
        return self.get(path).markup.split('name="csrf" value="', 1)[1].split('"', 1)[0]

    def send(self, method, path, headers=None, body=None):
        link = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30, source_address=(self.source, 0))
        cookies = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        answer = Answer(*exchange(link, method, path, {**({"Cookie": cookies} if cookies else {}), **(headers or {})}, body))
        for line in answer.headers.get_all("Set-Cookie", []):
            name, value = line.split(";", 1)[0].split("=", 1)
            self.jar[name] = value
        return answer

    def get(self, path, **headers):
        return self.send("GET", path, headers)

    def post(self, path, *pairs, csrf=True, **fields):
        """Sends a form; a list is a field many times, None none at all."""
        given = [("csrf", self.csrf)] if csrf else []
        for name, value in [*pairs, *fields.items()]:
            given += [(name, one) for one in (value if isinstance(value, (list, tuple)) else [value]) if one is not None]
        return self.send("POST", path, {"Content-Type": FORM, "Sec-Fetch-Site": "same-origin"}, urllib.parse.urlencode(given).encode())

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
        answer = self.post("/settings/profile", **{**{name: page.typed(name) for name in names}, **settings})
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
        return soon(lambda: (page := self.get(done.place)).first(http_equiv="refresh") is None and page, "an import")

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


class Outside(Site):
    """A site without anybody, whose clock stands where a test puts it."""

    def __init__(self):
        self.clock_folder = pathlib.Path(tempfile.mkdtemp(prefix="heed-clock-", dir="/tmp"))
        self.clock_folder.chmod(0o755)
        super().__init__(None, "--no-seed", "--responders", "1", environment={"HEED_CLOCK_FILE": str(self.clock_folder / "clock")})

    def start(self):
        self.at("2027-02-10T15:00:00Z")
        return super().start()

    def remove(self):
        super().remove()
        shutil.rmtree(self.clock_folder, ignore_errors=True)

    def at(self, instant):
        """Puts the clock to `YYYY-MM-DDTHH:MM:SSZ`."""
        (self.clock_folder / "next").write_text(instant + "\n")
        (self.clock_folder / "next").rename(self.clock_folder / "clock")

    def mails(self, address):
        """What the Maildir holds for one address, oldest first."""
        found = []
        for file in (self.state / "mail" / "new").iterdir():
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if address in str(mail["To"]):
                found.append((file.stat().st_mtime_ns, mail))
        return [mail for _, mail in sorted(found, key=lambda pair: pair[0])]

    def work(self):
        """Does all that is due now."""
        result = self.command("work", "--once")
        assert result.returncode == 0, result.stderr
        return result.stdout


def soon(look, what):
    """What a worker does by itself: waits for it."""
    return wait_until(look, 20, what)


def answered(person, place):
    """A chat once its last answer is there."""
    return soon(lambda: (page := person.get(place)).fact("answer") == "there" and page.first("meta", http_equiv="refresh") is None
        and page, "an answer")
