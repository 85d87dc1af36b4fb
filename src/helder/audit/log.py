"""The log's tables in SQLite and PostgreSQL, and adding a line inside the caller's transaction.

`audit_tree` is one row: the number of lines and the tree's edge. Taking a number begins with an UPDATE of that row,
which makes a second writer wait on either database until the first has committed or rolled back: numbers have no
gaps, and a killed process leaves no half line. Triggers refuse changing and deleting; who can remove the triggers is
found by `verify` and, at the latest, by a checkpoint kept outside.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any, Literal, Protocol, TextIO

from helder.audit.line import Line, leaf_data
from helder.audit.tree import Edge, leaf_hash
from helder.domain.errors import AuditError, BusyError, StorageError

Dialect = Literal["sqlite", "postgresql"]
Style = Literal["qmark", "format", "numeric_dollar"]

FILE = "office.db"
COLUMNS = "seq, at, actor, action, subject, reason, details"
_WAIT_SECONDS = 30.0


class Cursor(Protocol):
    """What the log needs of a DB-API 2.0 cursor."""

    def execute(self, operation: str, parameters: Sequence[Any] = ..., /) -> Any:
        """Run one statement."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchmany(self, size: int = ..., /) -> list[Any]:
        """Up to `size` further rows."""


def create(cursor: Cursor, dialect: Dialect) -> None:
    """Make the log's tables and guards; nothing happens to those that are there."""
    script = resources.files(__package__).joinpath(f"{dialect}.sql").read_text("utf-8")
    for statement in script.split("\n\n"):
        cursor.execute(statement)


def append(cursor: Cursor, line: Line, *, style: Style = "qmark", at: datetime | None = None) -> int:
    """Add `line` inside the caller's transaction and give its number, from 1.

    `style` is how the driver writes parameters: `?`, `%s` (psycopg, Django) or `$1` (ADBC). `at` is the present when
    not given. Locks the log until the transaction ends, so call it late. Raises `AuditError` for a damaged log.
    """
    cursor.execute("UPDATE audit_tree SET size = size + 1 WHERE one = 1 RETURNING size - 1, edge")
    row = cursor.fetchone()
    if row is None:
        raise AuditError("The audit log has no tree.", do="Restore office.db from a backup.")
    try:
        edge = Edge.from_bytes(int(row[0]), bytes(row[1]))
    except (TypeError, ValueError):
        raise AuditError("The audit log is damaged.", do="Run `helder audit verify`.") from None
    columns = line.columns(edge.size + 1, at or datetime.now(UTC))
    leaf = leaf_hash(leaf_data(columns))
    edge.add(leaf)
    holes = _holes(style, 8)
    # Only the driver's own parameter signs are put into this text.
    cursor.execute(f"INSERT INTO audit_line ({COLUMNS}, leaf) VALUES ({', '.join(holes)})", (*columns, leaf))
    cursor.execute(f"UPDATE audit_tree SET edge = {holes[0]} WHERE one = 1", (edge.to_bytes(),))
    return edge.size


def rows(cursor: Cursor) -> Iterator[tuple[Any, ...]]:
    """All lines in order with their leaf hash last, a batch at a time."""
    cursor.execute(f"SELECT {COLUMNS}, leaf FROM audit_line ORDER BY seq")
    while batch := cursor.fetchmany(10_000):
        yield from map(tuple, batch)


def export(cursor: Cursor, out: TextIO, *, content: bool = True) -> int:
    """Write the log for an outsider, a line each, and give the number of lines.

    With `content` each line is the JSON array that was hashed; without it only the leaf's hash in hexadecimal: enough
    to check a checkpoint, and nothing about anybody.
    """
    count = 0
    for row in rows(cursor):
        out.write(leaf_data(row[:-1]).decode() if content else bytes(row[-1]).hex())
        out.write("\n")
        count += 1
    return count


@contextmanager
def open_log(case: Path) -> Iterator[sqlite3.Cursor]:
    """A cursor on the case's office.db in one transaction: committed at the end, rolled back on an exception.

    Makes the file and the log when absent. Raises `BusyError` when another process holds the log for 30 s and
    `StorageError` when the file is no database or the disk is full.
    """
    with _connect(case / FILE, "rwc") as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        create(cursor, "sqlite")
        yield cursor


@contextmanager
def read_log(case: Path) -> Iterator[sqlite3.Cursor]:
    """A read-only cursor on the case's office.db: one moment's view, blocking no writer. `AuditError` when absent."""
    path = case / FILE
    if not path.exists():
        raise AuditError("There is no audit log yet.", where=str(path))
    with _connect(path, "ro") as cursor:
        cursor.execute("BEGIN")
        if not cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit_line'").fetchone():
            raise AuditError("There is no audit log yet.", where=str(path))
        yield cursor


@contextmanager
def _connect(path: Path, mode: str) -> Iterator[sqlite3.Cursor]:
    try:
        uri = f"{path.resolve().as_uri()}?mode={mode}"
        with closing(sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)) as connection:
            # Text that somebody spoilt must come out as a changed line, not as an exception.
            connection.text_factory = _lenient
            cursor = connection.cursor()
            cursor.execute("PRAGMA synchronous = FULL")
            try:
                yield cursor
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
    except sqlite3.DatabaseError as error:
        raise _storage_error(error, path) from None


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _storage_error(error: sqlite3.DatabaseError, path: Path) -> BusyError | StorageError | AuditError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError("Another process is writing in the audit log.", where=str(path), do="Try again.")
    if name.startswith("SQLITE_CONSTRAINT"):
        return AuditError(f"Refused: {error}.", where=str(path))
    return StorageError(
        f"The audit log cannot be used: {error}.", where=str(path), do="Check the disk, or restore a backup."
    )


def _holes(style: Style, count: int) -> list[str]:
    if style == "numeric_dollar":
        return [f"${number}" for number in range(1, count + 1)]
    return ["?" if style == "qmark" else "%s"] * count
