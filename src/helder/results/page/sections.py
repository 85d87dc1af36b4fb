"""What the template needs for the sections in depth: explanations of sums, bars of severity, gaps and seconds."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from helder.domain.states import BY_ID
from helder.exposure.severity import bands
from helder.results.page.bars import Bar, bars
from helder.results.page.data import PageData, Person, PersonItem
from helder.results.page.figure import Figure, Table
from helder.results.page.glyph import glyph
from helder.results.page.ledger import levels
from helder.results.page.wording import Wording


def sums(data: PageData, say: Wording) -> list[Markup]:
    """In words: why the records add up, and why people and letters are other numbers."""
    records, people, letters = levels(data, say)
    said = [
        say("ledger.sum_dataset", dataset=say.of(d.label), records=d.records, linked=d.linked, unplaced=d.unplaced)
        for d in data.datasets
        if d.records is not None and d.unplaced is not None
    ]
    if records.total is not None and people.total is not None and records.total - people.total >= 11:
        unplaced = [say.n(d.unplaced) for d in data.datasets if d.unplaced]
        said.append(
            say(
                "ledger.sum_gap",
                records=records.total,
                people=people.total,
                gap=records.total - people.total,
                parts=Markup(" + ").join(unplaced),
            )
        )
    if letters.total:
        groups = Markup(" + ").join(say.n(segment.count) for segment in letters.segments)
        said.append(say("ledger.sum_groups", letters=letters.total, parts=groups))
    return said


def severity(data: PageData, say: Wording) -> Figure:
    """People by band of severity, worst first, as told and now."""
    shown, rows = [], []
    readings = (("told", data.told, "bar-told"), ("current", data.current, "bar"))
    for id, names in reversed(bands().items()):
        name = names[say.lang if say.lang in names else "en"]
        for reading, of, class_ in readings:
            n = of.severity.get(id, 0)
            if any(one.severity.get(id, 0) != 0 for _, one, _ in readings):
                shown.append(Bar(name, n, say.numbers.count(n), class_))
            rows.append((name, say.plain(f"reading.{reading}"), n))
    title = say.plain("open.severity_picture")
    table = Table(title, (say.plain("open.band"), say.plain("table.reading"), say.plain("table.number")), tuple(rows))
    key = [(class_, say.plain(f"reading.{reading}")) for reading, _, class_ in readings]
    return bars("severity", title, say.plain("open.severity_description"), shown, table, key)


def gaps(data: PageData, say: Wording) -> Figure | None:
    """Missing evidence by how many people's questions it would settle."""
    found = sorted(data.gaps, key=lambda gap: -(gap.people or 0))
    if not found:
        return None
    title = say.plain("open.gaps_picture")
    names = (say.plain("open.ask"), say.plain("open.whom"), say.plain("open.people"), say.plain("open.wholly"))
    rows = tuple((say.of(gap.ask), gap.whom, gap.people, gap.wholly) for gap in found)
    shown = [Bar(f"{say.of(gap.ask)} ({gap.whom})", gap.people, say.numbers.count(gap.people)) for gap in found]
    desc = say.plain("open.gaps_description", first=shown[0].name)
    return bars("gaps", title, desc, shown, Table(title, names, rows), column=480)


def found(data: PageData, say: Wording) -> Figure | None:
    """Of the damaged records whose person is in the register: the share linked rightly, by how damaged they are."""
    levels = data.measured.found if data.measured else ()
    if not levels:
        return None
    title = say.plain("found.picture")
    names = {level: say.plain(f"found.{level}") for level in ("none", "light", "moderate", "severe")}
    ordered = sorted(levels, key=lambda one: list(names).index(one.level) if one.level in names else len(names))
    shown = [
        Bar(names.get(one.level, one.level), one.share, say.numbers.percent(one.share, 1), "bar-more")
        for one in ordered
    ]
    rows = tuple(
        (names.get(one.level, one.level), one.records, one.linked, say.numbers.percent(one.share, 1)) for one in ordered
    )
    head = tuple(say.plain(f"found.{name}") for name in ("level", "records", "linked", "share"))
    return bars("found", title, say.plain("found.description"), shown, Table(title, head, rows), most=1.0)


def stage_name(id: str, say: Wording) -> str:
    """A stage in words: 'source-register' is 'read register'."""
    kind, _, of = id.partition("-")
    known = {"source", "normalised", "linkage", "decided", "evidence", "exposure"}
    return say.plain(f"computed.{kind}", id=of) if kind in known else id


def seconds(data: PageData, say: Wording) -> Figure:
    """Seconds per stage."""
    shown, rows = [], []
    for id, took, reused in data.computed.stages:
        name = stage_name(id, say)
        value = say.plain("computed.seconds_value", n=say.numbers.decimal(took))
        shown.append(Bar(name, took, value + (f" ({say.plain('computed.reused')})" if reused else "")))
        rows.append((name, value, say.plain("computed.reused") if reused else ""))
    title = say.plain("computed.picture")
    total = say.plain("computed.seconds_value", n=say.numbers.decimal(data.computed.seconds))
    longest = max(data.computed.stages, key=lambda stage: stage[1], default=("", 0.0, False))
    desc = say.plain("computed.description", total=total, first=stage_name(longest[0], say))
    table = Table(
        title, (say.plain("computed.stage"), say.plain("computed.seconds"), say.plain("computed.note")), tuple(rows)
    )
    return bars("seconds", title, desc, shown, table)


@dataclass(frozen=True)
class Reasoned:
    """An item of the explained person: its name, and state and dots before and after."""

    label: str
    before: str
    after: str
    left_before: str
    left_after: str
    dots_before: Markup
    dots_after: Markup
    changed: bool
    because: str


def reasoned(person: Person, say: Wording) -> list[Reasoned]:
    """The explained person's items: those about which more can be said first."""

    def one(n: int, item: PersonItem) -> Reasoned:
        name = say.of(item.label)
        before, after = (
            say.plain("person.left", n=str(worlds.bit_count())) for worlds in (item.worlds_before, item.worlds_after)
        )
        return Reasoned(
            name,
            BY_ID[item.before].name(say.lang),
            BY_ID[item.after].name(say.lang),
            before,
            after,
            glyph(f"w{n}b", item.worlds_before, f"{name}, {say.plain('person.before')}", before),
            glyph(f"w{n}a", item.worlds_after, f"{name}, {say.plain('person.after')}", after),
            item.worlds_before != item.worlds_after,
            ", ".join(say.of(name) for name in item.because),
        )

    items = sorted(person.items, key=lambda item: item.worlds_before == item.worlds_after)
    return [one(n, item) for n, item in enumerate(items)]
