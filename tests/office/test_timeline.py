"""When things happened, as exactly as it is known, and the picture of it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from helder.registers.timeline.rules import Precision, When

ZONE = "Europe/Amsterdam"
DAY = dt.date(2025, 8, 20)  # a Wednesday

SPANS = [
    # day, time, precision, until → first moment, moment after the last
    (DAY, dt.time(14, 20), "moment", None, "2025-08-20 14:20", "2025-08-20 14:20"),
    (DAY, None, "date", None, "2025-08-20 00:00", "2025-08-21 00:00"),
    (DAY, None, "date", dt.date(2025, 8, 22), "2025-08-20 00:00", "2025-08-23 00:00"),
    (DAY, None, "week", None, "2025-08-18 00:00", "2025-08-25 00:00"),
    (DAY, None, "month", None, "2025-08-01 00:00", "2025-09-01 00:00"),
    (dt.date(2024, 2, 10), None, "month", None, "2024-02-01 00:00", "2024-03-01 00:00"),
]


@pytest.mark.parametrize(("on", "time", "precision", "until", "first", "last"), SPANS)
def test_the_span_in_which_it_happened(on, time, precision, until, first, last):
    span = When(on, time, ZONE, Precision(precision), until).span()
    assert span == tuple(dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)) for text in (first, last))


def test_what_is_not_known_has_no_span():
    assert When(None, None, ZONE, Precision.UNKNOWN).span() is None


def test_the_picture_places_events_in_lanes_by_time(db, user):
    from helder.office import entries
    from helder.registers.timeline.models import Event
    from helder.registers.timeline.picture import overview

    author = user("coordinator")
    assert overview() == {"picture": None}
    facts = {"party": "lab", "source": "s", "precision": "date"}
    entries.add(Event, author, facts | {"what": "<b>first</b>", "on": dt.date(2025, 7, 6)})
    entries.add(
        Event, author, facts | {"what": "second", "on": DAY, "party": "bvo", "time": dt.time(14), "precision": "moment"}
    )
    entries.add(Event, author, facts | {"what": "when?", "on": None, "precision": "unknown"})
    drawn = str(overview()["picture"])
    assert drawn.count('class="event"') == 2
    assert drawn.count("lane-name") == 2
    assert "&lt;b&gt;first" in drawn
    assert "<b>" not in drawn
    first, second = drawn.index("first"), drawn.index("second")
    assert first < second
    assert 'style="' not in drawn  # the page's policy allows no styles in the page


def test_months_are_named_and_thinned(office):
    from helder.registers.timeline.picture import ticks

    start = dt.datetime(2020, 1, 15, tzinfo=dt.UTC)
    few, many = ticks(start, start.replace(month=6)), ticks(start, start.replace(year=2030))
    assert [name for _, name in few] == ["02-2020", "03-2020", "04-2020", "05-2020", "06-2020"]
    assert len(many) <= 12
    assert all(0 <= place <= 1 for place, _ in many)
