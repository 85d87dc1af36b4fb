"""Which readers the declared evidence allows: for the check of letters, worked out from the rule's own rules.

Marks are of two kinds. *Shared* marks bear on more than one item, on the group, or stand in an "unless": each way in
which they can be set is one box. All others bear on one item by themselves, so within a box the items are free of each
other, and what an item can be left with is every AND of the masks its marks leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, product
from typing import TypeVar

from helder.case.load import Case
from helder.case.model import Assessment, Condition, Setting
from helder.domain import worlds as w
from helder.domain.states import state_of
from helder.exposure.groups import Placed, Profile, place, predicate
from helder.exposure.marks import Mark
from helder.exposure.rules import PERSON, Rule, rules, slots
from helder.exposure.statements import known
from helder.letters.reader import Box, Slot

_Marks = frozenset[Mark]
_Names = frozenset[str]
_Pair = tuple[int, int]
_Of = TypeVar("_Of")
Kept = Mapping[Slot, frozenset[int]]


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
    asked = (("found", condition.found_in), ("review", condition.review_in), ("scope", condition.scopes))
    for kind, names in asked:
        yield from (Mark(kind, name) for name in names or ())
    for part in _parts(condition):
        yield from _named(part)


def _states(condition: Condition, party: str) -> Iterator[tuple[Slot, frozenset[str]]]:
    """The items whose state a condition of case.toml asks for, with the states that it takes."""
    for item, ids in (condition.states or {}).items():
        yield (condition.party or party, item), frozenset(ids)
    for part in _parts(condition):
        yield from _states(part, party)


def _parts(condition: Condition) -> Iterator[Condition]:
    for nested in (condition.all_of, condition.any_of, condition.none_of):
        yield from nested or ()


class _Slot:
    """What one slot can be left with, given the shared marks."""

    def __init__(self, mine: list[Rule], shared: _Marks, possible: _Marks) -> None:
        own = {mark for rule in mine for mark in rule.when | rule.unless} - shared
        # A mark that stands alone in one "when" and in no "unless" only ever narrows.
        alone = {m for m in own if all(m not in r.unless and (m not in r.when or r.when <= {m} | shared) for r in mine)}
        self.fixed = sorted((own - alone) & possible)
        self.alone = sorted(alone & possible)
        self.rules = mine
        self.everything = w.PERSON_ALL if mine[0].item == PERSON else w.ITEM_ALL
        self.left = cache(self._left)

    def _left(self, shared: _Marks, aside: _Names, clash: _Names) -> frozenset[_Pair]:
        """Every mask that can be left with exactly these shared marks when some evidence is set aside, each with what the
        evidence of a clash leaves by itself."""
        found: set[_Pair] = set()
        for fixed in _subsets(self.fixed):
            marks = shared | fixed
            if not all(_needs(mark) <= marks for mark in fixed):
                continue
            met = [rule for rule in self.rules if not rule.unless & marks]
            base = self._leaves([rule for rule in met if rule.when <= marks], aside, clash)
            narrowing = {
                self._leaves([rule for rule in met if mark in rule.when and rule.when <= marks | {mark}], aside, clash)
                for mark in self.alone
                if _needs(mark) <= marks
            }
            found |= _closed(base, narrowing)
        return frozenset(pair for pair in found if pair[0])

    def _leaves(self, met: Iterable[Rule], aside: _Names, clash: _Names) -> _Pair:
        left = clashing = self.everything
        for rule in met:
            left &= self.everything if rule.evidence in aside else rule.leaves
            clashing &= rule.leaves if rule.evidence in clash else self.everything
        return left, clashing


def _subsets(of: Sequence[_Of]) -> Iterator[frozenset[_Of]]:
    return (frozenset(some) for size in range(len(of) + 1) for some in combinations(of, size))


def _closed(base: _Pair, narrowing: Iterable[_Pair]) -> set[_Pair]:
    """Every AND of `base` with some of the masks."""
    found = {base}
    for left, clashing in narrowing:
        found |= {(one & left, other & clashing) for one, other in found}
    return found


def boxes(case: Case, assessment: Assessment, when: Condition | None = None, *, outside: bool = False) -> list[Box]:
    """Every reader whom a letter could reach, as boxes: who is in a group and meets `when` (of a round), and with `outside`
    those who fall outside the case as well. Contradictions are not readers: they are suppressed."""
    possible = possible_marks(case, assessment)
    built = rules(case, assessment, possible)
    placing = _Placing(case, when or Condition(), outside)
    by_slot = {slot: [rule for rule in built if (rule.party, rule.item) == slot] for slot in slots(case)}
    shared = frozenset((placing.marks | _of_many(by_slot)) & possible)
    each = {slot: _Slot(mine, shared, possible) for slot, mine in by_slot.items()}
    reviews = frozenset(mark for mark in possible if mark.kind == "review")
    found: dict[tuple[object, ...], Box] = {}
    decisions = [one for one in case.decisions.set_aside if known(one.on, assessment.as_of)]
    for aside in _subsets(sorted({one.set_aside for one in decisions})):
        for marks in _subsets(sorted(shared)):
            if not all(_needs(mark) <= marks for mark in marks):
                continue
            for left in _left(each, marks, aside, decisions):
                items = {slot: masks for slot, masks in left.items() if slot[1] != PERSON}
                persons = {party: masks for (party, item), masks in left.items() if item == PERSON}
                reviewed = frozenset({True}) if reviews & marks else frozenset({False, bool(reviews - shared)})
                for where, only in placing.of(marks, items):
                    key = (where, *map(tuple, (items.values(), persons.values(), reviewed, only.items())))
                    box = Box(where.group or "", items, persons, reviewed, only, where.in_scope)
                    found.setdefault(key, box)
    return list(found.values())


def _left(
    each: Mapping[Slot, _Slot], marks: _Marks, aside: _Names, decisions: Iterable[Setting]
) -> Iterator[dict[Slot, frozenset[int]]]:
    """What each slot can be left with for readers with these shared marks for whom this evidence is set aside, as decided.

    One piece of evidence is set aside for who has a clash about which that was decided. Of several pieces the clashes are
    not looked for, which allows readers too many, and none too few.
    """
    about = [frozenset(one.clash) for one in decisions if len(aside) == 1 and one.set_aside in aside]
    for clash in about or [frozenset[str]()]:
        pairs = {slot: one.left(marks, aside, clash) for slot, one in each.items()}
        whole = {slot: frozenset(left for left, _ in of) for slot, of in pairs.items()}
        for way in _clashing(pairs) if clash else [whole]:
            left = whole | way
            if all(left.values()):
                yield left


def _clashing(of_slot: Mapping[Slot, Iterable[_Pair]]) -> Iterator[dict[Slot, frozenset[int]]]:
    """The ways in which evidence can clash: in one slot, or in the tie (in the data, and nothing can be stolen; not in
    them, and something was). Each slot has pairs: what is left without the evidence set aside, and what the clash leaves.
    """

    def where(slot: Slot, clashes: Callable[[int], bool]) -> frozenset[int]:
        return frozenset(left for left, clash in of_slot[slot] if clashes(clash))

    for slot in of_slot:
        yield {slot: where(slot, lambda clash: clash == 0)}
    for whole in (slot for slot in of_slot if slot[1] == PERSON):
        items = [slot for slot in of_slot if slot[0] == whole[0] and slot != whole]
        inside = {whole: where(whole, lambda clash: clash == w.PERSON_IN)}
        yield inside | {slot: where(slot, lambda clash: not clash & w.STOLEN) for slot in items}
        outside = {whole: where(whole, lambda clash: clash == w.PERSON_OUT)}
        yield from (outside | {slot: where(slot, lambda clash: not clash & w.NOT_STOLEN)} for slot in items)


class _Placing:
    """Where readers belong: their shared marks decide, and the state of each item that a condition asks for."""

    def __init__(self, case: Case, when: Condition, outside: bool) -> None:
        self.case, self.outside, first = case, outside, case.breached[0].id
        self.meets = predicate(when, first)
        conditions = (case.file.people_in_scope, *(group.when for group in case.file.groups), when)
        self.marks = {mark for condition in conditions for mark in _named(condition)}
        self.asked: dict[Slot, set[frozenset[str]]] = {}
        for slot, ids in (found for condition in conditions for found in _states(condition, first)):
            self.asked.setdefault(slot, set()).add(ids)

    def of(self, marks: _Marks, items: Mapping[Slot, frozenset[int]]) -> Iterator[tuple[Placed, Kept]]:
        """Each place of readers with these shared marks, with what their items are left with there, where it is asked for.

        A condition sees an item when it is tied to the person: as it was, surely stolen or surely not.
        """
        alike = (self._alike(slot, items[slot]) for slot in self.asked)
        kept = [dict(zip(self.asked, chosen, strict=True)) for chosen in product(*alike)]
        together: dict[Placed, list[Kept]] = {}
        for only in kept:
            left = {slot: w.PERSON_ALL if slot[1] == PERSON else w.ITEM_ALL for slot in slots(self.case)}
            profile = Profile(0, 0, marks, left | {slot: min(masks) for slot, masks in only.items()})
            where = place(self.case, profile)
            if (where.group and self.meets(profile)) if where.in_scope else self.outside:
                together.setdefault(where, []).append(only)
        for where, all_kept in together.items():
            yield from ((where, only) for only in ([{}] if len(all_kept) == len(kept) else all_kept))

    def _alike(self, slot: Slot, masks: frozenset[int]) -> list[frozenset[int]]:
        """What an item can be left with, by what the conditions that ask for its state say of it."""
        alike: dict[tuple[bool, ...], set[int]] = {}
        for mask in {mask & part for mask in masks for part in (w.ITEM_ALL, w.STOLEN, w.NOT_STOLEN)} - {0}:
            state = state_of(mask).id
            alike.setdefault(tuple(state in ids for ids in sorted(self.asked[slot], key=sorted)), set()).add(mask)
        return [frozenset(found) for found in alike.values()]


def _of_many(by_slot: dict[Slot, list[Rule]]) -> set[Mark]:
    """Marks that bear on more than one slot."""
    slots_of: dict[Mark, set[Slot]] = {}
    for slot, mine in by_slot.items():
        for rule in mine:
            for mark in rule.when | rule.unless:
                slots_of.setdefault(mark, set()).add(slot)
                for needed in _needs(mark):
                    slots_of.setdefault(needed, set()).update({slot, (slot[0], PERSON)})
    return {mark for mark, where in slots_of.items() if len(where) > 1}
