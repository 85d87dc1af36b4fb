"""What a clock says: running, met, late by how much, or not for a clock to judge."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from helder.domain.periods import Holiday, Period, Term, no_holiday, period
from helder.registers.clocks.duties import Duty


class State(StrEnum):
    """The state of a clock."""

    RUNNING = "running"
    MET = "met"
    LATE = "late"
    OVERDUE = "overdue"
    """The term is over and nothing was done yet."""
    NO_NUMBER = "no_number"
    """The law gives no number: lateness is a judgement, not a calculation."""
    UNDECIDED = "undecided"
    """No number, and the regulator has not decided."""
    NOT_APPLICABLE = "not_applicable"
    """The law was not in force when the term would have begun."""
    NOT_STARTED = "not_started"
    """The event that starts it has not happened, or not at a known moment."""


@dataclass(frozen=True)
class Reading:
    """What a clock says at a moment. `late` is how long after the end it was done, or is now; zero otherwise."""

    state: State
    runs: Period | None = None
    late: dt.timedelta = dt.timedelta()
    reason_missing: bool = False
    """Late without a reason where the law asks for one (GDPR art. 33(1))."""
    by_contract: bool = False
    """The number comes from a contract: the law gives none."""


def read_clock(
    duty: Duty,
    started: dt.datetime | None,
    met: dt.datetime | None,
    now: dt.datetime,
    *,
    reason: str = "",
    extended: bool = False,
    asked_regulator: bool = False,
    agreed: int | None = None,
    holiday: Holiday = no_holiday,
) -> Reading:
    """Read a clock. `met` exactly at the end of the period is late by nothing, and still late: the period is over.

    Days are those of the zone of `started`. `agreed` hours, by contract, count where the law gives no number and leaves room for
    one, in the same way.
    An extension (art. 12(3) GDPR) counts from the start with the term and the extension together, in the same unit.
    """
    if started is None:
        return Reading(State.NOT_STARTED)
    if not duty.in_force(started.date()):
        return Reading(State.NOT_APPLICABLE)
    by_contract = duty.agreed and bool(agreed)
    term = Term("hours", agreed) if by_contract and agreed else duty.term
    if term is None:
        return Reading(State.UNDECIDED if asked_regulator else State.NO_NUMBER)
    if extended and duty.extension is not None:
        term = type(term)(term.unit, term.number + duty.extension.number)
    runs = period(started, term, holiday)
    if met is not None and met < runs.ends:
        return Reading(State.MET, runs, by_contract=by_contract)
    if met is None and now < runs.ends:
        return Reading(State.RUNNING, runs, by_contract=by_contract)
    state = State.LATE if met is not None else State.OVERDUE
    missing = duty.reasons_when_late and not reason.strip()
    return Reading(state, runs, (met or now) - runs.ends, missing, by_contract)


STAGES: tuple[tuple[str, dt.timedelta], ...] = (
    ("ended", dt.timedelta()),
    ("hours_4", dt.timedelta(hours=4)),
    ("hours_24", dt.timedelta(hours=24)),
    ("days_7", dt.timedelta(days=7)),
)
"""When a reminder is due: how long before the end of a term, most urgent first."""


def stage_due(reading: Reading, now: dt.datetime) -> str | None:
    """The most urgent stage that a clock has reached and is not met; None when there is nothing to remind of.

    A stage as long as the whole term says nothing new at its start, and is left out. A timer that stood still gives the
    most urgent reminder only, not all that it missed.
    """
    if reading.runs is None or reading.state not in (State.RUNNING, State.OVERDUE):
        return None
    length = reading.runs.ends - reading.runs.begins
    left = reading.runs.ends - now
    return next((id for id, before in STAGES if before < length and left <= before), None)
