"""How many of everything: whole numbers that add up at every size, and are the published ones at full size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helder.demo import LARGEST, SMALLEST, apportion, assumptions, size
from helder.domain.errors import CaseError


def test_at_full_size_the_counts_are_the_published_ones():
    counts = size(941_000)
    assert counts.groups == (405_000, 216_000, 282_000, 38_000)
    assert counts.datasets == (485_000, 230_000)
    assert counts.unplaced == (80_000, 14_000)
    assert counts.rows == 715_000
    assert counts.posted == 53_516
    assert counts.register == 997_460


@given(st.integers(SMALLEST, LARGEST))
def test_at_every_size_the_parts_add_up(people: int):
    counts = size(people)
    unplaced = sum(counts.unplaced)
    assert sum(counts.groups) == people
    assert counts.never_confirmed + counts.second_row + counts.strangers == unplaced
    assert sum(counts.levels.values()) == unplaced
    assert sum(counts.datasets) == sum(counts.groups[:2]) + unplaced == counts.rows
    assert min(*counts.groups, *counts.unplaced, counts.posted) > 0
    assert counts.register > people
    assert counts.never_confirmed <= sum(counts.groups[2:])
    assert min(counts.careful.values()) > 0
    assert counts.second_row <= sum(counts.groups[:2])


@given(st.integers(0, 10**9), st.lists(st.floats(0.001, 1000), min_size=1, max_size=8))
def test_apportioning_gives_whole_parts_within_one_of_their_share(total: int, weights: list[float]):
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) <= 1 + 1e-6 * total


def test_of_equal_remainders_the_first_comes_first():
    assert apportion(5, (1, 1, 1)) == [2, 2, 1]


@pytest.mark.parametrize("people", [-1, 0, SMALLEST - 1, LARGEST + 1])
def test_too_few_or_too_many_people_is_a_clear_error(people: int):
    with pytest.raises(CaseError) as error:
        size(people)
    assert error.value.where == "--people"
    assert str(SMALLEST) in error.value.do


def test_the_assumptions_are_shares():
    given = assumptions()
    kinds = given.unplaced
    assert kinds.never_confirmed + kinds.second_row + kinds.stranger == pytest.approx(1)
    assert sum(level.share for level in given.levels.values()) == pytest.approx(1)
    for level in given.levels.values():
        assert level.number_missing + level.number_mistyped + level.number_cut == pytest.approx(1)
