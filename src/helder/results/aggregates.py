"""The numbers of an assessment as tables that may be published: small ones hidden, and what would give them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from helder.domain.states import BY_ID, STATES
from helder.exposure.marks import Mark
from helder.exposure.rules import PERSON
from helder.exposure.severity import band, bands
from helder.results import words
from helder.results.counts import groups
from helder.results.open import Results
from helder.results.suppress import Cells, publish

PEOPLE, RECORDS = "people", "records"


@dataclass(frozen=True)
class Sheet:
    """One table to publish: columns of text, then the number (None: hidden) in `unit`, then whether it is hidden."""

    name: str
    columns: tuple[str, ...]
    unit: str
    rows: list[tuple[Any, ...]] = field(default_factory=list)

    @property
    def hidden(self) -> int:
        """How many numbers are hidden."""
        return sum(row[-1] for row in self.rows)


Key = tuple[str, ...]
"""The sheet, and what the number is of; labels are added afterwards."""


def sheets(results: Results) -> list[Sheet]:
    """All tables. Combinations of nobody are left out: a number that is not there is zero."""
    seed = results.record.key(results.exposure)
    people = publish(_of_people(results), f"people/{seed}", dear=[("totals", "in_scope")])
    # A linked record is nearly a person: where the people are hidden, so are the records.
    near = {"found": "accepted", "review": "review"}
    hidden = {(key[1], near[key[2]]) for key, number in people.items() if key[0] == "datasets" and number is None}
    exact = _of_records(results)
    records = publish(exact, f"records/{seed}", {key for key in exact.cells if key[1:3] in hidden})
    made = {sheet.name: sheet for sheet in _empty(results.case.file.case.languages)}
    for numbers in (people, records):
        for key, number in numbers.items():
            if number != 0 or key[0] in ("totals", "groups", "datasets"):
                row = (*key[1:], *_labels(results, key), number, number is None)
                made[key[0]].rows.append(row)
    return [sheet for sheet in made.values() if sheet.rows]


def _empty(languages: list[str]) -> Iterator[Sheet]:
    label = tuple(f"label_{language}" for language in languages)
    says = tuple(f"says_{language}" for language in languages)
    yield Sheet("totals", ("of", *says), PEOPLE)
    yield Sheet("groups", ("group", *label), PEOPLE)
    yield Sheet("persons", ("party", "state", *says), PEOPLE)
    yield Sheet("states", ("party", "item", "state", *label, *says), PEOPLE)
    yield Sheet("groups_states", ("group", "party", "item", "state"), PEOPLE)
    yield Sheet("severity", ("band", *label), PEOPLE)
    yield Sheet("datasets", ("dataset", "what", *says), PEOPLE)
    yield Sheet("records", ("dataset", "outcome", "method"), RECORDS)


def _of_people(results: Results) -> Cells[Key]:
    """Every number of people, over the profiles as atoms."""
    cells: dict[Key, set[int]] = {key: set() for key in _always(results)}
    for atom, profile in enumerate(results.profiles):
        for key in _keys(results, atom) if profile.in_scope else _outside(results, atom):
            cells.setdefault(key, set()).add(atom)
    sizes = [profile.people for profile in results.profiles]
    order = {state.id: position for position, state in enumerate(STATES)}
    items = {item: position for position, item in enumerate(results.case.items)}

    def place(key: Key) -> tuple[Any, ...]:
        return (*(f"{items[part]:04}" if part in items else f"{order.get(part, 99):02}{part}" for part in key[1:]),)

    fixed = list(_always(results))
    rest = sorted((key for key in cells if key not in fixed), key=lambda key: (key[0], place(key)))
    return Cells(sizes, {key: frozenset(cells[key]) for key in (*fixed, *rest)})


def _always(results: Results) -> Iterator[Key]:
    """Numbers that are shown also when they are zero."""
    for of in ("in_scope", "contradiction", "outside"):
        yield "totals", of
    for group in groups(results):
        yield "groups", group
    for dataset in results.case.datasets:
        yield "datasets", dataset, "found"
        yield "datasets", dataset, "review"


def _keys(results: Results, atom: int) -> Iterator[Key]:
    """The numbers in which the people of a profile count."""
    profile = results.profiles[atom]
    group = profile.group or "all"
    yield "totals", "in_scope"
    yield "groups", group
    if profile.contradiction:
        yield "totals", "contradiction"
    yield "severity", "none" if profile.severity is None else band(profile.severity)["id"]
    for (party, item), state in profile.states.items():
        if item == PERSON:
            yield "persons", party, state
        else:
            yield "states", party, item, state
            yield "groups_states", group, party, item, state
    for dataset in results.case.datasets:
        for kind in ("found", "review"):
            if Mark(kind, dataset) in profile.marks:
                yield "datasets", dataset, kind


def _outside(results: Results, atom: int) -> Iterator[Key]:
    """People outside the scope count only when a leaked record was linked to them."""
    if any(mark.kind == "found" for mark in results.profiles[atom].marks):
        yield "totals", "outside"


def _of_records(results: Results) -> Cells[Key]:
    """Every number of records, over the rows of LINK_COUNTS as atoms."""
    cells: dict[Key, set[int]] = {}
    for atom, row in enumerate(results.links):
        dataset, outcome, method = row["dataset"], row["outcome"], row["method"]
        keys: list[Key] = [("records", "", "", ""), ("records", dataset, "", ""), ("records", dataset, outcome, "")]
        if method:
            keys.append(("records", dataset, outcome, method))
        for key in keys:
            cells.setdefault(key, set()).add(atom)
    sizes = [row["records"] for row in results.links]
    return Cells(sizes, {key: frozenset(cells[key]) for key in sorted(cells)})


_SAYS: Mapping[str, tuple[str, str]] = {
    "in_scope": ("mensen over wie het gaat", "people in scope"),
    "contradiction": ("van wie het bewijs zichzelf tegenspreekt", "whose evidence contradicts itself"),
    "outside": ("anderen, gevonden in de gelekte gegevens", "others, found in the leaked data"),
    "found": ("mensen in deze gegevens gevonden", "people found in these data"),
    "review": ("mensen bij wie misschien een rij hoort", "people to whom a row may belong"),
}


def _labels(results: Results, key: Key) -> Iterator[str]:
    """The texts of a row, in each language of the case."""
    sheet, *of = key
    languages = results.case.file.case.languages

    def said(name: str) -> Iterator[str]:
        return (_SAYS[name][0 if language == "nl" else 1] for language in languages)

    if sheet in ("totals", "datasets"):
        yield from said(of[-1])
    elif sheet == "groups":
        labels = {group.id: group.label for group in results.case.file.groups}
        yield from (labels.get(of[0], {}).get(language, of[0]) for language in languages)
    elif sheet == "persons":
        yield from (words.person_state(of[1], language) for language in languages)
    elif sheet == "states":
        yield from (results.case.items[of[1]].label.get(language, of[1]) for language in languages)
        yield from (BY_ID[of[2]].name(language) for language in languages)
    elif sheet == "severity":
        known = bands().get(of[0], {"nl": "niets in gevaar", "en": "nothing at risk"})
        yield from (known["nl" if language == "nl" else "en"] for language in languages)
