"""Bars as SVG. Colours come from the page's styles, and a table with the same numbers stands beside each chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from helder.office.words import grouped

_NAME, _BAR, _GAP = 20, 20, 8
_ROOM = 74.0
"""How much of the width the longest bar takes, in percent: the rest is for its total, also on a telephone."""
_LEAST = 0.6
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Part:
    """A part of a bar: its look, what it is called, and how many."""

    kind: str
    name: str
    number: int


def bars(rows: Sequence[tuple[str, Sequence[Part]]], title: str) -> SafeString:
    """One bar for each row below its name, on one scale; the parts of a bar stand one after the other.

    Bars are drawn in parts of the width, and texts in pixels: a chart fits a telephone, and its texts stay as large.
    """
    most = max((sum(part.number for part in parts) for _, parts in rows), default=0) or 1
    head = _NAME if any(name for name, _ in rows) else 0
    step = head + _BAR + _GAP
    drawn = format_html_join(
        "", "{}", ((_row(n * step, head, name, parts, _ROOM / most),) for n, (name, parts) in enumerate(rows))
    )
    return format_html(
        '<svg class="bars" height="{}" role="img" aria-label="{}">{}</svg>', step * len(rows), title, drawn
    )


def _row(top: int, head: int, name: str, parts: Sequence[Part], scale: float) -> SafeString:
    x, shapes = 0.0, []
    for part in parts:
        width = max(part.number * scale, _LEAST) if part.number else 0.0
        if part.number:
            words = f"{part.name}: {grouped(part.number)}"
            shapes.append((part.kind, round(x, 2), top + head, round(width, 2), _BAR, words))
        x += width
    return format_html(
        '{}{}<text class="bar-total" x="{}%" dx="8" y="{}">{}</text>',
        format_html('<text class="bar-name" y="{}">{}</text>', top + 14, _short(name)) if name else "",
        format_html_join("", '<rect class="bar bar-{}" x="{}%" y="{}" width="{}%" height="{}"><title>{}</title></rect>', shapes),
        round(x, 2), top + head + 15, grouped(sum(part.number for part in parts)),
    )  # fmt: skip


def _short(name: str) -> str:
    """A name as a telephone has room for; the table beside the chart has it whole."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
