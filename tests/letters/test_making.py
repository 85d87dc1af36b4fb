"""How a letter is made: one thing left out or put double at a time, and the rule that names it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from helder.letters.findings import RULES, Finding, Place
from helder.letters.making import making
from helder.letters.model import Section
from helder.letters.prose import prose
from letters.made import case, letters
from letters.mutants import bilingual

DAY = dt.date(2025, 9, 12)
G4 = bilingual(letters()["g4"])


def found(letter, day=DAY):
    return {(place.rule, place.of) for place in making(case(), letter, day)}


def block(id, **update):
    return replace(G4, blocks={**G4.blocks, id: G4.blocks[id].model_copy(update=update)})


def sentence(id, **update):
    return replace(G4, sentences={**G4.sentences, id: G4.sentences[id].model_copy(update=update)})


def texts(**update):
    return replace(G4, texts={**G4.texts, "nl": G4.texts["nl"].model_copy(update=update)})


def without(held, gone):
    return {key: value for key, value in held.items() if key != gone}


def test_a_block_named_by_two_sections_is_said():
    again = Section(id="again", heading=False, blocks=["sorry"])
    letter = replace(G4, file=G4.file.model_copy(update={"sections": [*G4.sections, again]}))
    assert "repeated_block" in {rule for rule, _ in found(letter)}


@pytest.mark.parametrize(
    ("letter", "rule", "of"),
    [
        (block("why_given", claims=[]), "claims_differ", ""),
        (block("do_hang_up", risks=["blackmail"]), "risks_differ", "do_hang_up"),
        (sentence("gave_these", claims=[]), "no_claim", "gave_these"),
        (block("why_you", kind="courtesy"), "claim_elsewhere", "took_part"),
        (sentence("maybe_in_data", claims=["may in person", "must given person"]), "mixed_force", "maybe_in_data"),
        (texts(title=None), "no_text", "title"),
        (texts(headings={}), "no_text", "headings.your_data"),
        (texts(sentences=without(G4.texts["nl"].sentences, "sorry")), "no_text", "sentences.sorry"),
        (texts(items=without(G4.texts["nl"].items, "bsn")), "no_text", "items.bsn"),
        (texts(reviewed=False), "not_reviewed", ""),
        (replace(G4, facts=without(G4.facts, "phone")), "no_fact", "phone"),
    ],
    ids=lambda said: said if isinstance(said, str) else "",
)
def test_what_is_left_out_is_named(letter, rule, of):
    assert any(name == rule and (not of or where == of) for name, where in found(letter))


def test_a_fact_holds_until_its_last_day():
    last = min(fact.valid_until for fact in G4.facts.values())
    assert "fact_expired" not in {rule for rule, _ in found(G4, last)}
    assert "fact_expired" in {rule for rule, _ in found(G4, last + dt.timedelta(days=1))}


def test_a_fact_may_not_be_said_before_its_first_day():
    first = dt.date(2025, 9, 20)
    letter = replace(G4, facts={**G4.facts, "phone": G4.facts["phone"].model_copy(update={"valid_from": first})})
    assert ("fact_not_yet", "phone") in found(letter, first - dt.timedelta(days=1))
    assert "fact_not_yet" not in {rule for rule, _ in found(letter, first)}


def test_a_block_that_asserts_outside_a_claim_is_found_in_its_heading_too():
    heading = {**G4.texts["en"].headings, "your_data": "Your data were stolen"}
    letter = replace(G4, texts={**G4.texts, "en": G4.texts["en"].model_copy(update={"headings": heading})})
    assert "asserts" in {place.rule for place in prose(case(), letter) if place.of == "headings.your_data"}


def test_a_sentence_that_the_first_language_lacks_is_compared_with_the_next():
    dutch = G4.texts["nl"].model_copy(update={"sentences": without(G4.texts["nl"].sentences, "sorry")})
    letter = replace(G4, texts={**G4.texts, "nl": dutch})
    assert {place.rule for place in prose(case(), letter)} == set()


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_speaks_both_languages(rule):
    finding = Finding(Place(rule, "g1"), people=3, example={"group": "g1"})
    dutch, english = finding.as_dict("nl"), finding.as_dict("en")
    assert dutch["says"] and english["says"] and dutch["says"] != english["says"]
    assert dutch["stops"] is finding.stops and dutch["example"] == {"group": "g1"}
