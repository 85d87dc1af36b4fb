"""Which readers the declared evidence allows: for the check of letters, worked out from the rule's own rules.

Marks are of two kinds. *Shared* marks bear on more than one item, on the group, or stand in an "unless": each way in
which they can be set is one box. All others bear on one item by themselves, so within a box the items are free of each
other, and what an item can be left with is every AND of the masks its marks leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations

from helder.case.load import Case
from helder.case.model import Assessment, Condition
from helder.domain import worlds as w
from helder.exposure.groups import Profile, place
from helder.exposure.marks import Mark
from helder.exposure.rules import PERSON, Rule, rules, slots
from helder.exposure.tie import apply
from helder.letters.reader import Box

_Marks = frozenset[Mark]


def possible_marks(case: Case, assessment: Assessment) -> _Marks:
    """Every mark that evidence of the declared kinds can set under an assessment."""
    marks: set[Mark] = {Mark("scope", scope) for scope in case.file.scopes}
    for party in case.breached:
        marks.add(Mark("to", party.id))
        for item in case.items:
            marks |= {Mark("disclosed", party.id, item), Mark("supplied", party.id, item)}
    for id, source in case.datasets.items():
        if assessment.as_of is not None and source.received > assessment.as_of:
            continue
        marks.add(Mark("found", id))
        if assessment.links == "all":
            marks.add(Mark("review", id))
        if source.read_as == "rows" and assessment.datasets == "as_declared":
            marks |= {
                Mark("row", id, item, supplier, posted)
                for item in case.items
                for supplier in ("", "own", "other")
                for posted in ("", "posted")
            }
    marks |= {Mark("uncovered", d.id, item) for d in case.file.deletions for item in d.items}
    marks |= {Mark("uncovered", s.id, item) for s in case.file.statements if s.covers != "all" for item in s.items}
    return frozenset(marks)


def _needs(mark: Mark) -> _Marks:
    """Marks without which this one cannot be: evidence that sets it sets those too."""
    if mark.kind == "disclosed":
        return frozenset({Mark("to", mark.of)})
    if mark.kind == "row":
        return frozenset({Mark("found", mark.of)})
    return frozenset()


def _named(condition: Condition) -> Iterator[Mark]:
    """The marks that a condition of case.toml asks for."""
    if condition.disclosed_to:
        yield Mark("to", condition.disclosed_to)
    for kind, names in (("found", condition.found_in), ("scope", condition.scopes)):
        yield from (Mark(kind, name) for name in names or ())
    for nested in (condition.all_of, condition.any_of, condition.none_of):
        for part in nested or ():
            yield from _named(part)


class _Item:
    """What one slot can be left with, given the shared marks."""

    def __init__(self, mine: list[Rule], shared: _Marks, possible: _Marks) -> None:
        own = {mark for rule in mine for mark in rule.when | rule.unless} - shared
        # A mark that stands alone in one "when" and in no "unless" only ever narrows.
        alone = {m for m in own if all(m not in r.unless and (m not in r.when or r.when <= {m} | shared) for r in mine)}
        self.fixed = sorted((own - alone) & possible)
        self.alone = sorted(alone & possible)
        self.rules = mine
        self.left = cache(self._left)

    def _left(self, shared: _Marks) -> frozenset[int]:
        """Every mask that can be left with exactly these shared marks."""
        found: set[int] = set()
        for fixed in _subsets(self.fixed):
            marks = shared | fixed
            if not all(_needs(mark) <= marks for mark in fixed):
                continue
            base, narrowing = w.ITEM_ALL, set[int]()
            for rule in self.rules:
                if rule.unless & marks:
                    continue
                if rule.when <= marks:
                    base &= rule.leaves
            for mark in self.alone:
                if _needs(mark) <= marks:
                    narrowing.add(self._narrows(mark, marks))
            found |= _closed(base, narrowing)
        return frozenset(found - {0})

    def _narrows(self, mark: Mark, marks: _Marks) -> int:
        left = w.ITEM_ALL
        for rule in self.rules:
            if mark in rule.when and rule.when <= marks | {mark} and not rule.unless & marks:
                left &= rule.leaves
        return left


def _subsets(marks: list[Mark]) -> Iterator[_Marks]:
    return (frozenset(some) for size in range(len(marks) + 1) for some in combinations(marks, size))


def _closed(base: int, narrowing: Iterable[int]) -> set[int]:
    """Every AND of `base` with some of the masks."""
    found = {base}
    for mask in narrowing:
        found |= {left & mask for left in found}
    return found


def boxes(case: Case, assessment: Assessment) -> list[Box]:
    """Every reader in scope whom a letter could reach, as boxes. Contradictions are not readers: they are suppressed."""
    possible = possible_marks(case, assessment)
    built = rules(case, assessment, possible)
    grouping = {
        mark for part in (case.file.people_in_scope, *(g.when for g in case.file.groups)) for mark in _named(part)
    }
    by_slot = {slot: [rule for rule in built if (rule.party, rule.item) == slot] for slot in slots(case)}
    shared = (grouping | _of_many(by_slot)) & possible
    items = {slot: _Item(mine, frozenset(shared), possible) for slot, mine in by_slot.items() if slot[1] != PERSON}
    reviewable = any(mark.kind == "review" for mark in possible)
    found: dict[tuple[object, ...], Box] = {}
    for marks in _subsets(sorted(shared)):
        if not all(_needs(mark) <= marks for mark in marks):
            continue
        where = _placed(case, by_slot, marks)
        if where is None:
            continue
        persons = {party.id: frozenset({_person(by_slot[party.id, PERSON], marks)}) for party in case.breached}
        left = {slot: item.left(marks) for slot, item in items.items()}
        if not all(left.values()) or not all(all(masks) for masks in persons.values()):
            continue
        reviews = frozenset({False, True}) if reviewable else frozenset({False})
        key = (where, tuple(left.values()), tuple(persons.values()))
        found.setdefault(key, Box(where, left, persons, reviews))
    return list(found.values())


def _of_many(by_slot: dict[tuple[str, str], list[Rule]]) -> set[Mark]:
    """Marks that bear on more than one slot."""
    slots_of: dict[Mark, set[tuple[str, str]]] = {}
    for slot, mine in by_slot.items():
        for rule in mine:
            for mark in rule.when | rule.unless:
                slots_of.setdefault(mark, set()).add(slot)
                for needed in _needs(mark):
                    slots_of.setdefault(needed, set()).update({slot, (slot[0], PERSON)})
    return {mark for mark, where in slots_of.items() if len(where) > 1}


def _placed(case: Case, by_slot: dict[tuple[str, str], list[Rule]], marks: _Marks) -> str | None:
    """The group of people with these shared marks, or None when they are not in scope."""
    left = apply(rule for mine in by_slot.values() for rule in mine if rule.when <= marks and not rule.unless & marks)
    where = place(case, Profile(0, 0, marks, left))
    return where.group if where.in_scope else None


def _person(mine: list[Rule], marks: _Marks) -> int:
    left = w.PERSON_ALL
    for rule in mine:
        if rule.when <= marks and not rule.unless & marks:
            left &= rule.leaves
    return left
