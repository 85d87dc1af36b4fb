"""Lines of our logs that are evidence about nobody: while there are any, what a log lacks may be what they say.

A line counts only for the time in which it lies: what was sent before a party could hold our data, or after the last
possible moment of theft, was not stolen, whoever it is about. A line without a day may lie in any time.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from helder.case.model import Decisions, Party

Days: TypeAlias = Mapping[str, int]
"""How many lines there are of each day, as ISO 8601; of '' those of which the day is not known."""
KINDS = ("rejected", "nobody", "items")
_NO_DAYS = frozenset(map(dt.date.fromisoformat, ("0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01")))  # fmt: skip
"""What systems write where they know no day: the first that they have."""


@dataclass(frozen=True)
class Stray:
    """Lines of one log that we sent, or may have sent, to one breached party.

    `rejected` could not be read; `nobody` are about nobody in the register; `items` were read, but name an item that
    case.toml does not declare, which may be another word for one that it does. `day` is the day of all of them; None
    where it is not known, or where lines of several days are counted together.
    """

    source: str
    party: str
    rejected: int = 0
    nobody: int = 0
    items: int = 0
    day: dt.date | None = None

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


def told_day(day: object, received: dt.date) -> str:
    """The day of a line as a key of `Days`; '' when it tells none: a filler, or a day after the log was received."""
    return day.isoformat() if isinstance(day, dt.date) and day <= received and day not in _NO_DAYS else ""


def strays(
    read: Mapping[str, Mapping[str, Any]], nobody: Mapping[str, Mapping[str, Days]], breached: Iterable[str]
) -> tuple[Stray, ...]:
    """The strays of each day among the logs `read` (their facts), `nobody` counting lines by source and party.

    A line that does not say who received it may have gone to any of the breached parties.
    """
    parties = tuple(breached)
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for source, facts in read.items():
        by_party: Mapping[str, Mapping[str, Days]] = facts.get("strays", {})
        for party in parties:
            own = by_party.get(party, {})
            for kind, days in (
                ("rejected", own.get("rejected", {})),
                ("rejected", by_party.get("", {}).get("rejected", {})),
                ("nobody", nobody.get(source, {}).get(party, {})),
                ("items", own.get("items", {})),
            ):
                for day, lines in days.items():
                    counts.setdefault((source, party, day), Counter())[kind] += lines
    return tuple(
        _stray(source, party, found, dt.date.fromisoformat(day) if day else None)
        for (source, party, day), found in counts.items()
        if found.total()
    )


def at_stake(found: Iterable[Stray], party: Party, since: dt.date | None = None) -> list[Stray]:
    """The strays to a breached party that may say what was stolen, one of each log.

    They lie in the time from `since` (else from when it could first hold our data) up to the last possible moment of
    theft, or in a time that is not known.
    """
    first = since or party.holding_from
    assert first is not None and party.theft_until is not None
    counts: dict[str, Counter[str]] = {}
    for one in found:
        if one.party == party.id and (one.day is None or first <= one.day <= party.theft_until):
            counts.setdefault(one.source, Counter()).update({kind: getattr(one, kind) for kind in KINDS})
    return [_stray(source, party.id, lines) for source, lines in counts.items()]


def _stray(source: str, party: str, lines: Counter[str], day: dt.date | None = None) -> Stray:
    return Stray(source, party, lines["rejected"], lines["nobody"], lines["items"], day)
