"""The ten seconds: one bar of everyone, and a table of the two readings beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from helder.results.page.data import PageData
from helder.results.page.figure import NARROW, WIDE, fits
from helder.results.page.numbers import Count
from helder.results.page.scale import linear, stacked
from helder.results.page.svg import picture, rect, text
from helder.results.page.wording import Wording

HEIGHT = 46.0


@dataclass(frozen=True)
class Row:
    """A row of the comparison: what, as told, now, and the change in words. `kind` styles it: part, under, gain."""

    words: str
    told: Count = None
    current: Count = None
    change: str = ""
    kind: str = ""


def change(before: Count, after: Count, say: Wording) -> str:
    """+51,234, −94,000 or 'same'. Empty when either is suppressed, or when the change itself is below 11."""
    if before is None or after is None:
        return ""
    if before == after:
        return say.plain("top.same")
    if abs(after - before) < 11:
        return ""
    return f"{'+' if after > before else '−'}{say.numbers.whole(abs(after - before))}"


def comparison(data: PageData, say: Wording) -> list[Row]:
    """The same evidence, read twice: people, records, groups."""
    told, now = data.told, data.current

    def row(name: str, kind: str = "") -> Row:
        before, after = getattr(told, name), getattr(now, name)
        return Row(say.plain(f"top.row_{name}"), before, after, change(before, after, say), kind)

    groups = [
        Row(say.of(label), told.groups.get(id, 0), now.groups.get(id, 0),
            change(told.groups.get(id, 0), now.groups.get(id, 0), say), "under")
        for id, label in data.groups.items()
    ]  # fmt: skip
    return [
        row("people"),
        row("known", "gain"),
        row("open"),
        *([row("out")] if told.out != 0 or now.out != 0 else []),
        row("contradictions"),
        row("records"),
        row("linked", "under"),
        row("review", "under"),
        row("unlinked", "under"),
        *([Row(say.plain("top.row_groups"), kind="part"), *groups] if groups else []),
    ]


def parts(data: PageData) -> list[tuple[str, Count]]:
    """Everyone in three parts: known as told, known now, and not to be ruled out."""
    told, now = data.told.known, data.current.known
    gained = max(0, now - told) if now is not None and told is not None else None
    known = now if gained is None else (now or 0) - gained
    return [("taken", known), ("more", gained), ("shared_possible", data.current.open)]


def strip_key(data: PageData, say: Wording) -> list[tuple[str, str]]:
    """The parts of the bar: class of the swatch, and words with their number."""
    return [
        ("sq-more" if name == "more" else f"s-{name}", f"{say.plain(f'top.key_{name}')}: {say.numbers.count(n)}")
        for name, n in parts(data)
    ]


def strip(data: PageData, say: Wording) -> Markup:
    """The bar of everyone, wide and narrow. Its numbers stand in the table that follows."""
    named = (
        say.plain("top.strip"),
        say.plain("top.strip_description", people=data.current.people, known=data.current.known),
    )
    drawn = Markup("")
    for id, width in (("wide", WIDE), ("narrow", NARROW)):
        shown = parts(data)
        spans = stacked([n for _, n in shown], linear(data.current.people or 1, width))
        bar = Markup("")
        for (name, n), (start, long) in zip(shown, spans, strict=True):
            if n:
                bar += rect(start, 1, long, HEIGHT, "sq-more" if name == "more" else f"s-{name}")
                label = say.numbers.count(n)
                if n >= 11 and fits(label, long, 17):
                    bar += text(start + 10, HEIGHT / 2 + 7, label, f"on-{name} strong")
        drawn += picture(f"strip-{id}", *named, (width, HEIGHT + 2), bar, class_=id)
    return drawn
