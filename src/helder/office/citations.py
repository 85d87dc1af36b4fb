"""Texts that cite numbers, filled in by the register that holds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bound:
    """A number as it was taken: its query, the assessment, its value, and the result that it was read from."""

    query: str
    assessment: str
    value: int
    result: str


@dataclass(frozen=True)
class Departed:
    """A number in what was sent, and cannot be changed, that is stale: where it stands, what it said, and what it is now."""

    register: str
    where: str
    said: int
    now: int | None
    """None: it cannot be checked, there is no result now."""


@dataclass(frozen=True)
class Cited:
    """A text with its numbers filled in; what is wrong with them; and where each comes from: (name, number, source, state)."""

    text: str
    problems: list[str] = field(default_factory=list)
    sources: list[tuple[str, str, str, str]] = field(default_factory=list)
    bound: list[Bound] = field(default_factory=list)


Citer = Callable[[str], Cited]
"""Fills in texts, all by one reading of the numbers."""
