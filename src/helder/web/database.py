"""Which database the office uses: the case's office.db, or the PostgreSQL that one setting names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helder.audit.opening import FILE
from helder.audit.postgresql import address


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
    parts = address(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts["dbname"],
        "USER": parts["user"],
        "PASSWORD": parts["password"],
        "HOST": parts["host"],
        "PORT": parts["port"],
        "CONN_MAX_AGE": 60,
    }
