"""Rules: which worlds the evidence leaves, said once for everyone who has the same marks.

A rule speaks of one slot (a breached party and an item, or the person as a whole): *when* a person has all these
marks, and *none* of those, only `leaves` is left. `evidence` names what the rule rests on, so that a contradiction
can be told as the pair of evidence that clashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from helder.case.load import Case
from helder.case.model import Assessment, Party
from helder.domain import worlds as w
from helder.exposure.marks import Mark
from helder.exposure.statements import (
    acceptance,
    complete_logs,
    deletion_in_time,
    excludes,
    in_force,
    known,
)

PERSON = "person"
NOTHING: frozenset[Mark] = frozenset()


@dataclass(frozen=True)
class Rule:
    """One rule; `leaves` is a mask of `domain.worlds` (14 bits for an item, 2 for the person)."""

    evidence: str
    party: str
    item: str
    when: frozenset[Mark]
    unless: frozenset[Mark]
    leaves: int


def _marks(*marks: Mark) -> frozenset[Mark]:
    return frozenset(marks)


def _scope(*scopes: str | None) -> frozenset[Mark]:
    return frozenset(Mark("scope", scope) for scope in scopes if scope)


def slots(case: Case) -> list[tuple[str, str]]:
    """Every (breached party, item), the person as a whole first."""
    return [(party.id, item) for party in case.breached for item in (PERSON, *case.items)]


def rules(case: Case, assessment: Assessment, seen: Iterable[Mark]) -> list[Rule]:
    """All rules of an assessment: one that leaves everything for each slot, then what each kind of evidence leaves.

    `seen` are the marks that the evidence sets; rules that nobody's marks can meet are not made.
    """
    built = [
        Rule("", party, item, NOTHING, NOTHING, w.PERSON_ALL if item == PERSON else w.ITEM_ALL)
        for party, item in slots(case)
    ]
    for mark in sorted(set(seen)):
        built += _of_mark(case, mark)
    for party in case.breached:
        built += _of_logs(case, assessment, party)
        built += _of_deletions(case, assessment, party)
    built += _of_statements(case, assessment)
    return built


def _of_mark(case: Case, mark: Mark) -> Iterator[Rule]:
    """What one mark leaves by itself."""
    when = _marks(mark)
    if mark.kind == "disclosed":
        yield Rule(f"disclosures:{mark.of}", mark.of, mark.item, when, NOTHING, w.DISCLOSED)
    elif mark.kind == "supplied":
        yield Rule(f"supplied:{mark.of}", mark.of, mark.item, when, NOTHING, w.OTHER_HELD)
    elif mark.kind in ("found", "row"):
        source = case.datasets[mark.of]
        party = source.party or case.breached[0].id
        if mark.kind == "found":
            yield Rule(f"dataset:{mark.of}", party, PERSON, when, NOTHING, w.PERSON_IN)
            return
        left = w.PUBLISHED if mark.posted else w.STOLEN
        if mark.supplier:
            left &= w.OURS_THERE if mark.supplier == "own" else w.OTHER_HELD
        yield Rule(f"dataset:{mark.of}", party, mark.item, when, NOTHING, left)


def _of_logs(case: Case, assessment: Assessment, party: Party) -> Iterator[Rule]:
    """A complete log, or logs that are complete together, leave 'never' for what it lacks."""
    for item in case.items:
        for scopes in complete_logs(case, party, item, assessment.as_of):
            lacks = _marks(Mark("disclosed", party.id, item))
            yield Rule(f"complete:{party.id}", party.id, item, _scope(*scopes), lacks, w.NEVER_OURS)


def _coverage(case: Case, assessment: Assessment, party: Party, item: str, covers: str) -> list[frozenset[Mark]]:
    """Under which marks an exclusion covers every value the party could hold: one set per way it can.

    'all' always does. A part does only where our log is complete, so that no other value can be there.
    """
    if covers == "all":
        return [NOTHING]
    return [_scope(*scopes) for scopes in complete_logs(case, party, item, assessment.as_of)]


def _of_deletions(case: Case, assessment: Assessment, party: Party) -> Iterator[Rule]:
    for deletion in case.file.deletions:
        if deletion.party != party.id or not deletion_in_time(deletion, party, assessment.as_of):
            continue
        for accepted in acceptance(deletion.id, case.decisions, assessment.as_of):
            for item in deletion.items:
                for covered in _coverage(case, assessment, party, item, deletion.copies):
                    yield Rule(
                        f"deletion:{deletion.id}",
                        party.id,
                        item,
                        covered | _scope(deletion.scope, accepted.scope),
                        _marks(Mark("uncovered", deletion.id, item)),
                        w.OURS_NOT_THERE,
                    )


def _of_statements(case: Case, assessment: Assessment) -> Iterator[Rule]:
    parties = {party.id: party for party in case.breached}
    for statement in in_force(case.file.statements, assessment.as_of):
        leaves, party = w.LEAVES[statement.leaves], parties[statement.about]
        scopes: list[str | None] = [None]
        if excludes(statement):
            scopes = [a.scope for a in acceptance(statement.id, case.decisions, assessment.as_of)]
        for scope in scopes:
            when = _scope(statement.scope, scope)
            if leaves.person != w.PERSON_ALL:
                yield Rule(f"statement:{statement.id}", party.id, PERSON, when, NOTHING, leaves.person)
            if leaves.item == w.ITEM_ALL:
                continue
            for item in statement.items:
                if item == PERSON:
                    continue
                covers = statement.covers if leaves.excludes else "all"
                unless, left = NOTHING, leaves.item
                if covers != "all":
                    # A part of our own values: what another organisation's copy may hold is not covered.
                    unless, left = _marks(Mark("uncovered", statement.id, item)), left | w.OTHER_HELD
                for covered in _coverage(case, assessment, party, item, covers):
                    yield Rule(f"statement:{statement.id}", party.id, item, when | covered, unless, left)


def waiting(case: Case, assessment: Assessment) -> list[str]:
    """Excluding evidence in force that nobody has accepted yet: kept, shown, and ruling nothing out."""
    stated = [s.id for s in in_force(case.file.statements, assessment.as_of) if excludes(s)]
    deleted = [d.id for d in case.file.deletions if known(d.received, assessment.as_of)]
    return [id for id in (*stated, *deleted) if not acceptance(id, case.decisions, assessment.as_of)]
