"""The model: for every level how often true pairs (m) and random pairs (u) get there. Saved as JSON, used as it is.

m is kept per family of levels and divided by `share`, how many people have values of that rarity. All probabilities are
clamped: a level never seen in training gets a modest weight, not an absurd one.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

from helder.domain.errors import LinkageError
from helder.linkage.levels import COMPARISONS, Comparison

FORMAT = 1
M_LEAST, U_LEAST = 1e-4, 1e-9
# No single comparison may speak louder than this many bits, for or against.
LOUDEST, QUIETEST = 24.0, -10.0

Table = Mapping[str, Mapping[str, float]]
"""Comparison to level (or family) to probability."""


@dataclass(frozen=True)
class Model:
    """`m` per comparison and family, `share` and `u` per comparison and level.

    `match_share` is the estimated share of records (beyond the exact links) that are about somebody in the register;
    `people` is how many the register has.
    """

    m: Table
    share: Table
    u: Table
    match_share: float
    people: int
    trained_on: str

    def weight(self, comparison: Comparison, level: str) -> float:
        """The evidence of one level in bits, five decimals."""
        found = next(one for one in comparison.levels if one.name == level)
        share = self.share.get(comparison.name, {}).get(level, 1.0)
        likely = max(self.m[comparison.name][found.group], M_LEAST) * max(share, 1e-6)
        bits = math.log2(likely / max(self.u[comparison.name][level], U_LEAST))
        return round(min(max(bits, QUIETEST), LOUDEST), 5)

    def weights(self) -> dict[str, dict[str, float]]:
        """All weights by comparison and level, each different from the others of its comparison and from 0."""
        return {one.name: _told_apart({name: self.weight(one, name) for name in one.names}) for one in COMPARISONS}

    @property
    def prior(self) -> float:
        """Odds, in bits, that a record is about one given person, before looking."""
        share = min(max(self.match_share, 0.02), 0.98)
        return round(math.log2(share / (1 - share) / max(self.people, 1)), 5)

    def with_prior(self, match_share: float, people: int) -> Model:
        """The same model for other data."""
        return replace(self, match_share=round(match_share, 4), people=people)

    def to_json(self) -> dict[str, Any]:
        """As a dictionary of plain values, rounded so that it is the same on every machine."""
        return {
            "format": FORMAT,
            "trained_on": self.trained_on,
            "match_share": self.match_share,
            "people": self.people,
            **{name: _rounded(getattr(self, name)) for name in ("m", "share", "u")},
        }

    @staticmethod
    def from_json(saved: Mapping[str, Any]) -> Model:
        """A saved model. Raises `LinkageError` when it is of another format or lacks levels."""
        try:
            model = Model(
                saved["m"],
                saved["share"],
                saved["u"],
                float(saved["match_share"]),
                int(saved["people"]),
                str(saved["trained_on"]),
            )
            if saved["format"] != FORMAT:
                raise KeyError("format")
            model.weights()
        except (KeyError, TypeError, ValueError):
            raise LinkageError(
                "The saved linkage model is not of this version.", do="Delete it; the next run trains a new one."
            ) from None
        return model


def default_model() -> Model:
    """The model in the package, trained on made-up people (`bench/linkage`)."""
    text = resources.files(__package__).joinpath("default_model.json").read_text(encoding="utf-8")
    return Model.from_json(json.loads(text))


def _rounded(table: Table) -> dict[str, dict[str, float]]:
    return {name: {key: float(f"{value:.4g}") for key, value in inner.items()} for name, inner in table.items()}


def _told_apart(weights: dict[str, float]) -> dict[str, float]:
    """Nudge equal weights by a ten-thousandth of a bit: Splink gives weights back, and each must name its level."""
    done: dict[str, float] = {}
    taken = {0.0}
    for name, value in weights.items():
        while any(abs(value - other) < 5e-5 for other in taken):
            value = round(value + 1e-4, 5)
        taken.add(value)
        done[name] = value
    return done
