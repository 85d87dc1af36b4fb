"""The picture this program exists for: rows that nobody could place, and the people who could have been told more.

On the left the rows, on the right the people who were told 'we cannot confirm that your data were not stolen'. One
square stands for as many rows as people, so that the two compare; the dashed line is the ceiling.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from markupsafe import Markup

from helder.results.page.data import Difference, Measured, PageData
from helder.results.page.figure import NARROW, WIDE, Figure, Note, Table, keyed, leader
from helder.results.page.scale import apart, squares, unit
from helder.results.page.svg import lines, number, path, picture, text, wrap
from helder.results.page.wording import Wording

ROWS = 16
GAP, MARGIN, LABELS = 240.0, 16.0, 226.0
HEAD = 76.0


def block(counts: Sequence[int], classes: Sequence[str], columns: int, pitch: float, x: float, y: float) -> Markup:
    """Squares in rows of `columns`, filled in reading order; one path for each part."""
    drawn, ends = Markup(""), list(accumulate(counts, initial=0))
    side = pitch - 3
    for start, end, class_ in zip(ends, ends[1:], classes, strict=False):
        if end > start:
            commands = (
                f"M{number(x + n % columns * pitch)} {number(y + n // columns * pitch)}"
                f"h{number(side)}v{number(side)}h-{number(side)}z"
                for n in range(start, end)
            )
            drawn += path(commands, class_)
    return drawn


def outline(count: int, columns: int, pitch: float, x: float, y: float) -> Markup:
    """The stepped line around the first `count` squares."""
    full, rest = divmod(count, columns)
    x, y = x - 1.5, y - 1.5
    right, bottom = x + columns * pitch, y + full * pitch
    step = ["H", x + rest * pitch, "V", bottom + pitch] if rest else []
    return path(["M", x, y, "H", right, "V", bottom, *step, "H", x, "Z"], "ceiling")


def record_notes(d: Difference, say: Wording) -> list[tuple[Note, int | None]]:
    """What became of the rows, the best known first; parts that nobody is in are left out."""
    parts = (
        ("more", d.records_more),
        ("known", d.records_known),
        ("review", d.records_review),
        ("none", d.records_none),
    )
    return [
        (Note(say.numbers.count(n), say.plain(f"difference.rows_{id}"), f"sq-{id}", id == "more"), n)
        for id, n in parts
        if n != 0
    ]


def people_notes(d: Difference, measured: Measured | None, say: Wording) -> list[tuple[Note, int | None]]:
    """What it means for the people who were told that theft could not be excluded."""
    more = say.plain("difference.people_more")
    if measured:
        more += " " + say.plain("difference.wrongly_short", one_in=say.numbers.whole(measured.one_in))
    parts = (("more", d.more, more), ("review", d.review, say.plain("difference.people_review")))
    notes = [(Note(say.numbers.count(n), words, f"sq-{id}", id == "more"), n) for id, n, words in parts if n != 0]
    return [*notes, (Note(say.numbers.count(d.rest), say.plain("difference.people_rest"), "sq-rest"), d.rest)]


def ceiling_note(d: Difference, say: Wording) -> Note:
    """What the dashed line means."""
    return Note(say.numbers.count(d.records), say.plain("difference.ceiling"), "ceiling")


def _titles(d: Difference, say: Wording) -> tuple[tuple[str, str], tuple[str, str]]:
    return (
        (say.plain("difference.rows_head", n=d.records), say.plain("difference.rows_below")),
        (say.plain("difference.people_head", n=d.told), say.plain("difference.people_below")),
    )


def _head(title: tuple[str, str], x: float, y: float, width: float) -> Markup:
    return text(x, y + 24, title[0], "head") + lines(x, y + 46, wrap(title[1], width, 15), "small")


def _wide(data: PageData, say: Wording, each: int, named: tuple[str, str]) -> Markup:
    d = data.difference
    rows, people = record_notes(d, say), people_notes(d, data.measured, say)
    left, right = squares([n for _, n in rows], each), squares([n for _, n in people], each)
    columns = [max(1, -(-sum(part) // ROWS)) for part in (left, right)]
    pitch = min(21.0, (WIDE - GAP - LABELS - 2 * MARGIN) / sum(columns))
    x_gap = columns[0] * pitch
    x_right = x_gap + GAP
    x_labels = x_right + columns[1] * pitch + MARGIN
    more = [part[0] / cols * pitch if notes and notes[0][0].large else 0.0
            for part, cols, notes in zip((left, right), columns, (rows, people), strict=True)]  # fmt: skip
    band = path(
        ["M", x_gap, HEAD, "C", x_gap + GAP / 2, HEAD, x_gap + GAP / 2, HEAD, x_right - 3, HEAD, "V", HEAD + more[1],
         "C", x_gap + GAP / 2, HEAD + more[1], x_gap + GAP / 2, HEAD + more[0], x_gap, HEAD + more[0], "Z"],
        "band",
    )  # fmt: skip
    drawn, low = _labels([n for n, _ in rows], left, columns[0], pitch, (x_gap, x_gap + MARGIN), GAP - 2 * MARGIN)
    notes = [note for note, _ in people]
    marks = list(right)
    if d.records and d.told and d.records < d.told:
        # The ceiling is told between what is inside it and the rest, at the height of its lower edge.
        notes.insert(-1, ceiling_note(d, say))
        marks.insert(-1, max(0, round(d.records / each) - sum(marks[:-1])))
        marks[-1] = sum(right) - sum(marks[:-1])
        drawn += outline(round(d.records / each), columns[1], pitch, x_right, HEAD)
    labels, low_right = _labels(notes, marks, columns[1], pitch, (x_labels - MARGIN, x_labels), LABELS)
    height = max(low, low_right, HEAD + ROWS * pitch) + 8
    titles = _titles(d, say)
    return picture(
        "difference-wide",
        *named,
        (WIDE, height),
        band if all(more) else Markup(""),
        _head(titles[0], 0, 0, x_right - 30),
        _head(titles[1], x_right, 0, WIDE - x_right),
        block(left, [note.swatch for note, _ in rows], columns[0], pitch, 0, HEAD),
        block(right, [note.swatch for note, _ in people], columns[1], pitch, x_right, HEAD),
        drawn,
        labels,
        class_="wide",
    )


def _labels(
    notes: Sequence[Note], parts: Sequence[int], columns: int, pitch: float, x: tuple[float, float], width: float
) -> tuple[Markup, float]:
    """Labels beside a block, each at the height of its part where there is room; also where the last one ends."""
    ends = list(accumulate(parts, initial=0))
    middles = [HEAD + (start + end) / 2 / columns * pitch for start, end in pairwise(ends)]
    heights = [note.height(width) for note in notes]
    if not notes:
        return Markup(""), HEAD
    starts = apart(middles, heights, HEAD - 10)
    drawn = Markup("")
    for note, start, middle in zip(notes, starts, middles, strict=True):
        if not note.large:
            drawn += leader(x[0], middle, x[1] - 4, start + 13)
        drawn += note.draw(x[1], start, width)
    return drawn, starts[-1] + heights[-1]


def _narrow(data: PageData, say: Wording, each: int, named: tuple[str, str]) -> Markup:
    d, columns = data.difference, 20
    pitch, y, drawn = NARROW / 20, 0.0, Markup("")
    rows, people = record_notes(d, say), people_notes(d, data.measured, say)
    for notes, title in zip((rows, people), _titles(d, say), strict=True):
        drawn += _head(title, 0, y, NARROW)
        y += 46 + len(wrap(title[1], NARROW, 15)) * 19
        parts = squares([n for _, n in notes], each)
        drawn += block(parts, [note.swatch for note, _ in notes], columns, pitch, 0, y)
        shown = [note for note, _ in notes]
        if notes is people and d.records and d.told and d.records < d.told:
            drawn += outline(round(d.records / each), columns, pitch, 1.5, y)
            shown.insert(-1, ceiling_note(d, say))
        y += -(-sum(parts) // columns) * pitch + 10
        for note in shown:
            drawn += keyed(note, y, NARROW)
            y += note.height(NARROW - 28)
        y += 24
    return picture("difference-narrow", *named, (NARROW, y), drawn, class_="narrow")


def difference(data: PageData, say: Wording) -> Figure:
    """The difference between what was told and what could have been told, with its ceiling."""
    d = data.difference
    each = unit(max(d.told or 0, d.records or 0, 1))
    title = say.plain("difference.picture")
    desc = say.plain(
        "difference.description", records=d.records, told=d.told, more=d.more, review=d.review, rest=d.rest
    )
    names = {group: say.of(label) for group, label in data.groups.items()}
    rows, people = say.plain("unit.records"), say.plain("unit.people")
    body = [(note.words, rows, n) for note, n in record_notes(d, say)]
    body += [(say.plain("difference.people_all"), people, d.told)]
    body += [(note.words, people, n) for note, n in people_notes(d, None, say)]
    body += [
        (say.plain(f"difference.group_{part}", group=names.get(share.group, share.group)), people, n)
        for share in d.groups
        for part, n in (("told", share.told), ("more", share.more), ("review", share.review))
    ]
    head = (say.plain("table.what"), say.plain("table.unit"), say.plain("table.number"))
    return Figure(
        "difference",
        title,
        _wide(data, say, each, (title, desc)),
        _narrow(data, say, each, (title, desc)),
        Table(title, head, ((say.plain("difference.rows_all"), rows, d.records), *body)),
        (("", say.plain("difference.square", n=each) if each >= 11 else ""),) if each >= 11 else (),
    )
