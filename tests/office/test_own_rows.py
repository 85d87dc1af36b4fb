"""Rows of others are kept from who works for one party: by themselves, also if their role's table gave them every right."""

from __future__ import annotations

import dataclasses
import json
import uuid

import pytest

from office.every_page import found_by
from office.test_every_register import ENTRIES
from project import ROOT

SECRET, PART = "Quillwort", "uillwor"
"""Stands in every text of the other party's rows; and what finds it, which a page may repeat without telling anything."""
ALL = [*ENTRIES, "numbers"]


def shelf_of(register):
    from helder.office.register import registers

    return registers()[register]


def content(register, party, mark):
    """A sensible entry of a party, with a mark in every free text."""
    from django.db import models

    model = shelf_of(register).model
    marked = {
        field.name: mark
        for field in model.fields()
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, models.SlugField)
        and not field.choices
        and field.name in ENTRIES[register]
        and field.name not in ("to", "issuer", "zone")
    }
    if register == "scans":
        marked |= {"evidence": mark, "rests_on": "said"}
    return ENTRIES[register] | marked | ({model.whose: party} if model.whose else {})


@pytest.fixture
def parties(db, user):
    """Two suppliers that are known; gives the coordinator who put them there."""
    from helder.office import entries

    clerk = user("coordinator", "privacy_officer", username="clerk")
    for short, name in (("alder", "Alder"), ("birch", SECRET)):
        entries.add(shelf_of("parties").model, clerk, ENTRIES["parties"] | {"short": short, "name": name})
    return clerk


@pytest.fixture
def contact(parties, user):
    return user("supplier", username="ada", party="alder")


@pytest.fixture
def wide(monkeypatch):
    """The role's table thrown open: what keeps rows must not lean on it."""
    from helder.office import roles

    open_ = dataclasses.replace(roles.roles()["supplier"], may={"*": roles.VERBS})
    known = roles.roles() | {"supplier": open_}
    monkeypatch.setattr(roles, "roles", lambda: known)


@pytest.fixture
def theirs(parties, request):
    """An entry of the other party in the register that the test is about, with an earlier version."""
    from helder.office import entries

    register = request.getfixturevalue("register")
    shelf, made = shelf_of(register), content(register, "birch", SECRET)
    there = shelf.model.objects.filter(**{"short": "birch"}).first() if register == "parties" else None
    first = there or entries.add(shelf.model, parties, made)
    return entries.correct(shelf.model, parties, first.entry, {}, f"why {SECRET}", 1)


def test_every_register_says_whose_its_entries_are(office):
    from helder.office.register import registers

    for id, shelf in registers().items():
        assert "whose" in vars(shelf.model), f"{id} does not say whose its entries are: see office.rows"
        assert shelf.model.whose is None or shelf.model.whose in [field.name for field in shelf.model.fields()]


def test_what_all_registers_share_takes_entries_from_one_place():
    """A page, file or program that asked the tables itself would go round `office.rows`."""
    asked = {
        path.name
        for part in ("office", "web")
        for path in (ROOT / "src" / "helder" / part).glob("*.py")
        if "_default_manager" in path.read_text()
    }
    # Besides: the version that is superseded, the names of parties, an empty register's first load, the team's dashboard,
    # the entries that another names, where only the team sees entries that name any, and the check that no version was
    # altered, which shows nobody any.
    assert asked == {"rows.py", "entries.py", "parties.py", "loading.py", "dashboard.py", "naming.py", "unaltered.py"}


def test_a_register_that_does_not_say_whose_its_entries_are_shows_nothing(contact):
    from helder.office.rows import seen

    class Undecided:
        _default_manager = shelf_of("points").model._default_manager

    with pytest.raises(AttributeError, match="whose"):
        seen(Undecided, contact)


def reads(client, register, entry):
    """What every way of reading a register gives, by its address."""
    from helder.office import sheets

    found = {}
    for address in (
        f"/{register}/",
        *(found_by(client, f"/{register}/", words=words) for words in (PART, "irch")),
        f"/{register}/?page=2",
        f"/{register}/?month=2025-07",
        f"/{register}/new/",
        f"/{register}/import/",
        f"/{register}/{entry}/",
        f"/{register}/{entry}/correct/",
        f"/{register}/export.csv",
        f"/{register}/export.json",
    ):
        found[address] = client.get(address).content.decode()
    book = client.get(f"/{register}/export.xlsx")
    found["xlsx"] = json.dumps(sheets.read(book.content, "xlsx")) if book.status_code == 200 else ""
    return found


def api(client, user, register):
    """Calls the API as a user: `ask("get", "/x")` gives status and text."""
    from helder.office import tokens

    scopes = [f"{register}:{verb}" for verb in ("read", "add", "correct")]
    head = {"Authorization": f"Bearer {tokens.make(user, 't', scopes)}"}

    def ask(verb, path, body=None):
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        answer = getattr(client, verb)(f"/api/v1{path}", headers=head, **sent)
        return answer.status_code, answer.content.decode()

    return ask


