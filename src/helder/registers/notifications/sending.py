"""Recording that a notification was sent: its content frozen, with its audit line in the same transaction."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from helder.office.audit import write
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
    details = {"kind": kind, "sha256": digest, "missing": sum(row["missing"] for row in content)}
    write(by, "notifications.recorded", f"notifications/n{made.number}", reason=reason, details=details)
    return made
