"""Facts that were taken from the office, held against what its registers say now.

Letters are checked with the facts as they were taken. A measure that was withdrawn or corrected in the office since is in no
file of the case, so nothing but asking the office tells that letters say what is so no longer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from helder.letters.facts import early, expired
from helder.letters.findings import Place
from helder.letters.load import Letter, facts_said, facts_taken
from helder.letters.making import cited
from helder.letters.model import Fact

Office = Callable[[], str | None]
"""Asks the office for the file of its facts as it would be taken now; None when the case has no office here."""


@dataclass(frozen=True)
class Compared:
    """What the office said. `facts`: how many facts that letters state it was asked about; None when nobody was asked.
    `otherwise`: where letters state one that it says in other words, on other days, or no longer."""

    facts: int | None = None
    otherwise: tuple[Place, ...] = ()

    @property
    def names(self) -> list[str]:
        """The ids of those facts."""
        return sorted({place.of for place in self.otherwise})


def compare(case: Path, letters: Iterable[Letter], day: dt.date, office: Office | None) -> Compared:
    """Ask the office about each of its facts that letters of a round state, and that must hold on `day`.

    What no letter states may change: it makes no letter untrue. Evidence may too, for no letter prints it.
    """
    taken = facts_taken(case)
    stated = {
        Place("fact_otherwise", letter.id, block, language, fact)
        for letter in letters
        for language in letter.languages
        for block, fact in cited(letter, language)
        if fact in taken
    }
    if not stated:
        return Compared(0)
    said = office() if office else None
    if said is None:
        return Compared()
    now = facts_said(said)
    names = {place.of for place in stated}
    other = {id for id in names if not _the_same(taken[id], now.get(id), day)}
    wrong = sorted((place for place in stated if place.of in other), key=lambda place: tuple(vars(place).values()))
    return Compared(len(names), tuple(wrong))


def _the_same(taken: Fact, now: Fact | None, day: dt.date) -> bool:
    return now is not None and now.value == taken.value and not early(now, day) and not expired(now, day)
