"""A page as a tool from outside reads it: a tree of nodes, facts and controls by their names."""
import functools
import html.parser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
CONTROLS = {"input", "select", "textarea"}


def is_box(node):
    return node["type"] in {"radio", "checkbox"}


def sent(control):
    """What a browser sends of a control that nobody touched; None when nothing."""
    if control.tag == "select":
        options = list(control.all("option"))
        chosen = next((option for option in options if "selected" in option.attributes), options[0])
        return chosen["value"] or ""
    if control.tag == "textarea":
        # A browser drops one line break at the start.
        return control.plain.removeprefix("\n")
    if is_box(control):
        return control.attributes.get("value", "on") if "checked" in control.attributes else None
    return None if control["type"] == "file" else control["value"] or ""


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

    @property
    def links(self):
        return [node["href"] for node in self.all("a", href=True)]

    @property
    def times(self):
        """What the times stand for, in their order."""
        return [node["datetime"] for node in self.all("time")]

    @property
    def headings(self):
        return [node.text for node in self.all() if node.tag in {"h1", "h2", "h3"}]

    @property
    def forms(self):
        return list(self.all("form"))

    def form(self, action):
        """The form that is posted there; None when there is none."""
        return next((node for node in self.all("form") if node["method"] == "post"
            and (node["action"] or "").split("#")[0].split("?")[0] == action), None)

    @property
    def controls(self):
        """The named controls: a form's own, wherever they stand, or all of another node."""
        found = [node for node in self.all(name=True) if node.tag in CONTROLS]
        if self.tag != "form":
            return found
        found = [node for node in found if node["form"] in (None, self["id"])]
        top = self
        while top.above is not None:
            top = top.above
        elsewhere = [node for node in top.all(form=self["id"]) if node.tag in CONTROLS] if self["id"] else []
        return found + [node for node in elsewhere if node["name"] and not any(node is other for other in found)]

    @property
    def names(self):
        return {node["name"] for node in self.controls}

    def presets(self):
        """What a browser would send of a form that nobody touched, without csrf."""
        found = [(node["name"], sent(node)) for node in self.controls if node["name"] != "csrf"]
        return [(name, value) for name, value in found if value is not None]

    def values(self, name):
        return [value for key, value in self.presets() if key == name]

    def value(self, name):
        """The first that would be sent by that name."""
        return next(iter(self.values(name)), None)

    def unlabelled(self):
        """The names of controls for which people's tools have no word."""
        top = self
        while top.above is not None:
            top = top.above
        labelled = {label["for"] for label in top.all("label", for_=True)}

        def is_labelled(node):
            above = node
            while above is not None and above.tag != "label":
                above = above.above
            return node["type"] == "hidden" or "aria-label" in node.attributes or node["id"] in labelled or above is not None

        return [node["name"] for node in self.controls if not is_labelled(node)]

    def has(self, name, value):
        """Whether a fact of this name has this value: there may be several."""
        return self.first("data", data_fact=name, value=value) is not None

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
        if self.at.tag not in {"script", "style"}:
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
    def location(self):
        return self.headers["Location"]

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

    def said_beside(self, node):
        """The words that describe a control."""
        parts = (self.first(id=part) for part in (node["aria-describedby"] or "").split())
        return " ".join(part.text for part in parts if part)

    def complaints(self):
        """{control: words}: what stands beside each control that is marked as wrong."""
        return {node["name"]: self.said_beside(node) for node in self.all(aria_invalid="true")}

    def complaint(self, name):
        """The words beside a control that is marked as wrong, or a group of that name; None when none is."""
        marked = (node for node in self.all(aria_invalid="true")
            if node["name"] == name or node["name"] is None and (node["id"] or "").startswith(name))
        return next((self.said_beside(node) for node in marked), None)

    @property
    def flash(self):
        return " ".join(node.text for node in self.all(role="status"))
