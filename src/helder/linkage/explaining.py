"""Any link in words and weights: what agreed, what did not, and how much each says, from the saved model."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from helder.linkage.model import Model


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence of a link: `nl` and `en` say it, `bits` weigh it (2^bits times likelier than by chance)."""

    comparison: str
    level: str
    nl: str
    en: str
    bits: float


def explain(levels: str, model: Mapping[str, Any]) -> list[Evidence]:
    """The evidence behind a link or candidate, in the order of the comparisons and the prior last.

    `levels` is column `levels` of LINKS or CANDIDATES, `model` is the dictionary that `link` gave back. The bits add up
    to the link's weight, but for rounding.
    """
    used = Model.from_json(model)
    weights = used.weights()
    found = []
    for part in filter(None, levels.split(";")):
        comparison, level = part.split(":")
        found.append(_evidence(comparison, level, weights[comparison][level]))
    return [*found, _evidence("prior", "prior", used.prior)]


def explain_exact(agrees: str) -> list[Evidence]:
    """What agreed beside the number, for an exact link: column `agrees` of LINKS. Exact links are not weighed: 0 bits."""
    number = _evidence("national_id", "equal", 0.0)
    return [number, *(_evidence("agrees", word, 0.0) for word in filter(None, agrees.split(";")))]


def reason_words(reason: str, language: str) -> str:
    """Why a record is under review or has no link, in words (`nl` or `en`)."""
    words = _words()["reason", reason]
    return words[0] if language == "nl" else words[1]


def _evidence(comparison: str, level: str, bits: float) -> Evidence:
    nl, en = _words()[comparison, level]
    return Evidence(comparison, level, nl, en, round(bits, 2))


@cache
def _words() -> dict[tuple[str, str], tuple[str, str]]:
    text = resources.files(__package__).joinpath("words.csv").read_text(encoding="utf-8")
    lines = csv.DictReader(text.splitlines())
    return {(line["comparison"], line["level"]): (line["nl"], line["en"]) for line in lines}
