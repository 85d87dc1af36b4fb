"""Numbers bound to their query: taken, never typed; stale in every document when the evidence changes."""

from __future__ import annotations

import datetime as dt

import pytest

from helder.domain.errors import CaseError
from helder.registers.numbers.rules import Freshness, cited, freshness, pieces
from helder.results.query import Answer, Exactness, answer, opened, queries
from office.evidence import more_evidence

ANSWERS = [
    # query, value, exactness, unit
    ("people", 4, "exact", "people"),
    ("people:found", 1, "at_least", "people"),
    ("people:taken", 1, "at_least", "people"),
    ("people:outside", 1, "at_least", "people"),
    ("people:contradiction", 0, "exact", "people"),
    ("records", 4, "exact", "records"),
    ("records:review", 0, "exact", "records"),
    ("group:leaked", 1, "exact", "people"),
    ("state:result:published", 1, "at_least", "people"),
]


@pytest.mark.parametrize(("query", "value", "exactness", "unit"), ANSWERS)
def test_what_a_query_answers(computed, query, value, exactness, unit):
    results = opened(computed)
    found = answer(results, query)
    assert (found.value, found.as_of, found.result) == (value, None, results.record.key("exposure-current"))
    asked = queries(results)[query]
    assert (asked.exactness, asked.unit, all(asked.words)) == (exactness, unit, True)


def test_records_and_states_add_up(computed):
    results = opened(computed)
    value = {id: answer(results, id).value for id in queries(results)}
    assert value["records"] == sum(value[f"records:{what}"] for what in ("linked", "unlinked", "review"))
    assert value["people:taken"] <= value["people:found"] <= value["people:possible"] <= value["people"]
    states = [number for id, number in value.items() if id.startswith("state:bsn:")]
    assert sum(states) == value["people"]


def test_a_query_that_is_not_there_is_said(computed, tmp_path):
    with pytest.raises(CaseError, match="no number"):
        answer(opened(computed), "people:unheard-of")
    assert opened(tmp_path) is None


def test_what_becomes_of_a_number():
    now = Answer("people", 5, None, "b")
    assert freshness(5, "b", now) is Freshness.FRESH
    assert freshness(5, "a", now) is Freshness.SAME
    assert freshness(4, "a", now) is Freshness.STALE
    assert freshness(5, "b", None) is freshness(None, "", now) is Freshness.GONE


def test_texts_cite_numbers_by_name():
    text = "Of [[people]] people [[found]] were found; [[people]] again, [[not a name]]."
    assert cited(text) == ["people", "found"]
    assert "".join(f"<{piece}>" if kind == "number" else piece for kind, piece in pieces(text)) == (
        "Of <people> people <found> were found; <people> again, [[not a name]]."
    )


@pytest.mark.parametrize(
    ("value", "exactness", "unit", "nl", "en"),
    [
        (941_000, "exact", "people", "941.000", "941,000"),
        (621_000, "at_least", "people", "ten minste 621.000", "at least 621,000"),
        (230_000, "at_most", "records", "ten hoogste 230.000", "at most 230,000"),
        (10, "exact", "people", "minder dan 11", "fewer than 11"),
        (10, "exact", "records", "10", "10"),
        (0, "exact", "people", "0", "0"),
    ],
)
def test_how_a_number_is_told(office, value, exactness, unit, nl, en):
    from django.utils import translation

    from helder.registers.numbers.citing import told

    for lang, words in (("nl", nl), ("en", en)):
        with translation.override(lang):
            assert told(value, Exactness(exactness), unit) == words


def test_a_number_is_taken_not_typed(client, number, case):
    assert (number.value, number.unit, number.exactness) == (4, "records", "exact")
    client.force_login(number.author)
    page = client.post("/numbers/new/", {"name": "typed", "query": "people", "assessment": "current", "value": "99"})
    assert page.status_code == 302
    from helder.registers.numbers.models import Number

    assert Number.objects.get(name="typed").value == 4
    shown = client.get(page["Location"]).content.decode()
    assert "minder" not in shown  # an entry is for the team: exact


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"query": "people:unheard-of"}, "query"),
        ({"assessment": "never_run"}, "assessment"),
        ({"name": "leaked"}, "name"),
    ],
)
def test_a_number_that_cannot_be_taken_is_refused(number, user, change, field):
    from django.core.exceptions import ValidationError

    from helder.office import entries
    from helder.registers.numbers.models import Number

    with pytest.raises(ValidationError) as refused:
        entries.add(Number, number.author, {"name": "other", "query": "records", "assessment": "current"} | change)
    assert field in refused.value.error_dict


