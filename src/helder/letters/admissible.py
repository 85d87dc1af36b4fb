"""All readers that the declared evidence allows, without listing them.

A box allows each item some states, in every combination; there are more readers than can be visited. But a letter sees
a reader only through the view (`audience`), and every rule of the check looks at one item, or at the reader as a
whole. So it is enough to know which views can occur together with each state of each item. Those are found by adding
the items one by one and keeping the different views only: exact for all conditions a letter can have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from typing import get_args

from helder.domain import worlds as w
from helder.letters.audience import Audience, Item
from helder.letters.model import Why
from helder.letters.reader import Box

WHYS: tuple[Why, ...] = get_args(Why)
Masks = tuple[frozenset[int], ...]
_Chain = tuple["_Chain", Item] | None
_Step = tuple[int, tuple[int, ...], tuple[bool, ...]]
_ENOUGH = 2


def size_of(item: Item) -> int:
    """How much is known of an item: the worlds ruled out. The smallest reader is the one of whom least is known."""
    return sum(w.ITEM_BITS - mask.bit_count() for mask in item.masks) + item.weakened


@dataclass(frozen=True)
class Needs:
    """What must hold for the person to be as a sub-box says: how many items can be stolen, whether one must be."""

    can: int = 0
    must: bool = False


@dataclass(frozen=True)
class SubBox:
    """States of each item in every combination, already tied to the person of each party."""

    options: tuple[tuple[Item, ...], ...]
    persons: tuple[int, ...]
    needs: tuple[Needs, ...]


def _tied(raw: int, options: Masks) -> Iterator[tuple[int, Masks, Needs]]:
    """One person mask and the items of one party, as the tie leaves them: person in if and only if an item is taken."""
    if raw == w.PERSON_OUT:
        yield w.PERSON_OUT, tuple(frozenset(m & w.NOT_STOLEN for m in of) - {0} for of in options), Needs()
        return
    safe = tuple(frozenset(m for m in of if not m & w.STOLEN) for of in options)
    if raw == w.PERSON_IN:
        yield w.PERSON_IN, options, Needs(can=_ENOUGH)
        for one, of in enumerate(options):
            only = frozenset(m & w.STOLEN for m in of) - {0}
            yield w.PERSON_IN, (*safe[:one], only, *safe[one + 1 :]), Needs()
        return
    yield w.PERSON_OUT, safe, Needs()
    yield w.PERSON_IN, options, Needs(must=True)
    yield w.PERSON_ALL, tuple(frozenset(m for m in of if m & w.NOT_STOLEN) for of in options), Needs(can=1)


def _kept(box: Box, party: str, items: Sequence[str], raw: int) -> Iterator[tuple[int, Masks, Needs]]:
    """The same of a box: of each item only what the box keeps of it."""
    for person, options, needs in _tied(raw, tuple(box.items[party, item] - {0} for item in items)):
        only = (box.only.get((party, item)) for item in items)
        yield person, tuple(of if keep is None else of & keep for of, keep in zip(options, only, strict=True)), needs


def sub_boxes(box: Box, items: Sequence[str], parties: Sequence[str], weakened: bool = False) -> Iterator[SubBox]:
    """A box as sub-boxes in which the person is settled. With `weakened` each item may be known less than was told."""
    each = [
        [tied for raw in sorted(box.persons[party]) for tied in _kept(box, party, items, raw) if all(tied[1])]
        for party in parties
    ]
    flags = (False, True) if weakened else (False,)
    for chosen in product(*each):
        options = tuple(
            tuple(
                Item(item, masks, flag)
                for masks in product(*(sorted(masks_of[place]) for _, masks_of, _ in chosen))
                for flag in flags
            )
            for place, item in enumerate(items)
        )
        yield SubBox(options, tuple(person for person, _, _ in chosen), tuple(needs for _, _, needs in chosen))


Readers = dict[int, tuple[int, Callable[[], tuple[Item, ...]]]]
"""Views, each with the size of a smallest reader who has it and a way to that reader."""


class Reach:
    """Which views the readers of a sub-box have. Only the bits that are asked for are kept apart."""

    def __init__(self, audience: Audience, box: SubBox, weakened: bool = False) -> None:
        self.audience = audience
        self.box = box
        self.weakened = weakened
        # Somebody of whom less is known than was told has at least one such item.
        self._always = audience.any_weakened if weakened else 0
        self._others = cache(self._combined)
        self.views = cache(self._views)
        self._different = [self._smallest_of(options) for options in box.options]

    def _views(self, bits: int, settled: Callable[[int], bool] | None = None) -> Readers:
        """Every view of these bits that a reader of the sub-box can have, save those for which all is `settled`."""
        reached = self._combined(None, bits | self._always, settled)
        return self._smallest({step: of for step, of in reached.items() if self._fits(step)}, bits, None)

    def views_with(self, place: int, item: Item, bits: int) -> Readers:
        """Every view of these bits that occurs with one state of one item."""
        adds = self._adds(item, bits | self._always)
        together: dict[_Step, tuple[int, _Chain]] = {}
        for step, (size, chain) in self._others(place, bits | self._always, None).items():
            now = _add(step, adds)
            if self._fits(now) and (now not in together or size < together[now][0]):
                together[now] = (size, chain)
        return self._smallest(together, bits, item)

    def _adds(self, item: Item, bits: int) -> _Step:
        can = tuple(int(bool(mask & w.STOLEN)) for mask in item.masks)
        return self.audience.contributes(item) & bits, can, tuple(not mask & w.NOT_STOLEN for mask in item.masks)

    def _smallest_of(self, options: Sequence[Item]) -> list[tuple[_Step, int, Item]]:
        """One item for each contribution, the one of which least is known: all that a view can tell apart."""
        different: dict[_Step, tuple[_Step, int, Item]] = {}
        for item in options:
            adds, size = self._adds(item, -1), size_of(item)
            if adds not in different or size < different[adds][1]:
                different[adds] = (adds, size, item)
        return list(different.values())

    def _combined(
        self, left_out: int | None, bits: int, settled: Callable[[int], bool] | None
    ) -> dict[_Step, tuple[int, _Chain]]:
        """What the items contribute together, one of them left out."""
        parties = len(self.box.persons)
        reached: dict[_Step, tuple[int, _Chain]] = {(0, (0,) * parties, (False,) * parties): (0, None)}
        for place, options in enumerate(self._different):
            if place == left_out:
                continue
            different: dict[_Step, tuple[int, Item]] = {}
            for (view, can, must), size, item in options:
                adds = (view & bits, can, must)
                if adds not in different or size < different[adds][0]:
                    different[adds] = (size, item)
            after: dict[_Step, tuple[int, _Chain]] = {}
            for step, (size, chain) in reached.items():
                for adds, (more, item) in different.items():
                    now = _add(step, adds)
                    if now not in after or size + more < after[now][0]:
                        after[now] = (size + more, (chain, item))
            reached = after if settled is None else {step: of for step, of in after.items() if not settled(step[0])}
        return reached

    def _fits(self, step: _Step) -> bool:
        view, can, must = step
        return view & self._always == self._always and all(
            can[place] >= needs.can and (must[place] or not needs.must) for place, needs in enumerate(self.box.needs)
        )

    def _smallest(self, reached: dict[_Step, tuple[int, _Chain]], bits: int, also: Item | None) -> Readers:
        views: Readers = {}
        extra = size_of(also) if also else 0
        for (view, _, _), (size, chain) in reached.items():
            seen = view & bits
            if seen not in views or size + extra < views[seen][0]:
                views[seen] = (size + extra, partial(self._reader, chain, also))
        return views

    def _reader(self, chain: _Chain, also: Item | None) -> tuple[Item, ...]:
        found = [also] if also else []
        while chain is not None:
            chain, item = chain
            found.append(item)
        order = {id: place for place, id in enumerate(self.audience.items)}
        return tuple(sorted(found, key=lambda item: order[item.id]))


def _add(one: _Step, other: _Step) -> _Step:
    if len(one[1]) == 1:  # one breached party: nearly always
        return one[0] | other[0], (min(_ENOUGH, one[1][0] + other[1][0]),), (one[2][0] or other[2][0],)
    return (
        one[0] | other[0],
        tuple(min(_ENOUGH, a + b) for a, b in zip(one[1], other[1], strict=True)),
        tuple(a or b for a, b in zip(one[2], other[2], strict=True)),
    )
