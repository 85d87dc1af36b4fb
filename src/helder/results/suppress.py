"""Hiding small numbers, and as many others as it takes that totals do not give them back.

Every published number is a *cell*: a sum over *atoms*, the smallest sets of people (or records) that are told apart,
such as the profiles of an assessment. So one rule serves lists, cross tables and tables that share a total, and it also
stands when a reader knows that cells of different tables are about the same people.

The rule: a cell of 1 to 10 is hidden; a zero is published. Where one cell lies within another and 1 to 10 people are in
the larger one only, that difference counts as a hidden cell too: readers subtract. A hidden cell is *safe* when people
can be moved between atoms without any published number changing or any hidden cell becoming zero, and the cell can so
take at least ten values: then the published numbers say no more of it than "fewer than 11" does. As long as a hidden
cell is not safe, further cells are hidden, those with the fewest people first that make such a move possible.

Against whom: a reader who knows every published number, every equality between tables, which combinations occur at
all, and that a hidden cell is not zero. Were the fewest people always hidden first, such a reader could sometimes undo
it by trying which numbers lead to just this choice; so what a cell costs is multiplied by 1 to 8, by a hash of a seed
that the reader does not know (the key of the result, made of the hashes of all sources). A *dear* cell is one that
everybody asks for first; it is hidden only where nothing else would do, and that is no secret. Not against one who
subtracts publications of different days, or who knows some of the people.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

LEAST = 11
"""The smallest number that is published, zero excepted."""
SPREAD = LEAST - 2
"""The least distance between the largest and the smallest possible value of a hidden cell: that of 1 and 10."""
_DEAR = 10.0**12
"""What makes a cell cost more than all others together."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Cells(Generic[K]):
    """Numbers over the same atoms. `atoms[i]` people are in atom i; `cells` names the atoms that each number sums."""

    atoms: Sequence[int]
    cells: Mapping[K, frozenset[int]]

    def value(self, cell: K) -> int:
        """The exact number of a cell."""
        return sum(self.atoms[atom] for atom in self.cells[cell])


def publish(exact: Cells[K], seed: str, also: Container[K] = (), dear: Container[K] = ()) -> dict[K, int | None]:
    """Every cell as it may be published: its number, or None when it is hidden. The same seed hides the same cells.

    Cells in `also` are hidden whatever their number, for a reason outside these cells; those in `dear` last.
    """
    hidden = hide(exact, seed, also, dear)
    return {cell: None if cell in hidden else exact.value(cell) for cell in exact.cells}


def hide(exact: Cells[K], seed: str, also: Container[K] = (), dear: Container[K] = ()) -> frozenset[K]:
    """The cells that must not be published. A zero always may."""
    price = {
        name: exact.value(name) * _factor(f"{seed}/{name}") * (_DEAR if name in dear else 1) for name in exact.cells
    }
    names = sorted(exact.cells, key=lambda name: (price[name], repr(name)))
    costs = [price[name] for name in names]
    people = [exact.value(name) for name in names]
    atoms = _signatures(exact, names)
    hidden = sum(1 << n for n, name in enumerate(names) if people[n] and (people[n] < LEAST or name in also))
    atoms, differences = _with_differences(atoms, people)
    hidden |= differences
    order = [names.index(name) for name in exact.cells]
    while unsafe := _Seen(atoms, hidden, order).unsafe():
        for cell in unsafe:
            seen = _Seen(atoms, hidden, order)
            if not seen.safe(cell):  # the one before may have made it so
                hidden |= seen.cheapest(cell, costs)
    return frozenset(name for number, name in enumerate(names) if hidden >> number & 1)


def possible(exact: Cells[K], hidden: Iterable[K]) -> dict[K, tuple[int, int]]:
    """The smallest and largest value that each hidden cell can have, for the reader described above."""
    names = list(exact.cells)
    chosen = [names.index(name) for name in hidden]
    seen = _Seen(_signatures(exact, names), sum(1 << number for number in chosen), range(len(names)))
    return {names[number]: seen.range(number) for number in sorted(chosen)}


Atoms = list[tuple[int, int]]
"""Atoms as (the cells it is in as bits, its people); those in the same cells are one, and none is empty."""


def _signatures(exact: Cells[K], names: Sequence[K]) -> Atoms:
    """The atoms; the cells are numbered in the order of `names`."""
    signatures = [0] * len(exact.atoms)
    for number, name in enumerate(names):
        for atom in exact.cells[name]:
            signatures[atom] |= 1 << number
    people: dict[int, int] = {}
    for signature, size in zip(signatures, exact.atoms, strict=True):
        if size:
            people[signature] = people.get(signature, 0) + size
    return list(people.items())


