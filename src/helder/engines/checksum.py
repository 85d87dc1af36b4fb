"""One checksum for a table's rows, the same for every engine and every way to cut the rows into batches.

Each column feeds three streams of bytes, in the order of the rows: one byte a row (0 empty, 1 filled); the
values (numbers little-endian, dates as days since 1970, empty ones as zero, of texts the 32-bit lengths); and
the UTF-8 of texts. The checksum is SHA-256, or HMAC-SHA256 under a key, over the table's shape and the
digests of the streams.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from helder.domain.counted import Counted
from helder.domain.errors import EngineError
from helder.domain.tables import Column, Table, Type

ARROW_TYPES: dict[Type, pa.DataType] = {
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "text": pa.string(),
    "date": pa.date32(),
    "bool": pa.bool_(),
}


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table."""
    return pa.schema([pa.field(column.name, ARROW_TYPES[column.type]) for column in table.columns])


def checksum(table: Table, batches: Iterable[pa.RecordBatch], key: bytes | None = None) -> tuple[int, str]:
    """Number of rows, and checksum in hexadecimal, of rows in the shape of `table`.

    Raises `EngineError` when a required column has an empty value.
    """
    streams = [_Stream(column) for column in table.columns]
    rows = 0
    for batch in batches:
        rows += batch.num_rows
        for stream in streams:
            stream.feed(batch.column(stream.column.name))
    for stream in streams:
        if stream.column.required and stream.empty:
            empty = Counted(stream.empty, "en")
            raise EngineError(
                f"Column {stream.column.name} of table {table.name} may not be empty, but is in {empty:row|rows}."
            )
    shape = [[column.name, column.type] for column in table.columns]
    parts = [json.dumps([table.name, shape, rows]).encode(), *(stream.digest() for stream in streams)]
    data = b"".join(parts)
    return rows, hmac.digest(key, data, "sha256").hex() if key else hashlib.sha256(data).hexdigest()


class _Stream:
    """The running digests of one column."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.empty = 0
        self._hashes = (hashlib.sha256(), hashlib.sha256(), hashlib.sha256())

    def feed(self, values: pa.Array) -> None:
        """Add the values of one batch."""
        filled, numbers, texts = self._hashes
        self.empty += values.null_count
        full = not values.null_count
        filled.update(b"\1" * len(values) if full else _bytes(pc.cast(pc.is_valid(values), pa.uint8())))
        if self.column.type == "text":
            values = pc.fill_null(values.cast(pa.large_string()), "")
            numbers.update(_bytes(pc.cast(pc.binary_length(values), pa.int32())))
            texts.update(_text(values))
        elif self.column.type == "float64":
            values = pc.add(pc.fill_null(values, 0.0), 0.0)  # -0.0 + 0.0 is 0.0
            numbers.update(_bytes(pc.if_else(pc.is_nan(values), float("nan"), values)))
        elif self.column.type == "bool":
            numbers.update(_bytes(pc.cast(pc.fill_null(values, False), pa.uint8())))
        elif self.column.type == "date":
            numbers.update(_bytes(pc.fill_null(values.cast(pa.int32()), 0)))
        else:
            numbers.update(_bytes(values if full else pc.fill_null(values, 0)))

    def digest(self) -> bytes:
        """The digests of the streams, one after another."""
        return b"".join(hash.digest() for hash in self._hashes)


def _bytes(values: pa.Array) -> Any:
    """The values of a fixed-width array without empty ones, as bytes."""
    width = values.type.bit_width // 8
    data = memoryview(values.buffers()[1] or b"")
    return data[values.offset * width : (values.offset + len(values)) * width]


def _text(values: pa.LargeStringArray) -> Any:
    """The UTF-8 of all texts, one after another."""
    _, offsets, data = values.buffers()
    ends = memoryview(offsets or b"\0" * 8).cast("B").cast("q")
    return memoryview(data or b"")[ends[values.offset] : ends[values.offset + len(values)]] if len(values) else b""
