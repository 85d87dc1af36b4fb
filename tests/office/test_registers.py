"""What holds for every register, and what each refuses."""

from __future__ import annotations

import datetime as dt

import pytest

from office.every_page import found_by

EVERY = (
    "timeline", "clocks", "measures", "investigations", "parties", "decisions", "points", "statements", "numbers",
    "notifications", "breaches", "scans",
)  # fmt: skip
OWN_WORK = {"numbers", "notifications", "breaches"}
"""Registers that hold what a team makes itself, from results: a case that was never run has nothing to fill them with."""
DAY, LATER = dt.date(2025, 8, 6), dt.date(2025, 9, 12)
GOOD = {
    "measures": {"name": "m", "words_nl": "w", "words_en": "w", "owner": "o", "status": "active", "since": DAY},
    "investigations": {"name": "i", "question_nl": "w", "question_en": "w", "who": "w"},
    "parties": {"short": "mill", "name": "Mill", "role": "processor", "source": "s"},
    "points": {"request": "r", "number": "1", "asked": "a", "owner": "o"},
    "statements": {"said_on": DAY, "issuer": "bvo", "words": "w", "source": "s"},
    "decisions": {"what": "w", "by": "board", "information": "i"},
    "notifications": {"field": 21, "value": "the privacy officer"},
    "breaches": {"name": "b", "found_on": DAY, "facts": "f", "effects": "e", "action": "a", "notified": "not_yet"},
    "clocks": {"duty": "gdpr_33_1", "party": "bvo", "to": "ap", "source": "s"},
    "scans": {"party": "lab", "question": "policy", "answer": "unknown"},
}
LAB = GOOD["parties"] | {"short": "lab", "name": "Lab"}
REFUSED = [
    ("measures", {"since": None}, "since"),
    ("measures", {"until": DAY - dt.timedelta(days=1)}, "until"),
    ("investigations", {"findings": "f"}, "cited"),
    ("investigations", {"findings": "f\ng", "cited": "report; "}, "cited"),
    ("investigations", {"status": "answered"}, "findings"),
    ("parties", {"audited": "yes"}, "audited_on"),
    ("parties", {"audited_on": DAY}, "audited_on"),
    ("parties", {"risk_assessed": "yes"}, "risk_assessed_on"),
    ("parties", {"suspended": True}, "suspended_since"),
    ("points", {"state": "answered", "answer": "a"}, "evidence"),
    ("points", {"state": "answered", "evidence": "e"}, "answer"),
    ("points", {"state": "not_ours"}, "answer"),
    ("statements", {"number": 5}, "unit"),
    ("statements", {"unit": "people"}, "unit"),
    ("decisions", {"information": ""}, "information"),
    ("clocks", {"duty": "no_such_law"}, "duty"),
    ("notifications", {"field": 999}, "field"),
    ("notifications", {"field": 3, "value": "z"}, "value"),
    ("notifications", {"field": 3, "value": "a,b"}, "value"),
    ("notifications", {"field": 68, "value": "941000"}, "exactness"),
    ("scans", {"question": "no_such"}, "question"),
    ("scans", {"party": "nobody"}, "party"),
    ("scans", {"answer": "yes"}, "rests_on"),
    ("scans", {"answer": "yes", "rests_on": "document"}, "evidence"),
    ("breaches", {"notified": "yes"}, "notified_on"),
    ("breaches", {"notified_on": DAY}, "notified_on"),
    ("breaches", {"notified": "no"}, "why_not"),
]


@pytest.fixture
def shelves(db):
    from helder.office.register import registers

    return registers()


def test_the_registers_are_those_that_have_a_folder(shelves):
    assert sorted(shelves) == sorted(EVERY)


@pytest.fixture
def lab(shelves, user):
    """The laboratory as a party: quickscans are of parties that are known."""
    from helder.office import entries

    return entries.add(shelves["parties"].model, user("coordinator", username="clerk"), LAB)


@pytest.mark.parametrize("register", GOOD)
def test_a_sensible_entry_is_taken(shelves, lab, user, register):
    from helder.office import entries

    assert entries.add(shelves[register].model, user("coordinator"), GOOD[register]).version == 1


@pytest.mark.any_database
@pytest.mark.parametrize(("register", "change", "field"), REFUSED)
def test_what_does_not_fit_together_is_refused_at_its_field(shelves, lab, user, register, change, field):
    from django.core.exceptions import ValidationError

    from helder.office import entries

    with pytest.raises(ValidationError) as refused:
        entries.add(shelves[register].model, user("coordinator"), GOOD[register] | change)
    assert list(refused.value.error_dict) == [field]


ONCE = [
    ("notifications", {"value": "somebody else"}),
    ("scans", {"evidence": "asked again"}),
]
"""Registers in which one thing has one entry: a correction must not be taken for a second one."""

OTHER = {"scans": {"evidence": "file"}}


@pytest.mark.parametrize(("register", "change"), ONCE)
def test_a_correction_is_no_second_entry_on_page_file_or_api(shelves, lab, client, user, register, change):
    from helder.office import entries, sheets, tokens

    shelf, author = shelves[register], user("coordinator")
    first = entries.add(shelf.model, author, GOOD[register])
    client.force_login(author)
    filled = {name: "" if value is None else value for name, value in first.content().items()}
    answer = client.post(f"/{register}/{first.entry}/correct/", filled | change | {"seen": 1, "why": "page"})
    assert answer.status_code == 302
    (row,) = sheets.rows(shelf, author)
    assert sheets.take(shelf, [{**row, **GOOD[register], **OTHER.get(register, {})}], author, "file").corrected == 1
    secret = tokens.make(author, "t", [f"{register}:correct"])
    body = first.content() | change | {"seen": 3, "why": "api"}
    put = client.put(
        f"/api/v1/{register}/{first.entry}", body, "application/json", headers={"Authorization": f"Bearer {secret}"}
    )
    assert put.status_code == 200
    again = client.post(f"/{register}/new/", filled)
    assert again.status_code == 422  # a second one is refused


