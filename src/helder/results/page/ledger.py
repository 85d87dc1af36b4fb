"""Records, people and letters under each other on one scale: three counts of three different things.

Bands join the records of a dataset to the people they became, and those to their letters. Records without a band
became nobody's: the gap between the first bar and the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from helder.results.page.data import PageData
from helder.results.page.figure import NARROW, WIDE, Figure, Note, Table, fits, keyed
from helder.results.page.numbers import Count
from helder.results.page.scale import linear
from helder.results.page.svg import line, lines, measure, path, picture, rect, text, wrap
from helder.results.page.wording import Wording
from helder.results.suppress import LEAST

BAR, SPACE = 44.0, 78.0
_CLASSES = ("d-first", "d-second", "d-third", "d-fourth")


@dataclass(frozen=True)
class Segment:
    """One part of a bar. `joins` is the number of the dataset or group that a band follows from bar to bar."""

    words: str
    count: Count
    swatch: str
    joins: int | None = None


@dataclass(frozen=True)
class Level:
    """One bar: what it counts, its total and its parts."""

    id: str
    title: str
    segments: tuple[Segment, ...]

    @property
    def total(self) -> Count:
        """All parts together; None when one of them is suppressed."""
        counts = [segment.count for segment in self.segments]
        return None if None in counts else sum(count or 0 for count in counts)


def levels(data: PageData, say: Wording) -> tuple[Level, ...]:
    """Records as found, people as linked, letters as sent: all as told."""
    records: list[Segment] = []
    people: list[Segment] = []
    for n, dataset in enumerate(data.datasets):
        name, class_ = say.of(dataset.label), _CLASSES[n % 2]
        records.append(Segment(say.plain("ledger.linked", dataset=name), dataset.linked, class_, n))
        records.append(Segment(say.plain("ledger.unplaced", dataset=name), dataset.unplaced, "d-none"))
        people.append(Segment(say.plain("ledger.people_in", dataset=name), dataset.people, class_, n))
    letters = [
        Segment(say.of(label), data.told.groups.get(group), _CLASSES[n % 4], n)
        for n, (group, label) in enumerate(data.groups.items())
    ]
    return (
        Level("records", say.plain("ledger.records"), tuple(records)),
        Level("people", say.plain("ledger.people"), tuple(people)),
        Level("letters", say.plain("ledger.letters"), tuple(letters)),
    )


def _starts(level: Level) -> list[int]:
    return list(accumulate((segment.count or 0 for segment in level.segments), initial=0))


def _bands(above: Level, below: Level, y: float, space: float, x: float, each: float) -> Markup:
    """Bands from the parts of one bar to the parts with the same number in the next."""
    drawn, starts, ends = Markup(""), _starts(above), _starts(below)
    for upper, from_ in zip(above.segments, starts, strict=False):
        for lower, to in zip(below.segments, ends, strict=False):
            if upper.joins is None or upper.joins != lower.joins or not upper.count or not lower.count:
                continue
            a, b = x + from_ * each, x + (from_ + upper.count) * each
            c, d = x + to * each, x + (to + lower.count) * each
            drawn += path(["M", a, y, "L", b, y, "L", d, y + space, "L", c, y + space, "Z"], "join")
    return drawn


def _bar(level: Level, y: float, x: float, each: float, say: Wording, words: bool) -> Markup:
    drawn = Markup("")
    for segment, start in zip(level.segments, _starts(level), strict=False):
        width, left = (segment.count or 0) * each, x + start * each
        if not segment.count:
            continue
        drawn += rect(left, y, width, BAR, segment.swatch)
        amount = say.numbers.count(segment.count)
        if words and not fits(amount, width) and segment is level.segments[-1]:
            # The last part is often small: its number stands after the bar, or below where the picture ends.
            after = left + width + measure(amount, 16) + 8 < WIDE
            drawn += (
                text(left + width + 8, y + 28, amount, "strong")
                if after
                else text(left + width, y + BAR + 19, amount, "strong", "end")
            )
        elif fits(amount, width):
            drawn += text(left + 8, y + (20 if words else 28), amount, f"on-{segment.swatch} strong")
            if words and (rows := wrap(segment.words, width - 14, 14)) and len(rows) == 1 and fits(rows[0], width, 14):
                drawn += text(left + 8, y + 37, rows[0], f"on-{segment.swatch} tiny")
    return drawn


def _brackets(level: Level, data: PageData, y: float, x: float, each: float, say: Wording) -> Markup:
    """Over the records: what each dataset adds up to, so that 485 = 405 + 80 can be seen."""
    drawn, start = Markup(""), 0
    for dataset in data.datasets:
        if dataset.records:
            a, b = x + start * each + 1, x + (start + dataset.records) * each - 1
            drawn += path(["M", a, y + 6, "V", y, "H", b, "V", y + 6], "bracket")
            words = f"{say.numbers.count(dataset.records)} {say.plain('unit.records')}: {say.of(dataset.label)}"
            drawn += text((a + b) / 2, y - 8, words if fits(words, b - a) else say.numbers.count(dataset.records),
                          "small", "middle")  # fmt: skip
            start += dataset.records
    return drawn


def _title(level: Level, x: float, y: float, say: Wording, width: float) -> Markup:
    return text(x, y, say.numbers.count(level.total), "head") + Markup("").join(
        text(x, y + 20 + i * 18, row, "small") for i, row in enumerate(wrap(level.title, width, 15))
    )


def _gap(every: tuple[Level, ...]) -> int:
    """How many records more than people there are; 0 when that is little or hidden."""
    records, people = every[0].total, every[1].total
    gap = records - people if records is not None and people is not None else 0
    return gap if gap >= LEAST else 0


def _wide(data: PageData, say: Wording, named: tuple[str, str], most: int) -> Markup:
    column, top = 200.0, 34.0
    each = linear(most, WIDE - column)(1)
    every, drawn, y = levels(data, say), Markup(""), top
    for level, following in zip(every, (*every[1:], None), strict=True):
        drawn += _title(level, 0, y + 18, say, column - 16)
        if following:
            drawn += _bands(level, following, y + BAR, SPACE - BAR, column, each)
        drawn += _bar(level, y, column, each, say, True)
        if level.id == "records":
            drawn += _brackets(level, data, y - 10, column, each, say)
        y += SPACE
    if gap := _gap(every):
        a, b = column + (every[1].total or 0) * each, column + (every[0].total or 0) * each
        at = top + SPACE + BAR / 2
        drawn += line(a + 3, at, b, at, "gap") + line(b, top + BAR, b, at + 6, "gap")
        drawn += lines(b + 12, at - 4, wrap(say.plain("ledger.gap", n=gap), WIDE - b - 12, 16), "strong", leading=20)
    return picture("ledger-wide", *named, (WIDE, y - SPACE + BAR + 28), drawn, class_="wide")


def _narrow(data: PageData, say: Wording, named: tuple[str, str], most: int) -> Markup:
    each, y, drawn = linear(most, NARROW)(1), 0.0, Markup("")
    for level in levels(data, say):
        drawn += _title(level, 0, y + 20, say, NARROW)
        y += 30 + 18 * len(wrap(level.title, NARROW, 15))
        drawn += _bar(level, y, 0, each, say, False)
        y += BAR + 8
        for segment in level.segments:
            note = Note(say.numbers.count(segment.count), segment.words, segment.swatch)
            drawn += keyed(note, y, NARROW)
            y += note.height(NARROW - 28) - 4
        y += 22
    return picture("ledger-narrow", *named, (NARROW, y - 14), drawn, class_="narrow")


def ledger(data: PageData, say: Wording) -> Figure:
    """Three counts of three different things."""
    every = levels(data, say)
    most = max([level.total or 0 for level in every] + [1])
    title = say.plain("ledger.picture")
    named = (title, say.plain("ledger.description", **{level.id: level.total for level in every}))
    rows = tuple(
        (segment.words, say.plain(f"unit.{level.id}"), segment.count) for level in every for segment in level.segments
    )
    sums = tuple((say.plain("ledger.total"), say.plain(f"unit.{level.id}"), level.total) for level in every)
    unit = say.plain("unit.records")
    whole = tuple((say.plain("ledger.all_of", dataset=say.of(d.label)), unit, d.records) for d in data.datasets)
    gap = _gap(every)
    sums += ((say.plain("ledger.no_person"), unit, gap),) if gap else ()
    head = (say.plain("table.what"), say.plain("table.unit"), say.plain("table.number"))
    return Figure(
        "ledger",
        title,
        _wide(data, say, named, most),
        _narrow(data, say, named, most),
        Table(title, head, whole + rows + sums),
    )
