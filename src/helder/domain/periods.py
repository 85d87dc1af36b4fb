"""Legal periods: when a term begins and ends.

Source: Regulation (EEC, Euratom) No 1182/71 of 3 June 1971 determining the rules applicable to periods, dates and
time limits. Its articles stand beside the rules below. All moments carry a time zone.

Art. 3(5), "any period of two days or more shall include at least two working days", is applied to periods in days, weeks and months. One in
hours keeps its strict end, also when a weekend or holidays leave it fewer: art. 3(4) excepts such periods from rolling on, art. 3(5) counts in
days, and of the two readings this is the earlier end. Who keeps it is in time by both; a clock that showed the later one would call somebody in
time who may not be.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Unit = Literal["hours", "days", "working_days", "weeks", "months"]
Holiday = Callable[[dt.date], bool]

_DAY = dt.timedelta(days=1)
_LEAST_WORKING_DAYS = 2
_SATURDAY = 5


@dataclass(frozen=True)
class Term:
    """A number of units, such as 72 hours or 1 month. Raises `ValueError` for a number below 1."""

    unit: Unit
    number: int

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError("a term is at least one unit long")


@dataclass(frozen=True)
class Period:
    """The half-open time from `begins` to `ends`: met at `ends` itself is too late, a moment before is not.

    Both in UTC: of two moments in one zone, Python compares and subtracts what its clock shows, also when that was put back.
    """

    begins: dt.datetime
    ends: dt.datetime


def no_holiday(day: dt.date) -> bool:
    """A calendar without holidays."""
    return False


def period(event: dt.datetime, term: Term, holiday: Holiday = no_holiday) -> Period:
    """The period of `term` that runs from `event` (art. 3).

    Raises `ValueError` when the event has no time zone.
    """
    if event.tzinfo is None:
        raise ValueError("the event has no time zone")
    if term.unit == "hours":
        return _hours(event, term.number)
    first = event.date() + _DAY  # art. 3(1): the day of the event does not count
    last = _last_day(event.date(), term, holiday)
    # Art. 3(2)(b) and (c): from the first hour of the first day to the last hour of the last day.
    return Period(_midnight(first, event), _midnight(last + _DAY, event))


def _hours(event: dt.datetime, number: int) -> Period:
    """Art. 3(1) and 3(2)(a): the hour of the event does not count. Hours run on: a last hour never rolls (art. 3(4), and see above)."""
    utc = event.astimezone(dt.UTC)
    begins = utc.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    ends = begins + dt.timedelta(hours=number)
    return Period(begins, ends)


def _midnight(day: dt.date, like: dt.datetime) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=like.tzinfo).astimezone(dt.UTC)


def _last_day(event: dt.date, term: Term, holiday: Holiday) -> dt.date:
    def works(day: dt.date) -> bool:
        return day.weekday() < _SATURDAY and not holiday(day)

    if term.unit == "working_days":
        day, left = event, term.number
        while left:
            day += _DAY
            left -= works(day)
        return day
    day = _calendar_day(event, term)
    while not works(day):  # art. 3(4): a last day that is a Saturday, Sunday or holiday rolls on
        day += _DAY
    if term != Term("days", 1):
        while _working_days(event, day, works) < _LEAST_WORKING_DAYS:  # art. 3(5)
            day += _DAY
    return day


def _calendar_day(event: dt.date, term: Term) -> dt.date:
    if term.unit == "days":
        return event + term.number * _DAY
    if term.unit == "weeks":  # art. 3(2)(c): the same weekday
        return event + 7 * term.number * _DAY
    months = event.year * 12 + event.month - 1 + term.number
    year, month = months // 12, months % 12 + 1
    # Art. 3(2)(c): the same date, or the month's last day when it has no such date.
    return dt.date(year, month, min(event.day, calendar.monthrange(year, month)[1]))


def _working_days(event: dt.date, last: dt.date, works: Callable[[dt.date], bool]) -> int:
    return sum(works(event + n * _DAY) for n in range(1, (last - event).days + 1))
