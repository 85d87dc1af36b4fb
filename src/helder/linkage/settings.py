"""What may be set, and what linkage gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Progress = Callable[[str, float], None]
"""Called with the name of a step and the share done (0 to 1). Never holds personal data."""


@dataclass(frozen=True)
class LinkSettings:
    """Thresholds of linkage, in bits (log2 of the odds that the record is about this person).

    `accept`: a link at least this strong may be accepted without a person looking; 7 bits are odds of 128 to 1. Most links
    are far stronger; `wrong_share`: the weakest are left to people where more than this share of the automatic links
    together would be expected to be wrong.
    `review`: below this nobody need look. `margin`: bits between the best and the second-best person.
    `review_share`: at most this share of all records is put to reviewers, the most likely first.
    """

    accept: float = 7.0
    wrong_share: float = 0.001
    review: float = 0.0
    margin: float = 6.0
    review_share: float = 0.05


@dataclass(frozen=True)
class LinkResult:
    """Names of the engine tables `links` and `candidates`, the model that was used, and how many records went where."""

    links: str
    candidates: str
    model: dict[str, Any] = field(repr=False)
    counts: dict[str, int]