def told(found):
    """Where the other party's secret or short name stands in what was read."""
    return [where for where, text in found.items() if SECRET in text or "birch" in text]


@pytest.mark.any_database
@pytest.mark.parametrize("register", ENTRIES)
def test_the_other_partys_rows_are_nowhere_to_be_read(register, wide, client, contact, parties, theirs):
    client.force_login(parties)
    assert len(told(reads(client, register, theirs.entry))) >= 6  # the team does see them
    assert SECRET in api(client, parties, register)("get", f"/{register}")[1]
    client.force_login(contact)
    found = reads(client, register, theirs.entry)
    ask = api(client, contact, register)
    for path in (
        f"/{register}",
        f"/{register}?page=2",
        f"/{register}/{theirs.entry}",
        "/facts",
    ):
        found[path] = ask("get", path)[1]
    found["search"] = ask("post", f"/{register}/search", {"words": PART})[1]
    assert told(found) == []
    assert [where for where, text in found.items() if str(theirs.entry) in text.replace(where, "")] == []


@pytest.mark.any_database
@pytest.mark.parametrize("register", ENTRIES)
def test_the_other_partys_row_answers_as_one_that_never_was(register, wide, client, contact, theirs):
    client.force_login(contact)
    ask, none = api(client, contact, register), uuid.uuid4()

    def answers(entry):
        """Status and text of each way to one entry; the secret of a form and the address differ each time."""
        import re

        made = [client.get(f"/{register}/{entry}/"), client.get(f"/{register}/{entry}/correct/")]
        made.append(client.post(f"/{register}/{entry}/correct/", {"seen": 2, "why": "x", "withdraw": "1"}))
        body = shelf_of(register).model(**content(register, "alder", "x")).content() | {"seen": 2, "why": "x"}
        pages = [(one.status_code, re.sub(r'value="[^"]{60,}"', "", one.content.decode())) for one in made]
        return str([*pages, ask("get", f"/{register}/{entry}"), ask("put", f"/{register}/{entry}", body)]).replace(
            str(entry), "entry"
        )

    assert answers(theirs.entry) == answers(none)
    theirs.refresh_from_db()
    assert theirs.current
    assert not theirs.withdrawn


@pytest.mark.any_database
@pytest.mark.parametrize("register", ENTRIES)
def test_nothing_is_written_in_the_name_of_another_party(register, wide, client, contact, theirs, lines):
    from django.core.files.uploadedfile import SimpleUploadedFile

    model = shelf_of(register).model
    before, logged = list(model.objects.order_by("pk").values()), len(lines())
    client.force_login(contact)
    values = {name: "" if value is None else value for name, value in theirs.content().items()}
    made = model(**content(register, "birch", "mine now")).content()
    row = {name: "" if value is None else value for name, value in made.items()}
    files = [
        [row | {"entry": str(theirs.entry), "version": 2}],  # the other party's key
        [row | ({model.whose: "alder"} if model.whose else {}) | {"entry": str(theirs.entry), "version": 2}],
        [row],  # a new row in its name
    ]
    refused = [client.post(f"/{register}/new/", values | {"why": "x"})]
    refused.append(client.post(f"/{register}/{theirs.entry}/correct/", values | {"seen": 2, "why": "x"}))
    for one in files:
        file = SimpleUploadedFile("rows.json", json.dumps(one).encode())
        refused.append(client.post(f"/{register}/import/", {"file": file, "why": "x"}))
    assert {answer.status_code for answer in refused} <= {403, 404, 422}
    assert not [answer for answer in refused if SECRET in answer.content.decode().replace(f'value="{SECRET}"', "")
                .replace(f">\n{SECRET}</textarea>", "")]  # fmt: skip
    ask = api(client, contact, register)
    statuses = {
        ask("post", f"/{register}", made)[0],
        ask("put", f"/{register}/{theirs.entry}", made | {"seen": 2, "why": "x"})[0],
    }
    assert statuses <= {403, 404, 422}
    assert list(model.objects.order_by("pk").values()) == before
    assert [line for line in lines()[logged:] if line[1].startswith(f"{register}.")] == []


@pytest.mark.parametrize("register", ENTRIES)
def test_the_heart_writes_nothing_that_its_author_would_not_see(register, contact, theirs):
    """Whatever a page let through: versions are made in one place, and that place looks."""
    from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

    from helder.office import entries

    model = shelf_of(register).model
    with pytest.raises(PermissionDenied):
        entries.add(model, contact, content(register, "birch", "x"))
    with pytest.raises(ObjectDoesNotExist):
        entries.correct(model, contact, theirs.entry, {}, "x", 2)
    with pytest.raises(ObjectDoesNotExist):
        entries.withdraw(model, contact, theirs.entry, "x", 2)
    if register == "scans":
        own = entries.add(model, contact, content(register, "alder", "x"))
        with pytest.raises(PermissionDenied):
            entries.correct(model, contact, own.entry, {"party": "birch"}, "x", 1)


