"""What a check finds."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that was looked at: 'right', 'warning' or 'error', about what, and what to do."""

    level: str
    about: str
    what: str
    where: str = ""
    do: str = ""
