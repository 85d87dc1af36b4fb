"""The readers that letters are checked for are exactly those that evidence can make: every set of marks is tried, one by one."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import combinations

import pytest

from helder.case.load import load_case
from helder.case.model import Acceptance, Condition, Decisions, Setting
from helder.exposure.contradictions import clashes, set_aside
from helder.exposure.groups import Profile, place, predicate
from helder.exposure.marks import Mark
from helder.exposure.rules import rules
from helder.exposure.tie import apply
from helder.letters.model import Why
from helder.pipeline.admissible import boxes, possible_marks
from helder.pipeline.lettering import admissible, whys_of
from letters.naive import readers
from pipeline import small_case
from pipeline.test_admissible_readers import NEEDED

LEAKED = 'when = { found_in = ["rows"] }'
SCOPE = 'disclosed_to = "lab"'


@pytest.fixture
def written(tmp_path):
    """Writes the small case with these words changed, and without these items."""

    def write(*changes, without=(), decisions=None, **how):
        path = small_case.write(tmp_path / "case") / "case.toml"
        text = path.read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        for item in without:
            text = re.sub(rf"\[items\.{item}\]\n(?:(?!\[).*\n)*|\n\"item:{item}\".*", "", text)
        path.write_text(text)
        case = load_case(path.parent)
        if decisions:
            case = replace(case, decisions=decisions)
        return case, case.assessment("as_told").model_copy(update=how)

    return write


def by_evidence(case, assessment, when=None, outside=False):
    """Readers by hand: whoever each set of marks makes, contradictions settled as decided."""
    marks = sorted(possible_marks(case, assessment))
    built = rules(case, assessment, frozenset(marks))
    meets = predicate(when or Condition(), case.breached[0].id)
    for size in range(len(marks) + 1):
        for some in map(frozenset, combinations(marks, size)):
            if any(mark.kind in NEEDED and Mark(NEEDED[mark.kind], mark.of) not in some for mark in some):
                continue
            met = [rule for rule in built if rule.when <= some and not rule.unless & some]
            left, gone = apply(met), frozenset()
            while 0 in left.values() and (more := set_aside(clashes(met), case.decisions, assessment.as_of) - gone):
                gone |= more
                met = [rule for rule in met if rule.evidence not in gone]
                left = apply(met)
            profile = Profile(0, 0, some, left)
            where = place(case, profile)
            if all(left.values()) and (where.group and meets(profile) if where.in_scope else outside):
                review = any(mark.kind == "review" for mark in some)
                yield where.in_scope, where.group or "", review, frozenset(left.items())


def by_boxes(case, assessment, when=None, outside=False):
    parties = [party.id for party in case.breached]
    for box in boxes(case, assessment, when, outside=outside):
        for reader in readers(box, tuple(case.items), parties, ("first", "changed")):
            yield box.in_scope, box.group, reader.review, frozenset(reader.left.items())


BY_STATE = 'when = { states = { bsn = ["taken", "shared_possible"], email = ["unknown", "possible"] } }'
CASES = {
    "as it is": [],
    "found in no condition": [(LEAKED, 'when = { scopes = ["recent"] }')],
    "by the state of items": [(LEAKED, BY_STATE)],
    "by what items are not": [(LEAKED, 'when = { none_of = [{ states = { email = ["not_taken", "not_held"] } }] }')],
    "by a contradiction": [(LEAKED, "when = { contradiction = false }")],
    "by review": [(LEAKED, 'when = { review_in = ["rows"] }')],
    "by no review": [(LEAKED, 'when = { none_of = [{ review_in = ["rows"] }] }')],
    "in scope by state": [(SCOPE, 'any_of = [{ disclosed_to = "lab" }, { states = { bsn = ["taken"] } }]')],
    "a group too few": [('when = { scopes = ["recent"] }', 'when = { states = { bsn = ["taken"] } }'),
                        ('en = "others" }', 'en = "others" }\nwhen = { found_in = ["rows"] }')],
}  # fmt: skip


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
@pytest.mark.parametrize("outside", [False, True])
def test_whoever_evidence_can_make_and_nobody_else_is_looked_at(written, changes, outside):
    case, assessment = written(*changes, links="all", without=["name"])
    expected = set(by_evidence(case, assessment, outside=outside))
    assert set(by_boxes(case, assessment, outside=outside)) == expected
    assert len({in_scope for in_scope, *_ in expected}) == 1 + outside


@pytest.mark.parametrize("datasets", ["list", "as_declared"])
def test_rows_are_evidence_of_each_item(written, datasets):
    case, assessment = written(links="all", datasets=datasets, without=["bsn", "name", "result"])
    assert set(by_boxes(case, assessment)) == set(by_evidence(case, assessment))


ROWS, DENIAL, LATER = "dataset:rows", "statement:s1", dt.date(2025, 9, 10)


@pytest.mark.parametrize("aside", [ROWS, DENIAL])
@pytest.mark.parametrize("leaves", ["no_other_copy", "not_taken", "not_in"])
def test_who_is_left_when_a_contradiction_is_decided_is_looked_at(written, leaves, aside):
    """Accepted: no other had it there, it was not taken, or who was found is not in it. A row, or the dataset itself, says otherwise."""
    who = {"by": "A", "on": dt.date(2025, 9, 1), "reason": "seen"}
    accepted = [Acceptance(evidence="s1", **who)]
    decided = Decisions(
        acceptances=accepted, set_aside=[Setting(clash=[ROWS, DENIAL], set_aside=aside, **who | {"on": LATER})]
    )
    said = ('leaves = "no_other_copy"', f'leaves = "{leaves}"')
    case, assessment = written(said, datasets="as_declared", without=["bsn", "name", "result"], decisions=decided)
    expected = set(by_evidence(case, assessment))
    assert set(by_boxes(case, assessment)) == expected
    undecided = replace(case, decisions=Decisions(acceptances=accepted))
    assert set(by_evidence(undecided, assessment)) < expected
    late = assessment.model_copy(update={"as_of": LATER - dt.timedelta(days=1)})
    assert set(by_boxes(case, late)) == set(by_boxes(undecided, late))


WHENS = [
    {"found_in": ["rows"]},
    {"states": {"bsn": ["taken"]}},
    {"none_of": [{"states": {"email": ["unknown"]}}, {"scopes": ["recent"]}]},
]


@pytest.mark.parametrize("when", WHENS)
def test_a_round_for_some_has_their_readers(written, when):
    case, assessment = written(links="all", without=["name"])
    some = Condition.model_validate(when)
    expected = set(by_evidence(case, assessment, some))
    assert set(by_boxes(case, assessment, some)) == expected < set(by_boxes(case, assessment))


ROUND = """
[[rounds]]
id = "one"
label = { nl = "een", en = "one" }
date = 2025-09-15
letters = { leaked = "hit", recent = "maybe", others = "maybe" }
represented = { minor = "parents" }
no_longer_in_scope = "sorry"
"""


def test_each_letter_is_checked_for_those_who_may_read_it(written):
    case, assessment = written(("[assessments.as_told]", ROUND + "[assessments.as_told]"))
    found = admissible(case, assessment, case.round("one"), ["hit", "maybe", "parents", "sorry"])
    who = {letter: {(box.in_scope, box.group) for box in of} for letter, of in found.items()}
    everybody = {(True, "leaked"), (True, "recent"), (True, "others")}
    assert who == {
        "hit": {(True, "leaked")},
        "maybe": everybody - {(True, "leaked")},
        "parents": everybody,
        "sorry": {(False, "")},
    }


@pytest.mark.parametrize(
    ("who", "whys"), [("new", {"first"}), ("changed", {"changed", "weakened"}), ("all", set(Why.__args__))]
)
def test_a_later_round_has_the_reasons_of_those_it_is_for(written, who, whys):
    later = ROUND.replace('"one"', '"two"', 1) + f'who = "{who}"\n'
    case, _ = written(("[assessments.as_told]", ROUND + later + "[assessments.as_told]"))
    assert set(whys_of(case, case.round("two"))) == whys
    assert set(whys_of(case, case.round("one"))) == {"first"}
