"""Groups: who gets which letter. They partition the people in scope; the first group whose condition holds wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

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


Predicate: TypeAlias = Callable[[Profile], bool]


def predicate(condition: Condition, default_party: str) -> Predicate:
    """Whether a condition of case.toml holds, made once for thousands of profiles. An empty condition holds always."""
    party = condition.party or default_party
    tests: list[Predicate] = []

    def any_mark(kind: str, names: Iterable[str] | None) -> None:
        if names is not None:
            wanted = frozenset(Mark(kind, name) for name in names)
            tests.append(lambda profile: not wanted.isdisjoint(profile.marks))

    any_mark("to", None if condition.disclosed_to is None else [condition.disclosed_to])
    any_mark("found", condition.found_in)
    any_mark("review", condition.review_in)
    any_mark("scope", condition.scopes)
    if (states := condition.states) is not None:
        wanted = [((party, item), ids) for item, ids in states.items()]
        tests.append(lambda profile: all(state_of(profile.left[slot]).id in ids for slot, ids in wanted))
    if (contradiction := condition.contradiction) is not None:
        tests.append(lambda profile: profile.contradiction is contradiction)
    tests += _of_parts(condition, default_party)
    return tests[0] if len(tests) == 1 else lambda profile: all(test(profile) for test in tests)


def _of_parts(condition: Condition, party: str) -> Iterator[Predicate]:
    """The tests of conditions within a condition."""
    if condition.all_of is not None:
        every = [predicate(part, party) for part in condition.all_of]
        yield lambda profile: all(test(profile) for test in every)
    if condition.any_of is not None:
        some = [predicate(part, party) for part in condition.any_of]
        yield lambda profile: any(test(profile) for test in some)
    if condition.none_of is not None:
        none = [predicate(part, party) for part in condition.none_of]
        yield lambda profile: not any(test(profile) for test in none)


@dataclass(frozen=True)
class Placed:
    """A profile's place: in the declared scope or not, and the group that takes it (None: a gap, or no groups)."""

    in_scope: bool
    group: str | None


def place(case: Case, profile: Profile) -> Placed:
    """Where a profile belongs."""
    return place_all(case, [profile])[0]


def place_all(case: Case, profiles: Iterable[Profile]) -> list[Placed]:
    """Where each profile belongs."""
    party = case.breached[0].id
    in_scope = predicate(case.file.people_in_scope, party)
    groups = [(predicate(group.when, party), group.id) for group in case.file.groups]
    return [
        Placed(True, next((id for takes, id in groups if takes(profile)), None)) if in_scope(profile) else _OUTSIDE
        for profile in profiles
    ]


_OUTSIDE = Placed(False, None)
