"""When things happened, as exactly as it is known, and the picture of it."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from helder.registers.timeline.rules import Precision, When

ZONE = "Europe/Amsterdam"
DAY = dt.date(2025, 8, 20)  # a Wednesday


def overview(query):
    """The picture as somebody sees it who may read all."""
    from helder.registers.timeline.picture import overview

    return overview(query, SimpleNamespace(may=lambda register, verb: True))


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

    author = user("coordinator")
    assert overview({}) == {"picture": None, "terms": []}
    facts = {"party": "lab", "source": "s", "precision": "date"}
    entries.add(Event, author, facts | {"what": "<b>first</b>", "on": dt.date(2025, 7, 6)})
    entries.add(
        Event, author, facts | {"what": "second", "on": DAY, "party": "bvo", "time": dt.time(14), "precision": "moment"}
    )
    entries.add(Event, author, facts | {"what": "when?", "on": None, "precision": "unknown"})
    drawn = str(overview({})["picture"])
    assert drawn.count('class="event"') == 2
    assert drawn.count("lane-name") == 2
    assert "&lt;b&gt;first" in drawn
    assert "<b>" not in drawn
    first, second = drawn.index("first"), drawn.index("second")
    assert first < second
    assert 'style="' not in drawn  # the page's policy allows no styles in the page


@pytest.mark.any_database
def test_months_are_named_and_thinned(office):
    from helder.registers.timeline.picture import ticks

    start = dt.datetime(2020, 1, 15, tzinfo=dt.UTC)
    few, many = ticks(start, start.replace(month=6)), ticks(start, start.replace(year=2030))
    assert [one.name for one in few] == ["feb 2020", "mrt 2020", "apr 2020", "mei 2020", "jun 2020"]
    assert len(many) <= 12
    assert all(0 <= one.share <= 1 for one in many)
    assert few[0].month == "2020-02"


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


TERMS = [
    # duty, started, done, the look, what stands beside the band (aware 14:20: the 72 hours end on the ninth at 15:00)
    ("gdpr_33_1", "2025-08-06T12:20", "2025-08-07T12:00", "met", "op tijd"),
    ("gdpr_33_1", "2025-08-06T12:20", "2025-08-11T13:00", "late", "2 dagen te laat"),
    ("gdpr_33_1", "2025-08-06T12:20", None, "overdue", "te laat"),
    ("gdpr_33_1", "2199-01-01T00:00", None, "running", "loopt"),
    ("gdpr_33_2", "2025-07-06T12:00", "2025-08-06T12:00", "open", "31 dagen"),
    ("gdpr_33_2", "2025-07-06T12:00", "2025-08-06T12:00", "undecided", "31 dagen, nog niet door de toezichthouder"),
]


@pytest.mark.parametrize(("duty", "started", "done", "look", "said"), TERMS)
def test_a_term_is_a_band_that_says_how_it_stands_and_leads_to_its_clock(db, user, duty, started, done, look, said):
    from helder.office import entries
    from helder.registers.clocks.models import Clock

    content = {"duty": duty, "party": "lab", "to": "bvo", "started": at(started), "met": done and at(done)}
    clock = entries.add(Clock, user("coordinator"), content | {"source": "s", "asked_regulator": look == "undecided"})
    shown = overview({})
    drawn = str(shown["picture"])
    assert f'class="band band-{look}"' in drawn
    assert said in drawn
    assert f'href="/clocks/{clock.entry}/"' in drawn
    assert ("band-over" in drawn) is (look in ("late", "overdue"))
    assert ("#dotted)" in drawn) is (look in ("open", "undecided"))
    assert [one.source for one in shown["terms"]] == [("clocks", str(clock.entry))]
    words = drawn[drawn.index("<desc") : drawn.index("</desc>")]
    assert "1 wettelijke termijn." in words
    assert ("Te laat: niets." in words) is (look not in ("late", "overdue"))


def test_a_law_that_did_not_hold_yet_and_a_clock_that_did_not_start_are_not_drawn(db, user):
    from helder.office import entries
    from helder.registers.clocks.models import Clock

    author = user("coordinator")
    facts = {"party": "lab", "to": "csirt", "source": "s"}
    entries.add(Clock, author, facts | {"duty": "cbw_notification", "started": at("2025-07-06T12:00")})
    entries.add(Clock, author, facts | {"duty": "gdpr_33_1"})
    assert overview({}) == {"picture": None, "terms": []}


def test_late_is_drawn_as_long_as_it_was():
    from helder.registers.timeline.drawing import Band, Lane, Picture, draw

    band = Band(0.25, 0.5, 1.0, "late", "x", "x", ("clocks", "00000000-0000-0000-0000-000000000000"))
    drawn = str(draw(Picture("t", "w", [Lane("l" * 100, [], [band])], [])))
    widths = [float(part.split('"')[1]) for part in re.findall(r'band band-.*?(width="[\d.]+")', drawn)]
    assert widths[1] == pytest.approx(2 * widths[0])  # a quarter of the time, and half of it
    assert _stands(0.25, 0.5, "x") == ("start", True)  # behind it
    assert _stands(0.8, 1.0, "x" * 20) == ("end", False)  # before it: no room behind
    assert _stands(0.1, 1.0, "x" * 60) == ("start", False)  # on it: no room beside
    assert "…" in drawn


def _stands(start, end, label):
    """How a band's label is set, and whether it begins behind the band."""
    from helder.registers.timeline.drawing import Band, Lane, Picture, draw

    band = Band(start, end, end, "met", label, "w", ("clocks", "00000000-0000-0000-0000-000000000000"))
    drawn = str(draw(Picture("t", "w", [Lane("l", [], [band])], [])))
    x, width = map(float, re.search(r'band-met" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn).groups())
    place, anchor = re.search(r'band-name-met" x="([\d.]+)" y="[\d.]+" text-anchor="(\w+)"', drawn).groups()
    return anchor, float(place) > x + width


@pytest.mark.any_database
def test_the_page_has_the_terms_as_a_table_too(db, user, client):
    from helder.office import entries
    from helder.registers.clocks.models import Clock

    author = user("coordinator")
    content = {"duty": "gdpr_33_1", "party": "lab", "to": "people", "source": "s"}
    content |= {"started": at("2025-08-06T12:20"), "met": at("2025-08-11T13:00")}
    entries.add(Clock, author, content)
    client.force_login(author)
    page = " ".join(client.get("/timeline/").content.decode().split())
    assert "De termijnen als tabel (1)" in page
    assert "9 aug 2025 15:00" in page
    assert '<strong class="error">2 dagen</strong>' in page


def test_a_month_can_be_seen_from_near(db, user):
    from helder.office import entries
    from helder.registers.clocks.models import Clock
    from helder.registers.timeline.models import Event

    author = user("coordinator")
    facts = {"party": "lab", "source": "s", "precision": "date"}
    for what, day in (
        ("before", dt.date(2025, 6, 30)),
        ("within", dt.date(2025, 7, 6)),
        ("after", dt.date(2025, 8, 1)),
    ):
        entries.add(Event, author, facts | {"what": what, "on": day})
    long = {"duty": "gdpr_33_2", "party": "lab", "to": "us", "source": "s"}
    entries.add(Clock, author, long | {"started": at("2025-06-01T12:00"), "met": at("2025-09-01T12:00")})
    entries.add(Clock, author, long | {"started": at("2025-01-01T12:00"), "met": at("2025-01-02T12:00")})
    shown = overview({"month": "2025-07"})
    drawn = str(shown["picture"])
    assert shown["month"] == dt.date(2025, 7, 1)
    assert ("within" in drawn, "before" in drawn, "after" in drawn) == (True, False, False)
    assert len(shown["terms"]) == 1
    band = re.search(r'band band-open" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn)
    assert [float(part) for part in band.groups()] == [178.0, 812.0]  # from edge to edge, and not beyond
    assert "?month=" not in drawn
    assert 'href="?month=2025-07"' in str(overview({})["picture"])


@pytest.mark.parametrize("month", ["", "2025-13", "next", "0000-01", "2025-07-01"])
def test_a_month_that_is_none_shows_the_whole_time(db, user, month):
    from helder.office import entries
    from helder.registers.timeline.models import Event

    entries.add(Event, user("coordinator"), {"party": "lab", "source": "s", "what": "w", "on": DAY})
    assert overview({"month": month})["month"] is None


def test_an_empty_month_and_the_last_that_there_is_do_no_harm(db, user):
    from helder.office import entries
    from helder.registers.timeline.models import Event

    entries.add(Event, user("coordinator"), {"party": "lab", "source": "s", "what": "w", "on": DAY})
    assert "lane-name" not in str(overview({"month": "1999-01"})["picture"])
    assert overview({"month": "9999-12"})["month"] is None


@pytest.mark.any_database
def test_of_many_terms_the_most_urgent_are_drawn_and_the_page_says_so(db, user, client):
    from helder.office import entries
    from helder.registers.clocks.models import Clock

    author = user("coordinator")
    request = {"duty": "gdpr_12_3", "party": "lab", "to": "person", "source": "s", "started": at("2025-07-01T12:00")}
    for _ in range(41):
        entries.add(Clock, author, request | {"met": at("2025-07-02T12:00")})
    late = entries.add(Clock, author, request | {"started": at("2025-07-03T12:00")})
    shown = overview({})
    assert (len(shown["terms"]), shown["total"]) == (40, 42)
    assert shown["terms"][-1].source == ("clocks", str(late.entry))  # the last to begin, and the first to be kept
    client.force_login(author)
    assert "dringendste 40 van 42" in " ".join(client.get("/timeline/").content.decode().split())


NIGHT = dt.date(2025, 10, 26)
"""The night in which the clock goes back from 03:00 to 02:00."""


@pytest.mark.parametrize(
    ("on", "time", "zone", "problems", "utc"),
    [
        (NIGHT, dt.time(2, 30), ZONE, ["twice"], None),
        (NIGHT, dt.time(2, 30), "+02:00", [], "2025-10-26T00:30"),
        (NIGHT, dt.time(2, 30), "+01:00", [], "2025-10-26T01:30"),
        (NIGHT, dt.time(3, 0), ZONE, [], "2025-10-26T02:00"),
        (dt.date(2025, 3, 30), dt.time(2, 30), ZONE, ["never"], None),
        (NIGHT, dt.time(2, 30), "+25:00", ["zone"], None),
        (NIGHT, dt.time(2, 30), "-03:30", [], "2025-10-26T06:00"),
    ],
)
def test_a_time_that_the_clock_showed_twice_is_told_apart_by_its_offset(on, time, zone, problems, utc):
    when = When(on, time, zone, Precision.MOMENT)
    assert when.problems() == problems
    if utc:
        assert when.span()[0].astimezone(dt.UTC).replace(tzinfo=None) == dt.datetime.fromisoformat(utc)


def test_an_event_says_which_of_the_two_it_was_or_asks(db, user):
    from django.core.exceptions import ValidationError

    from helder.office import entries
    from helder.registers.timeline.models import Event

    content = {"what": "w", "party": "lab", "source": "s", "precision": "moment", "on": NIGHT, "time": dt.time(2, 30)}
    with pytest.raises(ValidationError, match=r"\+02:00 voor de eerste keer"):
        entries.add(Event, user("coordinator"), content)
    made = entries.add(Event, user("desk"), content | {"zone": "+01:00"})
    assert made.moment.endswith(" 02:30 (UTC+01:00)")


def test_an_event_of_which_nobody_says_more_is_not_confirmed(office, user):
    from helder.office import entries
    from helder.registers.timeline.models import Event

    added = entries.add(
        Event, user("coordinator"), {"what": "a call", "party": "lab", "source": "letter", "on": "2025-07-06"}
    )
    assert added.confidence == "single"
