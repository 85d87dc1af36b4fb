"""The formulas against values worked out by hand."""

from __future__ import annotations

import pytest

from helder.letters.plain import formulas


def test_flesch_douma_of_six_words_and_eight_syllables():
    """206.84 - 77 x 8/6 - 0.93 x 3: kat zit op mat, de kater (2) is weg."""
    sentences = ["Bel de dokter.", "Wij wachten daar."]
    assert formulas.flesch_douma(sentences) == pytest.approx(206.84 - 77 * 8 / 6 - 0.93 * 3)


def test_flesch_kincaid_of_one_syllable_words():
    assert formulas.flesch_kincaid(["We see the cat sit."]) == pytest.approx(0.39 * 5 + 11.8 - 15.59)


def test_dale_chall_knows_hard_words():
    easy, hard = (
        formulas.dale_chall(["We see the cat run home."]),
        formulas.dale_chall(["Exfiltration jeopardises authenticity."]),
    )
    assert easy is not None and hard is not None and easy < 5 < 9 < hard


def test_no_sentence_has_no_figure():
    assert (
        formulas.mean_words([])
        is formulas.flesch_douma([])
        is formulas.flesch_kincaid([])
        is formulas.dale_chall([])
        is None
    )


def test_what_stood_among_the_loaded_modules_stands_there_again():
    import sys
    import types

    one, other = types.ModuleType("helder_test_module"), types.ModuleType("helder_test_module")
    with formulas.patched(one), formulas.patched(other):
        assert sys.modules["helder_test_module"] is other
    assert "helder_test_module" not in sys.modules
