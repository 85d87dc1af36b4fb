"""What a letter can see of a reader, as one whole number: the *view*.

Every condition in `letter.toml` asks whether some item of the reader falls in a selection, or whether a combination of
items can be stolen together. Each such question is one bit; a reader's view is the OR of what each item contributes.
Readers with one view and one circumstance (group, reason, review, person) read the same blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from helder.domain import worlds as w
from helder.letters.claims import ITEM_PREDICATES, PERSON
from helder.letters.load import Letter
from helder.letters.model import Selection, Why
from helder.letters.reader import Reader

PERSON_STATES = {w.PERSON_IN: "in", w.PERSON_OUT: "out", w.PERSON_ALL: "open"}


@dataclass(frozen=True)
class Item:
    """What is known of one item of a reader: the worlds left at each breached party, and whether less is known."""

    id: str
    masks: tuple[int, ...]
    weakened: bool = False


@dataclass(frozen=True)
class Circumstance:
    """What a letter can see of the reader as a whole; `persons` are the person's worlds at each breached party."""

    group: str
    why: Why
    review: bool
    persons: tuple[int, ...]
    weakened: bool = False
    """Less is known of the person as a whole than they were last told."""


def selects(selection: Selection, item: str, mask: int, weakened: bool) -> bool:
    """Whether an item falls in a selection: a question about this item alone."""
    if selection.items is not None and item not in selection.items:
        return False
    if selection.weakened is not None and selection.weakened is not weakened:
        return False

    def true(word: str) -> int:
        worlds = ITEM_PREDICATES[word].worlds
        assert worlds is not None
        return worlds

    return (
        all(mask & ~true(word) == 0 for word in selection.must)
        and all(mask & true(word) and mask & ~true(word) for word in selection.may)
        and not any(mask & true(word) for word in selection.cannot)
        and all(mask & ~true(word) for word in selection.not_must)
    )


class Audience:
    """One letter's view of its readers."""

    def __init__(self, letter: Letter, items: Sequence[str], parties: Sequence[str]) -> None:
        self.letter = letter
        self.items = tuple(items)
        self.parties = tuple(parties)
        picks: dict[tuple[int, str], None] = {}
        for id in letter.order():
            block = letter.blocks[id]
            place = self.place(id)
            for name in (*block.when.some, *block.when.any, *block.when.none, *filter(None, [block.lists])):
                picks[place, name] = None
        self.picks = {pick: 1 << bit for bit, pick in enumerate(picks)}
        at = len(self.picks)
        self.combinations: dict[tuple[str, tuple[str, ...]], int] = {}
        for risk, of in letter.advice.risks.items():
            for needs in of.needs:
                if set(needs) <= set(self.items):
                    self.combinations[risk, tuple(needs)] = 1 << (at + len(self.combinations))
        at += len(self.combinations)
        self.given = tuple(1 << (at + place) for place in range(len(self.parties)))
        at += len(self.parties)
        self.taken = tuple(1 << (at + place) for place in range(len(self.parties)))
        self.any_weakened = 1 << (at + len(self.parties))
        self.contributes = cache(self._contributes)
        self.bits = {id: self._bits(id) for id in letter.order()}
        self.risks = cache(self._risks)
        self.lists = cache(self._lists)

    def place(self, block: str) -> int:
        """Which breached party a block speaks of, by position."""
        return self.parties.index(self.letter.party_of(block))

    def _contributes(self, item: Item) -> int:
        """The bits that one item sets in the view."""
        view = self.any_weakened if item.weakened else 0
        for (place, name), bit in self.picks.items():
            if selects(self.letter.selections[name], item.id, item.masks[place], item.weakened):
                view |= bit
        if not any(mask & w.STOLEN for mask in item.masks):
            for (_, needs), bit in self.combinations.items():
                view |= bit if item.id in needs else 0
        for place, mask in enumerate(item.masks):
            view |= self.given[place] if mask & ~w.DISCLOSED == 0 else 0
            view |= self.taken[place] if mask & ~w.STOLEN == 0 else 0
        return view

    def of(self, reader: Reader) -> tuple[tuple[Item, ...], Circumstance]:
        """A reader as items and circumstance."""
        items = tuple(
            Item(item, tuple(reader.left[party, item] for party in self.parties), item in reader.weakened)
            for item in self.items
        )
        persons = tuple(reader.left[party, PERSON] for party in self.parties)
        return items, Circumstance(reader.group, reader.why, reader.review, persons, PERSON in reader.weakened)

    def view(self, items: Sequence[Item]) -> int:
        """The view of a reader with these items."""
        view = 0
        for item in items:
            view |= self.contributes(item)
        return view

    def _risks(self, view: int) -> frozenset[str]:
        """The risks that a reader with this view runs: possible is enough."""
        return frozenset(risk for (risk, _), bit in self.combinations.items() if not view & bit)

    def _bits(self, id: str) -> int:
        """The bits of the view that decide whether a block is read."""
        when, place = self.letter.blocks[id].when, self.place(id)
        bits = sum({self.picks[place, name] for name in (*when.some, *when.any, *when.none)})
        return bits | sum(bit for (risk, _), bit in self.combinations.items() if risk in when.risks)

    def shown(self, view: int, reader: Circumstance) -> tuple[str, ...]:
        """Ids of the blocks that a reader reads, in order."""
        return tuple(id for id in self.letter.order() if self.reads(id, view, reader))

    def reads(self, id: str, view: int, reader: Circumstance) -> bool:
        """Whether a reader reads a block."""
        return self.circumstanced(id, reader) and self.viewed(id, view)

    def circumstanced(self, id: str, reader: Circumstance) -> bool:
        """Whether what a block asks of the reader as a whole holds."""
        when = self.letter.blocks[id].when
        return (
            (when.person is None or PERSON_STATES.get(reader.persons[self.place(id)]) in when.person)
            and (when.review is None or when.review is reader.review)
            and (when.weakened is None or when.weakened is reader.weakened)
            and (when.groups is None or reader.group in when.groups)
            and (when.why is None or reader.why in when.why)
        )

    def viewed(self, id: str, view: int) -> bool:
        """Whether what a block asks of the reader's items holds."""
        when, place = self.letter.blocks[id].when, self.place(id)

        def some(name: str) -> bool:
            return bool(view & self.picks[place, name])

        return (
            all(map(some, when.some))
            and (not when.any or any(map(some, when.any)))
            and not any(map(some, when.none))
            and (not when.risks or bool(self.risks(view) & set(when.risks)))
        )

    def stays(self, id: str, view: int) -> bool:
        """Whether a block that is read with this view is read with every view that has more bits."""
        when = self.letter.blocks[id].when
        return not when.none and not when.risks and self.viewed(id, view)

    def listed(self, id: str, items: Sequence[Item]) -> list[str]:
        """The items that a block's list prints for a reader, in the order of the case."""
        return [item.id for item in items if self.lists(id, item)]

    def _lists(self, id: str, item: Item) -> bool:
        """Whether a block's list prints an item."""
        lists = self.letter.blocks[id].lists
        if lists is None:
            return False
        return selects(self.letter.selections[lists], item.id, item.masks[self.place(id)], item.weakened)
