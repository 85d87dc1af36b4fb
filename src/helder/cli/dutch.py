"""Errors in Dutch. They are raised in English, everywhere; `dutch.csv` holds each text beside its translation.

`{}` stands for whatever was filled in, and is filled in again (in Dutch, when that is a text of the list too). A text that is not in the list stays English.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources


def in_dutch(text: str) -> str:
    """The Dutch of an error's text."""
    for pattern, dutch in _patterns():
        if match := pattern.fullmatch(text):
            parts = iter(match.groups())
            return "".join(in_dutch(next(parts)) if part == "{}" else part for part in re.split(r"(\{\})", dutch))
    return text


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """English and Dutch, as they stand in the list."""
    text = resources.files(__package__).joinpath("dutch.csv").read_text("utf-8")
    return tuple((row["en"], row["nl"]) for row in csv.DictReader(text.splitlines()))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those with most words of their own first, so that the closest one is taken."""
    closest = sorted(pairs(), key=lambda pair: -len(pair[0].replace("{}", "")))
    return tuple((re.compile(re.escape(en).replace(r"\{\}", "(.*)"), re.DOTALL), nl) for en, nl in closest)
