"""What a conclusion rests on: the evidence that speaks of an item itself, and what decides it through the tie."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from helder.exposure.marks import Mark
from helder.exposure.rules import Rule
from helder.exposure.tie import Slot, apply


def met(rules: Iterable[Rule], marks: frozenset[Mark], aside: Collection[str]) -> list[Rule]:
    """The rules that somebody with these marks meets, without evidence that was set aside."""
    return [rule for rule in rules if rule.when <= marks and not rule.unless & marks and rule.evidence not in aside]


def because(rules: Iterable[Rule], slot: Slot, left: int) -> tuple[list[str], list[str]]:
    """Evidence about the slot itself, and what else is needed to leave no more than `left`: none but for the tie.

    `rules` are those that the person meets. The second list is as short as leaving out piece by piece makes it.
    """
    of_party = [rule for rule in rules if rule.party == slot[0]]
    own = sorted({rule.evidence for rule in of_party if rule.item == slot[1] and rule.evidence})
    others = sorted({rule.evidence for rule in of_party if rule.evidence} - set(own))

    def leaves(names: Collection[str]) -> bool:
        kept = {"", *own, *names}
        return apply(rule for rule in of_party if rule.evidence in kept)[slot] == left

    if leaves(()) or not leaves(others):
        return own, []
    for name in list(others):
        rest = [other for other in others if other != name]
        if leaves(rest):
            others = rest
    return own, others
