"""Texts that cite numbers, filled in by the register that holds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cited:
    """A text with its numbers filled in; what is wrong with them; and where each comes from: (name, number, source, state)."""

    text: str
    problems: list[str] = field(default_factory=list)
    sources: list[tuple[str, str, str, str]] = field(default_factory=list)


Citer = Callable[[str], Cited]
"""Fills in texts, all by one reading of the numbers."""
