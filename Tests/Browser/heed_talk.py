"""Talking with the assistant from outside: said by a form, waited for, read by the facts of its page."""
from heed_dev import until


def ask(person, content, **more):
    """Says something; the address of the conversation."""
    sent = person.post("/assistant/messages", content=content, **more)
    assert sent.status == 303, (sent.status, sent.complaints())
    return sent.place


def roles(page):
    """Who speaks, in the order of the page."""
    return [node["value"] for node in page.all("data", data_fact="role")]


def writers(page):
    """What wrote each answer."""
    return [node["value"] for node in page.all("data", data_fact="written-by") if node["value"] != "person"]


def answered(person, place, count=1):
    """The conversation once so many answers are there."""
    return until(lambda: (page := person.get(place)) and roles(page).count("assistant") >= count
        and page.first("meta", http_equiv="refresh") is None and page, "an answer")


def talk(person, content, **more):
    """Asks, and waits for the answer: the page."""
    return answered(person, ask(person, content, **more))


def proposals(page):
    """The addresses of what it proposes, each once."""
    found = [link.split("?")[0].split("#")[0] for link in page.links if link.startswith("/proposals/")]
    return list(dict.fromkeys(found))


def proposed(person, content, **more):
    """The address of the one thing that is proposed for what was said."""
    found = proposals(talk(person, content, **more))
    assert len(found) == 1, found
    return found[0]
