"""A page as a tool from outside reads it: a tree of nodes, facts and controls by their names."""
import functools
import html.parser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def box(node):
    return node["type"] in {"radio", "checkbox"}


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
            elif node.tag == "input" and node["type"] != "file" and not (box(node) and "checked" not in node.attributes):
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
