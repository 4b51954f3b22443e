"""A person who uses the site by plain HTTP, and what tools read out of its pages: forms, controls, facts, times, complaints."""
import gzip
import html.parser
import http.client
import itertools
import re
import urllib.parse

import heed_dev

PASSWORD = "seven green kettles"
FORM = "application/x-www-form-urlencoded"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "use", "path", "rect",
        "circle", "line"}
# Sign-ups are limited for each network; all of 127.0.0.0/8 is this host.
NETWORKS = (f"127.{a}.{b}.7" for a in itertools.count(20) for b in range(1, 255))


class Control:
    def __init__(self, name, kind, value, marks):
        self.name, self.kind, self.value, self.marks = name, kind, value, marks


class Form:
    """A form with what a browser would send: the controls within and those that name it by `form=`."""

    def __init__(self, marks):
        self.action, self.method, self.marks, self.controls = marks.get("action") or "", (marks.get("method") or "get").lower(), marks, []

    @property
    def names(self):
        return {control.name for control in self.controls}

    @property
    def values(self):
        return [(control.name, control.value) for control in self.controls if control.value is not None]

    def value(self, name):
        return next((value for key, value in self.values if key == name), None)

    def all(self, name):
        return [value for key, value in self.values if key == name]

    def control(self, name):
        return next(control for control in self.controls if control.name == name)


class Page(html.parser.HTMLParser):
    """What stands on a page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.forms, self.facts, self.times, self.links, self.by_id, self.parts = [], [], [], [], {}, []
        self.open, self.select, self.area, self.flash, self.headings, self.labels = [], None, None, "", [], {}
        self.buttons, self.fact_words = [], []
        self.late = []
        self.feed(text)
        for form, control in self.late:
            next(f for f in self.forms if f.marks.get("id") == form).controls.append(control)

    def add(self, control):
        if control.marks.get("form"):
            self.late.append((control.marks["form"], control))
        elif any(tag == "form" for tag, _, _ in self.open):
            self.forms[-1].controls.append(control)

    def handle_starttag(self, tag, pairs):
        marks = {key: value or "" for key, value in pairs}
        if "id" in marks:
            self.by_id[marks["id"]] = [marks, tag, ""]
        if tag == "form":
            self.forms.append(Form(marks))
        elif tag == "input":
            if any(one == "label" for one, _, _ in self.open):
                marks["data-within-label"] = "yes"
            kind = marks.get("type", "text")
            value = marks.get("value", "on" if kind in ("radio", "checkbox") else "")
            self.add(Control(marks.get("name"), kind, value if kind not in ("radio", "checkbox") or "checked" in marks else None, marks))
        elif tag == "button":
            self.buttons.append(marks)
        elif tag == "select":
            self.select = Control(marks.get("name"), "select", None, marks)
            self.select.options = []
            self.add(self.select)
        elif tag == "option" and self.select is not None:
            self.select.options.append(marks.get("value"))
            if "selected" in marks or self.select.value is None:
                self.select.value = marks.get("value", "")
        elif tag == "textarea":
            self.area = Control(marks.get("name"), "textarea", "", marks)
            self.add(self.area)
        elif tag == "time":
            self.times.append(marks.get("datetime"))
        elif tag == "a":
            self.links.append(marks.get("href"))
        elif tag == "data" and "data-fact" in marks:
            self.facts.append((marks["data-fact"], marks.get("value")))
        if tag not in VOID:
            self.open.append((tag, marks, len(self.parts)))

    def handle_startendtag(self, tag, pairs):
        if tag in ("input",):
            self.handle_starttag(tag, pairs)

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea" and self.area is not None:
            # A browser drops one line break at the start.
            self.area.value = self.area.value.removeprefix("\n")
            self.area = None
        while any(t == tag for t, _, _ in self.open):
            name, marks, start = self.open.pop()
            text = " ".join("".join(self.parts[start:]).split())
            if marks.get("role") == "status" and text:
                self.flash = text
            if name in ("h1", "h2", "h3"):
                self.headings.append(text)
            if name == "label" and marks.get("for"):
                self.labels[marks["for"]] = text
            if name == "data" and "data-fact" in marks:
                self.fact_words.append((marks["data-fact"], text))
            if "id" in marks and marks["id"] in self.by_id:
                self.by_id[marks["id"]][2] = text
            if name == tag:
                break

    def handle_data(self, data):
        if self.area is not None:
            self.area.value += data
        elif not any(tag in ("script", "style") for tag, _, _ in self.open):
            self.parts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.parts).split())

    def fact(self, name):
        return next((value for key, value in self.facts if key == name), None)

    def form(self, action):
        """The form that is sent there, by POST; None when there is none."""
        return next((form for form in self.forms if form.action == action and form.method == "post"), None)

    def complaint(self, name):
        """What is said beside the control of that name, None when it is not marked as wrong."""
        for form in self.forms:
            for control in form.controls:
                if control.name == name and control.marks.get("aria-invalid") == "true":
                    ids = control.marks["aria-describedby"].split()
                    return " ".join(self.by_id[one][2] for one in ids if one in self.by_id)
        return self.group_complaint(name)

    def group_complaint(self, name):
        """A group of radio buttons or ticks is marked as a whole."""
        for marks, tag, _ in list(self.by_id.values()):
            if marks.get("aria-invalid") == "true" and marks.get("id", "").startswith(name):
                return " ".join(self.by_id[one][2] for one in marks.get("aria-describedby", "").split() if one in self.by_id)
        return None


def is_labelled(page, control):
    """Whether people's tools have a word for it."""
    return control.name is None or control.kind == "hidden" or control.marks.get("id") in page.labels or bool({"aria-label",
        "data-within-label"} & set(control.marks))


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self._page = None

    @property
    def location(self):
        return self.headers["Location"]

    @property
    def text(self):
        return (gzip.decompress(self.body) if self.headers["Content-Encoding"] == "gzip" else self.body).decode()

    @property
    def page(self):
        if self._page is None:
            self._page = Page(self.text)
        return self._page