def test_changed_evidence_flags_the_number_wherever_it_is_cited(client, number, case):
    from helder.office import entries
    from helder.registers.numbers.citing import filled, readings
    from helder.registers.points.models import Point

    content = {
        "request": "Ombudsman",
        "number": "1",
        "asked": "How many?",
        "owner": "o",
        "answer": "It was [[leaked]].",
    }
    point = entries.add(Point, number.author, content)
    assert readings()["leaked"].fresh is Freshness.FRESH
    assert filled(point.answer, readings()) == ("It was 4.", [])
    more_evidence(case)
    stale = readings()["leaked"]
    assert (stale.fresh, stale.now.value) == (Freshness.STALE, 5)
    assert [(register, entry) for register, entry, _ in stale.cited_in] == [("points", point.entry)]
    # The text still says what was said, and says that it is stale.
    assert filled(point.answer, readings()) == ("It was 4.", ["Getal “leaked” is verouderd: nu 5."])
    client.force_login(number.author)
    page = client.get("/numbers/").content.decode()
    assert "verouderd" in page
    assert f"/points/{point.entry}/" in page
    # Taking it again is a correction like any other.
    after = entries.correct(type(number), number.author, number.entry, {}, "more rows came", 1)
    assert (after.version, after.value) == (2, 5)
    assert filled(point.answer, readings()) == ("It was 5.", [])


def test_an_entry_shows_the_numbers_that_it_cites_and_which_are_stale(client, number, case, user):
    from helder.office import entries
    from helder.registers.measures.models import Measure

    words = {"words_nl": "Er zijn [[leaked]] regels gewist.", "words_en": "We erased [[leaked]] rows, and [[none]]."}
    content = {"name": "erased", "owner": "o", "status": "planned"} | words
    address = f"/measures/{entries.add(Measure, number.author, content).entry}/"
    client.force_login(number.author)
    page = client.get(address).content.decode()
    assert "<dt>leaked</dt><dd>4 · klopt met het bewijs van nu</dd>" in page
    assert "<p>Getal “none” bestaat niet.</p>" in page
    assert "Getallen hierin" not in client.get(f"/numbers/{number.entry}/").content.decode()
    more_evidence(case)
    page = client.get(address).content.decode()
    assert "<p>Getal “leaked” is verouderd: nu 5.</p>" in page
    assert "<dt>leaked</dt><dd>4 · verouderd: het bewijs zegt nu iets anders</dd>" in page
    client.force_login(user("desk"))  # who may not read numbers
    page = client.get(address).content.decode()
    assert "[[leaked]]" in page
    assert "verouderd" not in page


def test_a_number_says_of_which_evidence_it_is(client, number, case):
    client.force_login(number.author)
    more_evidence(case)
    page = client.get("/numbers/").content.decode()
    assert page.count("alle bewijs") == 2  # above the list, and in it
    assert "nu 5</p>" in page
    assert "alle bewijs" in client.get(f"/numbers/{number.entry}/").content.decode()


def test_only_numbers_that_agree_with_the_evidence_may_be_cited_as_facts(number, case):
    from helder.office.register import facts

    (fact,) = [fact for fact in facts() if fact.kind == "number"]
    assert (fact.id, fact.words) == ("leaked", {"nl": "4", "en": "4"})
    assert "records · current" in fact.evidence
    more_evidence(case)
    assert [fact for fact in facts() if fact.kind == "number"] == []


def test_without_results_a_number_cannot_be_checked_and_can_be_withdrawn(number, case):
    import shutil

    from helder.office import entries
    from helder.registers.numbers.citing import filled, readings

    shutil.rmtree(case / "work")
    assert readings()["leaked"].fresh is Freshness.GONE
    assert filled("[[leaked]], [[nothing]]", readings())[1] == [
        "Getal “leaked” is nu niet na te gaan.",
        "Getal “nothing” bestaat niet.",
    ]
    gone = entries.withdraw(type(number), number.author, number.entry, "not needed", 1)
    assert (gone.withdrawn, gone.value) == (True, 4)
    assert readings() == {}


def test_the_log_proves_the_value_that_was_taken(number):
    from helder.office.entries import content_hash

    before = content_hash(number)
    number.value = 5
    assert content_hash(number) != before


MEASURE = {"name": "told", "owner": "o", "status": "active", "since": "2025-08-06", "evidence": "count of [[leaked]]",
           "words_nl": "Wij vonden [[leaked]] records.", "words_en": "We found [[leaked]] records."}  # fmt: skip


def test_a_measure_that_cites_a_number_reaches_letters_with_the_number(number):
    from helder.office import entries
    from helder.office.letter_facts import taken_now
    from helder.office.register import facts, registers

    entries.add(registers()["measures"].model, number.author, MEASURE)
    (fact,) = [fact for fact in facts() if fact.kind == "measure"]
    assert fact.words == {"nl": "Wij vonden 4 records.", "en": "We found 4 records."}
    text = taken_now(dt.date(2025, 9, 12)).text
    assert 'value = { en = "We found 4 records.", nl = "Wij vonden 4 records." }' in text
    assert "[[leaked]]" not in text


def test_a_measure_that_cites_a_number_which_is_stale_or_unknown_may_not_be_told(number, case, client):
    from helder.office import entries, tokens
    from helder.office.letter_facts import taken_now
    from helder.office.register import registers

    measures = registers()["measures"].model
    entries.add(measures, number.author, MEASURE)
    entries.add(measures, number.author, MEASURE | {"name": "unknown", "words_nl": "[[no]]", "words_en": "[[no]]"})
    more_evidence(case)
    found = taken_now(dt.date(2025, 9, 12))
    assert (found.ids, found.left) == ([], ["told", "unknown"])
    head = {"Authorization": f"Bearer {tokens.make(number.author, 't', ['measures:read', 'numbers:read'])}"}
    assert client.get("/api/v1/facts", headers=head).json() == []
