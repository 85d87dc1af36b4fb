"""Links in words for people: what agrees, what differs, how much each weighs, and how sure that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helder.linkage.explaining import Evidence, explain, explain_exact, reason_words

# At least so many bits, in words.
_STRENGTH = (
    (8.0, "zeer sterk voor", "very strongly for"),
    (4.0, "sterk voor", "strongly for"),
    (1.0, "iets voor", "somewhat for"),
    (-1.0, "zegt weinig", "says little"),
    (-4.0, "iets tegen", "somewhat against"),
    (-8.0, "sterk tegen", "strongly against"),
    (float("-inf"), "zeer sterk tegen", "very strongly against"),
)
# A whole weight. It says how much agrees, not who it is: a twin or a namesake agrees as much.
_AGREEMENT = (
    (10.0, "zeer sterk", "very strong"),
    (5.0, "sterk", "strong"),
    (0.0, "redelijk", "fair"),
    (float("-inf"), "zwak", "weak"),
)


def link_words(link: Mapping[str, Any], model: Mapping[str, Any], lang: str) -> list[str]:
    """A link as sentences, one for each thing compared. `link` has method, agrees, levels and decided_on of LINKS."""
    said = []
    if link["method"] == "decision":
        day = link["decided_on"]
        when = "" if day is None else f" op {day}" if lang == "nl" else f" on {day}"
        said.append(f"een mens heeft dit beslist{when}" if lang == "nl" else f"a person decided this{when}")
    if link["agrees"]:
        return [*said, *(getattr(one, _lang(lang)) for one in explain_exact(link["agrees"]))]
    return [*said, *candidate_words(link["levels"] or "", model, lang)]


def candidate_words(levels: str, model: Mapping[str, Any], lang: str) -> list[str]:
    """What speaks for and against a candidate, each with its weight: 'the surname is equal: strongly for (+7.2)'."""
    return [_weighed(one, lang) for one in explain(levels, model)] if levels else []


def agreement_words(weight: float, lang: str) -> str:
    """How strongly row and candidate agree on the whole."""
    return _words(_AGREEMENT, weight, lang)


def review_words(reason: str | None, lang: str) -> str:
    """Why a row is under review, in words."""
    return reason_words(reason, _lang(lang)) if reason else ""


def _weighed(one: Evidence, lang: str) -> str:
    bits = f"{one.bits:+.1f}".replace("-", "−")
    number = bits.replace(".", ",") if lang == "nl" else bits
    return f"{getattr(one, _lang(lang))}: {_words(_STRENGTH, one.bits, lang)} ({number} bits)"


def _words(scale: tuple[tuple[float, str, str], ...], bits: float, lang: str) -> str:
    nl, en = next((nl, en) for least, nl, en in scale if bits >= least)
    return nl if lang == "nl" else en


def _lang(lang: str) -> str:
    return "nl" if lang == "nl" else "en"