class Visitor:
    """Cookies, and the csrf field of the page read last; follows nothing by itself."""

    def __init__(self, site, network=None):
        self.site, self.cookies, self.csrf, self.network = site, {}, None, network

    def send(self, method, path, headers=None, body=None):
        more = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())} if self.cookies else {}
        source = (self.network, 0) if self.network else None
        link = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30, source_address=source)
        answer = Answer(*heed_dev.exchange(link, method, path, {**more, **(headers or {})}, body))
        for line in answer.headers.get_all("Set-Cookie", []):
            name, value = line.split(";", 1)[0].split("=", 1)
            if "max-age=0" in line.lower().replace(" ", ""):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            found = re.search(r'name="?csrf"? value="([^"]+)"', answer.text)
            if found:
                self.csrf = found[1]
        return answer

    def get(self, path, **headers):
        return self.send("GET", path, headers)

    def page(self, path, status=200):
        answer = self.get(path)
        assert answer.status == status, (path, answer.status, answer.location)
        return answer.page

    def post(self, path, fields=None, headers=None, **more):
        """Sends a form with the csrf field; fields are pairs or a dictionary, whose lists are several of one name."""
        pairs = []
        for key, value in [*(fields.items() if isinstance(fields, dict) else fields or []), *more.items()]:
            pairs += [(key, one) for one in value] if isinstance(value, list) else [(key, value)]
        if not any(key == "csrf" for key, _ in pairs):
            if self.csrf is None:
                self.get("/reminders")
            pairs.append(("csrf", self.csrf))
        pairs = [pair for pair in pairs if pair[1] is not None]
        return self.send("POST", path, {"Content-Type": FORM, **(headers or {})}, urllib.parse.urlencode(pairs))

    def sign_up(self, address, language="en", timezone="America/New_York", password=PASSWORD, name="Rui Campos"):
        self.address = address
        self.get("/sign-up")
        answer = self.post("/sign-up", email=address, password=password, display_name=name, timezone=timezone, language=language)
        assert (answer.status, answer.location) == (303, "/"), (answer.status, answer.page.text[:500])
        self.get("/reminders")
        return self

    def sign_in(self, address, password=PASSWORD):
        self.get("/sign-in")
        answer = self.post("/sign-in", email=address, password=password)
        self.get("/reminders")
        return answer

    def make(self, title, **fields):
        """A reminder by the form; its path."""
        answer = self.post("/reminders", title=title, **fields)
        assert answer.status == 303, (answer.status, answer.page.text[:800])
        return answer.location


def person(site, **options):
    """Somebody new, from a network of their own."""
    return Visitor(site, next(NETWORKS)).sign_up(site.new_address(), **options)
