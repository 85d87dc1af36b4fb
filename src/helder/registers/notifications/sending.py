"""Recording that a notification was sent: its content frozen, with its audit line in the same transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from helder.office.audit import write
from helder.office.entries import hash_of
from helder.office.models import User
from helder.office.words import say
from helder.registers.notifications.filling import Filled, filled
from helder.registers.notifications.models import Notification
from helder.registers.notifications.rules import WITHDRAWN, may_follow


def as_json(fields: list[Filled]) -> list[dict[str, Any]]:
    """Filled fields as data: number, section, article, label, value, words, exactness, origin, missing, and the numbers in it."""
    return [
        {
            "field": one.field.number, "section": one.field.section, "article": one.field.article, "label": one.label,
            "value": one.value, "words": one.words, "exactness": one.exactness, "origin": one.origin,
            "missing": one.missing, "problems": list(one.problems),
            "bound": [asdict(number) for number in one.bound],
        }
        for one in fields
    ]  # fmt: skip


@transaction.atomic
def record(by: User, kind: str, reference: str, reason: str) -> Notification:
    """Freeze what the template says now as sent. Raises `ValidationError` when this kind cannot come now."""
    before = list(Notification.objects.select_for_update().values_list("kind", flat=True))
    if not may_follow(before, kind):
        raise ValidationError({"kind": say("Deze soort kan nu niet.", "This kind cannot come now.")})
    if kind == WITHDRAWN and not reason.strip():
        raise ValidationError({"reason": say("Schrijf waarom.", "Write why.")})
    content = as_json(filled())
    digest = hashlib.sha256(Notification.canonical(content)).hexdigest()
    made = Notification.objects.create(
        number=len(before) + 1,
        kind=kind,
        by=by,
        reference=reference,
        reason=reason,
        content=content,
        content_hash=digest,
    )
    details = {"kind": kind, "content": digest, "missing": sum(row["missing"] for row in content)}
    details |= {"version": 1, "sha256": _digest(made)}
    write(by, "notifications.recorded", f"notifications/n{made.number}", reason=reason, details=details)
    return made


def records() -> Iterator[tuple[str, int, str]]:
    """Every notification as it was sent, for the audit log (`office.unaltered`)."""
    for one in Notification.objects.select_related("by").order_by("number"):
        yield f"n{one.number}", 1, _digest(one)


def _digest(sent: Notification) -> str:
    """The hash of all that was recorded: what it said, and who recorded it, when, as what and why."""
    said = {name: getattr(sent, name) for name in ("number", "kind", "reference", "reason", "content", "content_hash")}
    return hash_of(said | {"by": sent.by.username, "at": sent.at.astimezone(dt.UTC).isoformat()})
