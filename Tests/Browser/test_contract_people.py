"""People taken along, from outside: cards as other programs read them."""
import datetime

import pytest
import vobject

from contract import Person


@pytest.fixture(scope="module")
def ana(march):
    return Person(march)


@pytest.mark.parametrize("version", ["3", "4"])
def test_cards_are_read_by_other_programs(ana, version):
    name = f"Łucja Ångström-Nuñez {version}, d’Arc; 日本語 " + "x" * 90
    made = ana.post("/people", {
        "name": name, "email": f"l{version}@x.example", "more_emails": f"m{version}@x.example", "phone": "+1 212 555 0100",
        "company": "Acme; Sons, Ltd", "title": "Head of design", "birthday": "1988-02-29", "notes": "One\r\nTwo, three; \\four", "tags": "choir,home",
    })
    assert made.status == 303
    answer = ana.get(f"/people/export.vcf?version={version}&q=l{version}%40x.example")
    assert answer.status == 200 and answer.headers["content-type"] == "text/vcard; charset=utf-8"
    raw = answer.body
    assert b"\n" not in raw.replace(b"\r\n", b"")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # a fold within a character would be no text
    cards = list(vobject.readComponents(raw.decode()))
    assert len(cards) == 1
    card = cards[0]
    if version == "3":
        card.validate()
    assert card.version.value == f"{version}.0" and card.fn.value == name
    assert [address.value for address in card.contents["email"]] == [f"l{version}@x.example", f"m{version}@x.example"]
    assert card.title.value == "Head of design" and card.note.value == "One\nTwo, three; \\four"
    assert datetime.date.fromisoformat(card.bday.value) == datetime.date(1988, 2, 29)
    assert card.tel.value in ("+12125550100", "tel:+12125550100")
