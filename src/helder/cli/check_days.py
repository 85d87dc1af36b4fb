"""Days in a case that cannot be, or are still to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from helder.cli.finding import Finding
from helder.cli.say import Say

if TYPE_CHECKING:
    from helder.case import Case


def not_yet(case: Case, say: Say) -> Iterator[Finding]:
    """Decisions that are dated after today."""
    for decision in case.not_yet:
        yield Finding(
            "warning",
            "decisions",
            say(
                f"Telt nog niet mee, gedateerd na vandaag: {decision}.",
                f"Does not count yet, dated after today: {decision}.",
            ),
            do=say("Is de dag goed geschreven?", "Is the day written right?"),
        )


def in_the_future(case: Case, say: Say) -> Iterator[Finding]:
    """What was received after today, which nobody can have done."""
    stated = {f"statements.{one.id}": one.received for one in case.file.statements}
    deleted = {f"deletions.{one.id}": one.received for one in case.file.deletions}
    sources = {f"sources.{id}": one.received for id, one in case.file.sources.items()}
    for where, day in {**sources, **stated, **deleted}.items():
        if day > dt.date.today():
            what = say(f"Ontvangen na vandaag: {day}.", f"Received after today: {day}.")
            do = say("Is de dag goed geschreven?", "Is the day written right?")
            yield Finding("warning", "case.toml", what, f"case.toml: {where}", do)
