"""The fourteen worlds of one data item at one breached party, and which of them a piece of evidence leaves.

A world is one combination of: our copy at the party (never there, gone before the breach, there), another
organisation's copy there (no, yes), and the item's fate (not taken, taken, taken and published). Where nothing
was held nothing can be taken, so 3 × 2 × 3 = 18 combinations leave fourteen. A *mask* is a set of worlds, one bit
each; evidence is ANDed, and what is left is what may be said.

The person as a whole has two worlds: in the leaked data, or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product


class Ours(StrEnum):
    """Where our copy of the item was when the party was breached."""

    NEVER = "never"
    GONE = "gone"
    THERE = "there"


class Other(StrEnum):
    """Whether the party held another organisation's copy of the item."""

    NO = "no"
    YES = "yes"


class Fate(StrEnum):
    """What became of the item."""

    NOT_TAKEN = "not_taken"
    TAKEN = "taken"
    PUBLISHED = "published"


@dataclass(frozen=True)
class World:
    """One possible world of an item."""

    ours: Ours
    other: Other
    fate: Fate

    @property
    def held(self) -> bool:
        """Whether the party held any copy at the time of the breach."""
        return self.ours is Ours.THERE or self.other is Other.YES

    @property
    def stolen(self) -> bool:
        """Whether the item was taken, published or not."""
        return self.fate is not Fate.NOT_TAKEN


WORLDS: tuple[World, ...] = tuple(
    world for world in (World(*parts) for parts in product(Ours, Other, Fate)) if world.held or not world.stolen
)

# The person's two worlds: bit 0 is "not in the leaked data", bit 1 is "in".
PERSON_OUT = 0b01
PERSON_IN = 0b10
PERSON_ALL = PERSON_OUT | PERSON_IN
PERSON_BITS = 2


def mask(
    ours: frozenset[Ours] = frozenset(Ours),
    other: frozenset[Other] = frozenset(Other),
    fate: frozenset[Fate] = frozenset(Fate),
) -> int:
    """The set of worlds with these values, as bits in the order of `WORLDS`."""
    return sum(
        1 << bit
        for bit, world in enumerate(WORLDS)
        if world.ours in ours and world.other in other and world.fate in fate
    )


ITEM_BITS = len(WORLDS)
ITEM_ALL = mask()
STOLEN = mask(fate=frozenset({Fate.TAKEN, Fate.PUBLISHED}))
NOT_STOLEN = mask(fate=frozenset({Fate.NOT_TAKEN}))
PUBLISHED = mask(fate=frozenset({Fate.PUBLISHED}))
DISCLOSED = mask(ours=frozenset({Ours.GONE, Ours.THERE}))
NEVER_OURS = mask(ours=frozenset({Ours.NEVER}))
OURS_NOT_THERE = mask(ours=frozenset({Ours.NEVER, Ours.GONE}))
OURS_THERE = mask(ours=frozenset({Ours.THERE}))
NO_OTHER = mask(other=frozenset({Other.NO}))
OTHER_HELD = mask(other=frozenset({Other.YES}))
NOT_HELD = OURS_NOT_THERE & NO_OTHER


@dataclass(frozen=True)
class Leaves:
    """What a statement leaves possible, as a word that a person can write in a table.

    `item` is the mask for each item in its scope, `person` for the person as a whole. `excludes` says that the
    statement makes theft less possible: it then counts only once a named person has accepted it.
    """

    item: int = ITEM_ALL
    person: int = PERSON_ALL
    excludes: bool = False


LEAVES: dict[str, Leaves] = {
    # Rules out nothing, and is kept because it says why the item is in question.
    "cannot_confirm": Leaves(),
    "other_may_have": Leaves(),
    "unknown": Leaves(),
    # Makes theft more certain: counts at once.
    "taken": Leaves(item=STOLEN, person=PERSON_IN),
    "published": Leaves(item=PUBLISHED, person=PERSON_IN),
    "in": Leaves(person=PERSON_IN),
    "held_by_other": Leaves(item=OTHER_HELD),
    # Makes theft less possible: waits for a named person's acceptance.
    "not_taken": Leaves(item=NOT_STOLEN, excludes=True),
    "not_published": Leaves(item=ITEM_ALL & ~PUBLISHED, excludes=True),
    "not_held": Leaves(item=NOT_HELD, excludes=True),
    "no_other_copy": Leaves(item=NO_OTHER, excludes=True),
    "not_in": Leaves(person=PERSON_OUT, excludes=True),
}
