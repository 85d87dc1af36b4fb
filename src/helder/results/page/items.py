"""How many people by item and state: for each item a thin bar as told, and a thick one of this assessment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from helder.domain.states import BY_ID, KNOWN_STOLEN, STATES
from helder.results.page.data import PageData
from helder.results.page.figure import NARROW, WIDE, Figure, Table, fits
from helder.results.page.numbers import Count
from helder.results.page.scale import linear, nice, stacked
from helder.results.page.svg import line, lines, measure, picture, rect, text, wrap
from helder.results.page.wording import Wording

# From surely stolen to surely not; what contradicts itself stands apart at the end.
ORDER = ("published", "taken", "shared_possible", "possible", "other_possible", "unknown", "not_taken", "not_held",
         "contradiction")  # fmt: skip
assert set(ORDER) == {state.id for state in STATES}
THIN, THICK, BETWEEN = 8.0, 26.0, 3.0

Counts = Mapping[str, Count]


def unseen(counts: Counts, people: int) -> int:
    """How many people are in hidden parts together; 0 when none is hidden. Everybody's number is known anyway."""
    return max(0, people - sum(n or 0 for n in counts.values())) if None in counts.values() else 0


def ordered(states: Mapping[str, Counts], people: int = 0) -> list[str]:
    """Items, those stolen of most people first; then those in question of most; equal ones as the case has them.

    Where the number stolen is hidden, it counts as large as it may be, so that the order tells nothing of it.
    """

    def most(item: str, ids: Iterable[str]) -> int:
        counts = [states[item].get(id, 0) for id in ids]
        return sum(n or 0 for n in counts) + (unseen(states[item], people) if None in counts else 0)

    def stolen(item: str) -> int:
        return most(item, KNOWN_STOLEN)

    def possible(item: str) -> int:
        return most(item, ("shared_possible", "possible"))

    return sorted(states, key=lambda item: (-stolen(item), -possible(item)))


def bar(
    counts: Counts,
    people: int,
    y: float,
    height: float,
    x: float,
    length: Callable[[float], float],
    label: Callable[[Count], str],
) -> Markup:
    """One stacked bar. A number stands in its part where it fits; hidden parts stand at the end as one."""
    shown = [counts.get(id) for id in ORDER]
    drawn = Markup("")
    for id, n, (start, width) in zip(ORDER, shown, stacked(shown, length), strict=True):
        if width <= 0:
            continue
        drawn += rect(x + start, y, max(width, 1.5), height, f"s-{id}")
        if height >= THICK and fits(label(n), width):
            drawn += text(x + start + 7, y + height / 2 + 5.5, label(n), f"on-{id}")
    if hidden := unseen(counts, people):
        start = length(people - hidden)
        drawn += rect(x + start, y, length(people) - start, height, "s-hidden")
        if height >= THICK and fits(label(None), length(people) - start):
            drawn += text(x + start + 7, y + height / 2 + 5.5, label(None), "small")
    return drawn


def _axis(most: int, x: float, width: float, top: float, bottom: float, say: Wording, steps: int) -> Markup:
    drawn, length = Markup(""), linear(most, width)
    for mark in nice(most, steps):
        if mark <= most:
            at, words = x + length(mark), say.numbers.thousands(mark)
            anchor = "start" if mark == 0 else "end" if at + measure(words, 14) / 2 > x + width else "middle"
            drawn += text(at, top - 8, words, "tick", anchor) + line(at, top, at, bottom, "grid")
    return drawn


def _rows(data: PageData, say: Wording, width: float, column: float) -> tuple[Markup, float, int]:
    """All bars under each other; with a `column` the names stand left of the bars, else above them."""
    people = data.current.people or 0
    most = people or 1
    length = linear(most, width - column)
    drawn, y = Markup(""), 30.0
    for item in ordered(data.current.states, people):
        name = wrap(say.of(data.items[item]), (column or width) - 16, 16)
        top = y if column else y + len(name) * 20 + 2
        drawn += lines(0, y + (24 if column else 16), name, "item", leading=20)
        drawn += bar(data.told.states.get(item, {}), people, top, THIN, column, length, say.numbers.count)
        drawn += bar(data.current.states[item], people, top + THIN + BETWEEN, THICK, column, length, say.numbers.count)
        y = max(top + THIN + BETWEEN + THICK, y + 24 + (len(name) - 1) * 20 if column else 0) + 16
    return drawn, y, most


def items(data: PageData, say: Wording) -> Figure:
    """How many people by item and state."""
    title = say.plain("items.picture")
    order = ordered(data.current.states, data.current.people or 0)
    first = order[0]
    counts = [data.current.states[first].get(id, 0) for id in KNOWN_STOLEN]
    stolen = None if None in counts else sum(n or 0 for n in counts)
    desc = say.plain("items.description", first=say.of(data.items[first]), n=stolen)

    def drawn(kind: str, width: float, column: float, steps: int) -> Markup:
        inside, height, most = _rows(data, say, width, column)
        axis = _axis(most, column, width - column, 22, height - 8, say, steps)
        return picture(f"items-{kind}", title, desc, (width, height), axis, inside, class_=kind)

    readings = (data.told, data.current)
    used = [id for id in ORDER if any(counts.get(id, 0) != 0 for r in readings for counts in r.states.values())]
    rows = tuple(
        (
            say.of(data.items[item]),
            say.plain(f"reading.{name}"),
            *(reading.states.get(item, {}).get(id, 0) for id in used),
        )
        for item in order
        for name, reading in (("told", data.told), ("current", data.current))
    )
    head = (say.plain("table.item"), say.plain("table.reading"), *(BY_ID[id].name(say.lang) for id in used))
    key = [(f"s-{id}", BY_ID[id].name(say.lang)) for id in used]
    if any(None in counts.values() for reading in readings for counts in reading.states.values()):
        key.append(("s-hidden", say.plain("items.hidden")))
    key.append(("", say.plain("items.bars")))
    wide, narrow = drawn("wide", WIDE, 236, 5), drawn("narrow", NARROW, 0, 2)
    return Figure("items", title, wide, narrow, Table(title, head, rows), tuple(key))
