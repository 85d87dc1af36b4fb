"""A planned round as it stands now: held against what it was frozen from, before every verb; and what was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from helder.case.load import Case, load_case
from helder.case.model import Round
from helder.domain.errors import CaseError, HelderError, RoundError
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.engines.store import Store
from helder.pipeline.asked import ASKED
from helder.pipeline.inputs import the_register
from helder.results.export import keyed
from helder.results.open import Results
from helder.results.record import RunRecord, StageRecord
from helder.results.record import read_record as read_run
from helder.rounds import freeze
from helder.rounds.gate import require_approved
from helder.rounds.knowledge import as_text
from helder.rounds.record import LEFT_THE_HOUSE, RoundRecord, folder_of, read_record, write_record
from helder.rounds.told import record_told, told_path


def hashes_now(case: Case, round: Round, record: RunRecord) -> dict[str, str]:
    """Everything a round is frozen from, as it is now; a part that is gone has no hash."""
    results = Results(case, record)
    try:
        exposure = [results.published(results.exposure, name) for name in ("assessed", "profiles", "profile_worlds")]
        register = results.published(f"source-{the_register(case)}", "people")
        letters_go = [
            results.published(f"source-{id}", fills)
            for fills in ("addresses", "safe_addresses")
            for id in case.sources(fills)
        ]
        tables = freeze.tables_hash([*exposure, register])
        addresses = freeze.tables_hash(letters_go)
    except (HelderError, KeyError, StopIteration):
        tables = addresses = ""
    folder = folder_of(case.folder, round.id)
    asked = freeze.file_hash(folder / ASKED)
    return {
        "assessment": tables,
        "definition": freeze.definition_hash(case, round),
        "letters": freeze.letters_hash(case, round),
        "addresses": f"{addresses}{asked}",
        "told": freeze.file_hash(told_path(case.folder)),
        "people": freeze.file_hash(folder / freeze.PEOPLE_FILE),
        "lines": freeze.file_hash(folder / freeze.LETTERS_FILE),
    }


@dataclass(frozen=True)
class Standing:
    """A round as it stands now. `changed`: what is different from what it was frozen from, by name.

    When only the letters changed the plan holds, and the round must be checked again; else it must be planned again.
    """

    case: Case
    round: Round
    record: RoundRecord
    changed: tuple[str, ...]

    @property
    def plan_holds(self) -> bool:
        """Whether who gets which letter is still as planned."""
        return set(self.changed) <= {"letters"}

    @property
    def results(self) -> Results:
        """The frozen assessment."""
        return Results(self.case, run_record(self.record))


def standing(folder: Path, name: str) -> Standing:
    """A round held against what there is now: every verb begins with this, and writes back to planned what changed.

    Raises `CaseError` for an unknown round and `RoundError` for one that was not planned.
    """
    case = load_case(folder)
    round, record = case.round(name), read_record(folder, name)
    now = hashes_now(case, round, _last_run(folder, record))
    changed = tuple(part for part in now if now[part] != record.hashes.get(part))
    if record.state in LEFT_THE_HOUSE:
        return Standing(case, round, record, changed)
    if changed and record.state != "planned":
        record = record.to("planned", dt.datetime.now(dt.UTC), "changed: " + ", ".join(changed))
        write_record(folder, record)
    if changed == ("letters",):
        # Who gets which letter does not depend on its words: the plan is bound to the new ones.
        record = replace(record, hashes={**record.hashes, "letters": now["letters"]})
        write_record(folder, record)
    return Standing(case, round, record, changed)


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


def may_leave(folder: Path, keys: Keys, name: str) -> Standing:
    """The round, when it may be handed over: what was planned, approved, and no what-if. Raises `RoundError`."""
    found = ready(folder, name)
    if found.round.what_if:
        raise RoundError(
            f"Round '{name}' shows how letters would read and is never handed over.",
            where="case.toml [[rounds]] what_if",
            do="Plan another round when these letters are to leave.",
        )
    require_approved(folder, found.record, keys, authors=freeze.authors(found.case, found.round))
    return found


def tell(folder: Path, keys: Keys, name: str, *, told_on: dt.date) -> None:
    """Write down what everyone who got a letter of a round was told: when it has been handed over."""
    case, record = load_case(folder), read_record(folder, name)
    results = Results(case, run_record(record))
    with Store(folder / "work").lock(), _engine(keys) as engine:
        keyed(results, keys, engine)
        engine.read("letters_of_round", [folder_of(folder, name) / freeze.LETTERS_FILE])
        worlds = {profile.number: as_text(profile.left) for profile in results.profiles}
        record_told(
            engine, folder, name, told_on=told_on, retention_until=case.file.case.retention_until, worlds=worlds
        )


@contextmanager
def _engine(keys: Keys) -> Iterator[DuckEngine]:
    engine = DuckEngine(keys)
    try:
        yield engine
    finally:
        engine.close()


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


def without_letter(folder: Path, keys: Keys, name: str, rule: str | None = None) -> list[dict[str, str]]:
    """Who in a planned round gets no letter: keyed id, outcome and policy, sorted. The caller writes the audit line."""
    found = ready(folder, name)
    where = f"AND p.policy = '{rule}'" if rule else ""
    with _engine(keys) as engine:
        keyed(found.results, keys, engine)
        engine.read("people_of_round", [folder_of(folder, name) / freeze.PEOPLE_FILE])
        rows = engine.rows(
            "SELECT k.keyed AS person, p.outcome, p.policy FROM people_of_round AS p JOIN keyed AS k "
            f"ON k.person = p.person WHERE p.outcome <> 'letter' {where} ORDER BY p.policy, k.keyed"
        )
    return [{name: str(value) for name, value in row.items()} for row in rows]
