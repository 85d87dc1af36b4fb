"""Contradictions: which evidence clashes, so that one decision settles all its people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import combinations

from helder.case.model import Decisions, Setting
from helder.exposure.rules import Rule
from helder.exposure.statements import known
from helder.exposure.tie import apply, contradicts

JOIN = " × "


def clashes(rules: Sequence[Rule]) -> list[tuple[str, ...]]:
    """The smallest sets of evidence that leave nothing together, of all `rules` that one profile meets.

    Pairs where pairs clash; else one minimal set, found by leaving out piece by piece.
    """
    base = [rule for rule in rules if not rule.evidence]

    def clash(names: Sequence[str]) -> bool:
        return contradicts(apply(base + [rule for rule in rules if rule.evidence in names]))

    names = sorted({rule.evidence for rule in rules if rule.evidence})
    if not clash(names):
        return []
    found: list[tuple[str, ...]] = [(name,) for name in names if clash([name])]
    found += [pair for pair in combinations(names, 2) if clash(pair) and not any((n,) in found for n in pair)]
    if found:
        return found
    for name in list(names):
        rest = [other for other in names if other != name]
        if clash(rest):
            names = rest
    return [tuple(names)]


def settings(
    clashing: Iterable[tuple[str, ...]], decisions: Decisions, as_of: dt.date | None = None
) -> dict[str, Setting]:
    """By evidence that is set aside: the decision, taken by `as_of`, about one of these clashes."""
    decided = {tuple(sorted(one.clash)): one for one in decisions.set_aside if known(one.on, as_of)}
    found = (decided[clash] for clash in clashing if clash in decided)
    return {decision.set_aside: decision for decision in found}


def set_aside(
    clashing: Iterable[tuple[str, ...]], decisions: Decisions, as_of: dt.date | None = None
) -> frozenset[str]:
    """Evidence that decisions, taken by `as_of`, set aside for a profile with these clashes."""
    return frozenset(settings(clashing, decisions, as_of))
