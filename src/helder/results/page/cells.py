"""Every number about people on the page, and every number about records, each as a sum over atoms; then suppressed.

The atoms of people are the pairs of profiles (as told, now) that occur; those of records are how each was linked, and
to whom. All numbers of the page stand over the same atoms, so that none can be worked out from the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.exposure.marks import Mark
from helder.exposure.rules import PERSON
from helder.exposure.severity import band
from helder.results.diff import moves
from helder.results.open import ProfileView, Results
from helder.results.page.numbers import Count
from helder.results.suppress import LEAST, Cells, hide

Name = tuple[str, ...]
BITS = 40
"""A record's number is its source's place times 2**40, and its place in that source."""


@dataclass(frozen=True)
class Numbers:
    """Exact numbers by name, and which of them are hidden. A name that nobody is in is zero, and shown."""

    exact: dict[Name, int]
    hidden: frozenset[Name]

    def __call__(self, *name: str) -> Count:
        """The number of this name as it may be shown."""
        return None if name in self.hidden else self.exact.get(name, 0)

    def guarded(self, number: int) -> Count:
        """A number that was counted elsewhere: hidden when it is small, or equal to one that is hidden."""
        return None if 0 < number < LEAST or number in {self.exact[name] for name in self.hidden} else number


def numbers(atoms: Sequence[int], named: Iterable[tuple[Name, int]], seed: str) -> Numbers:
    """The numbers over these atoms, given as (name, atom) pairs."""
    cells: dict[Name, set[int]] = defaultdict(set)
    for name, atom in named:
        cells[name].add(atom)
    whole = Cells(list(atoms), {name: frozenset(some) for name, some in cells.items()})
    return Numbers({name: whole.value(name) for name in whole.cells}, hide(whole, seed))


def outcome(old: ProfileView, new: ProfileView, party: str) -> str:
    """What became of somebody who was told that it is not known: more, review or rest; '' for all others."""
    if not old.in_scope or old.states[party, PERSON] != "open":
        return ""
    if new.states[party, PERSON] == "in":
        return "more"
    return "review" if any(mark.kind == "review" for mark in new.marks) else "rest"


def _of_reading(reading: str, results: Results, profile: ProfileView) -> Iterator[Name]:
    """The numbers in which people of this profile count, in one assessment."""
    if not profile.in_scope:
        return
    yield (reading, "people")
    whole = "contradictions" if profile.contradiction else profile.states[results.case.breached[0].id, PERSON]
    yield (reading, "known" if whole == "in" else whole)
    yield (reading, "group", profile.group or "all")
    if profile.severity is not None:
        yield (reading, "severity", band(profile.severity)["id"])
    for item, state in results.item_states(profile).items():
        yield (reading, "state", item, state)


def _clashes(current: Results) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in current.rows(current.exposure, "clashes"):
        found[row["profile"]].append(row["clash"])
    return found


def people(told: Results, current: Results, keys: Keys) -> Numbers:
    """All numbers about people."""
    pairs = moves(told, current, keys)
    party, clashes = current.case.breached[0].id, _clashes(current)

    def named() -> Iterator[tuple[Name, int]]:
        for atom, (old, new, _) in enumerate(pairs):
            for reading, results, profile in (("told", told, old), ("current", current, new)):
                yield from ((name, atom) for name in _of_reading(reading, results, profile))
            if became := outcome(old, new, party):
                for name in ("told", became):
                    yield ("difference", name), atom
                    yield ("share", old.group or "all", name), atom
            found = [id for id in told.case.datasets if Mark("found", id) in old.marks]
            if found and old.in_scope:
                yield ("dataset", found[0]), atom
            if new.in_scope:
                yield from ((("clash", clash), atom) for clash in clashes.get(new.number, ()))

    return numbers([n for _, _, n in pairs], named(), f"page/people/{current.record.key(current.exposure)}")


_RECORDS = f"""
SELECT CAST(floor(l.record / {2**BITS}) AS BIGINT) AS source, l.outcome, coalesce(l.method, '') AS method,
  CASE WHEN l.outcome = 'accepted' THEN a.profile END AS profile, count(*) AS records
FROM links AS l LEFT JOIN assessed AS a ON a.person = l.person
GROUP BY ALL ORDER BY ALL
"""


def _where(told: Results, row: dict[str, object]) -> str:
    """Of a record that nobody could place as told: whose it is now."""
    if row["outcome"] != "accepted":
        return "review" if row["outcome"] == "review" else "none"
    profile = told.profiles[int(str(row["profile"]))]
    unsure = profile.in_scope and profile.states[told.case.breached[0].id, PERSON] == "open"
    return "more" if unsure else "known"


def records(told: Results, current: Results, keys: Keys) -> Numbers:
    """All numbers about records."""
    engine = DuckEngine(keys)
    try:
        engine.read("links", current.published("decided", "links"))
        engine.read("assessed", told.published(told.exposure, "assessed"))
        rows = engine.rows(_RECORDS)
    finally:
        engine.close()
    datasets = dict(zip(told.case.sources("leaked"), told.case.datasets, strict=True))
    shown = {"accepted": "linked", "review": "review", "none": "unlinked"}

    def named() -> Iterator[tuple[Name, int]]:
        for atom, row in enumerate(rows):
            dataset = datasets[told.case.source_ids[int(str(row["source"]))]]
            placed = row["outcome"] == "accepted" and (told.record.links == "all" or row["method"] == "exact")
            yield ("told", "records"), atom
            yield ("told", "linked" if placed else "unlinked"), atom
            yield ("current", "records"), atom
            yield ("current", shown[str(row["outcome"])]), atom
            yield ("dataset", dataset, "records"), atom
            yield ("dataset", dataset, "linked" if placed else "unplaced"), atom
            if not placed:
                yield ("difference", "records"), atom
                yield ("difference", _where(told, row)), atom
                if row["outcome"] == "accepted":
                    yield ("difference", "placed"), atom

    seed = f"page/records/{current.record.key('linkage')}"
    return numbers([int(str(row["records"])) for row in rows], named(), seed)
