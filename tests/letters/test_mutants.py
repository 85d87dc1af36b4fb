"""Letters made wrong on purpose: how many of them the check stops. The whole list: docs/explanation/letter-mutants.md."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

import pytest

from helder.pipeline.admissible import boxes
from letters.made import case, excluding, letters
from letters.mutants import all_structural, all_worded, bilingual, caught
from project import ROOT

DAY = dt.date(2025, 9, 12)
PAGE = ROOT / "docs" / "explanation" / "letter-mutants.md"


@cache
def allowed():
    return excluding(boxes(case(), case().assessment("current")))


def score(mutants):
    survivors = [mutant for mutant in mutants if not caught(case(), mutant, allowed(), DAY)]
    return 1 - len(survivors) / len(mutants), survivors


def test_nothing_stops_the_letters_as_they_are():
    class AsItIs:
        kind, letter = "none", bilingual(letters()["g1"])

    assert caught(case(), AsItIs, allowed(), DAY) == ""


@pytest.mark.slow
def test_of_structural_mutants_at_least_97_in_100_are_stopped():
    """One in eighteen here, since each asks every admissible reader; all of them in `bench/mutants.py`."""
    every = all_structural(letters()["g1"])
    assert len(every) >= 200
    mutants = every[::18]
    stopped, survivors = score(mutants)
    assert stopped >= 0.97, [f"{m.kind}: {m.what}" for m in survivors]


@pytest.mark.slow
def test_of_prose_mutants_at_least_80_in_100_are_stopped_by_rules_on_the_words():
    mutants = all_worded(letters().values())[::5]
    assert len(mutants) >= 200
    stopped, survivors = score(mutants)
    assert stopped >= 0.8, [m.after for m in survivors]


def test_the_page_of_survivors_is_of_these_letters():
    """As many mutants as the letters give now."""
    counts = [int(number) for number in re.findall(r"mutants: \d+ of (\d+) stopped", PAGE.read_text("utf-8"))]
    assert counts == [len(all_structural(letters()["g1"])), len(all_worded(letters().values()))]
