"""Facts as they are printed: a date, a number or a name in the way of a language, and whether it may still be said."""

from __future__ import annotations

import datetime as dt
import re

from helder.letters.lexicon import Lexicon
from helder.letters.model import Fact

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_FSI, _PDI = "\u2068", "\u2069"
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def placeholders(text: str) -> list[str]:
    """Ids of the facts that a text prints, in order."""
    return PLACEHOLDER.findall(text)


def expired(fact: Fact, day: dt.date) -> bool:
    """Whether a fact may no longer be said on `day`."""
    return fact.valid_until < day


def early(fact: Fact, day: dt.date) -> bool:
    """Whether a fact may not be said yet on `day`: it is not so until its first day."""
    return fact.valid_from is not None and day < fact.valid_from


def printed(fact: Fact, language: str, lexicon: Lexicon) -> str:
    """The value of a fact as a reader of `language` reads it; empty for a fact without a value in that language."""
    value = fact.value
    if isinstance(value, dict):
        return value.get(language, "")
    if isinstance(value, dt.date):
        return lexicon.date(value)
    if isinstance(value, int):
        return f"{value:,}".replace(",", lexicon.thousands)
    return value or ""


def filled(text: str, facts: dict[str, str] | None, lexicon: Lexicon) -> str:
    """`text` with its placeholders filled in.

    Where two directions of writing can meet, each value is isolated (Unicode UAX #9: FSI … PDI), so that a number or
    a name never reorders the sentence around it.
    """

    def value(match: re.Match[str]) -> str:
        found = (facts or {})[match.group(1)]
        mixed = lexicon.direction == "rtl" or _RIGHT_TO_LEFT.search(found)
        return f"{_FSI}{found}{_PDI}" if mixed else found

    return PLACEHOLDER.sub(value, text)
