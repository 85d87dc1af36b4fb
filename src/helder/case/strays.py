"""Lines of our logs that are evidence about nobody: while there are any, what a log lacks may be what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from helder.case.model import Decisions


@dataclass(frozen=True)
class Stray:
    """Lines of one log that we sent, or may have sent, to one breached party.

    `rejected` could not be read; `nobody` are about nobody in the register; `items` were read, but name an item that
    case.toml does not declare, which may be another word for one that it does.
    """

    source: str
    party: str
    rejected: int = 0
    nobody: int = 0
    items: int = 0

    @property
    def lines(self) -> int:
        """All of them."""
        return self.rejected + self.nobody + self.items

    def accepted(self, decisions: Decisions, as_of: dt.date | None) -> bool:
        """Whether by `as_of` somebody decided that the log is complete despite exactly as many lines."""
        return any(
            (one.source, one.party, one.lines) == (self.source, self.party, self.lines)
            and (as_of is None or one.on <= as_of)
            for one in decisions.stray_lines
        )


def strays(
    read: Mapping[str, Mapping[str, Any]], nobody: Mapping[str, Mapping[str, int]], breached: Iterable[str]
) -> tuple[Stray, ...]:
    """The strays among the logs `read` (their facts), `nobody` counting lines by source and party.

    A line that does not say who received it may have gone to any of the breached parties.
    """
    found = []
    for source, facts in read.items():
        by_party: Mapping[str, Mapping[str, int]] = facts.get("strays", {})
        unknown = by_party.get("", {}).get("rejected", 0)
        for party in breached:
            own = by_party.get(party, {})
            rejected, items = own.get("rejected", 0) + unknown, own.get("items", 0)
            found.append(Stray(source, party, rejected, nobody.get(source, {}).get(party, 0), items))
    return tuple(one for one in found if one.lines)
