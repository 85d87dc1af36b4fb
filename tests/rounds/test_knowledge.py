"""What was told against what is known now: on masks, so that no wording can hide that less is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helder.domain import worlds as w
from helder.domain.errors import RoundError
from helder.rounds.knowledge import ITEM_CLAIMS, as_text, compare, from_text, lost

BSN = ("lab", "bsn")
ME = ("lab", "person")
MASKS = st.integers(1, w.ITEM_ALL)


def test_the_same_worlds_are_a_repetition():
    assert compare({BSN: w.STOLEN}, {BSN: w.STOLEN}) == ("repeated", ())


def test_more_is_known_is_a_change():
    assert compare({BSN: w.ITEM_ALL}, {BSN: w.STOLEN}) == ("changed", ())
    assert compare({BSN: w.STOLEN}, {BSN: w.PUBLISHED}) == ("changed", ())


def test_stolen_that_became_unknown_is_weakened():
    assert compare({BSN: w.STOLEN, ME: w.PERSON_IN}, {BSN: w.ITEM_ALL, ME: w.PERSON_ALL}) == (
        "weakened",
        ("bsn", "person"),
    )


def test_told_not_stolen_and_stolen_after_all_is_weakened_too():
    assert compare({BSN: w.NOT_STOLEN}, {BSN: w.STOLEN}) == ("weakened", ("bsn",))


def test_an_item_that_was_not_spoken_of_was_not_known():
    assert compare({}, {BSN: w.ITEM_ALL}) == ("repeated", ())
    assert compare({}, {BSN: w.STOLEN}) == ("changed", ())


def test_what_the_case_no_longer_speaks_of_stops_the_plan():
    with pytest.raises(RoundError, match="lab:bsn"):
        compare({BSN: w.STOLEN}, {ME: w.PERSON_IN})


@given(MASKS, MASKS)
def test_weakened_is_exactly_a_certain_claim_that_no_longer_holds(told, now):
    held = {word for word, true in ITEM_CLAIMS.items() if told & ~true == 0}
    holds = {word for word, true in ITEM_CLAIMS.items() if now & ~true == 0}
    assert set(lost("bsn", told, now)) == held - holds
    assert (compare({BSN: told}, {BSN: now})[0] == "weakened") is bool(held - holds)


@given(MASKS, MASKS)
def test_knowing_more_never_weakens(told, more):
    if told & more:
        assert compare({BSN: told}, {BSN: told & more})[0] in ("changed", "repeated")


@given(st.dictionaries(st.tuples(st.sampled_from(["lab", "lab_2"]), st.sampled_from(["bsn", "person"])), MASKS))
def test_text_and_back(left):
    assert from_text(as_text(left)) == left
