"""The parts of the rule that the specs do not show: severity, clashes, conditions, packing, dates that compare alike."""

import datetime as dt
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helder.case.model import Condition, Item
from helder.domain import worlds as w
from helder.domain.states import STATES, state_of
from helder.exposure.contradictions import clashes
from helder.exposure.evidence import CLASS_COLUMNS, NO_DATE, EvidenceClass
from helder.exposure.groups import Profile, predicate
from helder.exposure.marking import Marking, distinct_classes
from helder.exposure.marks import WORD_BITS, Layout, Mark
from helder.exposure.rules import PERSON, Rule
from helder.exposure.severity import Stakes, band
from helder.exposure.tie import apply, tie
from spec.exposure import SPECS

RESULT = Item(label={"en": "result"}, category="sensitive", identifies=1)
KIND = Item(label={"en": "kind of test"}, category="behavioural", context=1, identifies=1)


def left(**items: int) -> dict[tuple[str, str], int]:
    return {("lab", PERSON): w.PERSON_ALL, **{("lab", item): worlds for item, worlds in items.items()}}


@pytest.mark.parametrize(
    ("items", "worlds", "score", "name"),
    [
        ({"result": RESULT}, {"result": w.STOLEN}, 5.0, "very_high"),
        ({"result": RESULT}, {"result": w.DISCLOSED}, 4.5, "very_high"),
        ({"kind": KIND}, {"kind": w.STOLEN}, 4.0, "very_high"),
        ({"kind": KIND, "result": RESULT}, {"kind": w.STOLEN, "result": w.DISCLOSED}, 4.5, "very_high"),
        ({"kind": KIND}, {"kind": w.DISCLOSED}, 3.5, "high"),
    ],
)
def test_severity_is_that_of_the_published_examples(items, worlds, score, name):
    assert Stakes(items).severity(left(**worlds)) == score
    assert band(score)["id"] == name


def test_nothing_at_risk_has_no_severity():
    assert Stakes({"result": RESULT}).severity(left(result=w.NOT_STOLEN)) is None


@given(st.lists(st.sampled_from([0, w.STOLEN, w.PUBLISHED, w.DISCLOSED, w.NOT_STOLEN, w.NOT_HELD]), min_size=2))
def test_the_severity_of_many_is_that_of_each(worlds):
    items, stakes = {"kind": KIND, "result": RESULT}, Stakes({"kind": KIND, "result": RESULT})
    for kind, result in pairwise(worlds):
        one = left(kind=kind, result=result)
        assert stakes.severity(one) == Stakes(items).severity(one)


def test_what_was_stolen_at_any_breached_party_counts_for_the_severity():
    both = {**left(result=w.STOLEN), ("mailer", "result"): w.NOT_HELD}
    assert Stakes({"result": RESULT}).severity(both) == 5.0


@pytest.mark.parametrize(
    ("score", "name"), [(1.99, "low"), (2.0, "medium"), (3.0, "high"), (3.99, "high"), (4.0, "very_high")]
)
def test_bands_begin_where_enisa_says(score, name):
    assert band(score)["id"] == name


def rule(evidence: str, item: str, leaves: int) -> Rule:
    return Rule(evidence, "lab", item, frozenset(), frozenset(), leaves)


BASE = [rule("", PERSON, w.PERSON_ALL), rule("", "bsn", w.ITEM_ALL), rule("", "email", w.ITEM_ALL)]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([rule("row", "bsn", w.STOLEN)], []),
        ([rule("row", "bsn", w.STOLEN), rule("said", "bsn", w.NOT_STOLEN)], [("row", "said")]),
        (
            [rule("row", "bsn", w.STOLEN), rule("a", "bsn", w.NOT_STOLEN), rule("b", "bsn", w.NOT_STOLEN)],
            [("a", "row"), ("b", "row")],
        ),
        ([rule("row", "bsn", w.STOLEN), rule("out", PERSON, w.PERSON_OUT)], [("out", "row")]),
        (
            [rule("in", PERSON, w.PERSON_IN), rule("a", "bsn", w.NOT_STOLEN), rule("b", "email", w.NOT_STOLEN)],
            [("a", "b", "in")],
        ),
        ([rule("odd", "bsn", 0)], [("odd",)]),
    ],
    ids=["none", "pair", "two pairs", "person against item", "three together", "one alone"],
)
def test_clashes_are_the_smallest_sets_that_leave_nothing(rules, expected):
    assert clashes([*BASE, *rules]) == expected


