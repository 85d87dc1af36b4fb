"""What a table is: its columns with logical types, its order, and whether it is about people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["int16", "int32", "int64", "float64", "text", "date", "bool"]


@dataclass(frozen=True)
class Column:
    """One column: its name, logical type, whether it may be empty, and what it means."""

    name: str
    type: Type
    meaning: str
    required: bool = False


@dataclass(frozen=True)
class Table:
    """A table's shape. `order` lists the columns by which published rows are sorted.

    `unique`: no two rows agree in all of `order`, so that sorting need not look further: on wide tables half the work.
    """

    name: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    personal: bool
    unique: bool = False

    @property
    def sorting(self) -> tuple[str, ...]:
        """The columns by which rows are sorted, so that equal rows give equal files: `order`, then what it leaves open."""
        return self.order if self.unique else (*self.order, *(name for name in self.names if name not in self.order))

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)


def column(name: str, type: Type, meaning: str, required: bool = False) -> Column:
    """A column; not required unless said."""
    return Column(name, type, meaning, required)


# Where a row came from: file (position in the source's list of files) and row (1 is the first record below the header).
PLACE = (
    column("file", "int16", "which file of the source, from 0", True),
    column("row", "int64", "record number in that file; 1 is the first below the header", True),
)
