"""Who a letter is checked against: what is left for one reader, and the sets of readers that the evidence allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from helder.letters.model import Why

Slot = tuple[str, str]
"""(breached party, item); the item "person" is the person as a whole."""


@dataclass(frozen=True)
class Reader:
    """Everything a letter may depend on.

    `left` are the worlds left in each slot; `group` the case's group; `review` whether a record may be the reader's;
    `weakened` the items (or "person") of which less is known than the reader was last told; `why` why the reader is told now.
    """

    left: Mapping[Slot, int]
    group: str
    why: Why = "first"
    review: bool = False
    weakened: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Telling:
    """People of one profile who get one letter in one language, for one reason: a row of the round, without names."""

    letter: str
    language: str
    profile: int
    people: int
    reader: Reader

    @property
    def weakened(self) -> str:
        """The weakened items as the round's tables write them."""
        return ";".join(sorted(self.reader.weakened))


@dataclass(frozen=True)
class Box:
    """Readers that the declared evidence allows: in each slot any of these masks, in every combination.

    `items` are masks before the tie of person and items (`domain.worlds`); `persons` likewise for each party; `only` are the
    masks of some items after it, where others have another place. A set of boxes says which masks go together. Who is not
    `in_scope` any more is in no group, and was told something before.
    """

    group: str
    items: Mapping[Slot, frozenset[int]]
    persons: Mapping[str, frozenset[int]]
    reviews: frozenset[bool] = field(default=frozenset({False}))
    only: Mapping[Slot, frozenset[int]] = field(default_factory=dict)
    in_scope: bool = True
