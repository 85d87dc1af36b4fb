"""Where the log is, and a cursor on it: the case's office.db, or the PostgreSQL that the office works on.

The command line and the office must write and check one and the same log, so both ask here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from helder.audit import postgresql
from helder.audit.line import Line
from helder.audit.log import Cursor, append, create
from helder.domain.errors import AuditError, BusyError, StorageError

FILE = "office.db"
_WAIT_SECONDS = 30.0


def record(case: Path, line: Line, url: str = "") -> int:
    """Add one line in a transaction of its own, on the disk when this returns; gives its number."""
    with open_log(case, url) as cursor:
        return append(cursor, line, style="format" if url else "qmark")


def open_log(case: Path, url: str = "") -> AbstractContextManager[Cursor]:
    """A cursor on the log in one transaction: committed at the end, rolled back on an exception.

    The log is in the PostgreSQL at `url`, or without it in the case's office.db; it is made when absent. Raises
    `BusyError` when another process holds it for 30 s, `StorageError` when the database cannot be used.
    """
    return postgresql.writing(url) if url else _writing(case / FILE)


def read_log(case: Path, url: str = "") -> AbstractContextManager[Cursor]:
    """A read-only cursor on the log: one moment's view, blocking no writer. `AuditError` when there is none."""
    return postgresql.reading(url) if url else _reading(case / FILE)


def holds(case: Path, table: str, url: str = "") -> bool:
    """Whether the database of the log has this table."""
    if url:
        return postgresql.holds(url, table)
    if not (case / FILE).exists():
        return False
    with _connect(case / FILE, "ro") as cursor:
        return _has(cursor, table)


@contextmanager
def _writing(path: Path) -> Iterator[Cursor]:
    with _connect(path, "rwc") as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        create(cursor, "sqlite")
        yield cursor
    path.chmod(0o600)


@contextmanager
def _reading(path: Path) -> Iterator[Cursor]:
    if not path.exists():
        raise _none_yet(path)
    with _connect(path, "ro") as cursor:
        cursor.execute("BEGIN")
        if not _has(cursor, "audit_line"):
            raise _none_yet(path)
        yield cursor


def _none_yet(path: Path) -> AuditError:
    return AuditError("There is no audit log yet.", where=str(path), do="Name the case folder; its office makes one.")


def _has(cursor: sqlite3.Cursor, table: str) -> bool:
    return bool(cursor.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone())


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
