"""What a piece of evidence about a person can be, once names and places are taken away: its *class*.

A country has millions of evidence rows and a few thousand classes (a disclosure of these items on this day for this
purpose; an accepted link to a row of this dataset with these items). Everything is decided once per class.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

Kind = Literal["register", "disclosure", "link"]

NO_DATE = dt.date(1, 1, 1)
"""How the tables write that there is no date."""


@dataclass(frozen=True)
class EvidenceClass:
    """One class of evidence. Which fields are filled depends on `kind`; all others stay at their default.

    register: the person stands in the register (`born` year or 0, `abroad`, `deceased`).
    disclosure: `from_party` sent `items` to `party` on `day` for `purpose`; known since `received`.
    link: a row of `dataset` with `items` is linked to the person (`outcome`, `method`); `supplied_by` may be empty;
    `day` is when the row was seen posted; known since `received`, and no longer so since
    `until` (a review that a person decided on that day).
    """

    kind: Kind
    received: dt.date | None = None
    party: str = ""
    from_party: str = ""
    items: str = ""
    day: dt.date | None = None
    purpose: str = ""
    dataset: str = ""
    outcome: str = ""
    method: str = ""
    supplied_by: str = ""
    until: dt.date | None = None
    born: int = 0
    abroad: bool = False
    deceased: bool = False

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> EvidenceClass:
        """The class that a row of the table CLASSES describes."""
        parts: dict[str, Any] = {name: None if row[name] == NO_DATE else row[name] for name in CLASS_COLUMNS}
        return cls(**parts)

    @property
    def item_ids(self) -> tuple[str, ...]:
        """Ids of the items, sorted."""
        return tuple(item for item in self.items.split(";") if item)


CLASS_COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(EvidenceClass))
DAYS = frozenset({"received", "day", "until"})
"""The columns that hold dates."""
