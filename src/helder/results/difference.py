"""The difference between two assessments of one body of evidence: who was told "we do not know" and could know more.

Counted person by person. `before` is what was told (exact links, datasets as lists), `after` reads the same evidence
more closely. The ceiling is the number of records that `before` could place with nobody: no method can tell more
people about a record of their own than that.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from helder.domain.states import KNOWN_STOLEN
from helder.engines.keys import Keys
from helder.exposure.rules import PERSON
from helder.results.counts import records
from helder.results.diff import moves
from helder.results.open import ProfileView, Results


def difference(before: Results, after: Results, keys: Keys) -> dict[str, Any]:
    """Counts of people in scope.

    `unsure` were told that theft could not be confirmed or excluded; of them `more` are now known to be in the leaked
    data, `review` may be (a person must decide), and `same` can still be told no more. `items` counts, of those who
    were told they are in the data, for how many each item is now known stolen. `ceiling` is in records.
    """
    party = after.case.breached[0].id
    counts: Counter[str] = Counter()
    by_group: dict[str, Counter[str]] = {}
    items: Counter[str] = Counter()
    for old, new, people in moves(before, after, keys):
        if not old.in_scope:
            continue
        if old.states[party, PERSON] != "open":
            counts["told_in"] += people
            items.update(dict.fromkeys(_known(new, party), people))
            continue
        outcome = _outcome(new, party)
        counts["unsure"] += people
        counts[outcome] += people
        by_group.setdefault(old.group or "all", Counter())[outcome] += people
    return {
        "before": before.record.assessment,
        "after": after.record.assessment,
        "told_in": counts["told_in"],
        "unsure": counts["unsure"],
        "more": counts["more"],
        "review": counts["review"],
        "same": counts["same"],
        "by_group": {group: dict(some) for group, some in sorted(by_group.items())},
        "items": {item: items[item] for item in after.case.items if items[item]},
        "ceiling": records(before) - records(before, outcome="accepted"),
        "placed": records(after, outcome="accepted") - records(before, outcome="accepted"),
    }


def _outcome(new: ProfileView, party: str) -> str:
    if new.states[party, PERSON] == "in":
        return "more"
    return "review" if any(mark.kind == "review" for mark in new.marks) else "same"


def _known(new: ProfileView, party: str) -> list[str]:
    return [item for (of, item), state in new.states.items() if of == party and state in KNOWN_STOLEN]
