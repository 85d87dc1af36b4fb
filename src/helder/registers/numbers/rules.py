"""Whether a number that was written down is still what the evidence says, and where texts cite it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from helder.results.query import Answer

CITATION = re.compile(r"\[\[([a-z0-9_-]{1,40})\]\]")
"""How a text cites a number: [[its-name]]."""

LEAST = 11
"""Fewer people than this are not told exactly outside (as `helder export` does)."""


class Freshness(StrEnum):
    """What became of a number since it was taken."""

    FRESH = "fresh"
    SAME = "same"
    """The evidence changed and the number did not."""
    STALE = "stale"
    GONE = "gone"
    """The query cannot be answered now."""


def freshness(value: int | None, result: str, now: Answer | None) -> Freshness:
    """Compare a number as taken with the answer of now (None: there is none)."""
    if now is None or value is None:
        return Freshness.GONE
    if now.value != value:
        return Freshness.STALE
    return Freshness.FRESH if now.result == result else Freshness.SAME


def cited(text: str) -> list[str]:
    """Names of the numbers that a text cites, once each, in order."""
    return list(dict.fromkeys(CITATION.findall(text)))


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """A text in pieces: ("text", words) and ("number", name), in order."""
    at = 0
    for match in CITATION.finditer(text):
        if match.start() > at:
            yield "text", text[at : match.start()]
        yield "number", match[1]
        at = match.end()
    if at < len(text):
        yield "text", text[at:]
