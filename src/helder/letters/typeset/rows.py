"""The rows of LETTERS in the portions in which they are made: so many to a print file, single letters apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from helder.domain.errors import StorageError
from helder.letters.typeset.filling import Letter

POST = "post"
KEY = ("letter", "language", "profile", "weakened", "why")
"""The columns that may decide the variant of a letter; those that the table of variants has, do."""


class Portion(NamedTuple):
    """Rows that go together. `kind`: print or single; `number` and `first` letter count from 1 within the kind."""

    kind: str
    number: int
    first: int
    rows: pa.Table

    @property
    def name(self) -> str:
        """Name of the print file, or of the list of single letters."""
        return f"{self.number:05d}.pdf" if self.kind == "print" else f"singles-{self.number:05d}"


def portions(batches: Iterable[pa.RecordBatch], size: int, *, prints: bool = True) -> Iterator[Portion]:
    """Portions of `size` rows in the order of the rows, which are sorted as the print house wants them.

    `prints`: letters by post go in print files; else each goes as a file of its own, as those of other channels do.
    """
    waiting: dict[str, list[pa.Table]] = {"print": [], "single": []}
    numbers = {"print": 0, "single": 0}

    def taken(kind: str, least: int) -> Iterator[Portion]:
        while waiting[kind] and sum(len(table) for table in waiting[kind]) >= least:
            rows = pa.concat_tables(waiting[kind])
            numbers[kind] += 1
            first = (numbers[kind] - 1) * size + 1
            yield Portion(kind, numbers[kind], first, rows.slice(0, size).combine_chunks())
            rest = rows.slice(size)
            waiting[kind] = [rest] if len(rest) else []

    for batch in batches:
        table = pa.Table.from_batches([batch])
        printed = pc.and_(pc.equal(table["channel"], POST), prints)
        for kind, mask in (("print", printed), ("single", pc.invert(printed))):
            chosen = table.filter(mask)
            if len(chosen):
                waiting[kind].append(chosen)
            yield from taken(kind, size)
    for kind in waiting:
        yield from taken(kind, 1)


@dataclass(frozen=True)
class Variants:
    """Which variant a row gets: `columns` of LETTERS in the order of the keys of `numbers`."""

    columns: tuple[str, ...]
    numbers: Mapping[tuple[Any, ...], int]

    @classmethod
    def of(cls, table: pa.Table) -> Variants:
        """From a table with some of the columns of `KEY` and a column `variant`."""
        columns = tuple(name for name in KEY if name in table.column_names)
        keys = zip(*(table[name].to_pylist() for name in columns), strict=True)
        return cls(columns, dict(zip(keys, table["variant"].to_pylist(), strict=True)))

    def letters(self, rows: pa.Table) -> list[Letter]:
        """The rows as letters. Raises `StorageError` when a row has no variant."""
        keys = zip(*(rows[name].to_pylist() for name in self.columns), strict=True)
        try:
            numbers = [self.numbers[key] for key in keys]
        except KeyError:
            raise StorageError(
                "A letter has no variant: the letters were not checked against these people.",
                do="Check the round again, then produce it.",
            ) from None
        lines = [tuple(text.split("\n")) for text in rows["address"].to_pylist()]
        columns = (rows[name].to_pylist() for name in ("reference", "code", "salutation"))
        # A round that left the house before letters said whom they are about has them as they left.
        about = rows["about"].to_pylist() if "about" in rows.column_names else [""] * len(rows)
        return list(map(Letter, *columns, lines, numbers, about))