OWNED = ["clocks", "scans", "parties"]


@pytest.mark.any_database
@pytest.mark.parametrize("register", OWNED)
def test_one_cannot_tell_whether_another_party_exists_or_what_it_has(register, wide, client, contact, theirs):
    """A form and a file refuse a party that is there, with an answer, as one that nobody ever heard of."""
    from helder.office import sheets

    shelf, said = shelf_of(register), []
    client.force_login(contact)
    for party in ("birch", "nobody"):
        row = {name: "" if value is None else value for name, value in theirs.content().items()} | {
            shelf.model.whose: party
        }
        page = client.post(f"/{register}/new/", row).content.decode()
        with pytest.raises(sheets.SheetError) as refused:
            sheets.take(shelf, [row], contact, "x")
        said.append((page.count('class="error"'), str(refused.value.problems).replace(party, "")))
    assert said[0] == said[1]


@pytest.mark.parametrize("register", OWNED)
def test_a_row_that_was_anothers_shows_nothing_of_that_time(register, client, contact, parties, user):
    from helder.office import entries

    model = shelf_of(register).model
    other = user("supplier", username="bo", party="birch")
    texts = {"source": "evidence"} if register != "scans" else {"evidence": "evidence"}
    if register == "parties":  # a short name is of one party
        for one in model.objects.filter(current=True):
            entries.withdraw(model, parties, one.entry, "made anew", 1)
    first = entries.add(model, parties, ENTRIES[register] | texts | {model.whose: "alder"})
    theirs = dict.fromkeys(texts, SECRET) | {model.whose: "birch"}
    entries.correct(model, parties, first.entry, theirs, f"it is {SECRET}", 1)
    from helder.office.rows import seen

    assert not seen(model, contact).filter(entry=first.entry).exists()
    assert [one.version for one in seen(model, other).filter(entry=first.entry)] == [2]
    entries.correct(model, parties, first.entry, texts | {model.whose: "alder"}, f"no longer {SECRET}", 2)
    assert [one.version for one in seen(model, contact).filter(entry=first.entry).order_by("version")] == [1, 3]
    assert not seen(model, other).filter(entry=first.entry).exists()
    if register == "clocks":
        return  # has no page for them
    client.force_login(contact)
    page = client.get(f"/{register}/{first.entry}/")
    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    client.force_login(other)
    assert client.get(f"/{register}/{first.entry}/").status_code == 404


@pytest.mark.any_database
@pytest.mark.parametrize("register", ALL)
def test_documents_that_tell_of_everybody_are_not_theirs(register, wide, client, contact, parties):
    from helder.office import entries

    if register == "points":
        entries.add(shelf_of("points").model, parties, ENTRIES["points"])
    if register == "scans":
        entries.add(shelf_of("scans").model, parties, ENTRIES["scans"] | {"party": "alder"})
    offers = [(offer.name, format) for offer in shelf_of(register).offers() for format in offer.formats]
    assert bool(offers) is (register in ("points", "scans", "notifications"))
    client.force_login(contact)
    for name, format in [*offers, ("none", "pdf")]:
        assert client.get(f"/{register}/documents/{name}.{format}").status_code == 404
    assert "/documents/" not in client.get(f"/{register}/").content.decode()


def test_numbers_are_nobodys_own(number, wide, client, user):
    client.force_login(user("supplier", party="alder"))
    assert number.name not in client.get("/numbers/").content.decode()
    assert client.get(f"/numbers/{number.entry}/").status_code == 404
    assert client.get("/numbers/export.json").json() == []


def test_no_way_of_telling_goes_round_the_rows(wide, client, contact, parties, db):
    """A hook, a reminder and a calendar of who came to work for one party tell of that party alone."""
    import datetime as dt

    from django.utils import timezone

    from helder.office import entries, hooks, tokens
    from helder.office.models import Notice, User
    from helder.registers.clocks.reminders import due

    soon = timezone.now() - dt.timedelta(hours=70)
    turned = User.objects.create_user("turned", "Turned", ["coordinator"])
    hooks.subscribe(turned, "mine", "https://example.org/hook", ["scans", "parties"])
    address = f"/calendar/{tokens.make(turned, 'c', ['calendar:read'])}.ics"
    User.objects.filter(pk=turned.pk).update(roles=["supplier"], party="alder", email="turned@example.org")
    for party in ("alder", "birch"):
        clock = ENTRIES["clocks"] | {"duty": "gdpr_33_1", "party": party, "started": soon}
        entries.add(shelf_of("clocks").model, parties, clock)
        entries.add(shelf_of("scans").model, parties, ENTRIES["scans"] | {"party": party})
    assert not Notice.objects.exists()
    calendar = client.get(address).content.decode()
    assert "Alder" in calendar
    assert SECRET not in calendar
    assert {one.row.clock.party for one in due(timezone.now()) if one.to.username == "turned"} == {"alder"}
