"""Moments as people read and give them: told apart in the hour that a clock shows twice, when summer time ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

from helder.office.words import say


def told(moment: dt.datetime) -> str:
    """A moment in the case's time zone, in words."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") + offset(moment)


def offset(moment: dt.datetime) -> str:
    """What stands behind a time that the clock showed twice, such as " (UTC+01:00)"; empty for every other."""
    local = timezone.localtime(moment)
    return f" (UTC{local.isoformat()[-6:]})" if _twice(local) else ""


def _twice(local: dt.datetime) -> bool:
    """Whether a clock shows this time of the day twice."""
    first, second = (local.replace(fold=fold).utcoffset() or dt.timedelta() for fold in (0, 1))
    return first > second


class MomentInput(forms.DateTimeInput):
    """The browser's own input; one for text for what the browser's cannot show: a moment with its offset, and what is no moment."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """For the template."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        given = _read(value)
        shows = timezone.is_naive(given) if given else not value
        context["widget"]["type"] = "datetime-local" if shows else "text"
        return context


class MomentField(forms.DateTimeField):
    """A moment. One that the clock showed twice is given with its offset: 2025-10-26T02:30+01:00."""

    widget = MomentInput

    def prepare_value(self, value: Any) -> Any:
        """For the input: without an offset, but where there were two such moments. Of those that nobody told apart the first."""
        moment = value if isinstance(value, dt.datetime) else _read(value)
        if moment is None or (isinstance(value, str) and timezone.is_aware(moment)):
            return value
        zone = timezone.get_current_timezone()
        local = moment.astimezone(zone) if timezone.is_aware(moment) else moment.replace(tzinfo=zone)
        return local.isoformat(timespec="minutes")[: None if _twice(local) else 16]

    def to_python(self, value: Any) -> dt.datetime | None:
        """The moment; refused, saying why, when the clock showed it twice or never."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone" or not error.params:
                raise
            local = error.params["datetime"].replace(tzinfo=timezone.get_current_timezone())
        if not _twice(local):
            words = say("Dit tijdstip was er niet: toen ging de klok vooruit.",
                        "There was no such time: the clock went forward.")  # fmt: skip
            raise ValidationError(words)
        first, second = (local.replace(fold=fold).isoformat()[-6:] for fold in (0, 1))
        words = say(
            "De klok wees dit tijdstip tweemaal aan. Hier staat het eerste, in zomertijd ({}); was het het tweede, "
            "schrijf dan {}.",
            "The clock showed this time twice. Here stands the first, in summer time ({}); if it was the second, write {}.",
        )
        raise ValidationError(words.format(first, second))


def _read(value: Any) -> dt.datetime | None:
    """What was typed, when it is a moment."""
    try:
        return parse_datetime(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None
