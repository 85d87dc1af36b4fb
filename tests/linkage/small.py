"""Small registers and leaked files for the tests: table in, table out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from helder.countries import country
from helder.domain.tables import LEAKED, PEOPLE, Table
from helder.linkage import LinkResult, LinkSettings, link
from helder.linkage.db import Database, sql_file
from helder.linkage.model import default_model

TYPES = {
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "text": pa.string(),
    "date": pa.date32(),
    "bool": pa.bool_(),
}
Row = Mapping[str, object]


class Lender:
    """The least that linkage asks of an engine."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection


@contextlib.contextmanager
def connected() -> Iterator[Any]:
    with contextlib.closing(duckdb.connect(config={"threads": 2})) as connection:
        yield connection


def table(shape: Table, rows: Sequence[Row], more: Sequence[tuple[str, pa.DataType]] = ()) -> pa.Table:
    """Rows in the columns and types of a shape; what a row does not say is empty."""
    fields = [(column.name, TYPES[column.type]) for column in shape.columns] + list(more)
    return pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in fields})


def people(*rows: Row) -> list[dict[str, object]]:
    """A register, numbered from 0."""
    return [
        {"person": number, "person_id": f"P{number}", "file": 0, "row": number + 1, **row}
        for number, row in enumerate(rows)
    ]


def leaked(*rows: Row) -> list[dict[str, object]]:
    """Leaked rows, numbered from 0."""
    return [{"record": number, "items": "", "file": 0, "row": number + 1, **row} for number, row in enumerate(rows)]


def shipped(register: int = 100_000, about: float = 0.5) -> dict[str, Any]:
    """The shipped model for such a register and share of rows about somebody: tests about rules do not train."""
    return default_model().with_prior(about, register).to_json()


def fetched(found: Any) -> list[dict[str, Any]]:
    """A result as rows."""
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@dataclass
class Linked:
    """What linkage made of it."""

    result: LinkResult
    links: list[dict[str, Any]]
    candidates: list[dict[str, Any]]
    tables: set[str] = field(default_factory=set)

    def of(self, record: int) -> dict[str, Any]:
        """The one link row of a record."""
        (found,) = [row for row in self.links if row["record"] == record]
        return found

    def people(self) -> dict[int, int | None]:
        """Record to the person it is accepted for."""
        return {row["record"]: row["person"] for row in self.links if row["outcome"] == "accepted"}


def linked(
    register: Sequence[Row],
    rows: Sequence[Row],
    *,
    model: dict[str, Any] | None = None,
    trained: bool = False,
    exact_only: bool = False,
    settings: LinkSettings | None = None,
    code: str = "nl",
    **more: Any,
) -> Linked:
    """Link rows to a register; the shipped model as it is, unless `trained` on these very rows."""
    extra = [("linkable", pa.bool_())] if any("linkable" in row for row in rows) else []
    with connected() as con:
        con.register("people", table(PEOPLE, register))
        con.register("leaked", table(LEAKED, rows, extra))
        result = link(
            Lender(con),
            country=country(code),
            exact_only=exact_only,
            settings=settings,
            saved_model=None if trained else model or shipped(),
            **more,
        )
        links = fetched(con.execute(f"SELECT * FROM {result.links}"))
        candidates = fetched(con.execute(f"SELECT * FROM {result.candidates}"))
        left = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        return Linked(result, links, candidates, left)


def normalised(rows: Sequence[Row], code: str = "nl") -> list[dict[str, Any]]:
    """The normalised form of rows, in their order."""
    with connected() as con:
        con.register("leaked", table(LEAKED, leaked(*rows)))
        db = Database(con)
        db.speak(country(code))
        found = db.execute(f"SELECT * FROM ({sql_file('normalise', source='leaked', key='record')}) ORDER BY unique_id")
        return fetched(found)


def bsn(stem: int) -> str:
    """The first valid citizen service number at or after a number; all made up."""
    from stdnum.nl import bsn as oracle

    while not oracle.is_valid(f"{stem:09d}"):
        stem += 1
    return f"{stem:09d}"
