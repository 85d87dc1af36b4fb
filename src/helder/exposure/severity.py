"""How severe a profile is by ENISA's method of 2013: SE = DPC × EI + CB. The numbers stand in `enisa2013.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from helder.case.model import Item
from helder.domain.states import KNOWN_STOLEN, OPEN, state_of
from helder.exposure.rules import PERSON
from helder.exposure.tie import Left


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("helder.exposure") / "enisa2013.toml").read_text(encoding="utf-8"))


@cache
def _weight(category: str, context: int) -> int:
    """The score of a category of data, shifted by its context."""
    return min(4, max(1, int(_data()["categories"][category]) + context))


def _score(items: list[Item], known: bool) -> float:
    """SE of these items together: the worst category, the best identification, the circumstances."""
    circumstances = _data()["circumstances"]
    category = max(_weight(item.category, item.context) for item in items)
    identification = max(item.identifies for item in items)
    confidentiality = circumstances["confidentiality_known" if known else "confidentiality_open"]
    return round(float(category * identification + confidentiality + circumstances["malicious"]), 2)


def at_stake(left: Left) -> tuple[frozenset[str], frozenset[str]]:
    """Items known to be stolen from some breached party; and those that are or may be."""
    states = [(item, state_of(worlds).id) for (_, item), worlds in left.items() if item != PERSON]
    known = frozenset(item for item, state in states if state in KNOWN_STOLEN)
    return known, known | {item for item, state in states if state in OPEN}


def severity(known: Collection[str], at_risk: Collection[str], items: Mapping[str, Item]) -> float | None:
    """The severity for people of whom these items are `at_stake`; None when none is.

    What is known stolen and what may be are scored apart, and the worst counts: an unconfirmed test result can
    weigh more than a confirmed name.
    """
    stakes = ((known, True), (at_risk, False))
    return max((_score([items[item] for item in some], sure) for some, sure in stakes if some), default=None)


def band(score: float) -> dict[str, str]:
    """The band of a score: id and names."""
    found: dict[str, str] = next(b for b in _data()["bands"] if "below" not in b or score < b["below"])
    return found


def bands() -> dict[str, dict[str, str]]:
    """All bands by id, from low to very high."""
    return {part["id"]: part for part in _data()["bands"]}
