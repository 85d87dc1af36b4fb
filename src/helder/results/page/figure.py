"""A figure: a picture for wide and one for narrow screens, a key to its patterns, and a table with the same numbers."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from helder.results.page.numbers import Count
from helder.results.page.svg import line, lines, measure, rect, text, wrap

WIDE, NARROW = 1040.0, 340.0
LEADING = 19.0

Cell = str | Count


@dataclass(frozen=True)
class Table:
    """The table behind a picture: the first cell of a row is its heading; counts are numbers or None."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Figure:
    """What the template needs to show one chart. `key` is (class of the swatch, words)."""

    id: str
    title: str
    wide: Markup
    narrow: Markup
    table: Table
    key: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Note:
    """A label in a picture: a number large, words below it, and the class of the thing it speaks of."""

    number: str
    words: str
    swatch: str
    large: bool = False

    def rows(self, width: float) -> list[str]:
        """The words in lines of this width."""
        return wrap(self.words, width, 15)

    def height(self, width: float) -> float:
        """How high the label is, with air below it."""
        return (33 if self.large else 24) + len(self.rows(width)) * LEADING + 8

    def draw(self, x: float, y: float, width: float) -> Markup:
        """The label with its top at `y`."""
        first = 26 if self.large else 19
        return text(x, y + first, self.number, "big" if self.large else "strong") + lines(
            x, y + first + (22 if self.large else LEADING), self.rows(width), "small"
        )


def keyed(note: Note, y: float, width: float) -> Markup:
    """A label as a line of a key: its swatch before it, for narrow pictures."""
    return rect(1, y + 6, 16, 16, note.swatch) + note.draw(28, y, width - 28)


def fits(words: str, width: float, size: float = 15) -> bool:
    """Whether a text fits inside a bar, with some air."""
    return measure(words, size) + 12 <= width


def leader(x1: float, y1: float, x2: float, y2: float) -> Markup:
    """A thin line from a thing to its label."""
    return line(x1, y1, x2, y2, "leader")
