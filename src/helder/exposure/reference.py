"""The rule in plain Python, person by person, with sets of worlds: slow, short, and the oracle of the tests.

It shares no logic with the marks, rules and SQL that do the work at scale: only the words (`domain.worlds`), the
case and the classes of evidence. Where the two differ, one of them is wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from helder.case.load import Case
from helder.case.model import Assessment, Deletion, Party, Scope, Statement
from helder.domain.worlds import WORLDS, Fate, Other, Ours, World
from helder.exposure.evidence import EvidenceClass

Worlds = frozenset[World]
EVERY: Worlds = frozenset(WORLDS)
TAKEN: Worlds = frozenset(w for w in WORLDS if w.fate is not Fate.NOT_TAKEN)


@dataclass
class Known:
    """What is left for one person at one breached party: whether they are in the data, and each item's worlds."""

    person: set[str] = field(default_factory=lambda: {"in", "out"})
    items: dict[str, Worlds] = field(default_factory=dict)

    @property
    def contradiction(self) -> bool:
        """Whether nothing is left somewhere."""
        return not self.person or any(not left for left in self.items.values())


def assess(case: Case, assessment: Assessment, evidence: Iterable[EvidenceClass]) -> dict[str, Known]:
    """What is known about one person, from all evidence about them, for each breached party."""
    lines = [line for line in evidence if _received(line.received, assessment) and not _over(line, assessment)]
    return {party.id: _party(case, assessment, party, lines) for party in case.breached}


def _party(case: Case, assessment: Assessment, party: Party, lines: list[EvidenceClass]) -> Known:
    known = Known(items=dict.fromkeys(case.items, EVERY))
    _disclosures(case, known, party, lines)
    _leaks(case, assessment, known, party, lines)
    _logs(case, assessment, known, party, lines)
    _deletions(case, assessment, known, party, lines)
    _statements(case, assessment, known, party, lines)
    _tie(known)
    return known


def _received(day: dt.date | None, assessment: Assessment) -> bool:
    return assessment.as_of is None or day is None or day <= assessment.as_of


def _over(line: EvidenceClass, assessment: Assessment) -> bool:
    return line.until is not None and _received(line.until, assessment)


def _keep(known: Known, item: str, worlds: Iterable[World]) -> None:
    known.items[item] &= frozenset(worlds)


def _sent(case: Case, party: Party, lines: list[EvidenceClass], item: str) -> list[EvidenceClass]:
    """Our disclosures of the item to the party up to the last possible moment of theft."""
    assert party.theft_until is not None
    return [
        line
        for line in lines
        if line.kind == "disclosure"
        and line.party == party.id
        and line.from_party in ("", case.own.id)
        and item in line.item_ids
        and line.day is not None
        and line.day <= party.theft_until
    ]


def _disclosures(case: Case, known: Known, party: Party, lines: list[EvidenceClass]) -> None:
    for item in case.items:
        if _sent(case, party, lines, item):
            _keep(known, item, (w for w in WORLDS if w.ours is not Ours.NEVER))
        for line in lines:
            other = line.kind == "disclosure" and line.party == party.id
            if other and line.from_party not in ("", case.own.id) and item in line.item_ids:
                assert line.day is not None and party.theft_until is not None
                if line.day <= party.theft_until:
                    _keep(known, item, (w for w in WORLDS if w.other is Other.YES))


def _accepted_links(assessment: Assessment, lines: list[EvidenceClass]) -> list[EvidenceClass]:
    return [
        line
        for line in lines
        if line.kind == "link" and line.outcome == "accepted" and (assessment.links == "all" or line.method == "exact")
    ]


def _leaks(case: Case, assessment: Assessment, known: Known, party: Party, lines: list[EvidenceClass]) -> None:
    for line in _accepted_links(assessment, lines):
        source = case.datasets[line.dataset]
        if (source.party or case.breached[0].id) != party.id:
            continue
        known.person &= {"in"}
        if source.read_as == "list" or assessment.datasets == "list":
            continue
        for item in line.item_ids:
            _keep(known, item, TAKEN)
            if line.day is not None and _received(line.day, assessment):
                _keep(known, item, (w for w in WORLDS if w.fate is Fate.PUBLISHED))
            if line.supplied_by == case.own.id:
                _keep(known, item, (w for w in WORLDS if w.ours is Ours.THERE))
            elif line.supplied_by:
                _keep(known, item, (w for w in WORLDS if w.other is Other.YES))


def _in_scope(case: Case, assessment: Assessment, name: str | None, lines: list[EvidenceClass]) -> bool:
    if name is None:
        return True
    scope = case.file.scopes[name]
    if scope.found_in is not None:
        return any(line.dataset in scope.found_in for line in _accepted_links(assessment, lines))
    kind = "register" if scope.over == "people" else "disclosure"
    return any(_fits(scope, line) for line in lines if line.kind == kind)


def _fits(scope: Scope, line: EvidenceClass) -> bool:
    if scope.over == "people":
        return (
            (scope.born_from is None or line.born >= scope.born_from)
            and (scope.born_until is None or 0 < line.born <= scope.born_until)
            and (scope.abroad is None or line.abroad == scope.abroad)
            and (scope.deceased is None or line.deceased == scope.deceased)
        )
    return (
        (scope.party is None or line.party == scope.party)
        and (scope.items is None or any(item in scope.items for item in line.item_ids))
        and (scope.sent_from is None or (line.day is not None and line.day >= scope.sent_from))
        and (scope.sent_until is None or (line.day is not None and line.day <= scope.sent_until))
        and (scope.purposes is None or line.purpose in scope.purposes)
    )


