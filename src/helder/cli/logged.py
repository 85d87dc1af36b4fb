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
    """Write one line into the case's office.db, on the disk when this returns. Raises `AuditError` when refused."""
    from helder.audit import Line, append, open_log

    line = Line(actor(), action, subject, reason, details)
    with open_log(case) as cursor:
        append(cursor, line)
    (case / "office.db").chmod(0o600)


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
