"""Which questions are open: letters and website say of these that they are being investigated."""

from __future__ import annotations

OPEN = frozenset({"announced", "running"})
CLOSED = frozenset({"answered", "stopped"})


def is_open(status: str) -> bool:
    """Whether the question is still being investigated. A word that is not known is not open: nothing is said of it."""
    return status in OPEN
