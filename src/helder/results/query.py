"""Numbers by name: a query in words, what it counts, and its answer bound to the result that it was read from.

A number that leaves the house is never typed: it is asked for by its query, and keeps the as-of date and the key of
the published result. When the evidence changes, the same query gives another answer and the number is stale.

    people · people:found · people:taken · people:possible · people:contradiction · people:outside
    group:<group> · state:<item>:<state> · records · records:linked · records:unlinked · records:review
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from helder.domain.errors import CaseError, StorageError
from helder.domain.states import STATES
from helder.results import counts
from helder.results.open import ProfileView, Results
from helder.results.record import path_of

_TAKEN = frozenset({"published", "taken"})
_SETTLED = frozenset({"not_held", "not_taken"})


class Exactness(StrEnum):
    """How exact a number is. A count of people who certainly were hit is a least: a link may have been missed."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ESTIMATE = "estimate"
    """Said by somebody, not counted here."""


@dataclass(frozen=True)
class Query:
    """What can be asked: its name, words, unit (people or records) and how exact its answer is."""

    id: str
    words: tuple[str, str]
    unit: str
    exactness: Exactness
    count: Callable[[Results], int]


@dataclass(frozen=True)
class Answer:
    """A number as published: its value, the day up to which evidence counts (None: all), and the result's key."""

    query: str
    value: int
    as_of: dt.date | None
    result: str


def _people(results: Results, holds: Callable[[ProfileView], bool]) -> int:
    return sum(profile.people for profile in results.in_scope if holds(profile))


def _any(states: frozenset[str]) -> Callable[[Results], int]:
    return lambda results: _people(results, lambda profile: bool(states & set(results.item_states(profile).values())))


def _possible(results: Results) -> int:
    """People of whom something may have been taken: nothing is ruled out for at least one item."""
    return _people(results, lambda profile: bool(set(results.item_states(profile).values()) - _SETTLED))


def _fixed() -> list[Query]:
    exact, least, most = Exactness.EXACT, Exactness.AT_LEAST, Exactness.AT_MOST
    rows: list[tuple[str, str, str, str, Exactness, Callable[[Results], int]]] = [
        ("people", "mensen over wie het gaat", "people in scope", "people", exact, lambda r: _people(r, lambda _: True)),
        ("people:found", "mensen gevonden in de gelekte gegevens", "people found in the leaked data", "people", least,
         counts.people_found),
        ("people:taken", "mensen van wie zeker iets gestolen is", "people of whom something was certainly taken",
         "people", least, _any(_TAKEN)),
        ("people:possible", "mensen bij wie diefstal niet is uitgesloten", "people for whom theft is not ruled out",
         "people", most, _possible),
        ("people:contradiction", "mensen bij wie bewijs elkaar tegenspreekt", "people whose evidence contradicts itself",
         "people", exact, lambda r: _people(r, lambda profile: profile.contradiction)),
        ("people:outside", "gevonden mensen buiten de eigen groep", "people found who are not in scope", "people", least,
         lambda r: counts.people_found(r, in_scope=False)),
        ("records", "gelekte records", "leaked records", "records", exact, counts.records),
        ("records:linked", "gelekte records bij een mens gevonden", "leaked records linked to a person", "records", exact,
         lambda r: counts.records(r, outcome="accepted")),
        ("records:unlinked", "gelekte records die bij niemand pasten", "leaked records linked to nobody", "records",
         exact, lambda r: counts.records(r, outcome="none")),
        ("records:review", "gelekte records die een mens moet bekijken", "leaked records that a person must look at",
         "records", exact, lambda r: counts.records(r, outcome="review")),
    ]  # fmt: skip
    return [Query(id, (nl, en), unit, how, count) for id, nl, en, unit, how, count in rows]


def _how(state: str) -> Exactness:
    if state in _TAKEN:
        return Exactness.AT_LEAST
    return Exactness.EXACT if state in _SETTLED or state == "contradiction" else Exactness.AT_MOST


def queries(results: Results) -> dict[str, Query]:
    """Everything that can be asked of a published run, by id."""
    found = {query.id: query for query in _fixed()}
    for group in results.case.file.groups:
        nl, en = (group.label.get(lang, group.id) for lang in ("nl", "en"))
        found[f"group:{group.id}"] = Query(
            f"group:{group.id}", (f"groep: {nl}", f"group: {en}"), "people", Exactness.EXACT,
            lambda r, id=group.id: counts.groups(r)[id],  # type: ignore[misc]
        )  # fmt: skip
    for item, part in results.case.items.items():
        for state in STATES:
            id = f"state:{item}:{state.id}"
            words = tuple(f"{part.label.get(lang, item)}: {state.name(lang)}" for lang in ("nl", "en"))
            found[id] = Query(
                id, (words[0], words[1]), "people", _how(state.id),
                lambda r, item=item, state=state.id: counts.states(r)[item].get(state, 0),  # type: ignore[misc]
            )  # fmt: skip
    return found


@lru_cache(maxsize=256)
def answer(results: Results, query: str) -> Answer:
    """The answer of a published run. Raises `CaseError` for a query that this case does not have."""
    found = queries(results).get(query)
    if found is None:
        raise CaseError(f"There is no number '{query}'.", where=str(results.case.folder), do="Choose one of the list.")
    return Answer(query, found.count(results), results.record.as_of, results.record.key(results.exposure))


def answer_now(case: Path, assessment: str, query: str) -> Answer | None:
    """The answer of the run that is published now; None when there is none, or it has no such query."""
    results = opened(case, assessment)
    try:
        return answer(results, query) if results else None
    except CaseError:
        return None


def opened(case: Path, assessment: str = "current") -> Results | None:
    """The published run, kept until another is published; None when there is none, or its results were removed."""
    try:
        stamps = tuple(path.stat().st_mtime_ns for path in (path_of(case, assessment), case / "case.toml"))
    except OSError:
        return None
    return _opened(case, assessment, stamps)


@lru_cache(maxsize=4)
def _opened(case: Path, assessment: str, stamps: tuple[int, ...]) -> Results | None:
    try:
        results = Results.open(case, assessment)
        results.profiles  # noqa: B018 (read now, so that what is missing is found here)
    except (CaseError, StorageError):
        return None
    return results
