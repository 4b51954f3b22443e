"""A person at the other end of a wire: what a tool from outside sees of the site, by HTTP alone. Pages are read as trees, facts by their names."""
import csv
import email
import email.policy
import functools
import http.client
import html.parser
import io
import itertools
import pathlib
import shutil
import tempfile
import urllib.parse

from heed_dev import Site, exchange, wait_until

PASSWORD = "seven green kettles"
FORM = "application/x-www-form-urlencoded"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NUMBERS = itertools.count(1)


class Node:
    def __init__(self, tag, attributes, above):
        self.tag, self.attributes, self.above, self.inner = tag, dict(attributes), above, []

    def __getitem__(self, name):
        return self.attributes.get(name)

    def all(self, tag=None, **wanted):
        """Every node below of this tag whose attributes are as wanted (True: there at all; `_` in a name stands for `-`)."""
        for node in self.inner:
            if isinstance(node, Node):
                if (tag is None or node.tag == tag) and all(
                        (value is True and key in node.attributes) or node.attributes.get(key) == value
                        for key, value in ((key.rstrip("_").replace("_", "-"), value) for key, value in wanted.items())):
                    yield node
                yield from node.all(tag, **wanted)

    def first(self, tag=None, **wanted):
        return next(self.all(tag, **wanted), None)

    @property
    def text(self):
        return " ".join("".join(node if isinstance(node, str) else node.plain for node in self.inner).split())

    @property
    def plain(self):
        return "".join(node if isinstance(node, str) else node.plain for node in self.inner)

    def facts(self):
        """{name: value}, of several of one name the first."""
        found = {}
        for node in self.all("data", data_fact=True):
            found.setdefault(node["data-fact"], node["value"])
        return found

    def fact(self, name):
        return self.facts().get(name)

    def row(self, part):
        """The smallest row (li, tr, article, section) that holds a link to an address."""
        link = next((node for node in self.all("a", href=True) if node["href"].split("#")[0].split("?")[0] == part), None)
        assert link is not None, f"no link to {part}"
        while link.above and link.tag not in {"li", "tr", "article", "section"}:
            link = link.above
        return link

    def links(self):
        return [node["href"] for node in self.all("a", href=True)]

    def form(self, action):
        return next((node for node in self.all("form") if (node["action"] or "").split("#")[0].split("?")[0] == action), None)

    def presets(self):
        """What a browser would send of a form that nobody touched, without csrf."""
        found = []
        for node in self.all(name=True):
            if node.tag == "select":
                options = list(node.all("option"))
                chosen = next((option for option in options if "selected" in option.attributes), options[0])
                found.append((node["name"], chosen["value"] or ""))
            elif node.tag == "textarea":
                found.append((node["name"], node.plain.removeprefix("\n")))
            elif node.tag == "input" and node["type"] != "file" and (node["type"] not in {"radio", "checkbox"} or "checked" in node.attributes):
                found.append((node["name"], node["value"] or ""))
        return [(name, value) for name, value in found if name != "csrf"]

    def actions(self):
        """Every address that a form or a button of the page posts to."""
        return {node[key].split("#")[0].split("?")[0] for key in ["action", "formaction"] for node in self.all(**{key: True})}


class Tree(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.top = self.at = Node("#", {}, None)
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        node = Node(tag, attributes, self.at)
        self.at.inner.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attributes):
        self.at.inner.append(Node(tag, attributes, self.at))

    def handle_endtag(self, tag):
        node = self.at
        while node is not None and node.tag != tag:
            node = node.above
        if node is not None and node.above is not None:
            self.at = node.above

    def handle_data(self, data):
        self.at.inner.append(data)


class Answer(Node):
    """A page with its status and headers."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.tag, self.attributes, self.above = "#", {}, None

    @functools.cached_property
    def markup(self):
        return self.body.decode(errors="replace")

    @functools.cached_property
    def inner(self):
        """Read when it is looked at: most answers only are counted by their status."""
        return Tree(self.markup).top.inner if (self.headers["Content-Type"] or "").startswith("text/html") else []

    @property
    def place(self):
        """Where a 303 leads, without its anchor and query."""
        assert self.status == 303, (self.status, self.complaints(), self.text[:300])
        return self.headers["Location"].split("#")[0].split("?")[0]

    @property
    def made(self):
        """The id of what a 303 leads to."""
        return self.place.rsplit("/", 1)[1]

    @property
    def main(self):
        return self.first("main") or self

    def control(self, name, value=None):
        """A control by its name."""
        return next(node for node in self.all(name=name) if value is None or node["value"] == value)

    def typed(self, name):
        """What a control holds."""
        node = self.control(name)
        if node.tag == "textarea":
            return node.plain.removeprefix("\n")
        if node.tag == "select":
            return next((option["value"] for option in node.all("option", selected=True)), None)
        if node["type"] in {"radio", "checkbox"}:
            return [one["value"] for one in self.all(name=name, checked=True)]
        return node["value"]

    def complaints(self):
        """{control: words}: what stands beside each control that is marked as wrong."""
        words = {node["id"]: node.text for node in self.all(id=True)}
        return {node["name"]: " ".join(words.get(part, "") for part in (node["aria-describedby"] or "").split())
                for node in self.all(aria_invalid="true")}

    @property
    def flash(self):
        return " ".join(node.text for node in self.all(role="status"))


class Person:
    def __init__(self, site, language="en", timezone="America/Sao_Paulo", **settings):
        self.site, self.jar, self.number = site, {}, next(NUMBERS)
        # Sign-ups are counted by network, and all of 127.0.0.0/8 is this host.
        self.source = f"127.{self.number // 250 + 1}.{self.number % 250 + 1}.9"
        self.address = f"outside{self.number}@heed.example"
        self.csrf = self.secret("/sign-up")
        answer = self.post("/sign-up", email=self.address, password=PASSWORD, display_name="Rui Campos", timezone=timezone, language=language)
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
        parts = b"".join(f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in {"csrf": self.csrf, **fields}.items())
        parts += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode()
        return self.send("POST", path, {"Content-Type": f"multipart/form-data; boundary={mark}"}, parts + content + f"\r\n--{mark}--\r\n".encode())

    def settle(self, **settings):
        page = self.get("/settings/profile")
        names = ["display_name", "timezone", "language", "week_start", "day_start", "default_hour", "quiet_from", "quiet_until", "personality", "theme", "version"]
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
        return {row["date"]: (row["state"], row["amount"], row["reason"], row["notes"]) for row in rows if row["record"] == "day" and row["habit"] == ids[0]}

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
    return soon(lambda: (page := person.get(place)).fact("answer") == "there" and page.first("meta", http_equiv="refresh") is None and page, "an answer")
