"""What is proposed for a file, and the columns that it is proposed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as a_field

SURE = 0.7
"""Proposals of at least this confidence are written as settings, those below as comments."""


@dataclass(frozen=True)
class Column:
    """A column of a file: its name and a sample of its values, empty ones as ''."""

    name: str
    values: Sequence[str]


@dataclass(frozen=True)
class Proposal:
    """A field that a column may fill, how sure that is (0 to 1) and why; `values` is a map of values to go with it."""

    field: str
    column: str
    confidence: float
    reasons: tuple[str, ...]
    values: Mapping[str, str] = a_field(default_factory=dict)


@dataclass(frozen=True)
class Proposed:
    """All proposals for a file: which table it fills, and its columns; each field and each column at most once."""

    fills: str
    fills_reasons: tuple[str, ...]
    sure: tuple[Proposal, ...]
    unsure: tuple[Proposal, ...]
    unused: tuple[str, ...]
