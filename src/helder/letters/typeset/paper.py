"""The letter paper: who sends, when, in which type size, and where the window of the envelope is."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from helder.domain.errors import CaseError

FONTS = files("helder.letters.typeset") / "fonts"
PLACE = "@@"
"""Stands around the name of a personal line in the page of a variant; no text of a letter may hold it."""

_LOOKUP = re.compile(r"[0-9A-Z $%*+\-./:]+")


@dataclass(frozen=True)
class Window:
    """The window of the envelope on the sheet, in millimetres from its upper left corner.

    The first `top` millimetres hold the line to return to and, in a print file, the code of the sheet. The default is
    form B of DIN 5008, which fits the left window of Dutch and German C5/6 and C4 envelopes.
    """

    x: float = 20.0
    y: float = 45.0
    width: float = 85.0
    height: float = 45.0
    top: float = 15.0


@dataclass(frozen=True)
class Sender:
    """Who sends the letter.

    `lookup` is where the code of a letter leads, in capitals as QR codes like it (its alphanumeric mode); empty: no
    code is printed. `country` is the language in which addresses are spelled (ISO 639-1), for screen readers.
    """

    name: str
    lines: tuple[str, ...]
    return_line: str
    lookup: str = ""
    country: str = "nl"

    def __post_init__(self) -> None:
        if self.lookup and not _LOOKUP.fullmatch(self.lookup):
            raise CaseError(
                "The look-up address cannot stand in a QR code of this size.",
                where="lookup",
                do="Write it in capitals, e.g. HTTPS://EXAMPLE.ORG/C/.",
            )


@dataclass(frozen=True)
class Paper:
    """All that is the same for every letter of a round. `size` in points: 11, or 18 for large print."""

    sender: Sender
    date: dt.date
    window: Window = field(default_factory=Window)
    size: float = 11.0
    specimen: bool = True

    @property
    def timestamp(self) -> int:
        """The time that PDFs say they were made: noon of the letter's date, so that bytes can be made again."""
        return int(dt.datetime.combine(self.date, dt.time(12), dt.UTC).timestamp())


LARGE = 18.0
"""Points of large print: the least that the Dutch and British guidelines for large print ask is 16."""


@cache
def all_words() -> dict[str, dict[str, Any]]:
    """The words of the letter paper by language (`words.toml`)."""
    return tomllib.loads((files("helder.letters.typeset") / "words.toml").read_text("utf-8"))


def words_of(language: str) -> dict[str, Any]:
    """The words of one language; raises `CaseError` when there are none."""
    if language not in all_words():
        raise CaseError(
            f"The letter paper has no words in '{language}'.",
            where="letters/typeset/words.toml",
            do="Add a section for the language.",
        )
    return all_words()[language]


def about_line(name: str, language: str) -> str:
    """The line that says whom a letter is about. The name is isolated: it may run the other way."""
    return f"{words_of(language)['about']}: \u2068{name}\u2069"


def date_text(day: dt.date, language: str) -> str:
    """A date as a letter writes it: 3 september 2025."""
    return f"{day.day} {words_of(language)['months'][day.month - 1]} {day.year}"
