"""Texts of the office in Dutch and English, chosen when they are shown: labels, names and messages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

from django.utils.functional import lazy
from django.utils.translation import get_language

from helder.domain import counted

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _say(nl: str, en: str) -> str:
    return nl if (get_language() or "nl").startswith("nl") else en


_said_later = lazy(_say, str)  # once: it makes a class each time


def say(nl: str, en: str) -> str:
    """The text in the language of the request."""
    return _say(nl, en)


def later(nl: str, en: str) -> _StrPromise:
    """The same, chosen each time it is shown: for labels that are made once, when the program starts."""
    return cast("_StrPromise", _said_later(nl, en))


def grouped(number: int) -> str:
    """A number with its thousands parted as the language of the request does: 1.438 in Dutch, 1,438 in English."""
    return counted.grouped(number, say("nl", "en"))


def plural(number: int, one: tuple[str, str], many: tuple[str, str]) -> str:
    """The words that go with a number, each in Dutch and English: `one` with 1, `many` with every other."""
    return say(*(one if number == 1 else many))


def how_long(span: dt.timedelta) -> str:
    """A length of time in days and hours, or minutes when shorter than an hour."""
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    parts = [
        (days, plural(days, ("dag", "day"), ("dagen", "days"))),
        (hours, plural(hours, ("uur", "hour"), ("uur", "hours"))),
        (minutes if not days and not hours else 0, plural(minutes, ("minuut", "minute"), ("minuten", "minutes"))),
    ]
    return say(" en ", " and ").join(f"{number} {unit}" for number, unit in parts if number)