def test_the_tie_leaves_other_parties_alone():
    worlds = {("a", PERSON): w.PERSON_OUT, ("a", "x"): w.ITEM_ALL, ("b", PERSON): w.PERSON_ALL, ("b", "x"): w.STOLEN}
    assert tie(worlds) == {
        ("a", PERSON): w.PERSON_OUT,
        ("a", "x"): w.NOT_STOLEN,
        ("b", PERSON): w.PERSON_IN,
        ("b", "x"): w.STOLEN,
    }


@given(st.lists(st.tuples(st.sampled_from(["bsn", "email"]), st.integers(0, w.ITEM_ALL)), max_size=6))
def test_more_evidence_never_leaves_more(pieces):
    rules = [rule(f"e{n}", item, leaves) for n, (item, leaves) in enumerate(pieces)]
    before: dict = {}
    for count in range(len(rules) + 1):
        now = apply([*BASE, *rules[:count]])
        # Once nothing is left somewhere, the tie is not drawn: that is a contradiction already.
        if all(now.values()) and before and all(before.values()):
            assert all(not now[slot] & ~before[slot] for slot in now)
        before = now


@given(st.integers(0, w.ITEM_ALL))
def test_every_set_of_worlds_has_one_named_state(worlds):
    assert sum(state is state_of(worlds) for state in STATES) == 1


@given(st.sets(st.integers(0, 200), max_size=150), st.integers(1, 201))
def test_marks_survive_packing_whatever_their_number(chosen, total):
    marks = [Mark("scope", f"s{n:03}") for n in range(total)]
    layout = Layout.of(marks)
    wanted = frozenset(marks[n] for n in chosen if n < total)
    words = layout.pack(wanted)
    assert len(words) == layout.words
    assert all(0 <= word < 1 << WORD_BITS for word in words)
    assert layout.unpack(words) == wanted
    assert layout.whole(words) == layout.bits(wanted)


PROFILE = Profile(
    0,
    1,
    frozenset({Mark("found", "rows"), Mark("scope", "old"), Mark("to", "lab")}),
    left(bsn=w.STOLEN, email=w.ITEM_ALL),
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, True),
        ({"disclosed_to": "lab"}, True),
        ({"found_in": ["other", "rows"]}, True),
        ({"review_in": ["rows"]}, False),
        ({"scopes": ["new"]}, False),
        ({"states": {"bsn": ["taken", "published"]}}, True),
        ({"states": {"bsn": ["taken"], "email": ["taken"]}}, False),
        ({"contradiction": True}, False),
        ({"contradiction": False}, True),
        ({"none_of": [{"scopes": ["old"]}]}, False),
        ({"any_of": [{"scopes": ["new"]}, {"scopes": ["old"]}]}, True),
        ({"all_of": [{"scopes": ["new"]}, {"scopes": ["old"]}]}, False),
    ],
)
def test_conditions_of_groups(condition, expected):
    assert predicate(Condition.model_validate(condition), "lab")(PROFILE) is expected


def test_one_date_stands_for_all_that_compare_alike():
    case = SPECS[0].load()
    marking = Marking(case, case.assessment("current"))
    days = [dt.date(2019, 1, 1) + dt.timedelta(days=n) for n in range(3000)]
    for day in days:
        line = EvidenceClass("disclosure", dt.date(2025, 8, 6), "lab", "us", "bsn", day)
        assert marking.marks(line) == marking._marks(line)
    assert len(marking._done) <= 3


def test_classes_that_are_alike_are_decided_once_and_no_others():
    case = SPECS[0].load()
    marking = Marking(case, case.assessment("current"))
    days = [dt.date(2019, 1, 1) + dt.timedelta(days=7 * n) for n in range(400)]
    lines = [
        EvidenceClass("disclosure", dt.date(2025, 8, 6), party, "us", items, day)
        for day in days
        for party, items in (("lab", "bsn"), ("lab", "bsn;name"), ("mailer", "name"))
    ]
    lines += [EvidenceClass("register", born=born) for born in range(1900, 2000)]
    columns = {name: [getattr(line, name) for line in lines] for name in CLASS_COLUMNS}
    table = pa.table({name: [NO_DATE if value is None else value for value in columns[name]] for name in CLASS_COLUMNS})
    different, alike = distinct_classes(table, marking)
    assert [marking.marks_of(different[n]) for n in alike] == [marking.marks(line) for line in lines]
    assert sorted(set(alike)) == list(range(len(different)))
    assert 100 < len(different) <= 109
