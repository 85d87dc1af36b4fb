"""When a measure may be told: it is in force, proven, and not expired."""

from __future__ import annotations

import datetime as dt

TELLABLE = frozenset({"active", "done"})


def may_be_told(status: str, since: dt.date | None, until: dt.date | None, evidence: str, day: dt.date) -> bool:
    """Whether a letter of `day` may say that this measure is taken. A plan is no measure yet; no proof, no sentence."""
    if status not in TELLABLE or not evidence.strip() or since is None:
        return False
    return since <= day and (until is None or day <= until)
