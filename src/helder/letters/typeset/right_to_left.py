"""Whether texts from right to left stand on the page as they must: each line in the order in which the eye sees it.

A PDF holds such a line as its glyphs lie, from left to right. Which words stand on which line is the typesetter's
choice, so each line that was found takes as many letters of the expected text as it has, and those are put into the
order in which UAX #9 has them stand. Where a sign stands is thereby compared as well as what it is: dates that changed
places, a name instead of another, a digit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from helder.letters.typeset.page_text import Place
from helder.letters.typeset.writing_order import as_seen, embedding_levels

UNREAD = re.compile("[\\s•\u00ad\u200b-\u200f\u2060\u2066-\u2069]")
"""What typesetting may leave out or put in: spaces, marks of lists, and signs that show nothing."""
_APART = 0.75
"""Texts of one line lie less than this part of their size higher or lower, with marks; lines twice as far at least."""


class Line(NamedTuple):
    """A text that begins on a line of its own; `rtl`: its paragraph is from right to left."""

    text: str
    rtl: bool = True


Found = tuple[str, Place, int]
"""A text without spaces, where it stands, and on which page."""


def stand_in_lines(found: Sequence[Found], expected: Sequence[Line]) -> bool:
    """Whether texts, in the order in which they were painted, are these lines and nothing else."""
    texts = _once(found)
    place = 0
    for line in expected:
        text = unicodedata.normalize("NFC", line.text)
        length = sum(not UNREAD.match(sign) for sign in text)
        end, letters = place, 0
        while letters < length and end < len(texts):
            letters += len(texts[end][0])
            end += 1
        if letters != length or not _in_order(texts[place:end], text, rtl=line.rtl):
            return False
        place = end
    return place == len(texts)


def _once(found: Sequence[Found]) -> list[Found]:
    """The texts without those of marks: set higher or lower than their letter, a mark comes first and says that it is both."""
    kept = []
    for one, after in zip(found, [*found[1:], None], strict=True):
        (text, place, page) = one
        marked = any(map(unicodedata.combining, text))
        if after and marked and after[0].startswith(text) and after[2] == page:
            beside = abs(after[1].x - place.x) < 0.1 and abs(after[1].y - place.y) < place.size * _APART
            if beside:
                continue
        kept.append(one)
    return kept


def _in_order(found: Sequence[Found], text: str, *, rtl: bool) -> bool:
    """Whether the texts of a paragraph stand as `text` does, line by line."""
    start = 0
    for line in _lines(found):
        shown = "".join([one for one, *_ in sorted(line, key=lambda each: each[1].x)])
        expected, start = _standing(text, rtl, start, len(shown))
        if expected != shown:
            return False
    return True


# Most paragraphs stand in thousands of letters, mostly broken into the same lines.
@lru_cache(maxsize=1 << 14)
def _standing(text: str, rtl: bool, start: int, letters: int) -> tuple[str, int]:
    """So many letters of a paragraph from `start` as they stand on a line, and where they end."""
    end = _end(text, start, letters)
    line, levels = text[start:end], _levels(text, rtl)[start:end]
    return UNREAD.sub("", "".join([line[begin:stop] for begin, stop in as_seen(line, levels)])), end


@lru_cache(maxsize=1 << 12)
def _levels(text: str, rtl: bool) -> list[int]:
    return embedding_levels(text, rtl=rtl)


def _lines(found: Sequence[Found]) -> Iterator[list[Found]]:
    """Texts by the lines on which they stand."""
    line: list[Found] = []
    for one in found:
        _, place, page = one
        if line and (page != line[0][2] or abs(place.y - line[0][1].y) >= place.size * _APART):
            yield line
            line = []
        line.append(one)
    if line:
        yield line


def _end(text: str, start: int, letters: int) -> int:
    """Where so many letters after `start` end; marks that show nothing stand before what follows."""
    place = start
    while letters and place < len(text):
        letters -= not UNREAD.match(text[place])
        place += 1
    return place
