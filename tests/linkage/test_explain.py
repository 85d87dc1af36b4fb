"""Links in words: what agrees, what differs, how much each weighs, in Dutch and English."""

from __future__ import annotations

import datetime as dt

import pytest

from helder.linkage.explaining import explain
from helder.linkage.in_words import agreement_words, candidate_words, link_words, review_words
from helder.linkage.levels import COMPARISONS
from helder.linkage.model import default_model

MODEL = default_model().to_json()
LEVELS = "surname:equal_rare;birth_date:other;sex:equal"


def link(**changes):
    return {"method": "probabilistic", "agrees": None, "levels": LEVELS, "decided_on": None, **changes}


def test_a_candidate_is_explained_piece_by_piece_with_its_weight():
    words = candidate_words(LEVELS, MODEL, "en")
    assert words[0].startswith("the surname is equal and very rare: very strongly for (+")
    assert words[1].startswith("the birth date differs: ")
    assert "against (−" in words[1]
    assert words[-1].startswith("how often a row is about somebody in the register")
    assert candidate_words("", MODEL, "en") == []


def test_dutch_has_decimal_commas():
    words = candidate_words(LEVELS, MODEL, "nl")
    assert words[0].startswith("de achternaam is gelijk en heel zeldzaam: zeer sterk voor (+")
    assert "," in words[0].split("(")[1]


def test_an_exact_link_says_what_agrees_and_weighs_nothing():
    words = link_words(link(method="exact", agrees="birth_date;surname", levels=None), MODEL, "en")
    assert words == ["the number is equal", "the birth date agrees", "the surname agrees"]


@pytest.mark.parametrize(
    ("lang", "day", "says"),
    [
        ("en", dt.date(2025, 9, 20), "a person decided this on 2025-09-20"),
        ("nl", dt.date(2025, 9, 20), "een mens heeft dit beslist op 2025-09-20"),
        ("en", None, "a person decided this"),
        ("nl", None, "een mens heeft dit beslist"),
    ],
)
def test_a_decision_of_a_person_says_so_first(lang, day, says):
    words = link_words(link(method="decision", decided_on=day), MODEL, lang)
    assert words[0] == says
    assert len(words) == 5
    assert link_words(link(method="decision", decided_on=day, levels=None), MODEL, lang) == [says]


@pytest.mark.parametrize(
    ("weight", "says"), [(30, "very strong"), (10, "very strong"), (9.9, "strong"), (0, "fair"), (-1, "weak")]
)
def test_the_whole_weight_says_how_strongly_row_and_person_agree(weight, says):
    assert agreement_words(weight, "en") == says


def test_why_a_row_is_under_review():
    assert review_words("two-candidates", "en") == "two people fit almost equally well"
    assert review_words("unsure", "nl") == "een mens keek en was niet zeker"
    assert review_words("decided", "en") == "a person decided: nobody"
    assert review_words(None, "en") == ""


def test_every_level_has_words_in_both_languages():
    for comparison in COMPARISONS:
        for level in comparison.names:
            first = explain(f"{comparison.name}:{level}", MODEL)[0]
            assert first.nl
            assert first.en
