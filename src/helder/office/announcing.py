"""What web addresses are told: that something happened, never what was written or by whom.

A notice is made in the transaction of its audit line, so one is never told of what did not happen, and never missed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from helder.office.models import Hook, Notice

ROUNDS = "rounds"


def topic_of(action: str) -> str:
    """What an action is about: a register, or the rounds."""
    topic = action.partition(".")[0]
    return ROUNDS if topic == "round" else topic


def announce(action: str, subject: str, line: int, entry: tuple[str, int] | None) -> None:
    """A notice for each hook that wants this topic, and whose maker may still read all of it."""
    topic = topic_of(action)
    for hook in Hook.objects.filter(ended=None).select_related("by"):
        if topic in hook.topics and hook.by.may(topic, "read") and not hook.by.own_only:
            now = timezone.now()
            Notice.objects.create(
                hook=hook, event=action, body=_body(action, subject, line, entry, now), made=now, due=now
            )


def _body(action: str, subject: str, line: int, entry: Sequence[object] | None, now: dt.datetime) -> str:
    """The bytes that are signed: type, timestamp and data, as the Standard Webhooks specification has them."""
    data = {"case": settings.HELDER_HEAD.id, "subject": subject, "audit_line": line}
    if entry:
        data |= {"entry": entry[0], "version": entry[1]}
    return json.dumps({"type": action, "timestamp": now.isoformat(), "data": data}, separators=(",", ":"))
