"""Plain horizontal bars: one number each, its name above it, so that one picture fits every screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from helder.results.page.figure import NARROW, WIDE, Figure, Table, fits
from helder.results.page.scale import linear
from helder.results.page.svg import lines, picture, rect, text, wrap


@dataclass(frozen=True)
class Bar:
    """A bar: its name, its length (None draws nothing), how its number is written, and its class."""

    name: str
    value: float | None
    number: str
    class_: str = "bar"


def _draw(bars: Sequence[Bar], width: float, column: float, most: float) -> tuple[Markup, float]:
    length = linear(most, width - column)
    drawn, y, before = Markup(""), 4.0, ""
    for bar in bars:
        name = wrap(bar.name, (column or width) - 12, 15) if bar.name != before else []
        y += 8 if name and before else 0
        drawn += lines(0, y + 17, name, "small")
        top = y if column else y + len(name) * 19 + 4
        long = length(bar.value or 0)
        drawn += rect(column, top + 3, max(long, 1.5) if bar.value else 0, 20, bar.class_)
        inside = not fits(bar.number, width - column - long)
        at = column + long + (-8 if inside else 8)
        drawn += text(at, top + 19, bar.number, f"on-{bar.class_}" if inside else "strong", "end" if inside else None)
        y = max(top + 28, y + len(name) * 19 + 4 if column else 0)
        before = bar.name
    return drawn, y + 4


def bars(
    id: str,
    title: str,
    desc: str,
    given: Sequence[Bar],
    table: Table,
    key: Sequence[tuple[str, str]] = (),
    most: float = 0.0,
    column: float = 330.0,
) -> Figure:
    """A figure of plain bars. Bars that share their name with the one before stand under it as a pair.

    The longest bar that there can be is `most`, or else the longest there is; wide, they begin after `column`.
    """
    most = max([bar.value or 0 for bar in given] + [most]) or 1

    def drawn(kind: str, width: float, column: float) -> Markup:
        inside, height = _draw(given, width, column, most)
        return picture(f"{id}-{kind}", title, desc, (width, height), inside, class_=kind)

    return Figure(id, title, drawn("wide", WIDE, column), drawn("narrow", NARROW, 0.0), table, tuple(key))
