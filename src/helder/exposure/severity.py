"""How severe a profile is by ENISA's method of 2013: SE = DPC × EI + CB. The numbers stand in `enisa2013.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
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


@cache
def _stake(worlds: int) -> str:
    """Whether an item is known to be stolen, may be, or neither."""
    state = state_of(worlds).id
    return "known" if state in KNOWN_STOLEN else "open" if state in OPEN else ""


def _at_stake(slots: Iterable[tuple[str, str]], stakes: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Items known to be stolen from some breached party; and those that are or may be."""
    items = [(item, stake) for (_, item), stake in zip(slots, stakes, strict=True) if item != PERSON and stake]
    return frozenset(item for item, stake in items if stake == "known"), frozenset(item for item, _ in items)


class Stakes:
    """The severity of thousands of profiles: worlds differ more than what is at stake does."""

    def __init__(self, items: Mapping[str, Item]) -> None:
        self._items = items
        self._found: dict[tuple[str, ...], float | None] = {}

    def severity(self, left: Left) -> float | None:
        """The severity of what is at stake, None when nothing is; all profiles have the same slots in the same order."""
        stakes = tuple(map(_stake, left.values()))
        if stakes not in self._found:
            self._found[stakes] = severity(*_at_stake(left, stakes), self._items)
        return self._found[stakes]


def severity(known: Collection[str], at_risk: Collection[str], items: Mapping[str, Item]) -> float | None:
    """The severity for people of whom these items are known to be stolen, or may be; None when none is.

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
