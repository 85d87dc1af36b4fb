"""The timeline's picture as SVG. Colours come from the page's styles; patterns and words say the same as the colours."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WIDTH, _LEFT, _TOP = 1000.0, 178.0, 34.0
_ROOM = _WIDTH - _LEFT - 10
_EVENTS, _BAND, _LINE = 36.0, 24.0, 16.0
UNBOUND = ("open", "undecided")
"""Looks of terms to which the law gives no number: drawn as long as they took."""
_LETTER = 6.3
"""About how wide a letter of a label is: so a label that would run out of the picture stands elsewhere."""


@dataclass(frozen=True)
class Mark:
    """One event: from where to where (0 to 1 of the time shown), and its words."""

    start: float
    end: float
    words: str


@dataclass(frozen=True)
class Band:
    """One legal term: from `start` to `end`, and on to `over` when it was late. `source` is its register and entry."""

    start: float
    end: float
    over: float
    look: str
    label: str
    words: str
    source: tuple[str, str]


@dataclass(frozen=True)
class Lane:
    """A party with its events and its terms."""

    name: str
    marks: Sequence[Mark]
    bands: Sequence[Band]

    @property
    def lines(self) -> list[str]:
        """Its name in lines that fit."""
        return textwrap.wrap(self.name, 22, max_lines=3, placeholder="…") or [""]

    @property
    def height(self) -> float:
        """As high as what stands in it."""
        return max(_EVENTS + _BAND * len(self.bands) + 4, _LINE * len(self.lines) + 12)


@dataclass(frozen=True)
class Tick:
    """A day that is named: where it lies, its name, and the month (2025-08) that it leads to, if any."""

    share: float
    name: str
    month: str = ""


@dataclass(frozen=True)
class Picture:
    """The whole: its name, the same in words, its lanes, and the days that are named."""

    title: str
    words: str
    lanes: Sequence[Lane]
    ticks: Sequence[Tick]


def draw(picture: Picture) -> SafeString:
    """The picture as SVG. Every event is a shape with a title, every term a link to its clock."""
    tops = [_TOP]
    for lane in picture.lanes:
        tops.append(tops[-1] + lane.height)
    height = tops[-1] + 8
    grounds = _join((_ground(n, lane, top) for n, (lane, top) in enumerate(zip(picture.lanes, tops, strict=False))))
    ticks = _join(_tick(one, height - 8) for one in picture.ticks)
    drawn = _join(_lane(lane, top) for lane, top in zip(picture.lanes, tops, strict=False))
    return format_html(_WHOLE, _WIDTH, round(height, 1), picture.title, picture.words, _PATTERNS, grounds, ticks, drawn)


_WHOLE = (
    '<svg viewBox="0 0 {} {}" role="group" aria-labelledby="picture-title" aria-describedby="picture-words">'
    '<title id="picture-title">{}</title><desc id="picture-words">{}</desc>{}{}{}{}</svg>'
)
_PATTERNS = SafeString(
    '<defs><pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="6" height="6"/><rect class="hatch" width="3" height="6"/></pattern>'
    '<pattern id="dotted" width="5" height="5" patternUnits="userSpaceOnUse"><circle class="dot" cx="2" cy="2" r="1"/>'
    "</pattern></defs>"
)
_TICK = '<line class="tick" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
_TICK_NAME = '<text class="tick-name" x="{}" y="20">{}</text>'
_POINT = '<circle class="event" cx="{}" cy="{}" r="6"><title>{}</title></circle>'
"""A moment."""
_SPAN = '<rect class="event" x="{}" y="{}" width="{}" height="14" rx="3"><title>{}</title></rect>'
"""A day or longer: as wide as what is not known."""


def _join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _x(share: float) -> float:
    """Where a share lies in the picture; what lies outside ends at its edge."""
    return round(_LEFT + min(max(share, 0.0), 1.0) * _ROOM, 1)


def _tick(one: Tick, bottom: float) -> SafeString:
    line = format_html(_TICK, _x(one.share), _TOP - 8, bottom)
    name = format_html(_TICK_NAME, _x(one.share), one.name)
    return format_html('{}<a href="?month={}">{}</a>', line, one.month, name) if one.month else line + name


def _ground(n: int, lane: Lane, top: float) -> SafeString:
    lines = format_html_join(
        "", '<tspan x="8" y="{}">{}</tspan>', ((top + 22 + _LINE * i, line) for i, line in enumerate(lane.lines))
    )
    ground = '<rect class="lane lane-{}" x="0" y="{}" width="{}" height="{}"/><text class="lane-name">{}</text>'
    return format_html(ground, n % 2, top, _WIDTH, lane.height, lines)


def _lane(lane: Lane, top: float) -> SafeString:
    middle = top + _EVENTS / 2
    points = format_html_join(
        "", _POINT, ((_x(one.start), middle, one.words) for one in lane.marks if one.end == one.start)
    )
    spans = format_html_join(
        "",
        _SPAN,
        (
            (_x(one.start), middle - 7, round(max(_x(one.end) - _x(one.start), 7.0), 1), one.words)
            for one in lane.marks
            if one.end > one.start
        ),
    )
    bands = _join(_band(one, top + _EVENTS + n * _BAND) for n, one in enumerate(lane.bands))
    return format_html("{}{}{}", spans, points, bands)


def _band(one: Band, top: float) -> SafeString:
    """The term itself, what went beyond it, and words beside it."""
    start, end, over = _x(one.start), _x(one.end), _x(one.over)
    shapes = [_shape(f"band band-{one.look}", start, end, top, "url(#dotted)" if one.look in UNBOUND else "")]
    if one.over > one.end:
        shapes.append(_shape("band band-over", end, over, top, "url(#hatched)"))
    place, anchor = _beside(start, max(over, end, start + 4), _LETTER * len(one.label))
    return format_html(
        '<a href="{}" class="term"><title>{}</title>{}<text class="band-name band-name-{}" x="{}" y="{}" '
        'text-anchor="{}">{}</text></a>',
        reverse("entry", args=one.source), one.words, _join(shapes), one.look, round(place, 1), top + 13, anchor, one.label,
    )  # fmt: skip


def _beside(start: float, end: float, width: float) -> tuple[float, str]:
    """Where a label stands: behind its band, before it, or on it when there is no room beside it."""
    if end + 6 + width < _WIDTH:
        return end + 6, "start"
    return (start - 6, "end") if start - 6 - width > _LEFT else (max(start + 4, min(start, _WIDTH - width)), "start")


def _shape(look: str, start: float, end: float, top: float, fill: str) -> SafeString:
    width = round(max(end - start, 4.0), 1)
    filled = format_html(' fill="{}"', fill) if fill else ""
    return format_html('<rect class="{}" x="{}" y="{}" width="{}" height="16"{}/>', look, start, top, width, filled)
