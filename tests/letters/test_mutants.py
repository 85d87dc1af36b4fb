"""Letters made wrong on purpose: how many of them the check stops. The whole list: docs/explanation/letter-mutants.md."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from letters.made import letters
from letters.mutants import LANGUAGES, Mutant, all_structural, all_worded, bilingual, caught
from project import ROOT

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "explanation" / "letter-mutants.md").read_text("utf-8")
A_PART = 7
"""Of each letter one structural mutant in so many, other ones of each: all of them take a minute or two."""


@cache
def structural():
    return all_structural(letters().values())


@cache
def worded():
    return all_worded(letters().values())


@cache
def survivors_of_words():
    return [mutant for mutant in worded() if not caught(mutant)]


def listed(name):
    """Mutants and survivors as the page says them."""
    whole = PAGE[PAGE.index(f"## {name} mutants") :].split("\n## ")[0]
    stopped, made = map(int, re.findall(r"mutants: (\d+) of (\d+) stopped", whole)[0])
    survivors = [line.removeprefix("- ") for line in whole.splitlines() if line.startswith("- ")]
    assert made - stopped == len(survivors)
    return made, survivors


@pytest.mark.parametrize("letter", letters())
def test_nothing_stops_the_letters_as_they_are(letter):
    assert caught(Mutant("none", "", bilingual(letters()[letter]))) == ""


def test_of_structural_mutants_of_all_letters_at_least_97_in_100_are_stopped():
    mutants = [mutant for start, of in enumerate(structural()) for mutant in of[start::A_PART]]
    assert len(mutants) >= 200 and len({mutant.letter.id for mutant in mutants}) == 5
    survivors = [mutant.line for mutant in mutants if not caught(mutant)]
    assert len(survivors) <= 0.03 * len(mutants), survivors
    made, on_page = listed("Structural")
    assert made == sum(map(len, structural()))
    assert set(survivors) == set(on_page) & {mutant.line for mutant in mutants}


def test_a_block_that_is_gone_is_missed():
    """By the question that it answers, the risk it warns of, or what it says of an item or the reader."""
    gone = [m for of in structural()[3:] for m in of if m.kind == "block deleted"]
    kept = {m.what for m in gone if not caught(m)}
    assert kept <= UNMISSED


UNMISSED = {"second_set", "not_of_everyone", "addresses_checked", "for_somebody"}
"""Facts of one letter that no reader asks for: without them it is true and only says less. Whom a letter to who acts for somebody
means by "you" only its readers can miss."""


def test_of_prose_mutants_at_least_95_in_100_are_stopped_by_rules_on_the_words():
    assert len(worded()) >= 200 and {mutant.language for mutant in worded()} == set(LANGUAGES)
    assert len(survivors_of_words()) <= 0.05 * len(worded()), [m.after for m in survivors_of_words()]


@pytest.mark.parametrize(
    "kind", ["other actor", "other place", "may made certain", "open word elsewhere", "watered down"]
)
def test_of_each_kind_that_misleads_at_least_95_in_100_are_stopped(kind):
    total = Counter(mutant.kind for mutant in worded())[f"prose: {kind}"]
    missed = [mutant.after for mutant in survivors_of_words() if mutant.kind == f"prose: {kind}"]
    assert total >= 20 and len(missed) <= 0.05 * total, missed


def test_the_page_lists_the_survivors_of_these_letters():
    assert listed("Prose") == (len(worded()), [mutant.line for mutant in survivors_of_words()])
