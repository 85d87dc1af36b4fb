"""Rows of a generator as the tables linkage takes: PEOPLE, LEAKED, and the truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from helder.domain.tables import LEAKED, PEOPLE, Table


@dataclass(frozen=True)
class Case:
    """A made-up case. `truth` has record, person (empty: a stranger), level (of damage) and kind (of stranger)."""

    people: pa.Table
    leaked: pa.Table
    truth: pa.Table


_TYPES = {
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "text": pa.string(),
    "date": pa.date32(),
    "bool": pa.bool_(),
}


def table(shape: Table, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Rows in the columns and types of a shape; the first column is numbered when absent."""
    columns: dict[str, list[object]] = {name: [] for name in shape.names}
    first = shape.names[0]
    for number, row in enumerate(rows):
        for name, values in columns.items():
            value = row.get(name)
            values.append(
                number if value is None and name == first else value or (0 if name in ("file", "row") else None)
            )
    fields = [pa.field(column.name, _TYPES[column.type]) for column in shape.columns]
    return pa.table([pa.array(columns[f.name], f.type) for f in fields], schema=pa.schema(fields))


def people(rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """A register."""
    return table(PEOPLE, rows)


def leaked(rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Leaked rows."""
    return table(LEAKED, rows)
