"""What every register has in the same way: files out and in, an API, and nothing that only some of them can do."""

from __future__ import annotations

import json

import pytest

from office.test_registers import GOOD, LAB
from office.test_sheets import FACTS

CONTACTS = "privacy officer: privacy@lab.example\nout of hours: the duty telephone"
ENTRIES = GOOD | {"timeline": FACTS, "parties": GOOD["parties"] | {"contact": CONTACTS}}


@pytest.fixture
def shelves(db, user):
    """All registers, with the laboratory as a party: quickscans are of parties that are known."""
    from helder.office import entries
    from helder.office.register import registers

    entries.add(registers()["parties"].model, user("coordinator", username="clerk"), LAB)
    return registers()


@pytest.fixture
def author(user):
    return user("coordinator", "privacy_officer")


def test_every_register_but_that_of_results_is_tried_here(shelves):
    assert set(shelves) - set(ENTRIES) == {"numbers"}  # its entries are taken from a run


@pytest.mark.parametrize("register", ENTRIES)
def test_what_goes_out_comes_back_and_changes_nothing(shelves, author, register):
    from helder.office import entries, sheets

    shelf = shelves[register]
    entries.add(shelf.model, author, ENTRIES[register])
    there = shelf.model.objects.count()
    for format in sheets.FORMATS:
        again = sheets.read(sheets.write(shelf, format, author), format)
        assert sheets.take(shelf, again, author, "back") == sheets.Taken(added=0, corrected=0, same=there), format


@pytest.mark.any_database
def test_contacts_are_shown_in_lines_corrected_on_a_page_and_never_searched_by_an_address(shelves, author, client):
    shelf = shelves["parties"]
    one = shelf.model.objects.get(current=True)
    client.force_login(author)
    form = {name: "" if value is None else value for name, value in one.content().items() if value is not False}
    change = {"contact": CONTACTS, "seen": 1, "why": "telephoned"}
    assert client.post(f"/parties/{one.entry}/correct/", form | change).status_code == 302
    assert f"<dd>{CONTACTS}</dd>" in client.get(f"/parties/{one.entry}/").content.decode()
    assert f"{CONTACTS}</textarea>" in client.get(f"/parties/{one.entry}/correct/").content.decode()
    assert "contact" not in shelf.search


def test_a_number_goes_out_and_comes_back(number):
    from helder.office import sheets
    from helder.office.register import registers

    shelf = registers()["numbers"]
    for format in sheets.FORMATS:
        again = sheets.read(sheets.write(shelf, format, number.author), format)
        assert sheets.take(shelf, again, number.author, "back") == sheets.Taken(added=0, corrected=0, same=1), format


def test_a_number_leaves_with_its_value_its_as_of_and_its_result(number, client):
    from helder.office import sheets, tokens
    from helder.office.register import registers

    bound = {
        "value": number.value,
        "unit": number.unit,
        "exactness": number.exactness,
        "as_of": None,
        "result": number.result,
    }
    (row,) = json.loads(sheets.write(registers()["numbers"], "json", number.author))
    head = {"Authorization": f"Bearer {tokens.make(number.author, 't', ['numbers:read', 'numbers:add'])}"}
    seen = client.get(f"/api/v1/numbers/{number.entry}", headers=head).json()
    for out in (row, seen):
        assert {name: out[name] for name in bound} == bound
    asked = {"name": "again", "query": number.query, "assessment": "current"}
    typed = client.post("/api/v1/numbers", asked | {"value": 7}, content_type="application/json", headers=head)
    assert typed.status_code == 422  # nobody types a value
    made = client.post("/api/v1/numbers", asked, content_type="application/json", headers=head)
    assert made.status_code == 201
    assert {name: made.json()[name] for name in bound} == bound


@pytest.mark.parametrize("register", ENTRIES)
def test_the_api_adds_reads_and_corrects_within_its_scopes(shelves, author, client, register):
    from helder.office import tokens

    model = shelves[register].model
    body, address = model(**ENTRIES[register]).content(), f"/api/v1/{register}"

    def call(verb, where, body=None, *scopes):
        head = {"Authorization": f"Bearer {tokens.make(author, 't', [f'{register}:{scope}' for scope in scopes])}"}
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body else {}
        return getattr(client, verb)(where, headers=head, **sent)

    before = model.objects.count()
    assert call("post", address, body, "read", "correct").status_code == 403
    assert model.objects.count() == before
    made = call("post", address, body, "add")
    assert made.status_code == 201, made.content
    one = f"{address}/{made.json()['entry']}"
    assert call("get", one, None, "add").status_code == 403
    read = call("get", one, None, "read").json()
    assert {name: read[name] for name in ENTRIES[register]} == {name: made.json()[name] for name in ENTRIES[register]}
    change = body | {"seen": 1, "why": "a mistake"}
    assert call("put", one, change, "read", "add").status_code == 403
    assert call("put", one, change, "correct").json()["version"] == 2
    assert call("put", one, change, "correct").status_code == 409


@pytest.mark.any_database
def test_every_register_is_described_under_a_name_of_its_own(shelves, client):
    document = client.get("/api/v1/openapi.json").json()
    for register in shelves:
        asked = {
            verb
            for path, verbs in document["paths"].items()
            if path.startswith(f"/api/v1/{register}")
            for verb in verbs
        }
        assert asked == {"get", "post", "put"}, register
    shown = [
        document["paths"][f"/api/v1/{register}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["items"]["$ref"]
        for register in shelves
    ]  # fmt: skip
    assert len(set(shown)) == len(shelves)
