"""A few rows of a published table by their values, in milliseconds, without an engine.

Tables are sorted, so the statistics in the file's footer say in which part of it rows can be; only that part is opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helder.engines.base import Published
from helder.engines.failures import Failures
from helder.engines.keys import Keys
from helder.engines.parquet import open_source, reading


class Lookup:
    """A published table that stays open. Methods raise `StorageError` for a damaged file."""

    def __init__(self, published: Published, keys: Keys | None) -> None:
        """Raises `KeyFileError` without its key, `StorageError` when it cannot be read."""
        self._path, self._failures = published.path, Failures()
        with reading(self._path, self._failures):
            self._source = open_source(self._path, keys, self._failures)
            self._file = pq.ParquetFile(self._source)
        self._names = self._file.schema_arrow.names

    def rows(self, *columns: str, **values: int | str) -> list[dict[str, Any]]:
        """These columns of all rows that have these values in others, in the order of the table."""
        parts = [part for part in range(self._file.num_row_groups) if self._may_hold(part, values)]
        found = self._read(parts, list({*columns, *values}))
        for name, value in values.items():
            found = found.filter(pc.equal(found.column(name), pa.scalar(value, found.schema.field(name).type)))
        rows: list[dict[str, Any]] = found.select(columns).to_pylist()
        return rows

    def every(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """These columns of every row."""
        with reading(self._path, self._failures):
            for batch in self._file.iter_batches(columns=list(columns)):
                yield from zip(*(batch.column(name).to_pylist() for name in columns), strict=True)

    def close(self) -> None:
        """Close the file and forget what was read."""
        self._file.close()
        self._source.close()

    def _read(self, parts: list[int], columns: list[str]) -> pa.Table:
        with reading(self._path, self._failures):
            return self._file.read_row_groups(parts, columns, use_threads=False)

    def _may_hold(self, part: int, values: Mapping[str, int | str]) -> bool:
        for name, value in values.items():
            known = self._file.metadata.row_group(part).column(self._names.index(name)).statistics
            if known is not None and known.has_min_max and not known.min <= value <= known.max:
                return False
        return True
