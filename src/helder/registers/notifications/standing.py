"""Whether the numbers in the last notification that was sent still are what the evidence says."""

from __future__ import annotations

from django.conf import settings

from helder.office.citations import Bound, Departed
from helder.office.words import say
from helder.registers.notifications.models import Notification
from helder.registers.notifications.rules import WITHDRAWN, template
from helder.results.query import answer_now


def departed() -> list[Departed]:
    """Its stale numbers. A follow-up puts right what an earlier one said, and one that was withdrawn says nothing any more."""
    last = Notification.objects.last()
    if last is None or last.kind == WITHDRAWN:
        return []
    found = []
    for row in last.content:
        for bound in (Bound(**one) for one in row.get("bound", ())):
            now = answer_now(settings.HELDER_CASE, bound.assessment, bound.query)
            if now is None or now.value != bound.value:
                where = _where(last.number, row["field"])
                found.append(Departed("notifications", where, bound.value, now.value if now else None))
    return found


def _where(number: int, field: int) -> str:
    label = template()[field].words[say("nl", "en")]
    return say(f"melding {number}, veld {field} ({label})", f"notification {number}, field {field} ({label})")
