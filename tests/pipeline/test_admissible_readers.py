"""Every reader that evidence of the declared kinds can make is in one of the boxes that the letters are checked for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helder.case.load import load_case
from helder.domain import worlds as w
from helder.exposure.groups import Profile, place
from helder.exposure.marks import Mark
from helder.exposure.rules import PERSON, rules
from helder.exposure.tie import apply
from helder.letters.admissible import sub_boxes
from helder.pipeline.admissible import boxes, possible_marks
from letters.made import case as demo_case
from pipeline import small_case

NEEDED = {"disclosed": "to", "row": "found"}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return load_case(small_case.write(tmp_path_factory.mktemp("readers") / "case"))


@cache
def _known(assessment):
    case = demo_case()
    chosen = case.assessment(assessment)
    marks = sorted(possible_marks(case, chosen))
    return case, marks, rules(case, chosen, frozenset(marks)), tuple(_parts(case, boxes(case, chosen)))


def _parts(case, found):
    parties = [party.id for party in case.breached]
    for box in found:
        for part in sub_boxes(box, tuple(case.items), tuple(parties), False):
            yield box.group, part


def reader_of(case, built, marks):
    """The worlds left with these marks and the group, or None for who gets no letter: out of scope, in no group, or contradicted."""
    left = apply(rule for rule in built if rule.when <= marks and not rule.unless & marks)
    where = place(case, Profile(0, 0, marks, left))
    return (left, where.group) if where.in_scope and where.group and all(left.values()) else None


def allowed(case, parts, left, group):
    parties = [party.id for party in case.breached]
    for of, part in parts:
        if of != group or part.persons != tuple(left[party, PERSON] for party in parties):
            continue
        masks = [tuple(left[party, item] for party in parties) for item in case.items]
        if all(
            any(option.masks == mask for option in options) for mask, options in zip(masks, part.options, strict=True)
        ):
            return True
    return False


@pytest.mark.parametrize("assessment", ["as_told", "current"])
@settings(max_examples=60)
@given(data=st.data())
def test_whoever_evidence_can_make_is_allowed(assessment, data):
    case, marks, built, parts = _known(assessment)
    some = frozenset(data.draw(st.lists(st.sampled_from(marks), unique=True, max_size=25)))
    needed = {Mark(NEEDED[mark.kind], mark.of) for mark in some if mark.kind in NEEDED}
    if found := reader_of(case, built, some | needed):
        assert allowed(case, parts, *found)


def test_what_is_received_later_makes_no_reader(small):
    early = small.assessment("as_told").model_copy(update={"as_of": None})
    late = early.model_copy(update={"as_of": small.file.sources["rows"].received.replace(year=2024)})
    assert Mark("found", "rows") in possible_marks(small, early)
    assert Mark("found", "rows") not in possible_marks(small, late)


def test_the_groups_of_a_small_case_are_those_of_its_readers(small):
    found = boxes(small, small.assessment("as_told"))
    assert {box.group for box in found} == {"leaked", "recent", "others"}
    # Four were found in the leak or never: only who was found is surely in it, and only they lost their result.
    for box in found:
        assert (w.PERSON_IN in box.persons["lab"]) is (box.group == "leaked")


def test_conditions_within_conditions_are_looked_at(small):
    nested = small.file.groups[0].when.model_copy(
        update={"found_in": None, "any_of": [small.file.groups[0].when, small.file.groups[1].when]}
    )
    changed = small.file.model_copy(
        update={"groups": [small.file.groups[0].model_copy(update={"when": nested}), *small.file.groups[1:]]}
    )
    case = replace(small, file=changed)
    assert {box.group for box in boxes(case, case.assessment("as_told"))} == {"leaked", "others"}
