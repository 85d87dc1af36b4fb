"""The log's tables in SQLite and PostgreSQL, and adding a line inside the caller's transaction.

`audit_tree` is one row: the number of lines and the tree's edge. Taking a number begins with an UPDATE of that row,
which makes a second writer wait on either database until the first has committed or rolled back: numbers have no
gaps, and a killed process leaves no half line. Triggers refuse changing and deleting; who can remove the triggers is
found by `verify` and, at the latest, by a checkpoint kept outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib import resources
from typing import Any, Literal, Protocol, TextIO

from helder.audit.line import Line, leaf_data
from helder.audit.tree import Edge, leaf_hash
from helder.domain.errors import AuditError

Dialect = Literal["sqlite", "postgresql"]
Style = Literal["qmark", "format", "numeric_dollar"]

COLUMNS = "seq, at, actor, action, subject, reason, details"


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


def rows(cursor: Cursor, after: int = 0) -> Iterator[tuple[Any, ...]]:
    """The lines that follow number `after`, in order with their leaf hash last, a batch at a time."""
    only = f" WHERE seq > {after:d}" if after else ""
    cursor.execute(f"SELECT {COLUMNS}, leaf FROM audit_line{only} ORDER BY seq")
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


def _holes(style: Style, count: int) -> list[str]:
    if style == "numeric_dollar":
        return [f"${number}" for number in range(1, count + 1)]
    return ["?" if style == "qmark" else "%s"] * count
