"""From what a reader reads to a document: paragraphs, lists and facts in the language's own way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

from helder.domain import worlds as w
from helder.domain.letters import Bullets, Document, Heading, Paragraph
from helder.letters.audience import Audience, Circumstance, Item
from helder.letters.render import Renderer
from letters.made import case, letters

G4 = letters()["g4"]
PARTIES = [party.id for party in case().breached]


def document(letter, language, masks=None) -> Document:
    """What somebody of group 4 reads of whom all may be there and nothing is known, but for these masks."""
    items = tuple(Item(item, ((masks or {}).get(item, w.ITEM_ALL),)) for item in case().items)
    reader = Circumstance("g4", "first", False, (w.PERSON_ALL,))
    return Renderer(letter, language).document(Audience(letter, list(case().items), PARTIES), items, reader)


def test_a_document_has_headings_sentences_and_lists_in_order():
    found = document(G4, "en")
    assert (found.letter, found.language, found.direction) == ("g4", "en", "ltr")
    kinds = [type(part) for part in found.parts]
    assert {Heading, Paragraph, Bullets} == set(kinds)
    assert all(not (a is Heading and b is Heading) for a, b in pairwise(kinds))


def test_advice_in_a_row_is_one_list():
    found = document(G4, "nl")
    at = [number for number, part in enumerate(found.parts) if isinstance(part, Bullets)]
    assert all(two - one > 1 for one, two in pairwise(at))


def test_the_list_of_a_block_names_the_readers_own_items():
    never = dict.fromkeys(case().items, w.NEVER_OURS & w.NOT_STOLEN)
    lists = [
        part.points for part in document(G4, "nl", {**never, "bsn": w.ITEM_ALL}).parts if isinstance(part, Bullets)
    ]
    assert ("uw burgerservicenummer (BSN)",) in lists


def test_every_placeholder_is_filled():
    for language in ("nl", "en", "ar"):
        found = document(next(letter for letter in letters().values() if language in letter.languages), language)
        said = [
            line for part in found.parts for line in (getattr(part, "points", ()) or getattr(part, "sentences", ()))
        ]
        assert said and not [line for line in (found.title, found.closing, *found.signed, *said) if "{" in line]


def test_arabic_is_written_from_the_right_and_its_facts_are_isolated():
    """Unicode UAX #9: each fact stands between FSI and PDI."""
    arabic = next(letter for letter in letters().values() if "ar" in letter.languages)
    renderer = Renderer(arabic, "ar")
    assert renderer.direction == "rtl"
    assert "\u2068" in renderer.fill("{phone}") and "\u2069" in renderer.fill("{phone}")


def test_a_language_without_a_file_prints_facts_as_english_does():
    letter = replace(G4, texts={**G4.texts, "fy": G4.texts["nl"]})
    dates = [id for id, fact in letter.facts.items() if isinstance(fact.value, dt.date)]
    assert dates and all(Renderer(letter, "fy").facts[id] == Renderer(letter, "en").facts[id] for id in dates)
