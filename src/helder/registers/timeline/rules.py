"""When an event happened, as exactly as it is known, and how that is told."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo


class Precision(StrEnum):
    """How exactly a time is known."""

    MOMENT = "moment"
    DATE = "date"
    WEEK = "week"
    MONTH = "month"
    UNKNOWN = "unknown"


_OFFSET = re.compile(r"([+-])(\d\d):([0-5]\d)")


def zone_of(text: str) -> dt.tzinfo:
    """A time zone by its name or its offset. Raises `ValueError`, `OSError` or `KeyError` when there is none such."""
    if (given := _OFFSET.fullmatch(text)) is None:
        return ZoneInfo(text)
    away = dt.timedelta(hours=int(given[2]), minutes=int(given[3]))
    return dt.timezone(-away if given[1] == "-" else away)


def offsets(day: dt.date, time: dt.time, zone: dt.tzinfo) -> tuple[dt.timedelta, dt.timedelta]:
    """The offset of a time in summer and winter time, as far as it can be either; equal but on the days when clocks change.

    The first is the larger when the clock showed this time twice, the smaller when it never did.
    """
    first, second = (dt.datetime.combine(day, time.replace(fold=fold), zone).utcoffset() for fold in (0, 1))
    return first or dt.timedelta(), second or dt.timedelta()


@dataclass(frozen=True)
class When:
    """A time as a source tells it: a day, perhaps a time in a zone, and how exactly that is known.

    `zone` is a name, or the offset itself ("+01:00"), which tells apart what the clock shows twice when summer time ends.
    `until` is the last day of an event that took longer, or the end of the range in which it lies.
    """

    on: dt.date | None
    time: dt.time | None
    zone: str
    precision: Precision
    until: dt.date | None = None

    def problems(self) -> list[str]:
        """What does not fit together: words 'needs_date', 'needs_time', 'no_time', 'backwards', 'zone', 'twice', 'never'."""
        found = []
        if self.on is None and self.precision is not Precision.UNKNOWN:
            found.append("needs_date")
        if self.precision is Precision.MOMENT and self.time is None:
            found.append("needs_time")
        if self.precision is not Precision.MOMENT and self.time is not None:
            found.append("no_time")
        if self.on and self.until and self.until < self.on:
            found.append("backwards")
        try:
            zone = zone_of(self.zone)
        except (ValueError, OSError, KeyError):
            return [*found, "zone"]
        if not found and self.on and self.time:
            first, second = offsets(self.on, self.time, zone)
            found += ["twice"] if first > second else ["never"] if first < second else []
        return found

    def span(self) -> tuple[dt.datetime, dt.datetime] | None:
        """The first moment it can have been and the moment after the last; None when no day is known.

        For an exact moment both are the same.
        """
        if self.on is None:
            return None
        zone = zone_of(self.zone)
        if self.precision is Precision.MOMENT and self.time is not None:
            moment = dt.datetime.combine(self.on, self.time, zone)
            return moment, moment
        first, last = self.on, self.until or self.on
        if self.precision is Precision.WEEK:
            first -= dt.timedelta(days=first.weekday())
            last = max(last, first + dt.timedelta(days=6))
        if self.precision is Precision.MONTH:
            first = first.replace(day=1)
            last = max(last, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1))
        return dt.datetime.combine(first, dt.time(), zone), dt.datetime.combine(
            last + dt.timedelta(days=1), dt.time(), zone
        )
