"""Which database the office uses: the case's office.db, or the PostgreSQL that one setting names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helder.audit.opening import FILE
from helder.audit.postgresql import address

_POSTGRESQL = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
"""Django's names for what libpq calls otherwise."""


def database(url: str, case: Path) -> dict[str, Any]:
    """Django's setting for the database at `url`; empty: SQLite in the case folder.

    Raises `CaseError` for another kind of database.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": case / FILE,
            # A writer takes its lock at once, so that two never wait for each other; readers are not kept waiting.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    given = address(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{ours: given.pop(theirs, "") for ours, theirs in _POSTGRESQL.items()},
        "CONN_MAX_AGE": 60,
        "OPTIONS": given,
    }
