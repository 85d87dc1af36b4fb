"""Names for what the worlds left allow us to say of one item, in Dutch and English.

The first state whose test holds is the item's state. They are names for people and for counting; sentences in
letters are checked against the worlds themselves, never against these names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from helder.domain import worlds as w


@dataclass(frozen=True)
class State:
    """A named state: its id, its test on the worlds left (a mask), and its name in each language."""

    id: str
    holds: Callable[[int], bool]
    nl: str
    en: str
    inside: int | None = None
    """For the SQL: the state holds when nothing outside this mask is left (None: always)."""

    def name(self, lang: str) -> str:
        """The state's name in `lang` (Dutch for 'nl', else English)."""
        return self.nl if lang == "nl" else self.en


def _within(id: str, inside: int, nl: str, en: str) -> State:
    return State(id, lambda left: left & ~inside == 0, nl, en, inside)


STATES: tuple[State, ...] = (
    _within("contradiction", 0, "bewijs spreekt elkaar tegen", "evidence contradicts itself"),
    _within("published", w.PUBLISHED, "gestolen en gepubliceerd", "stolen and published"),
    _within("taken", w.STOLEN, "gestolen", "stolen"),
    _within("not_held", w.NOT_HELD, "niet aanwezig", "not held there"),
    _within("not_taken", w.NOT_STOLEN, "niet gestolen", "not stolen"),
    _within(
        "other_possible",
        w.OURS_NOT_THERE,
        "onze kopie was er niet, die van een ander misschien wel; diefstal niet uit te sluiten",
        "our copy was not there, another's may have been; theft cannot be ruled out",
    ),
    _within(
        "shared_possible",
        w.DISCLOSED,
        "door ons gedeeld, diefstal niet uit te sluiten",
        "shared by us, theft cannot be ruled out",
    ),
    State(
        "possible",
        lambda left: left != w.ITEM_ALL,
        "diefstal niet uit te sluiten",
        "theft cannot be ruled out",
    ),
    State("unknown", lambda left: True, "onbekend", "unknown"),
)

BY_ID = {state.id: state for state in STATES}
KNOWN_STOLEN = frozenset({"published", "taken"})
OPEN = frozenset({"shared_possible", "other_possible", "possible", "unknown"})


@cache
def state_of(left: int) -> State:
    """The first state that holds for the worlds `left` (a mask of `domain.worlds`)."""
    return next(state for state in STATES if state.holds(left))
