"""What changed between two assessments, person by person, counted: who would be told something else, and how."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from helder.domain.errors import CaseError
from helder.domain.states import KNOWN_STOLEN
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.exposure.rules import PERSON
from helder.results.open import ProfileView, Results


def moves(before: Results, after: Results, keys: Keys) -> list[tuple[ProfileView, ProfileView, int]]:
    """(profile before, profile after, people) for every pair that occurs."""
    if before.record.key("evidence") != after.record.key("evidence") and before.case.folder != after.case.folder:
        raise CaseError("These two assessments are of different cases.", do="Compare assessments of one case.")
    engine = DuckEngine(keys)
    try:
        engine.read("before", before.published(before.exposure, "assessed"))
        engine.read("after", after.published(after.exposure, "assessed"))
        rows = engine.rows(
            "SELECT b.profile AS before, a.profile AS after, count(*) AS people "
            "FROM before AS b JOIN after AS a ON a.person = b.person GROUP BY b.profile, a.profile "
            "ORDER BY b.profile, a.profile"
        )
    finally:
        engine.close()
    return [
        (before.profiles[int(str(r["before"]))], after.profiles[int(str(r["after"]))], int(str(r["people"])))
        for r in rows
    ]


def diff(before: Results, after: Results, keys: Keys) -> dict[str, Any]:
    """Counts of people in scope by what changed for them.

    `groups` {"g3 → g1": n}, `items` {item: {"state → state": n}}, `more_known` people for whom an item became known
    stolen or who became 'in', `weaker` people for whom less is known than before: their next letter must say so.
    """
    groups: Counter[str] = Counter()
    items: dict[str, Counter[str]] = {}
    totals: Counter[str] = Counter()
    for old, new, people in moves(before, after, keys):
        if not (old.in_scope or new.in_scope):
            continue
        totals["people"] += people
        totals["changed"] += people * (old.states != new.states)
        if old.group != new.group:
            groups[f"{old.group} → {new.group}"] += people
        more, weaker = _direction(old, new)
        totals["more_known"] += people * more
        totals["weaker"] += people * weaker
        for (party, item), state in new.states.items():
            if item != PERSON and party == after.case.breached[0].id and old.states[party, item] != state:
                items.setdefault(item, Counter())[f"{old.states[party, item]} → {state}"] += people
    return {
        "before": before.record.assessment,
        "after": after.record.assessment,
        **{name: totals[name] for name in ("people", "changed", "more_known", "weaker")},
        "groups": dict(sorted(groups.items())),
        "items": {item: dict(sorted(moves.items())) for item, moves in items.items()},
    }


def _direction(old: ProfileView, new: ProfileView) -> tuple[bool, bool]:
    """Whether more was known to be stolen, and whether anything that was ruled out is possible again."""
    more = any(
        (state in KNOWN_STOLEN or state == "in") and old.states[slot] not in (*KNOWN_STOLEN, "in")
        for slot, state in new.states.items()
    )
    weaker = any(new.left[slot] & ~old.left[slot] for slot in new.left)
    return more, weaker


def open_both(folder: Path, before: str, after: str) -> tuple[Results, Results]:
    """Two assessments of one case."""
    return Results.open(folder, before), Results.open(folder, after)
