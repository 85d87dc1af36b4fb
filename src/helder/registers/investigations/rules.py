"""Which questions are open: letters and website say of these that they are being investigated."""

from __future__ import annotations

OPEN = frozenset({"announced", "running"})
CLOSED = frozenset({"answered", "stopped"})


def is_open(status: str) -> bool:
    """Whether the question is still being investigated. A word that is not known is not open: nothing is said of it."""
    return status in OPEN


def uncited(findings: str, cited: str) -> int:
    """How many findings have no source: each line of findings is one, and sources are parted by ';', in the same order."""
    lines = [line for line in findings.splitlines() if line.strip()]
    sources = [source for source in cited.split(";") if source.strip()]
    return max(0, len(lines) - len(sources))
