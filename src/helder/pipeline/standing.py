"""What may leave and what was told: the verbs on a round that need its people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from helder.case.load import load_case
from helder.domain.errors import RoundError
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.results.export import keyed
from helder.results.open import Results
from helder.results.rounds import Standing, hashes_now, ready, run_record, standing
from helder.rounds import freeze
from helder.rounds.authors import authors
from helder.rounds.gate import require_approved
from helder.rounds.knowledge import as_text
from helder.rounds.record import folder_of, read_record
from helder.rounds.told import Told, record_told

__all__ = [
    "Standing",
    "engine_with",
    "hashes_now",
    "may_leave",
    "ready",
    "run_record",
    "standing",
    "tell",
    "without_letter",
]


def may_leave(folder: Path, keys: Keys, name: str) -> Standing:
    """The round, when it may be handed over: what was planned, approved, and no what-if. Raises `RoundError`."""
    found = ready(folder, name)
    if found.round.what_if:
        raise RoundError(
            f"Round '{name}' shows how letters would read and is never handed over.",
            where="case.toml [[rounds]] what_if",
            do="Plan another round when these letters are to leave.",
        )
    if "documents" in found.changed:
        raise RoundError(
            f"The documents of round '{name}' are not those that were approved.",
            where=str(folder_of(folder, name)),
            do=f"helder round check {folder} {name}",
        )
    require_approved(folder, found.record, keys, authors=authors(found.case, found.round))
    return found


def tell(folder: Path, keys: Keys, name: str, left: Mapping[str, Told]) -> None:
    """Write down what everyone was told whose letter `left`, by reference. The caller holds the lock of the case."""
    case, record = load_case(folder), read_record(folder, name)
    results = Results(case, run_record(record))
    with engine_with(keys) as engine:
        keyed(results, keys, engine)
        engine.read("letters_of_round", [folder_of(folder, name) / freeze.LETTERS_FILE])
        worlds = {profile.number: as_text(profile.left) for profile in results.profiles}
        until = case.file.case.retention_until
        record_told(engine, folder, name, left=left, retention_until=until, worlds=worlds)


@contextmanager
def engine_with(keys: Keys) -> Iterator[DuckEngine]:
    """An engine, closed at the end."""
    engine = DuckEngine(keys)
    try:
        yield engine
    finally:
        engine.close()


def without_letter(folder: Path, keys: Keys, name: str, rule: str | None = None) -> list[dict[str, str]]:
    """Who in a planned round gets no letter: keyed id, outcome and policy, sorted. The caller writes the audit line."""
    found = ready(folder, name)
    where = f"AND p.policy = '{rule}'" if rule else ""
    with engine_with(keys) as engine:
        keyed(found.results, keys, engine)
        engine.read("people_of_round", [folder_of(folder, name) / freeze.PEOPLE_FILE])
        rows = engine.rows(
            "SELECT k.keyed AS person, p.outcome, p.policy FROM people_of_round AS p JOIN keyed AS k "
            f"ON k.person = p.person WHERE p.outcome <> 'letter' {where} ORDER BY p.policy, k.keyed"
        )
    return [{name: str(value) for name, value in row.items()} for row in rows]
