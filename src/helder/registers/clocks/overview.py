"""What the page of clocks shows above its list: each clock's state in words, what is late first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from helder.office.models import User
from helder.office.parties import agreed_hours
from helder.office.register import Window
from helder.office.words import how_long, say
from helder.registers.clocks.models import Clock
from helder.registers.clocks.rules import Reading, State

WORDS: dict[State, tuple[str, str]] = {
    State.OVERDUE: ("te laat en nog niet gedaan", "overdue, not done yet"),
    State.RUNNING: ("loopt", "running"),
    State.LATE: ("te laat gedaan", "done late"),
    State.UNDECIDED: ("nog niet door de toezichthouder beoordeeld", "not decided by the regulator"),
    State.NO_NUMBER: ("niet te berekenen: de wet geeft geen getal", "cannot be judged: the law gives no number"),
    State.NOT_STARTED: ("nog niet begonnen, of onbekend wanneer", "not started, or unknown when"),
    State.MET: ("op tijd", "met"),
    State.NOT_APPLICABLE: ("niet van toepassing: de wet gold nog niet", "not applicable: law not yet in force"),
}
"""What each state is called, in the order in which a coordinator wants to see them."""

KINDS = {
    State.OVERDUE: "danger",
    State.LATE: "danger",
    State.RUNNING: "warning",
    State.UNDECIDED: "warning",
    State.MET: "safe",
}
"""The look of a state's badge; others are neutral. The words always stand beside it."""


@dataclass(frozen=True)
class Row:
    """A clock and what it says."""

    clock: Clock
    reading: Reading

    @property
    def state(self) -> str:
        """The state in words, and that a contract gives the term when it does."""
        words = say(*WORDS[self.reading.state])
        return f"{words}, {say('volgens contract', 'by contract')}" if self.reading.by_contract else words

    @property
    def kind(self) -> str:
        """The look of the badge."""
        return KINDS.get(self.reading.state, "neutral")

    @property
    def duty(self) -> str:
        """The duty in words."""
        law = self.clock.law
        return say(law.duty["nl"], law.duty["en"])

    @property
    def late(self) -> str:
        """By how much it is late, in words; empty when it is not."""
        return how_long(self.reading.late) if self.reading.late else ""


def rows(now: dt.datetime, clocks: QuerySet[Clock] | None = None) -> list[Row]:
    """Clocks (None: all) that hold, with what they say at `now`, most urgent first."""
    holding = (Clock.objects.all() if clocks is None else clocks).filter(current=True, withdrawn=False)
    agreed = agreed_hours()
    found = [Row(clock, clock.reading(now, agreed)) for clock in holding]
    order = list(WORDS)
    last = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(
        found, key=lambda row: (order.index(row.reading.state), row.reading.runs.ends if row.reading.runs else last)
    )


_WINDOWS = {State.MET: "met", State.LATE: "late", State.OVERDUE: "overdue", State.RUNNING: "running",
            State.UNDECIDED: "undecided"}  # fmt: skip


def windows() -> list[Window]:
    """The clocks that have begun, for the timeline; not those of a law that did not hold yet."""
    now = timezone.now()
    return [
        _window(row, now) for row in rows(now) if row.clock.started and row.reading.state is not State.NOT_APPLICABLE
    ]


def _window(row: Row, now: dt.datetime) -> Window:
    clock, runs = row.clock, row.reading.runs
    assert clock.started
    return Window(
        party=clock.party,
        to=clock.to,
        words=row.duty,
        article=clock.article,
        begins=runs.begins if runs else clock.started,
        ends=runs.ends if runs else None,
        done=clock.met,
        look=_WINDOWS.get(row.reading.state, "open"),
        state=row.state,
        late=row.late,
        took=_roughly((clock.met or now) - clock.started),
        source=("clocks", str(clock.entry)),
    )


def _roughly(span: dt.timedelta) -> str:
    """A length in whole days when it is long: the hours of what took weeks are seldom known."""
    return how_long(dt.timedelta(days=span.days) if span.days > 2 else span)


def overview(query: Mapping[str, str], user: User) -> Mapping[str, Any]:
    """The readings for the page."""
    return {"clocks": rows(timezone.now())}
