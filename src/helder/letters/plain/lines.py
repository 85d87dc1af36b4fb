"""What of a document counts as a sentence.

Each sentence of a paragraph and each sentence of a list point is one sentence, from one full stop, question or exclamation mark to the next: a
colon or semicolon inside it closes nothing, or a sentence of any length would pass in parts. A colon before a list ends its paragraph. A list point without a closing mark (`your name`) is
the name of an item: its words are looked at, its length too, but it is no sentence in any average. A heading and the title likewise.
The closing and the signatures are not measured: nobody words them anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from helder.domain.letters import Bullets, Document, Heading, Paragraph

_END = re.compile(r"""(?:(?<=[.?!])|(?<=[.?!]["'”’)]))\s+(?=["'“‘(]*[^\W_])""")
_SHORT = re.compile(
    r"\b(?:(?i:bijv|nr|art|dhr|mevr|mr|mrs|ms|dr|st|resp|evt|ca|incl|excl|tel|approx)|(?:[^\W\d_]\.)*[A-Z]|(?:[^\W\d_]\.)+[^\W\d_])\.$"
)
_MARKS = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200e\u200f")
_WORD = re.compile(r"[^\W_](?:[\w'’.@/+-]*[^\W_])?")
CLOSED = (".", "?", "!", ":", ".”", ".)", "?)", '."')


@dataclass(frozen=True)
class Line:
    """One sentence or name as it is printed. `place` is the heading that it stands under."""

    text: str
    kind: Literal["sentence", "item", "heading"]
    place: str


def words(text: str) -> list[str]:
    """The words of a text; a number, an address or a hyphenated word is one."""
    return _WORD.findall(text)


@lru_cache(maxsize=4096)  # the variants of a letter share their sentences
def length(text: str) -> int:
    """How many words a text has."""
    return len(words(text))


@lru_cache(maxsize=4096)
def split(text: str) -> tuple[str, ...]:
    """The sentences of running text, by their closing marks; abbreviations do not close."""
    found: list[str] = []
    for piece in _END.split(" ".join(text.translate(_MARKS).split())):
        if found and _SHORT.search(found[-1]):
            found[-1] += f" {piece}"
        elif piece:
            found.append(piece)
    return tuple(found)


def lines(document: Document) -> Iterator[Line]:
    """All that is measured of a document, in order."""
    place = document.title
    yield Line(document.title.translate(_MARKS), "heading", place)
    for part in document.parts:
        match part:
            case Heading(text):
                place = text.translate(_MARKS)
                yield Line(place, "heading", place)
            case Paragraph(sentences):
                for sentence in split(" ".join(sentences)):
                    yield Line(sentence, "sentence", place)
            case Bullets(points):
                for point in points:
                    for piece in split(point):
                        yield Line(piece, "sentence" if piece.endswith(CLOSED) else "item", place)
