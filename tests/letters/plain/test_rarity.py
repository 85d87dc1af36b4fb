"""Rare words, approved words, and their explanations."""

from __future__ import annotations

import csv

import pytest

from helder.letters.plain.lines import Line
from helder.letters.plain.rarity import RARE, Approved, approved, rare, unexplained, zipf


def line(text: str) -> Line:
    return Line(text, "sentence", "")


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("nl", "Wij bieden u onze excuses aan.", []),
        ("nl", "De exfiltratie is bevestigd.", ["exfiltratie"]),
        ("nl", "Vraag dit aan Xyzzyveld.", []),
        ("nl", "Geef uw pincode en DigiD.", []),
        ("nl", "De AVGQ is streng.", ["AVGQ"]),
        ("nl", "Op 12-3-2025 via info@example.org.", []),
        ("en", "The laboratory's computers.", []),
        ("en", "The exfiltration of data.", ["exfiltration"]),
        ("en", "Exfiltration is bad.", ["Exfiltration"]),
    ],
)
def test_rare_words_are_those_outside_the_list_that_are_no_names(language, text, found):
    assert list(rare(line(text), language)) == found


def test_a_word_of_the_list_that_needs_it_is_explained_once():
    bare = [line("Uw BSN is gestolen.")]
    assert [one.word for _, one in unexplained(bare, "nl")] == ["BSN"]
    assert not list(unexplained([line("Uw burgerservicenummer (BSN) is gestolen.")], "nl"))


def test_a_case_approves_words_of_its_own_and_what_it_says_of_a_word_wins():
    own = (Approved("exfiltratie", "het meenemen van gegevens"), Approved("BSN", "uw nummer bij de overheid"))
    text = [line("De exfiltratie van uw BSN is bevestigd.")]
    assert list(rare(text[0], "nl", own)) == []
    assert [one.word for _, one in unexplained(text, "nl", own)] == ["BSN", "exfiltratie"]
    said = [*text, line("Dat is het meenemen van gegevens, ook van uw nummer bij de overheid.")]
    assert list(unexplained(said, "nl", own)) == []
    assert list(rare(text[0], "nl")) == ["exfiltratie"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_word_of_the_list_is_there_once_and_for_a_reason(language):
    words = approved(language)
    for one in words.values():
        frequencies = [zipf(part.casefold(), language) for part in one.word.split()]
        assert one.explained_by or min(frequencies) < RARE, f"{one.word} is not rare and needs no explanation"


def test_the_lists_have_two_columns():
    from importlib.resources import files

    for language in ("nl", "en"):
        text = files("helder.letters.plain").joinpath(f"words.{language}.csv").read_text("utf-8")
        rows = list(csv.DictReader(text.splitlines()))
        assert len(rows) == len(approved(language))
        assert {tuple(row) for row in rows} == {("word", "explained_by")}
