"""One person, one letter: which rows of the register are one person, and whether it is safe to write once.

Two rows are one person when they have the same valid national number, or the same names, whole date of birth and
address without numbers that differ. When such rows do not agree in all that a letter depends on, or it cannot be told
whether they are one person, none of them is written to until somebody has looked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Double = Literal["same", "unclear"]


class Row(NamedTuple):
    """A row that may not be the only one of its person. Hashes, so that no name or number leaves the engine.

    `number` of the valid national number (None: no number), `likeness` of names, birth and address (None: not all are
    known), `letter` of all that a letter depends on. `named`: given names are known, not only initials. `told`: not in the
    round because this row was told before.
    """

    person: int
    number: int | None
    likeness: int | None
    letter: int
    named: bool
    in_round: bool
    told: bool = False


def doubles(rows: Iterable[Row]) -> dict[int, Double]:
    """For people in the round who are not written to because of another row: `same` when that row gets it, or got it before."""
    rows = list(rows)
    sets, doubtful = _Sets(), set[int]()
    for group in _by(rows, 1):
        for row in group:
            sets.join(group[0].person, row.person)
    for group in _by(rows, 2):
        numbers = {row.number for row in group if row.number is not None}
        if len(numbers) > 1:
            # Twins, or people with one name: who has a number is somebody of their own; who has none may be either.
            doubtful.update(row.person for row in group if row.number is None)
            continue
        for row in group:
            sets.join(group[0].person, row.person)
        if any(row.number is None for row in group) and not all(row.named for row in group):
            # Initials are not enough to tell twins apart.
            doubtful.update(row.person for row in group)
    together: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        together[sets.first(row.person)].append(row)
    found: dict[int, Double] = {}
    for group in together.values():
        found |= _verdict(group, doubtful)
    return found


def _verdict(group: Sequence[Row], doubtful: set[int]) -> dict[int, Double]:
    inside = sorted(row.person for row in group if row.in_round)
    if any(row.person in doubtful for row in group) or len({row.letter for row in group}) > 1:
        return dict.fromkeys(inside, "unclear")
    return dict.fromkeys(inside if any(row.told for row in group) else inside[1:], "same")


def _by(rows: Sequence[Row], field: int) -> list[list[Row]]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        key = row[field]
        if key is not None:
            groups[key].append(row)
    return [group for group in groups.values() if len(group) > 1]


class _Sets:
    """Disjoint sets of people, each named by its smallest."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def first(self, one: int) -> int:
        path = []
        while (above := self._above.get(one, one)) != one:
            path.append(one)
            one = above
        for passed in path:
            self._above[passed] = one
        return one

    def join(self, one: int, other: int) -> None:
        one, other = sorted((self.first(one), self.first(other)))
        self._above[other] = one
