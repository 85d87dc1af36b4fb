"""The log in PostgreSQL: the address of the database, and a cursor on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from helder.audit.log import Cursor, create
from helder.domain.errors import AuditError, BusyError, CaseError, HelderError, StorageError

if TYPE_CHECKING:
    import psycopg

VARIABLE = "DATABASE_URL"
_SCHEMES = ("postgresql://", "postgres://")
_THERE = "SELECT to_regclass(%s) IS NOT NULL"


def address(url: str) -> dict[str, str]:
    """What a PostgreSQL's address says, by libpq's own names: dbname, user, password, host, port and options.

    The options behind `?` (`sslmode=verify-full` say) are libpq's: what it does not know is refused, not left out.
    Raises `CaseError` for the address of anything else.
    """
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        if not url.startswith(_SCHEMES):
            raise ProgrammingError
        given = conninfo_to_dict(url)
    except ProgrammingError:
        # What libpq says of it may hold the password.
        raise CaseError(
            "DATABASE_URL is not a PostgreSQL address.",
            where=VARIABLE,
            do="Write postgresql://user:password@host/name, or leave it out for SQLite in the case folder.",
        ) from None
    return {name: str(value) for name, value in given.items()}


def holds(url: str, table: str) -> bool:
    """Whether the database has this table."""
    with _connect(url) as connection:
        return _there(connection, table)


@contextmanager
def writing(url: str) -> Iterator[Cursor]:
    """A cursor in one transaction; the log is made when absent."""
    with _connect(url) as connection:
        cursor = connection.cursor()
        cursor.execute("SET LOCAL lock_timeout = '30s'")
        if not _there(connection):
            create(cast(Cursor, cursor), "postgresql")
        yield cast(Cursor, cursor)


@contextmanager
def reading(url: str) -> Iterator[Cursor]:
    """A cursor on one moment's view that fetches in batches. `AuditError` when there is no log."""
    with _connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        if not _there(connection):
            raise AuditError("There is no audit log yet.", where=VARIABLE, do="Is this the database of the case?")
        with connection.cursor(name="log") as cursor:
            yield cast(Cursor, cursor)


def _there(connection: psycopg.Connection, table: str = "audit_line") -> bool:
    row = connection.execute(_THERE, (table,)).fetchone()
    return bool(row and row[0])


@contextmanager
def _connect(url: str) -> Iterator[psycopg.Connection]:
    import psycopg

    given = {"connect_timeout": "10"} | address(url)
    try:
        with psycopg.connect(**given) as connection:  # type: ignore[arg-type]
            yield connection
    except psycopg.Error as error:
        raise _our(error) from None


def _our(error: psycopg.Error) -> HelderError:
    import psycopg.errors

    # The first line says what and where; it never holds the password.
    said = (str(error).splitlines() or ["?"])[0]
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return BusyError("Another process is writing in the audit log.", where=VARIABLE, do="Try again.")
    if isinstance(error, psycopg.errors.RaiseException):
        return AuditError(f"Refused: {said}.", where=VARIABLE)
    return StorageError(f"The audit log cannot be used: {said}.", where=VARIABLE, do="Look at the database's own log.")
