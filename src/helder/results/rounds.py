"""A planned round as it stands now, held against what it was frozen from: what every verb begins with, and the office shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pyarrow.compute as pc

from helder.case.load import Case, load_case
from helder.case.model import Round
from helder.delivery.returns import FILE as RETURNS_FILE
from helder.domain.errors import CaseError, HelderError, RoundError
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.letters.load import shipped_digest
from helder.results.open import Results
from helder.results.record import RunRecord, StageRecord
from helder.results.record import read_record as read_run
from helder.rounds import freeze
from helder.rounds.record import LEFT_THE_HOUSE, RoundRecord, folder_of, read_record, write_record
from helder.rounds.told import told_path


def hashes_now(case: Case, round: Round, record: RunRecord) -> dict[str, str]:
    """Everything a round is frozen from, as it is now; a part that is gone has no hash."""
    results = Results(case, record)
    try:
        exposure = [results.published(results.exposure, name) for name in ("assessed", "profiles", "profile_worlds")]
        register = [results.published(f"source-{id}", "people") for id in case.sources("people")]
        letters_go = [
            results.published(f"source-{id}", fills)
            for fills in ("addresses", "safe_addresses")
            for id in case.sources(fills)
        ]
        tables = freeze.tables_hash([*exposure, *register])
        addresses = freeze.tables_hash(letters_go)
    except (HelderError, KeyError, StopIteration):
        tables = addresses = ""
    folder = folder_of(case.folder, round.id)
    asked = freeze.file_hash(folder / freeze.ASKED_FILE)
    return {
        "assessment": tables,
        "definition": freeze.definition_hash(case, round),
        "letters": freeze.letters_hash(case, round) + shipped_digest(),
        "addresses": f"{addresses}{asked}",
        "told": freeze.file_hash(told_path(case.folder)),
        "people": freeze.file_hash(folder / freeze.PEOPLE_FILE),
        "lines": freeze.file_hash(folder / freeze.LETTERS_FILE),
    }


@dataclass(frozen=True)
class Standing:
    """A round as it stands now. `changed`: what is different from what it was frozen from, by name.

    When only the letters or the documents made from them changed the plan holds, and the round must be checked again;
    else it must be planned again.
    """

    case: Case
    round: Round
    record: RoundRecord
    changed: tuple[str, ...]

    @property
    def plan_holds(self) -> bool:
        """Whether who gets which letter is still as planned."""
        return set(self.changed) <= {"letters", "documents"}

    @property
    def results(self) -> Results:
        """The frozen assessment."""
        return Results(self.case, run_record(self.record))


def look(case: Case, name: str) -> Standing:
    """A round held against what there is now; nothing is written.

    Its record is the one that holds: back to planned when something changed, and bound to the letters as they are.
    Raises `CaseError` for an unknown round and `RoundError` for one that was not planned.
    """
    round, record = case.round(name), read_record(case.folder, name)
    now = hashes_now(case, round, _last_run(case.folder, record))
    changed = tuple(part for part in now if now[part] != record.hashes.get(part))
    # The check binds the documents, which people read and approve; before it there is nothing to hold them against.
    bound = "documents" in record.hashes or record.state not in {"planned", *LEFT_THE_HOUSE}
    if bound and freeze.documents_hash(folder_of(case.folder, name)) != record.hashes.get("documents", ""):
        changed += ("documents",)
    if record.state in LEFT_THE_HOUSE:
        # What was told changes with every parcel of its own, and with returned mail.
        return Standing(case, round, record, tuple(part for part in changed if part != "told"))
    if changed and record.state != "planned":
        record = record.to("planned", dt.datetime.now(dt.UTC), "changed: " + ", ".join(changed))
    if "letters" in changed and set(changed) <= {"letters", "documents"}:
        # Who gets which letter does not depend on its words: the plan is bound to the new ones.
        record = replace(record, hashes={**record.hashes, "letters": now["letters"]})
    return Standing(case, round, record, changed)


def standing(folder: Path, name: str) -> Standing:
    """The same, and what changed is written down: every verb begins with this. Raises as `look` does."""
    found = look(load_case(folder), name)
    if found.record != read_record(folder, name):
        write_record(folder, found.record)
    return found


def ready(folder: Path, name: str, *states: str) -> Standing:
    """The round, when its plan holds and it is in one of these states. Raises `RoundError` otherwise."""
    found = standing(folder, name)
    if not found.plan_holds and found.record.state not in LEFT_THE_HOUSE:
        raise RoundError(
            f"Round '{name}' is not what was planned: {', '.join(found.changed)} changed.",
            where=str(folder_of(folder, name)),
            do=f"helder round plan {folder} {name}",
        )
    if states and found.record.state not in states:
        raise RoundError(
            f"Round '{name}' is {found.record.state}, and this needs {' or '.join(states)}.",
            where=str(folder_of(folder, name)),
            do=f"helder round show {folder} {name}",
        )
    return found


def run_record(record: RoundRecord) -> RunRecord:
    """The record of the run from which a round was frozen."""
    whole = dict(record.run)
    whole["stages"] = tuple(StageRecord(**stage) for stage in whole["stages"])
    whole["as_of"] = dt.date.fromisoformat(whole["as_of"]) if whole["as_of"] else None
    whole["finished"] = dt.datetime.fromisoformat(whole["finished"])
    return RunRecord(**whole)


def _last_run(folder: Path, record: RoundRecord) -> RunRecord:
    """The last run of the round's assessment with its as-of; the frozen one when the last was of another day."""
    frozen = run_record(record)
    try:
        last = read_run(folder, record.assessment)
    except CaseError:
        return frozen
    return last if last.as_of == frozen.as_of else frozen


def told_people(folder: Path, keys: Keys) -> int:
    """How many people have been told something, in whatever round: those whose letter did not come back."""
    path = told_path(folder)
    return _told_people(path, path.stat().st_mtime_ns, keys) if path.exists() else 0


@lru_cache(maxsize=2)
def _told_people(path: Path, stamp: int, keys: Keys) -> int:
    told = read_parquet([path], keys, ["keyed", "status"])
    return int(pc.count_distinct(told.filter(pc.equal(told["status"], "told"))["keyed"]).as_py())


def letters_out(folder: Path, record: RoundRecord, keys: Keys) -> int:
    """How many letters of a round that has begun to leave were handed over; of one that is leaving, as last written down."""
    if record.state != "leaving":
        return int(record.counts["letters"])
    path = told_path(folder)
    return _told_letters(path, path.stat().st_mtime_ns, record.round, keys) if path.exists() else 0


@lru_cache(maxsize=32)
def _told_letters(path: Path, stamp: int, round: str, keys: Keys) -> int:
    return int(pc.sum(pc.equal(read_parquet([path], keys, ["round"])["round"], round)).as_py() or 0)


def returned(folder: Path, record: RoundRecord, keys: Keys) -> int:
    """How many letters of a round came back."""
    path = folder_of(folder, record.round) / RETURNS_FILE
    return _rows(path, path.stat().st_mtime_ns, keys) if path.exists() else 0


@lru_cache(maxsize=32)
def _rows(path: Path, stamp: int, keys: Keys) -> int:
    return int(read_parquet([path], keys, ["reference"]).num_rows)
