"""Groups: who gets which letter. They partition the people in scope; the first group whose condition holds wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from helder.case.load import Case
from helder.case.model import Condition
from helder.domain.states import state_of
from helder.exposure.marks import Mark
from helder.exposure.tie import Left, contradicts


@dataclass(frozen=True)
class Profile:
    """People whose evidence says the same: their marks, and the worlds left in each slot."""

    number: int
    people: int
    marks: frozenset[Mark]
    left: Left

    @property
    def contradiction(self) -> bool:
        """Whether nothing is left somewhere."""
        return contradicts(self.left)


def holds(condition: Condition, profile: Profile, default_party: str) -> bool:
    """Whether a condition of case.toml holds for a profile. An empty condition holds always."""
    marks, party = profile.marks, condition.party or default_party

    def any_mark(kind: str, names: Iterable[str]) -> bool:
        return any(Mark(kind, name) in marks for name in names)

    return (
        (condition.disclosed_to is None or Mark("to", condition.disclosed_to) in marks)
        and (condition.found_in is None or any_mark("found", condition.found_in))
        and (condition.review_in is None or any_mark("review", condition.review_in))
        and (condition.scopes is None or any_mark("scope", condition.scopes))
        and (
            condition.states is None
            or all(state_of(profile.left[party, item]).id in ids for item, ids in condition.states.items())
        )
        and (condition.contradiction is None or profile.contradiction is condition.contradiction)
        and (condition.all_of is None or all(holds(part, profile, default_party) for part in condition.all_of))
        and (condition.any_of is None or any(holds(part, profile, default_party) for part in condition.any_of))
        and (condition.none_of is None or not any(holds(part, profile, default_party) for part in condition.none_of))
    )


@dataclass(frozen=True)
class Placed:
    """A profile's place: in the declared scope or not, and the group that takes it (None: a gap, or no groups)."""

    in_scope: bool
    group: str | None


def place(case: Case, profile: Profile) -> Placed:
    """Where a profile belongs."""
    party = case.breached[0].id
    if not holds(case.file.people_in_scope, profile, party):
        return Placed(False, None)
    taker = next((group.id for group in case.file.groups if holds(group.when, profile, party)), None)
    return Placed(True, taker)
