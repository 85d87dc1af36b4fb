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
that the reader does not know (the key of the result, made of the hashes of all sources). Not against one who subtracts
publications of different days, or who knows some of the people.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

LEAST = 11
"""The smallest number that is published, zero excepted."""
SPREAD = LEAST - 2
"""The least distance between the largest and the smallest possible value of a hidden cell: that of 1 and 10."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Cells(Generic[K]):
    """Numbers over the same atoms. `atoms[i]` people are in atom i; `cells` names the atoms that each number sums."""

    atoms: Sequence[int]
    cells: Mapping[K, frozenset[int]]

    def value(self, cell: K) -> int:
        """The exact number of a cell."""
        return sum(self.atoms[atom] for atom in self.cells[cell])


def publish(exact: Cells[K], seed: str, also: Container[K] = ()) -> dict[K, int | None]:
    """Every cell as it may be published: its number, or None when it is hidden. The same seed hides the same cells.

    Cells in `also` are hidden whatever their number, for a reason outside these cells.
    """
    hidden = hide(exact, seed, also)
    return {cell: None if cell in hidden else exact.value(cell) for cell in exact.cells}


def hide(exact: Cells[K], seed: str, also: Container[K] = ()) -> frozenset[K]:
    """The cells that must not be published. A zero always may."""
    names = list(exact.cells)
    masks = [_bits(atom for atom in exact.cells[name] if exact.atoms[atom]) for name in names]
    people = [exact.value(name) for name in names]
    differences = sorted(_small_differences(masks, people))
    masks += differences
    people += [0] * len(differences)
    hidden = {
        number for number, name in enumerate(names) if people[number] and (people[number] < LEAST or name in also)
    }
    hidden |= set(range(len(names), len(masks)))
    factors = [_factor(f"{seed}/{name}") for name in [*names, *differences]]
    while unsafe := (seen := _Seen(exact.atoms, masks, frozenset(hidden))).unsafe():
        hidden |= seen.cheapest(min(unsafe, key=lambda number: (people[number], number)), factors)
    return frozenset(name for number, name in enumerate(names) if number in hidden)


def possible(exact: Cells[K], hidden: Iterable[K]) -> dict[K, tuple[int, int]]:
    """The smallest and largest value that each hidden cell can have, for the reader described above."""
    names = list(exact.cells)
    chosen = frozenset(names.index(name) for name in hidden)
    seen = _Seen(exact.atoms, [_bits(exact.cells[name]) for name in names], chosen)
    return {names[number]: seen.range(number) for number in sorted(chosen)}


def _small_differences(masks: Sequence[int], people: Sequence[int]) -> set[int]:
    """The atoms that a cell has beyond another within it, where those are few people."""
    pairs = list(zip(masks, people, strict=True))
    found = {
        outer & ~inner
        for inner, few in pairs
        for outer, many in pairs
        if few and 0 < many - few < LEAST and not inner & ~outer
    }
    return found - set(masks)


def _factor(text: str) -> float:
    """A number from 1 to 8, evenly spread in its logarithm."""
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return float(8 ** (int.from_bytes(digest) / 2**64))


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)


def _numbers(bits: int) -> Iterable[int]:
    while bits:
        yield (bits & -bits).bit_length() - 1
        bits &= bits - 1


class _Seen:
    """What a reader can tell apart when some cells are hidden. Cells are numbers; sets of atoms and cells are bits."""

    def __init__(self, atoms: Sequence[int], cells: Sequence[int], hidden: frozenset[int]) -> None:
        self.atoms = atoms
        self.cells = cells
        self.hidden = hidden
        self.everything = frozenset(number for number, cell in enumerate(cells) if self.people(cell))

    def people(self, atoms: int) -> int:
        """How many people are in these atoms."""
        return sum(self.atoms[atom] for atom in _numbers(atoms))

    @cached_property
    def classes(self) -> dict[int, int]:
        """Atoms that no published cell tells apart, by the published cells they are in."""
        signatures = [0] * len(self.atoms)
        for number, cell in enumerate(self.cells):
            if number not in self.hidden:
                for atom in _numbers(cell):
                    signatures[atom] |= 1 << number
        made: dict[int, int] = {}
        for atom, signature in enumerate(signatures):
            if self.atoms[atom]:
                made[signature] = made.get(signature, 0) | 1 << atom
        return made

    @cached_property
    def kept(self) -> int:
        """A few atoms that keep a person, so that no hidden cell becomes zero."""
        kept = 0
        for number in sorted(self.hidden, key=lambda number: (self.cells[number].bit_count(), number)):
            there = _bits(atom for atom in _numbers(self.cells[number]) if self.atoms[atom])
            if not there & kept:
                kept |= there & -there
        return kept

    def range(self, cell: int) -> tuple[int, int]:
        """The least and the most people that a cell can hold when every class keeps its people."""
        if self.hidden == self.everything:  # not even a total is known
            return 1, 2**63
        low = high = 0
        for atoms in self.classes.values():
            inside, outside = atoms & self.cells[cell], atoms & ~self.cells[cell]
            people = self.people(atoms) if inside else 0
            low += (inside & self.kept).bit_count() if outside else people
            high += people - (outside & self.kept).bit_count() if inside else 0
        return low, high

    def unsafe(self) -> list[int]:
        """Hidden cells whose possible values are too close together."""
        ranges = {number: self.range(number) for number in self.hidden}
        return [number for number, (low, high) in ranges.items() if high - low < SPREAD]

    def cheapest(self, cell: int, factors: Sequence[float]) -> frozenset[int]:
        """The cells that cost least and, hidden, make a class inside `cell` and one outside into one."""
        inside = [seen for seen, atoms in self.classes.items() if atoms & self.cells[cell]]
        outside = [seen for seen, atoms in self.classes.items() if atoms & ~self.cells[cell]]
        weights = [self.people(atoms) * factor for atoms, factor in zip(self.cells, factors, strict=True)]
        costs: dict[int, float] = {}
        for differ in {within ^ without for within in inside for without in outside} - {0}:
            costs[differ] = sum(weights[number] for number in _numbers(differ))
        if not costs:
            return self.everything
        return frozenset(_numbers(min(costs, key=lambda differ: (costs[differ], differ))))