@pytest.fixture
def filled(db):
    """The office of the reference case."""
    from helder.web.fill import fill_demo

    return fill_demo()


def test_the_reference_case_fills_every_register_once(filled):
    from helder.web.fill import fill_demo

    assert sorted(filled) == sorted(set(EVERY) - OWN_WORK)
    assert all(filled.values())
    assert fill_demo() == {}


def test_numbers_of_the_reference_case_are_taken_from_its_result(case, db):
    from helder.registers.numbers.models import Number
    from helder.web.fill import fill_demo

    assert fill_demo()["numbers"] == 4
    assert Number.objects.get(name="in_scope").value == 4


@pytest.mark.any_database
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_page_of_the_filled_office_is_shown_in_both_languages(filled, shelves, client, user, lang):
    somebody = user("coordinator")
    type(somebody).objects.filter(pk=somebody.pk).update(language=lang)
    client.force_login(somebody)
    for id, shelf in shelves.items():
        page = client.get(f"/{id}/")
        assert page.status_code == 200
        assert page["Content-Language"] == lang
        assert shelf.names[0 if lang == "nl" else 1] in page.content.decode()
        first = shelf.model.objects.filter(current=True).first()
        assert first is None or client.get(f"/{id}/{first.entry}/").status_code == 200
        assert client.get(found_by(client, f"/{id}/", words="zzzz")).status_code == 200


@pytest.mark.any_database
def test_facts_that_letters_may_cite_are_measures_in_force_and_open_questions(filled):
    from helder.office.register import facts

    found = {fact.id: fact for fact in facts()}
    assert {fact.kind for fact in found.values()} == {"measure", "investigation"}
    assert "igj" not in found  # answered: no longer being investigated
    assert found["lab_suspended"].since == "2025-08-06"
    assert all(fact.evidence and fact.source[2] >= 1 and fact.words.keys() == {"nl", "en"} for fact in found.values())


def test_search_finds_entries_with_every_word(filled, shelves, user):
    from helder.office.views import listed

    found = listed(shelves["timeline"], user("desk"), "ronde 941.000")
    assert [event.what[:7] for event in found] == ["Ronde 2"]


def test_a_measure_is_told_only_while_it_is_in_force_and_proven():
    from helder.registers.measures.rules import may_be_told

    table = [
        # status, since, until, evidence, told
        ("active", DAY, None, "letter", True),
        ("done", DAY, LATER, "letter", True),
        ("planned", DAY, None, "letter", False),
        ("stopped", DAY, None, "letter", False),
        ("active", None, None, "letter", False),
        ("active", DAY, None, "  ", False),
        ("active", LATER + dt.timedelta(days=1), None, "letter", False),
        ("active", DAY, LATER - dt.timedelta(days=1), "letter", False),
    ]
    assert [may_be_told(*row[:4], LATER) for row in table] == [row[4] for row in table]


@pytest.mark.parametrize(
    ("findings", "cited", "left"),
    [
        ("", "", 0),
        ("a", "", 1),
        ("a", "x", 0),
        ("a\n\nb", "x", 1),
        ("a\nb", "x; y", 0),
        ("a\nb", "x;;", 1),
        ("", "x", 0),
    ],
)
def test_each_finding_has_a_source(findings, cited, left):
    from helder.registers.investigations.rules import uncited

    assert uncited(findings, cited) == left


NAMED = [("measures", "name"), ("investigations", "name"), ("parties", "short"), ("statements", "name")]


@pytest.mark.parametrize(("register", "field"), NAMED)
def test_a_short_name_is_of_one_entry_by_every_way_in_until_that_is_withdrawn(shelves, user, client, register, field):
    import json

    from django.core.exceptions import ValidationError

    from helder.office import entries, sheets, tokens

    author, model = user("coordinator", "privacy_officer"), shelves[register].model
    content = GOOD[register] | {field: "m1"}
    first = entries.add(model, author, content)
    row = model(**content).content()
    with pytest.raises(ValidationError) as refused:
        entries.add(model, author, content)
    assert list(refused.value.message_dict) == [field]
    with pytest.raises(sheets.SheetError) as refused:
        sheets.take(shelves[register], [row], author, "list")
    assert [(1, field)] == [problem[:2] for problem in refused.value.problems]
    head = {"Authorization": f"Bearer {tokens.make(author, 't', [f'{register}:add'])}"}
    body = json.dumps(row)
    called = client.post(f"/api/v1/{register}", body, content_type="application/json", headers=head)
    assert (called.status_code, list(called.json()["fields"])) == (422, [field])
    client.force_login(author)
    form = {name: value for name, value in row.items() if value is not None and value is not False}
    assert client.post(f"/{register}/new/", form).status_code == 422
    entries.correct(model, author, first.entry, {}, "the same again", 1)  # an entry keeps its own name
    entries.withdraw(model, author, first.entry, "not so", 2)
    entries.add(model, author, content)


def test_names_that_letters_cite_as_one_are_one(shelves, user):
    from django.core.exceptions import ValidationError

    from helder.office import entries

    author, model = user("coordinator"), shelves["measures"].model
    entries.add(model, author, GOOD["measures"] | {"name": "m-1"})
    with pytest.raises(ValidationError, match="heet al zo"):
        entries.add(model, author, GOOD["measures"] | {"name": "m_1"})
    entries.add(model, author, GOOD["measures"] | {"name": "m-2"})
