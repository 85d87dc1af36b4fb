"""The words of a language that matter for truth: which deny, which leave open, which claim; and how it writes dates.

One file per language in `letters/languages/`. A language without a file can be printed but not checked on its text,
and the check says so.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Wording(BaseModel):
    """How one predicate is worded: `says` must match a sentence that claims it; `words` are its words and may not
    stand in a sentence about the reader that claims something else, unless that predicate `allows` it. `vocabulary`
    are all words that such a sentence may use besides those in `common`: who did it, to what, and where."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    says: str
    words: str = ""
    allows: list[str] = []
    vocabulary: str = ""


class Lexicon(BaseModel):
    """`languages/<language>.toml`. All patterns are regular expressions over the text in lower case."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))
    direction: Literal["ltr", "rtl"] = "ltr"
    months: list[str]
    day_month_year: str = "{day} {month} {year}"
    thousands: str = "."
    proper: list[str] = []
    capitals_name: bool = True
    reader: str
    negations: str
    open: str
    clause: str
    """Where one clause of a sentence ends and the next begins."""
    joins: str
    """What stands between two names that are joined to one."""
    knowing: str
    """A clause about what the reader knows: an open word in it leaves nothing open."""
    can: str
    will: str
    absolute: str
    turning: str
    """Takes back what the same sentence says."""
    weighing: str
    """Says how likely or how often something is."""
    number_words: str
    presupposes: str
    asserts: str
    common: str = ""
    """Words without weight of their own; without them no vocabulary is held to."""
    not_asserting: str
    predicates: dict[str, Wording]

    def date(self, day: dt.date) -> str:
        """A date in full."""
        return self.day_month_year.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def find(self, pattern: str, text: str) -> str | None:
        """What in `text` matches, or None."""
        found = _compiled(pattern).search(text.lower())
        return found.group() if found else None

    def count(self, pattern: str, text: str) -> int:
        """How many parts of `text` match."""
        return len(_compiled(pattern).findall(text.lower()))

    def split(self, pattern: str, text: str) -> list[str]:
        """`text` in lower case between the parts that match."""
        return _compiled(pattern).split(text.lower())

    def without(self, pattern: str, text: str) -> str:
        """`text` in lower case without the parts that match."""
        return _compiled(pattern).sub(" ", text.lower())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def lexicon(language: str) -> Lexicon | None:
    """The lexicon of a language, or None when there is none yet."""
    file = files("helder.letters") / "languages" / f"{language}.toml"
    return Lexicon.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None
