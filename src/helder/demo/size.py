"""How many of everything there are at a given number of people: whole numbers that add up at every size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helder.demo.assumptions import Assumptions, assumptions
from helder.domain.errors import CaseError

SMALLEST = 50
"""Below this some group or kind of row would be empty."""
LARGEST = 7_000_000
"""Above this the numbers that are marked as made up run out (see `bsn.sql`)."""


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Divide `total` by `weights` in whole numbers: largest remainder first, the earlier one on a tie."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


@dataclass(frozen=True)
class Size:
    """The counts of one reference case.

    `groups` are people as told (g1 to g4, their sum is `people`); all that follows is rows, `posted` of dataset 1,
    but for `careful`: people of group 3 by what letters must be careful with, `twice` in pairs.
    """

    people: int
    register: int
    groups: tuple[int, int, int, int]
    unplaced: tuple[int, int]
    never_confirmed: int
    second_row: int
    strangers: int
    levels: dict[str, int]
    posted: int
    careful: dict[str, int]

    @property
    def datasets(self) -> tuple[int, int]:
        """Rows of dataset 1 and of dataset 2."""
        return self.groups[0] + self.unplaced[0], self.groups[1] + self.unplaced[1]

    @property
    def rows(self) -> int:
        """Leaked rows in all."""
        return sum(self.datasets)


def size(people: int, given: Assumptions | None = None) -> Size:
    """The counts at `people` people in scope; at 941,000 they are the published ones.

    Raises `CaseError` when there are too few people to fill every group, or more than there are numbers for.
    """
    if not SMALLEST <= people <= LARGEST:
        raise CaseError(
            f"The reference case cannot be made with {people:,} people.",
            where="--people",
            do=f"Choose a number from {SMALLEST} to {LARGEST:,}.",
        )
    given = given or assumptions()
    real = given.published
    g1, g2, g3, g4 = apportion(people, real.groups)
    unplaced = round(people * sum(real.unplaced) / real.people)
    u1, u2 = apportion(unplaced, real.unplaced)
    kinds = given.unplaced
    own, second, strangers = apportion(unplaced, (kinds.never_confirmed, kinds.second_row, kinds.stranger))
    names = list(given.levels)
    levels = apportion(unplaced, [given.levels[name].share for name in names])
    return Size(
        people=people,
        register=people + max(1, round(people * given.register["beyond_scope"])),
        groups=(g1, g2, g3, g4),
        unplaced=(u1, u2),
        never_confirmed=own,
        second_row=second,
        strangers=strangers,
        levels=dict(zip(names, levels, strict=True)),
        posted=min(g1 + u1, round(people * real.posted / real.people)),
        careful={name: max(1, round(g3 * share)) for name, share in given.careful.items()},
    )
