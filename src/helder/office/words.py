"""Texts of the office in Dutch and English, chosen when they are shown: labels, names and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.functional import lazy
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _say(nl: str, en: str) -> str:
    return nl if (get_language() or "nl").startswith("nl") else en


def say(nl: str, en: str) -> str:
    """The text in the language of the request."""
    return _say(nl, en)


def later(nl: str, en: str) -> _StrPromise:
    """The same, chosen each time it is shown: for labels that are made once, when the program starts."""
    return cast("_StrPromise", lazy(_say, str)(nl, en))