def _with_differences(atoms: Atoms, people: Sequence[int]) -> tuple[Atoms, int]:
    """The atoms with a further cell for what one cell has beyond another within it, where those are few people."""
    flags = [bytearray(b"0" * len(atoms)) for _ in people]
    for atom, (signature, _) in enumerate(atoms):
        for number in _numbers(signature):
            flags[number][-1 - atom] = ord("1")
    cells = [int(some or b"0", 2) for some in flags]
    pairs = list(zip(cells, people, strict=True))
    found = {
        outer ^ inner
        for inner, few in pairs
        for outer, many in pairs
        if few and 0 < many - few < LEAST and inner & outer == inner
    }
    made = dict(enumerate(atoms))
    hidden = 0
    for number, difference in enumerate(sorted(found - set(cells)), start=len(people)):
        hidden |= 1 << number
        for atom in _numbers(difference):
            made[atom] = (made[atom][0] | 1 << number, made[atom][1])
    return list(made.values()), hidden


def _factor(text: str) -> float:
    """A number from 1 to 8, evenly spread in its logarithm."""
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return float(8 ** (int.from_bytes(digest) / 2**64))


def _numbers(bits: int) -> Iterator[int]:
    while bits:
        yield (bits & -bits).bit_length() - 1
        bits &= bits - 1


class _Seen:
    """What a reader can tell apart when some cells (`hidden`, as bits) are hidden.

    `classes`: atoms that no published cell tells apart, by the published cells they are in. `order`: the cells that
    are not zero for the reader when they are hidden.
    """

    def __init__(self, atoms: Atoms, hidden: int, order: Sequence[int]) -> None:
        self.hidden = hidden
        self.order = order
        self.classes: dict[int, Atoms] = {}
        for signature, people in atoms:
            self.classes.setdefault(signature & ~hidden, []).append((signature & hidden, people))
        self.nothing_shown = set(self.classes) <= {0}

    @cached_property
    def kept(self) -> set[tuple[int, int]]:
        """A few atoms that keep a person, so that no hidden cell becomes zero: (class, hidden cells it is in)."""
        kept: set[tuple[int, int]] = set()
        for cell in self.order:
            if self.hidden >> cell & 1 and not any(pattern >> cell & 1 for _, pattern in kept):
                among = ((seen, pattern) for seen, some in self.classes.items() for pattern, _ in some)
                kept |= {next(one for one in among if one[1] >> cell & 1)}
        return kept

    def range(self, cell: int) -> tuple[int, int]:
        """The least and the most people that a cell can hold when every class keeps its people."""
        if self.nothing_shown:
            return 1, 2**63
        low = high = 0
        for seen, some in self.classes.items():
            inside = [(seen, pattern) for pattern, _ in some if pattern >> cell & 1]
            if inside:
                people = sum(many for _, many in some)
                outside = [(seen, pattern) for pattern, _ in some if not pattern >> cell & 1]
                low += len(self.kept.intersection(inside)) if outside else people
                high += people - len(self.kept.intersection(outside))
        return low, high

    def safe(self, cell: int) -> bool:
        """Whether the possible values of a cell are far enough apart."""
        low, high = self.range(cell)
        return high - low >= SPREAD

    def unsafe(self) -> list[int]:
        """Hidden cells that are not safe."""
        return [cell for cell in _numbers(self.hidden) if not self.safe(cell)]

    def cheapest(self, cell: int, costs: Sequence[float]) -> int:
        """The cells that cost least and, hidden, make a class inside `cell` and one outside into one.

        Cells are numbered by rising cost, so the highest bit tells at once what cannot be cheaper.
        """
        inside = [seen for seen, some in self.classes.items() if any(pattern >> cell & 1 for pattern, _ in some)]
        outside = [seen for seen, some in self.classes.items() if not all(pattern >> cell & 1 for pattern, _ in some)]
        least, best = float("inf"), 0
        for differ in sorted({within ^ without for within in inside for without in outside} - {0}):
            if costs[differ.bit_length() - 1] >= least:
                break
            cost = sum(costs[number] for number in _numbers(differ))
            if cost < least:
                least, best = cost, differ
        # When there is no way, not even a total is shown.
        return best or functools.reduce(int.__or__, self.classes)
