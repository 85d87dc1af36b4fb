"""A database, read only: `sqlite:///path` (or just the file as `path`), or `postgresql://user@host/database`.

A source gives `query`, or the option `table`; of an SQLite file with one table neither is needed. Values become canonical text in the database itself, so the types of a
column cannot surprise. Record numbers follow the order in which the database gives the rows: say ORDER BY in the query.
A password comes from PGPASSWORD or ~/.pgpass, never from the case. No message repeats what a database says of values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import adbc_driver_manager
import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
import pyarrow as pa

from helder.domain.errors import SourceError
from helder.sources.canonical import not_text, tidy_moments
from helder.sources.stream import Bad, Batch, Options, Place, Shape, Tell, near_name

suffixes = (".db", ".sqlite", ".sqlite3")
options = ("table", "timezone")


@dataclass(frozen=True)
class _Database:
    """What differs between databases: opening one, settings of a session, and a column as text."""

    connect: Callable[[Place], Any]
    settings: Callable[[str], Sequence[str]]
    text: Callable[[str, str], str]


def sniff(place: Place, given: Options, wanted: Sequence[str] = ()) -> Shape:
    """State the query and the columns. Options: table (instead of a query), timezone (for moments in PostgreSQL)."""
    query = place.query.strip().rstrip(";") or f"SELECT * FROM {_name(_table(place, given))}"
    zone = str(given.get("timezone", ""))
    with _session(place, zone, rows=False) as cursor:
        cursor.execute(f"SELECT * FROM (\n{query}\n) AS q LIMIT 0")
        schema = cursor.fetch_arrow_table().schema
    columns = tuple(schema.names)
    if len(set(columns)) < len(columns):
        raise SourceError("Two columns of the query have one name.", where=place.name, do="Name them with AS.")
    kinds = [(field.metadata or {}).get(b"POSTGRESQL:type", b"").decode().replace(" ", "_") for field in schema]
    facts = {"query": query, "types": " ".join(kinds), "timezone": zone, "order": "as the database gives it"}
    return Shape(columns, {name: fact for name, fact in facts.items() if fact.strip()})


def _table(place: Place, given: Options) -> str:
    """The table that is told, or the only one of an SQLite file."""
    if told := str(given.get("table", "")):
        return told
    names: list[str] = []
    if _database(place) is _SQLITE:
        with _session(place, "", rows=False) as cursor:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
            )
            names = sorted(str(row[0]) for row in cursor.fetchall())
    if len(names) == 1:
        return names[0]
    do = f"Give 'query', or option 'table'. {near_name('', names) if names else ''}".strip()
    raise SourceError(
        "Nothing says what to read.", where=place.name, do=do, choices=[{"table": name} for name in names]
    )


def read(place: Place, shape: Shape, wanted: Sequence[str], tell: Tell) -> Iterator[Batch]:
    """Stream the rows of the query; a row is bad when a value in it is not text."""
    kinds = dict(zip(shape.columns, shape.facts.get("types", "").split() or [""] * len(shape.columns), strict=True))
    names = list(wanted) or list(shape.columns[:1])
    as_text = _database(place).text
    columns = ", ".join(f"coalesce({as_text(_name(name), kinds[name])}, '') AS {_name(name)}" for name in names)
    number = 0
    with _session(place, shape.facts.get("timezone", ""), rows=True) as cursor:
        cursor.execute(f"SELECT {columns} FROM (\n{shape.facts['query']}\n) AS q")
        for batch in cursor.fetch_record_batch():
            if batch.num_rows:
                yield _batch(batch, [kinds[name] for name in names], number)
                number += batch.num_rows
                tell(0)


def _batch(batch: pa.RecordBatch, kinds: Sequence[str], before: int) -> Batch:
    columns, bad = [], {}
    for name, values, kind in zip(batch.schema.names, batch.columns, kinds, strict=True):
        text = values.cast(pa.string())
        for row in not_text(text):
            bad[row] = Bad(before + row + 1, "bytes that are not text", name)
        columns.append(tidy_moments(text) if kind.startswith("timestamp") and not bad else text)
    rows = pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
    numbers = pa.array(range(before + 1, before + batch.num_rows + 1), pa.int64())
    if bad:
        good = pa.array([row not in bad for row in range(batch.num_rows)])
        rows, numbers = rows.filter(good), numbers.filter(good)
    return Batch(rows, numbers, [bad[row] for row in sorted(bad)])


@contextmanager
def _session(place: Place, zone: str, *, rows: bool) -> Iterator[Any]:
    """A cursor that can only read; what goes wrong becomes one `SourceError`.

    Where `rows` are read the database's own words are left out: they could hold values.
    """
    database = _database(place)
    try:
        with database.connect(place) as connection, connection.cursor() as cursor:
            for setting in database.settings(zone):
                cursor.execute(setting)
            if database.settings(zone):
                connection.commit()
            yield cursor
    except (adbc_driver_manager.Error, pa.ArrowException, OSError) as error:
        said = f": {str(error).splitlines()[0]}" if not rows else f" ({type(error).__name__})."
        raise SourceError(
            f"The database cannot be read{said}",
            where=place.name,
            do="Check url, query, rights and network; a password comes from PGPASSWORD or ~/.pgpass.",
        ) from None


def _database(place: Place) -> _Database:
    return _POSTGRESQL if place.url.startswith("postgres") else _SQLITE


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _open_sqlite(place: Place) -> Any:
    beside = place.path.with_name(place.path.name + "-wal")
    if beside.exists() and beside.stat().st_size:
        raise SourceError(
            "Another program still has changes for this database in a file beside it (-wal).",
            where=place.name,
            do="Close that program, or let it write them ('PRAGMA wal_checkpoint'), and copy the file again.",
        )
    return adbc_driver_sqlite.dbapi.connect(f"file:{quote(str(place.path))}?mode=ro&immutable=1")


def _sqlite_text(name: str, kind: str) -> str:
    whole = f"{name} = CAST({name} AS INTEGER) AND abs({name}) < 9007199254740992"
    number = f"CASE WHEN {whole} THEN CAST(CAST({name} AS INTEGER) AS TEXT) ELSE CAST({name} AS TEXT) END"
    return f"CASE typeof({name}) WHEN 'real' THEN {number} ELSE CAST({name} AS TEXT) END"


def _open_postgresql(place: Place) -> Any:
    return adbc_driver_postgresql.dbapi.connect(place.url)


def _postgresql_settings(zone: str) -> Sequence[str]:
    settings = ["SET default_transaction_read_only = on", "SET client_encoding = 'UTF8'", "SET DateStyle = 'ISO'"]
    return [*settings, "SET TimeZone = '" + zone.replace("'", "''") + "'"] if zone else settings


def _postgresql_text(name: str, kind: str) -> str:
    if kind.startswith("timestamp"):
        # Of infinity `to_char` makes nothing, and of a year before Christ one after.
        told = f"isfinite({name}) AND {name} >= '0001-01-01'"
        return f"CASE WHEN {told} THEN to_char({name}, 'YYYY-MM-DD HH24:MI:SS.US') ELSE {name}::text END"
    if kind == "numeric":
        return f"trim_scale({name})::text"
    return f"array_to_string({name}, ';')" if kind.startswith("_") else f"{name}::text"


_SQLITE = _Database(_open_sqlite, lambda zone: (), _sqlite_text)
_POSTGRESQL = _Database(_open_postgresql, _postgresql_settings, _postgresql_text)
