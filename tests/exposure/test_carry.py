"""Who is touched by new and vanished lines, and that on either engine the others keep what a whole round would say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from generative.test_carry import found, put
from helder.case.model import Assessment
from helder.domain.errors import EngineError
from helder.exposure.assess import assess
from helder.exposure.carry import Before
from helder.exposure.evidence import EvidenceClass
from spec.harness import Spec

DAY = dt.date(2025, 8, 6)
LINES = {
    "a": EvidenceClass("link", DAY, dataset="rows", items="bsn", outcome="accepted", method="exact"),
    "b": EvidenceClass("link", DAY, dataset="rows", items="bsn;email", outcome="accepted", method="exact"),
    "c": EvidenceClass("link", DAY, dataset="rows", items="result", outcome="review"),
}
# person: the rows linked to them then, and now
CHANGES = {
    "gains": ("a", "ab"),
    "gains the first": ("", "b"),
    "gains two": ("", "bc"),
    "has one more of the same": ("a", "aa"),
    "loses": ("ab", "a"),
    "loses the last": ("b", ""),
    "has one less of the same": ("bb", "b"),
    "has another": ("a", "b"),
    "keeps": ("ab", "ab"),
    "has none": ("", ""),
}
TOUCHED = ["gains", "gains the first", "gains two", "has another", "loses", "loses the last"]


def people(time: int) -> dict[str, list[EvidenceClass]]:
    return {name: [EvidenceClass("register"), *(LINES[row] for row in rows[time])] for name, rows in CHANGES.items()}


@pytest.fixture
def case():
    return Spec("", "", "person | kind\np1 | register", "person | item | state\np1 | email | unknown").load()


def before(engine, case, traces_of_now: bool = True):
    """What was found then; the engine is left with the evidence of now."""
    then = put(engine, people(0))
    earlier = assess(engine, case, Assessment())
    profiles = [(profile.number, profile.people, profile.marks) for profile in earlier.profiles]
    assessed = engine.arrow("SELECT person, profile FROM assessed")
    now = put(engine, people(1))
    return Before(profiles, assessed, [(then, now)] if traces_of_now else [(None, now), (then, None)])


def test_who_gained_or_lost_a_kind_of_row_is_touched_and_nobody_else(engine, case):
    known = before(engine, case)
    whole = found(engine, assess(engine, case, Assessment()))
    carried = assess(engine, case, Assessment(), known)
    assert found(engine, carried) == whole
    names = sorted(CHANGES)
    assert sorted(names[number] for number in carried.touched.people) == TOUCHED
    profiles = {row["person"]: row["profile"] for row in whole[0]}
    assert [profiles[person] for person in carried.touched.people] == list(carried.touched.now)


def test_a_source_that_came_and_one_that_is_gone_touch_all_their_people(duck, case):
    known = before(duck, case, traces_of_now=False)
    whole = found(duck, assess(duck, case, Assessment()))
    carried = assess(duck, case, Assessment(), known)
    assert found(duck, carried) == whole
    assert len(carried.touched.people) == len(CHANGES) - 1


def test_nobody_at_all_is_carried_as_well(duck, case):
    now = put(duck, {})
    whole = found(duck, assess(duck, case, Assessment()))
    nobody = Before([], duck.arrow("SELECT person, profile FROM assessed"), [(None, now)])
    assert found(duck, assess(duck, case, Assessment(), nobody)) == whole


@pytest.mark.parametrize("missing", ["gains", "loses"], ids=["the first", "one in between"])
def test_an_assessment_of_other_people_is_not_built_upon(duck, case, missing):
    known = before(duck, case)
    others = known.assessed.filter(known.assessed["person"].to_numpy() != sorted(CHANGES).index(missing))
    with pytest.raises(EngineError, match="of other people"):
        assess(duck, case, Assessment(), replace(known, assessed=others))
