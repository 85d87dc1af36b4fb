"""The audit line of an action, written in the action's own transaction through Django's connection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.db import connection, transaction

from helder.audit import Line, append
from helder.audit.log import Cursor
from helder.office.announcing import announce
from helder.office.models import User


def write(
    actor: User | str,
    action: str,
    subject: str,
    *,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    entry: tuple[str, int] | None = None,
) -> int:
    """Add a line and give its number. Must be called inside the transaction of what it speaks of.

    Web addresses that want to know are told, `entry` (id, version) with it.

    Raises `AuditError` for what may not stand in the log, `RuntimeError` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit line belongs in the transaction of its action")
    name = actor if isinstance(actor, str) else f"user:{actor.username}"
    line = Line(name, action, subject, reason, details or {})
    with connection.cursor() as cursor:
        number = append(cast(Cursor, cursor), line, style="format")
    announce(action, subject, number, entry)
    return number
