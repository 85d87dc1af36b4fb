"""Which database the office uses: the case's office.db, or the PostgreSQL that one setting names."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from helder.audit.log import FILE
from helder.domain.errors import CaseError

_POSTGRESQL = frozenset({"postgresql", "postgres"})


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
    parts = urlsplit(url)
    if parts.scheme not in _POSTGRESQL:
        raise CaseError(
            "DATABASE_URL is not a PostgreSQL address.",
            where="DATABASE_URL",
            do="Write postgresql://user:password@host/name, or leave it out for SQLite in the case folder.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }
