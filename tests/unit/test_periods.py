"""Legal periods by Regulation 1182/71: event and term in, begin and end out."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helder.domain.periods import Term, period

NL = ZoneInfo("Europe/Amsterdam")
HOLIDAYS = {dt.date(2025, 4, 18), dt.date(2025, 4, 21), dt.date(2025, 12, 25), dt.date(2025, 12, 26)}


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=NL)


CASES = [
    # The worked example of the reference case: aware on a Wednesday, ends on a Saturday.
    ("2025-08-06 14:20", "hours", 72, "2025-08-06 15:00", "2025-08-09 15:00"),
    # On the hour: the hour that begins then is the hour of the event.
    ("2025-08-06 14:00", "hours", 72, "2025-08-06 15:00", "2025-08-09 15:00"),
    # Hours run through a weekend and a holiday and never roll.
    ("2025-12-24 23:59", "hours", 24, "2025-12-25 00:00", "2025-12-26 00:00"),
    # 24 hours over the change to summer time are 24 hours that pass.
    ("2025-03-29 14:20", "hours", 24, "2025-03-29 15:00", "2025-03-30 16:00"),
    # Of these 72 hours none is of a working day: art. 3(5) speaks of days, and the earlier end is the one that is safe to keep.
    ("2025-04-17 23:30", "hours", 72, "2025-04-18 00:00", "2025-04-21 00:00"),
    # The day of the event does not count; the last day counts whole.
    ("2025-08-04 09:00", "days", 3, "2025-08-05 00:00", "2025-08-08 00:00"),
    # A last day on Saturday rolls to Monday.
    ("2025-08-06 09:00", "days", 3, "2025-08-07 00:00", "2025-08-12 00:00"),
    # Friday plus two days ends on Sunday, rolls to Monday, and needs a second working day: Tuesday.
    ("2025-08-08 09:00", "days", 2, "2025-08-09 00:00", "2025-08-13 00:00"),
    # One day need not hold two working days.
    ("2025-08-05 09:00", "days", 1, "2025-08-06 00:00", "2025-08-07 00:00"),
    # Working days step over weekend and holiday: Thursday before Good Friday, to Thursday.
    ("2025-04-17 09:00", "working_days", 3, "2025-04-18 00:00", "2025-04-25 00:00"),
    ("2025-08-06 09:00", "weeks", 6, "2025-08-07 00:00", "2025-09-18 00:00"),
    # Months: the same date, or the month's last day.
    ("2025-08-06 09:00", "months", 1, "2025-08-07 00:00", "2025-09-09 00:00"),  # 6 September is a Saturday
    ("2025-01-31 09:00", "months", 1, "2025-02-01 00:00", "2025-03-01 00:00"),
    ("2024-01-31 09:00", "months", 1, "2024-02-01 00:00", "2024-03-01 00:00"),
    ("2025-11-25 09:00", "months", 1, "2025-11-26 00:00", "2025-12-30 00:00"),  # Christmas, and a weekend after it
    ("2025-12-15 09:00", "months", 3, "2025-12-16 00:00", "2026-03-17 00:00"),
]


@pytest.mark.parametrize(("event", "unit", "number", "begins", "ends"), CASES)
def test_when_a_period_begins_and_ends(event, unit, number, begins, ends):
    found = period(at(event), Term(unit, number), HOLIDAYS.__contains__)
    assert (found.begins, found.ends) == (at(begins), at(ends))


CLOSED = {dt.date(2025, 8, day) for day in range(11, 15)}
"""Monday to Thursday."""


@pytest.mark.parametrize(
    ("unit", "number", "ends"),
    [
        ("days", 1, "2025-08-16 00:00"),  # a day rolls to Friday, and need not hold two working days
        ("days", 2, "2025-08-19 00:00"),
        ("weeks", 1, "2025-08-19 00:00"),  # to Friday the only working day: a second one is Monday
        ("working_days", 2, "2025-08-19 00:00"),
        ("hours", 168, "2025-08-15 10:00"),
    ],
)
def test_a_period_of_two_days_or_more_holds_two_working_days_unless_it_is_in_hours(unit, number, ends):
    """Article 3(5), from a Friday before a week that is closed until the next Friday."""
    assert period(at("2025-08-08 09:30"), Term(unit, number), CLOSED.__contains__).ends == at(ends)


def test_an_event_without_a_time_zone_has_no_period():
    with pytest.raises(ValueError, match="time zone"):
        period(dt.datetime(2025, 8, 6), Term("hours", 72))


@pytest.mark.parametrize("number", [0, -1])
def test_a_term_is_at_least_one_unit_long(number):
    with pytest.raises(ValueError, match="at least one"):
        Term("days", number)


MOMENTS = st.datetimes(dt.datetime(2016, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(NL))


@given(MOMENTS, st.integers(1, 500))
def test_hours_are_hours_that_pass_and_begin_within_the_next_hour(event, number):
    found = period(event, Term("hours", number))
    assert found.ends.astimezone(dt.UTC) - found.begins.astimezone(dt.UTC) == dt.timedelta(hours=number)
    wait = found.begins.astimezone(dt.UTC) - event.astimezone(dt.UTC)
    assert dt.timedelta() < wait <= dt.timedelta(hours=1)


@given(MOMENTS, st.sampled_from([("days", 2), ("days", 9), ("weeks", 1), ("months", 1)]), st.sets(st.integers(0, 80)))
def test_whatever_is_closed_two_working_days_are_in_it_and_no_day_too_many(event, term, closed):
    def works(day):
        return day.weekday() < 5 and (day - event.date()).days not in closed

    def day(n):
        return event.date() + dt.timedelta(days=n)

    def length(found):
        return (found.ends.astimezone(NL).date() - event.date()).days - 1

    found = length(period(event, Term(*term), lambda one: not works(one)))
    *before, last = [n for n in range(1, found + 1) if works(day(n))]
    assert before
    assert last == found
    # An earlier working day would be the first in it, or lie before the end that the term has where nothing is closed.
    assert len(before) == 1 or before[-1] < length(period(event, Term(*term)))


@given(MOMENTS, st.sampled_from(["days", "working_days", "weeks", "months"]), st.integers(1, 60))
def test_other_periods_end_with_a_working_day_and_a_longer_term_never_ends_earlier(event, unit, number):
    one, more = (period(event, Term(unit, n)) for n in (number, number + 1))
    assert (one.ends.astimezone(NL).date() - dt.timedelta(days=1)).weekday() < 5
    assert event < one.ends <= more.ends
