"""Opening a published run: its profiles and small tables, without an engine and without anyone's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from helder.case.load import Case, load_case
from helder.case.model import Setting
from helder.case.stated import STATED, placed, with_stated
from helder.case.strays import Stray, strays
from helder.domain.errors import CaseError, StorageError
from helder.engines.base import Published
from helder.engines.manifest import Manifest, read_manifest
from helder.exposure.contradictions import JOIN, settings
from helder.exposure.marks import Layout, Mark
from helder.exposure.rules import PERSON
from helder.exposure.tie import Left
from helder.results.record import RunRecord, read_record


def small_rows(published: Published, case: Path) -> list[dict[str, Any]]:
    """The rows of a small published table that names nobody. Raises `StorageError` when it cannot be read."""
    rows: list[dict[str, Any]] = _small(published, case).to_pylist()
    return rows


def _small(published: Published, case: Path) -> pa.Table:
    assert not published.sealed
    try:
        return pq.ParquetFile(published.path).read()
    except (OSError, ValueError) as error:
        raise StorageError(
            "A published table cannot be read.",
            where=str(published.path),
            do=f"Run 'helder run {case}' ({type(error).__name__}).",
        ) from None


@dataclass(frozen=True)
class ProfileView:
    """People whose evidence says the same, as published."""

    number: int
    people: int
    in_scope: bool
    group: str | None
    contradiction: bool
    severity: float | None
    marks: frozenset[Mark]
    left: Left
    states: Mapping[tuple[str, str], str]


class Results:
    """One assessment as published. Opens small tables when asked; person-level ones only through `explain`."""

    def __init__(self, case: Case, record: RunRecord) -> None:
        self.case = case
        self.record = record

    @classmethod
    def open(cls, folder: Path, assessment: str = "current") -> Results:
        """The last run of an assessment of the case in `folder`. Raises `CaseError` when there is none."""
        results = cls(load_case(folder), read_record(folder, assessment))
        stated = (
            [
                row
                for id in results._read_from(fills)
                for row in placed(results.rows(f"source-{id}", fills), results.facts(f"source-{id}"))
            ]
            for fills in STATED
        )
        unread = any(id not in results.sources for fills in STATED for id in results.case.sources(fills))
        results.case = with_stated(results.case, *stated, stated_later=unread)
        results.case = replace(results.case, strays=results._strays())
        return results

    def _strays(self) -> tuple[Stray, ...]:
        read = {id: self.facts(f"source-{id}") for id in self._read_from("disclosures")}
        breached = [party.id for party in self.case.breached]
        return strays(read, self.facts("evidence").get("sent_about_nobody", {}), breached)

    def _read_from(self, fills: str) -> list[str]:
        """The sources of this run that fill a table; one that was added to the case since then is not among them."""
        return [id for id in self.case.sources(fills) if id in self.sources]

    def _manifest(self, stage: str) -> tuple[Path, Manifest]:
        folder = self.case.folder / "work" / stage / self.record.key(stage)
        manifest = read_manifest(folder / "manifest.json")
        if manifest is None:
            raise CaseError(
                "A result of this run is no longer there.", where=str(folder), do=f"helder run {self.case.folder}"
            )
        return folder, manifest

    def published(self, stage: str, table: str) -> Published:
        """Where a table of this run stands."""
        folder, manifest = self._manifest(stage)
        return manifest.published(folder)[table]

    def facts(self, stage: str) -> Mapping[str, Any]:
        """What a stage said of itself."""
        return self._manifest(stage)[1].facts

    def rows(self, stage: str, table: str) -> list[dict[str, Any]]:
        """A small table that names nobody, as dictionaries."""
        return small_rows(self.published(stage, table), self.case.folder)

    @cached_property
    def set_aside(self) -> dict[int, dict[str, Setting]]:
        """For each profile with a settled contradiction: the evidence that was set aside, and the decision."""
        clashing: dict[int, list[tuple[str, ...]]] = {}
        for row in self.rows(self.exposure, "clashes"):
            if row["settled"]:  # a decision that was taken after this run did nothing in it
                clashing.setdefault(row["profile"], []).append(tuple(row["clash"].split(JOIN)))
        decided = {
            profile: settings(clashes, self.case.decisions, self.record.as_of) for profile, clashes in clashing.items()
        }
        return {profile: found for profile, found in decided.items() if found}

    @property
    def exposure(self) -> str:
        """The name of the stage that published this assessment."""
        return f"exposure-{self.record.assessment}"

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that were read, in the order of the case."""
        return tuple(s.name.removeprefix("source-") for s in self.record.stages if s.name.startswith("source-"))

    @cached_property
    def profiles(self) -> tuple[ProfileView, ...]:
        """All profiles, by number."""
        rows = self._marked
        return tuple(
            ProfileView(number=row["profile"], **{k: row[k] for k in row if k != "profile"}, left=left, states=states)
            for row, (left, states) in zip(rows, self._worlds(len(rows)), strict=True)
        )

    @property
    def marked(self) -> Iterator[tuple[int, int, frozenset[Mark]]]:
        """Number, people and marks of each profile."""
        return ((row["profile"], row["people"], row["marks"]) for row in self._marked)

    @cached_property
    def _marked(self) -> list[dict[str, Any]]:
        """The rows of PROFILES, with the marks themselves for their number."""
        layout = Layout(tuple(Mark(*list(row.values())[1:]) for row in self.rows(self.exposure, "marks")))
        rows = self.rows(self.exposure, "profiles")
        for row in rows:
            row["marks"] = layout.marks_in(int(row["marks"], 16))
        return rows

    def _worlds(self, profiles: int) -> Iterator[tuple[Left, dict[tuple[str, str], str]]]:
        """The worlds left and the states of each profile, in their order; what thousands share is made once."""
        if not profiles:
            return
        table = _small(self.published(self.exposure, "profile_worlds"), self.case.folder)
        parties, items, worlds, states = (table[name].to_pylist() for name in ("party", "item", "worlds", "state"))
        size = len(worlds) // profiles  # every profile has the same slots, in one order
        slots = list(zip(parties[:size], items[:size], strict=True))
        made: dict[tuple[int, ...], tuple[Left, dict[tuple[str, str], str]]] = {}
        for start in range(0, len(worlds), size):
            masks = tuple(worlds[start : start + size])
            if masks not in made:
                named = states[start : start + size]
                made[masks] = dict(zip(slots, masks, strict=True)), dict(zip(slots, named, strict=True))
            yield made[masks]

    @cached_property
    def in_scope(self) -> tuple[ProfileView, ...]:
        """The profiles of the people in the declared scope."""
        return tuple(profile for profile in self.profiles if profile.in_scope)

    @cached_property
    def links(self) -> list[dict[str, Any]]:
        """Links counted by dataset, outcome, method and reason (LINK_COUNTS), as this assessment reads them."""
        rows = self.rows("decided", "link_counts")
        for row in rows:
            day = row.pop("decided_on")
            if day is not None and self.record.as_of is not None and self.record.as_of < day:
                row.update(outcome="review", method="probabilistic", reason="decided later")
        if self.record.links == "exact":
            for row in rows:
                if row["method"] != "exact":
                    row.update(outcome="none", method="", reason="exact links only")
        return rows

    def item_states(self, profile: ProfileView) -> dict[str, str]:
        """Each item's state at the first breached party."""
        party = self.case.breached[0].id
        return {item: state for (of, item), state in profile.states.items() if of == party and item != PERSON}
