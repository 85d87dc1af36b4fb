"""The audit line that goes before every look at people: who, what, whom by keyed id, and why."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from helder.cli.say import Say
from helder.domain.errors import AuditError


def need_reason(reason: str | None, say: Say) -> str:
    """The reason, which must say something. Raises `AuditError` when it does not."""
    reason = (reason or "").strip()
    if not any(char.isalpha() for char in reason):
        raise AuditError(
            say("Er is een reden nodig om naar mensen te kijken.", "Looking at people needs a reason."),
            do=say(
                'Geef --reason "waarom"; die komt in het logboek.', 'Give --reason "why"; it goes into the audit log.'
            ),
        )
    return reason


def log(case: Path, action: str, *, subject: str = "", reason: str = "", details: Mapping[str, object]) -> None:
    """Write one line into the office's log, on the disk when this returns. Raises `AuditError` when refused."""
    from helder.audit import Line, record

    record(case, Line(actor(), action, subject, reason, details), database_url())


def database_url() -> str:
    """The PostgreSQL that the office works on, which holds its log too; empty: the case's office.db."""
    return os.environ.get("DATABASE_URL", "")


def actor() -> str:
    """Who works: the name of the account, in a form that the log accepts."""
    import pwd

    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = ""
    # An address or number as account name would look like a person's own.
    plain = name.replace("@", " at ")
    return f"cli:{plain}" if plain and sum(char.isdigit() for char in plain) < 8 else f"cli:uid {os.getuid()}"
