"""What every engine can do: make tables queryable, run SELECTs, and publish a result as one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

import pyarrow as pa

from helder.domain.tables import Table


@dataclass(frozen=True)
class Published:
    """One published table: a Parquet file, encrypted (`sealed`) when the table is about persons.

    `sha256` is the checksum of the rows (see `engines.checksum`), not of the file: equal for equal rows,
    whichever engine wrote them. For a sealed table it is keyed, so that it cannot be used to test guesses.
    """

    path: Path
    table: Table
    rows: int
    sha256: str
    sealed: bool


ROW_GROUP = 40_960
"""Rows in a row group of a published file: one person is found three times as fast as in DuckDB's 122,880."""

Readable: TypeAlias = Published | pa.Table | pa.RecordBatchReader | Sequence[Path]


class Engine(Protocol):
    """A database engine. Methods raise `EngineError` when it refuses, `StorageError` for damaged files."""

    @property
    def name(self) -> str:
        """`duckdb` or `spark`."""
        ...

    def read(self, name: str, table: Readable) -> None:
        """Make `table` queryable as `name`. Paths are Parquet files, sealed or not, of one shape."""
        ...

    def load(self, table: Readable) -> pa.Table:
        """All rows of `table`, in the order in which they were published; for what is looked up by place."""
        ...

    def run(self, name: str, sql: str, *, dense: bool = False) -> None:
        """Materialise one SELECT as the temporary table `name`, replacing it.

        `dense`: it groups by a whole number of which most values between least and greatest occur, such as a person; an
        engine may then do it faster.
        """
        ...

    def view(self, name: str, sql: str) -> None:
        """Define one SELECT as the temporary view `name`, replacing it; it is computed when used.

        Do not replace or drop a table that a view uses: DuckDB looks again, Spark holds on to what was there.
        """
        ...

    def drop(self, name: str) -> None:
        """Forget the table or view `name`, if it is there."""
        ...

    def arrow(self, sql: str) -> pa.Table:
        """Fetch a small result."""
        ...

    def rows(self, sql: str) -> list[dict[str, object]]:
        """Fetch a small result as dictionaries."""
        ...

    def publish(
        self, sql: str, table: Table, folder: Path, *, name: str | None = None, ordered: bool = False
    ) -> Published:
        """Write a SELECT as one Parquet file in `folder`, in the shape and order of `table`, all or nothing.

        Rows are sorted by `table.sorting`, so equal rows give equal files. `ordered`: it reads one table whose rows
        stand in that order already; an engine may then spare itself the sorting. The file
        is called `name` (default: the table's name) + `.parquet`, or `.parquet.sealed` when `table.personal`.
        """
        ...

    def close(self) -> None:
        """Let go of memory and connections. Closing twice is harmless."""
        ...
