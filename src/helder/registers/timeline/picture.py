"""The timeline as a picture: a lane for each party, and when things happened as exactly as it is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from helder.office.words import say
from helder.registers.timeline.models import Event

_WIDTH, _LEFT, _LANE, _TOP = 1000.0, 150.0, 44.0, 34.0
_MOST = 2_000
_DAY = dt.timedelta(days=1)
_DRAWN = ("what", "party", "on", "time", "zone", "precision", "until")


@dataclass(frozen=True)
class Mark:
    """One event in the picture: from where to where (0 to 1 of the time shown), its lane, and its words."""

    start: float
    end: float
    lane: int
    words: str


def marks(events: Sequence[Event], lanes: Sequence[str], first: dt.datetime, last: dt.datetime) -> list[Mark]:
    """The events that have a time, placed between `first` and `last`."""
    whole = (last - first) / _DAY or 1.0
    found = []
    for event in events:
        span = event.when.span()
        if span is None:
            continue
        start, end = ((moment - first) / _DAY / whole for moment in span)
        found.append(Mark(start, end, lanes.index(event.party), f"{event.on}: {event.what}"))
    return found


def ticks(first: dt.datetime, last: dt.datetime) -> list[tuple[float, str]]:
    """The first days of months, thinned so that at most a dozen labels stand; and where they are, 0 to 1."""
    whole = (last - first) / _DAY or 1.0
    months, day = [], first.replace(day=1, hour=0, minute=0)
    while day <= last:
        if day >= first:
            months.append(day)
        day = (day + 32 * _DAY).replace(day=1)
    step = max(1, -(-len(months) // 12))
    return [((month - first) / _DAY / whole, month.strftime("%m-%Y")) for month in months[::step]]


def overview() -> Mapping[str, Any]:
    """The picture for the page; none while no event has a day."""
    dated = Event.objects.filter(current=True, withdrawn=False, on__isnull=False).only(*_DRAWN)
    events = list(dated.order_by("on", "time")[:_MOST])
    if not events:
        return {"picture": None}
    lanes = list(dict.fromkeys(event.party for event in events))
    spans = [span for event in events if (span := event.when.span())]
    first, last = min(start for start, _ in spans) - 3 * _DAY, max(end for _, end in spans) + 3 * _DAY
    return {"picture": draw(lanes, marks(events, lanes, first, last), ticks(first, last))}


def draw(lanes: Sequence[str], placed: Sequence[Mark], months: Sequence[tuple[float, str]]) -> SafeString:
    """The picture as SVG. Every event is a shape with a title; colours come from the page's styles."""
    height = _TOP + _LANE * len(lanes) + 8
    room = _WIDTH - _LEFT - 10

    def x(share: float) -> float:
        return round(_LEFT + share * room, 1)

    rows = format_html_join(
        "",
        '<rect class="lane lane-{}" x="0" y="{}" width="{}" height="{}"/><text class="lane-name" x="8" y="{}">{}</text>',
        (
            (n % 2, _TOP + n * _LANE, _WIDTH, _LANE, round(_TOP + (n + 0.6) * _LANE, 1), lane)
            for n, lane in enumerate(lanes)
        ),
    )
    months_drawn = format_html_join(
        "",
        '<line class="tick" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/><text class="tick-name" x="{0}" y="20">{3}</text>',
        ((x(share), _TOP - 8, height - 8, name) for share, name in months),
    )
    points = format_html_join(
        "", _POINT, ((x(one.start), _middle(one), one.words) for one in placed if one.end == one.start)
    )
    spans = format_html_join("", _SPAN, (_span(one, x) for one in placed if one.end > one.start))
    title = say("Tijdlijn per partij", "Timeline by party")
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        _WIDTH, round(height, 1), title, rows, months_drawn, spans + points,
    )  # fmt: skip


_POINT = '<circle class="event" cx="{}" cy="{}" r="6"><title>{}</title></circle>'
"""A moment."""
_SPAN = '<rect class="event" x="{}" y="{}" width="{}" height="14" rx="3"><title>{}</title></rect>'
"""A day or longer: as wide as what is not known."""


def _middle(mark: Mark) -> float:
    return _TOP + (mark.lane + 0.5) * _LANE


def _span(mark: Mark, x: Any) -> tuple[float, float, float, str]:
    width = max(x(mark.end) - x(mark.start), 7.0)
    return x(mark.start), _middle(mark) - 7, round(width, 1), mark.words
