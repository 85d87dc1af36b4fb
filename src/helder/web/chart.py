"""Bars as SVG. Colours come from the page's styles, and a table with the same numbers stands beside each chart."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from helder.office.words import grouped

_WIDTH, _LEFT, _BAR, _ROW = 720.0, 190.0, 26.0, 40.0


@dataclass(frozen=True)
class Part:
    """A part of a bar: its look, what it is called, and how many."""

    kind: str
    name: str
    number: int


def bars(rows: Sequence[tuple[str, Sequence[Part]]], title: str) -> SafeString:
    """One bar for each row, on one scale; the parts of a bar stand one after the other."""
    most = max((sum(part.number for part in parts) for _, parts in rows), default=0) or 1
    left = _LEFT if any(name for name, _ in rows) else 2.0
    room = _WIDTH - left - 90.0
    drawn = format_html_join(
        "", "{}", ((_row(n, name, parts, left, room / most),) for n, (name, parts) in enumerate(rows))
    )
    return format_html(
        '<svg class="bars" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        _WIDTH,
        _ROW * len(rows),
        title,
        drawn,
    )


def _row(place: int, name: str, parts: Sequence[Part], left: float, scale: float) -> SafeString:
    top, x, shapes = place * _ROW + (_ROW - _BAR) / 2, left, []
    for part in parts:
        width = part.number * scale
        if part.number:
            shapes.append(
                (part.kind, round(x, 1), top, round(max(width, 1.5), 1), _BAR, f"{part.name}: {grouped(part.number)}")
            )
        x += width
    total = grouped(sum(part.number for part in parts))
    return format_html(
        '<text class="bar-name">{}</text>{}<text class="bar-total" x="{}" y="{}">{}</text>',
        _name(name, left - 10, top + 18),
        format_html_join("", '<rect class="bar bar-{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>', shapes),
        round(x + 8, 1), top + 18, total,
    )  # fmt: skip


def _name(name: str, x: float, y: float) -> SafeString:
    """The name of a row, on two lines when it is long."""
    lines = textwrap.wrap(name, 22, max_lines=2, placeholder="…")
    first = y - 8 * (len(lines) - 1)
    return format_html_join(
        "", '<tspan x="{}" y="{}">{}</tspan>', ((x, first + 16 * n, line) for n, line in enumerate(lines))
    )
