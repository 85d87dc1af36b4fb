"""AND and tie on a handful of masks, in Python: for contradictions and what-ifs, profile by profile.

The same closed form as `tie.sql`; `reference.py` tries all stories instead, and the tests compare the three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from helder.domain.worlds import ITEM_ALL, NOT_STOLEN, PERSON_ALL, PERSON_IN, PERSON_OUT, STOLEN
from helder.exposure.rules import PERSON, Rule

Slot = tuple[str, str]
Left = dict[Slot, int]


def tie(worlds: Mapping[Slot, int]) -> Left:
    """Somebody is in a party's leaked data if and only if something of theirs was taken."""
    left = dict(worlds)
    for party in {party for party, _ in worlds}:
        items = [slot for slot in worlds if slot[0] == party and slot[1] != PERSON]
        whole = (party, PERSON)
        if not left[whole] or any(not left[slot] for slot in items):
            continue
        can = [slot for slot in items if left[slot] & STOLEN]
        if any(not left[slot] & NOT_STOLEN for slot in items):
            left[whole] &= PERSON_IN
        elif not can:
            left[whole] &= PERSON_OUT
        if left[whole] == PERSON_OUT:
            for slot in items:
                left[slot] &= NOT_STOLEN
        elif left[whole] == PERSON_IN and len(can) == 1:
            left[can[0]] &= STOLEN
    return left


def apply(rules: Iterable[Rule]) -> Left:
    """The worlds left by these rules, tied. Slots that no rule speaks of are not there."""
    left: Left = {}
    for rule in rules:
        slot = (rule.party, rule.item)
        left[slot] = left.get(slot, PERSON_ALL if rule.item == PERSON else ITEM_ALL) & rule.leaves
    return tie(left)


def contradicts(worlds: Mapping[Slot, int]) -> bool:
    """Whether nothing is left somewhere."""
    return 0 in worlds.values()
