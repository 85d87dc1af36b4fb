"""What lies on the desk: everything that somebody owes an answer to, by kind and by who has it, and how soon it must be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone

from helder.office.models import User
from helder.office.parties import party_name
from helder.office.register import registers
from helder.office.rows import seen
from helder.office.words import say
from helder.registers.clocks.rules import State
from helder.web.chart import Part, bars

LATE, DAY, WEEK, LATER, UNDATED = "late", "day", "week", "later", "undated"
SOON = (LATE, DAY, WEEK, LATER, UNDATED)
_LOOKS = {LATE: "clock-danger", DAY: "clock-warning", WEEK: "told", LATER: "clock-safe", UNDATED: "clock-neutral"}
PERSON = "person"
"""To whom a duty is owed when somebody asked for something: rights requests and complaints."""
_OWNERS = 8


@dataclass(frozen=True)
class Work:
    """What is to be done: what kind it is, who has it, its last moment (None: it has none), and how many there are of it."""

    kind: str
    owner: str
    ends: dt.datetime | None
    number: int = 1


def how_soon(ends: dt.datetime | None, now: dt.datetime) -> str:
    """How soon something must be done: late, within a day, within a week, later, or without a day."""
    if ends is None:
        return UNDATED
    left = ends - now
    if left <= dt.timedelta():
        return LATE
    return DAY if left <= dt.timedelta(days=1) else WEEK if left <= dt.timedelta(days=7) else LATER


def counted(work: Iterable[tuple[str, str, int]]) -> list[tuple[str, list[int]]]:
    """(Heading, how soon, how many), added up: a row for each heading in the order of SOON, most urgent first."""
    rows: dict[str, list[int]] = {}
    for head, soon, number in work:
        rows.setdefault(head, [0] * len(SOON))[SOON.index(soon)] += number
    return sorted(rows.items(), key=lambda row: ([-number for number in row[1]], row[0]))


def shortened(rows: Sequence[tuple[str, list[int]]], most: int, rest: str) -> list[tuple[str, list[int]]]:
    """The first rows; when there are more than `most`, the others are added up in one that is called `rest`."""
    if len(rows) <= most:
        return list(rows)
    return [
        *rows[: most - 1],
        (rest, [sum(column) for column in zip(*(row[1] for row in rows[most - 1 :]), strict=True)]),
    ]


def open_work(user: User, ticking: Iterable[Any]) -> list[Work]:
    """What is open in the registers that `user` may read; `ticking` are the clocks that they may."""
    found = [
        Work(
            say("verzoeken en klachten", "requests and complaints")
            if row.clock.law.to == PERSON
            else say("andere wettelijke termijnen", "other legal terms"),
            party_name(row.clock.party),
            row.reading.runs.ends,
        )
        for row in ticking
        if row.reading.state in (State.OVERDUE, State.RUNNING)
    ]
    for id, kind, owner, due, state, waits in (
        ("points", say("vragen om verantwoording", "request points"), "owner", "due", "state", ("open", "drafted")),
        ("investigations", say("onderzoeken", "investigations"), "who", "expected", "status", ("announced", "running")),
    ):
        if user.may(id, "read"):
            entries = seen(registers()[id].model, user).filter(current=True, withdrawn=False)
            # Counted by the database, and each day made a moment once: a register holds ten thousand.
            rows = entries.filter(**{f"{state}__in": waits}).values_list(owner, due).annotate(Count("pk")).order_by()
            ends = {day: _end_of(day) for day in {day for _, day, _ in rows}}
            found += [Work(kind, who.strip(), ends[day], number) for who, day, number in rows]
    return found


def _end_of(day: dt.date | None) -> dt.datetime | None:
    """The last moment of a day: what is due that day may be done until it is over."""
    return None if day is None else timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def _names() -> list[str]:
    return [say("te laat", "late"), say("binnen een dag", "within a day"), say("binnen een week", "within a week"),
            say("later", "later"), say("zonder einddatum", "without an end date")]  # fmt: skip


def desk(user: User, ticking: Iterable[Any], now: dt.datetime) -> dict[str, Any]:
    """For the dashboard: two charts, and the rows of the table behind each."""
    work = open_work(user, ticking)
    kinds = counted((one.kind, how_soon(one.ends, now), one.number) for one in work)
    owners = counted((one.owner, how_soon(one.ends, now), one.number) for one in work)
    shown = shortened(owners, _OWNERS, say("alle anderen", "all others"))
    titles = (
        say("Wat er ligt, naar soort", "What lies here, by kind"),
        say("Wat er ligt, naar wie", "What lies here, by who"),
    )
    heads = (say("Soort", "Kind"), say("Wie", "Who"))
    charts = [
        {
            "title": title,
            "head": head,
            "rows": [(name, _parts(numbers)) for name, numbers in rows],
            "chart": bars([(name, _parts(numbers)) for name, numbers in few], title),
        }
        for title, head, rows, few in zip(titles, heads, (kinds, owners), (kinds, shown), strict=True)
    ]
    return {"desk": charts if work else [], "desk_legend": _parts([0] * len(SOON))}


def _parts(numbers: Sequence[int]) -> list[Part]:
    return [Part(_LOOKS[soon], name, number) for soon, name, number in zip(SOON, _names(), numbers, strict=True)]