def _complete(case: Case, assessment: Assessment, party: Party, item: str, lines: list[EvidenceClass]) -> bool:
    """Whether our log is declared complete for this item and person over all the time data could be held."""
    assert party.holding_from is not None and party.theft_until is not None
    accepted = {(a.source, a.party, a.lines) for a in case.decisions.stray_lines if _received(a.on, assessment)}
    for source in {stray.source for stray in case.strays}:
        count = sum(
            stray.rejected + stray.nobody + stray.items
            for stray in case.strays
            if stray.source == source
            and stray.party == party.id
            and (stray.day is None or party.holding_from <= stray.day <= party.theft_until)
        )
        if count and (source, party.id, count) not in accepted:
            return False
    periods = sorted(
        (log.since, log.until)
        for log in case.file.completeness
        if log.party == party.id
        and (log.items == "all" or item in log.items)
        and _received(log.declared, assessment)
        and _in_scope(case, assessment, log.scope, lines)
    )
    missing = party.holding_from  # the first day that no declaration covers so far
    for since, until in periods:
        if since <= missing <= until:
            if until >= party.theft_until:
                return True
            missing = until + dt.timedelta(days=1)
    return False


def _logs(case: Case, assessment: Assessment, known: Known, party: Party, lines: list[EvidenceClass]) -> None:
    for item in case.items:
        if _complete(case, assessment, party, item, lines) and not _sent(case, party, lines, item):
            _keep(known, item, (w for w in WORLDS if w.ours is Ours.NEVER))


def _accepted(case: Case, assessment: Assessment, evidence: str, lines: list[EvidenceClass]) -> bool:
    return any(
        a.evidence == evidence and _received(a.on, assessment) and _in_scope(case, assessment, a.scope, lines)
        for a in case.decisions.acceptances
    )


def _covered(
    case: Case, assessment: Assessment, party: Party, item: str, lines: list[EvidenceClass], covers: str
) -> bool:
    """Whether every value of the item that the party could hold of ours is covered."""
    if covers == "all":
        return True
    scope = case.file.scopes[covers]
    return _complete(case, assessment, party, item, lines) and all(
        _fits(scope, line) for line in _sent(case, party, lines, item)
    )


def _deletions(case: Case, assessment: Assessment, known: Known, party: Party, lines: list[EvidenceClass]) -> None:
    assert party.theft_from is not None
    for deletion in case.file.deletions:
        if (
            deletion.party == party.id
            and deletion.deleted < party.theft_from
            and _received(deletion.received, assessment)
            and _in_scope(case, assessment, deletion.scope, lines)
            and _accepted(case, assessment, deletion.id, lines)
        ):
            for item in deletion.items:
                if _deleted(case, assessment, party, item, lines, deletion):
                    _keep(known, item, (w for w in WORLDS if w.ours is not Ours.THERE))


def _deleted(
    case: Case,
    assessment: Assessment,
    party: Party,
    item: str,
    lines: list[EvidenceClass],
    deletion: Deletion,
) -> bool:
    before = all(line.day is not None and line.day < deletion.deleted for line in _sent(case, party, lines, item))
    return before and _covered(case, assessment, party, item, lines, deletion.copies)


def _statements(case: Case, assessment: Assessment, known: Known, party: Party, lines: list[EvidenceClass]) -> None:
    received = [s for s in case.file.statements if _received(s.received, assessment)]
    for statement in received:
        ended = any(statement.id in (later.supersedes, later.retracts) for later in received)
        if ended or statement.about != party.id or not _in_scope(case, assessment, statement.scope, lines):
            continue
        _state(case, assessment, known, party, lines, statement)


def _state(
    case: Case,
    assessment: Assessment,
    known: Known,
    party: Party,
    lines: list[EvidenceClass],
    statement: Statement,
) -> None:
    items = [item for item in statement.items if item != "person"]
    says = statement.leaves
    if says in ("cannot_confirm", "other_may_have", "unknown"):
        return
    if says in ("not_taken", "not_published", "not_held", "no_other_copy", "not_in") and not _accepted(
        case, assessment, statement.id, lines
    ):
        return
    if says in ("in", "taken", "published"):
        known.person &= {"in"}
    if says == "not_in":
        known.person &= {"out"}
    leaves = {
        "taken": lambda w: w.fate is not Fate.NOT_TAKEN,
        "published": lambda w: w.fate is Fate.PUBLISHED,
        "held_by_other": lambda w: w.other is Other.YES,
        "not_taken": lambda w: w.fate is Fate.NOT_TAKEN,
        "not_published": lambda w: w.fate is not Fate.PUBLISHED,
        "not_held": lambda w: w.ours is not Ours.THERE and w.other is Other.NO,
        "no_other_copy": lambda w: w.other is Other.NO,
    }.get(says)
    if leaves is None:
        return
    partly = statement.covers != "all" and says.startswith(("not_", "no_"))
    for item in items:
        if partly and not _covered(case, assessment, party, item, lines, statement.covers):
            continue
        _keep(known, item, (w for w in WORLDS if leaves(w) or (partly and w.other is Other.YES)))


def _tie(known: Known) -> None:
    """Keep only what some whole story tells: the person is in the data if and only if some item was taken.

    Every combination of taken and not taken over all items is tried, so nothing here is clever.
    """
    if known.contradiction:
        return
    choices = {
        item: [taken for taken in (False, True) if any((w in TAKEN) is taken for w in left)]
        for item, left in known.items.items()
    }
    stories = [story for story in product(*choices.values()) if ("in" if any(story) else "out") in known.person]
    known.person = {"in" if any(story) else "out" for story in stories}
    if not stories:
        return
    for position, item in enumerate(choices):
        told = {story[position] for story in stories}
        known.items[item] = frozenset(w for w in known.items[item] if (w in TAKEN) in told)
