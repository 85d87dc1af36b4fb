"""The told-record follows the ledger: who was told, on the day their letter left, whatever became of it since.

The ledger knows of each parcel, on the disk, when it left; so the record is written behind it, whole, by whoever comes next
after something changed: a handover now and then and at its end, returned mail, a plan of another round. Nothing is lost or doubled by a kill.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path

from helder.case.load import Case, load_case
from helder.delivery.account import Letter, letters, undelivered
from helder.delivery.ledger import FILE as LEDGER
from helder.delivery.returns import read_returns
from helder.domain.counted import Counted
from helder.domain.errors import BusyError, RoundError
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.engines.store import Store
from helder.pipeline.carriers import open_ledger
from helder.pipeline.leaving import Production
from helder.pipeline.standing import engine_with, run_record, tell
from helder.results.export import keyed
from helder.results.open import Results
from helder.rounds.freeze import LETTERS_FILE
from helder.rounds.record import LEFT_THE_HOUSE, folder_of, planned, read_record
from helder.rounds.told import Told, put_told, told_of


def letters_now(folder: Path, keys: Keys, name: str) -> list[Letter]:
    """Every letter of a round, and the parcel it is in."""
    place = folder_of(folder, name)
    rows = read_parquet([place / LETTERS_FILE], keys, ["reference"])["reference"].to_pylist()
    production = Production(place, keys)
    placed = production.placed if production.out.exists() else {}
    pairs = ((reference, placed.get(reference, reference)) for reference in rows)
    if not (place / LEDGER).exists():
        return letters(pairs, {})
    with open_ledger(folder, name) as ledger:
        return letters(pairs, {entry.id: entry for entry in ledger.entries()})


def write_told(folder: Path, keys: Keys, name: str) -> None:
    """Let the told-record say of a round what its ledger and its returned mail say. The caller holds the lock of the case.

    Nothing is written when it says so already, nor after the case's retention date: what was erased stays so.
    """
    until = load_case(folder).file.case.retention_until
    if until is None or until < dt.date.today() or not (folder_of(folder, name) / LEDGER).exists():
        return
    returns, left = read_returns(folder_of(folder, name), keys), {}
    for one in letters_now(folder, keys, name):
        why = undelivered(one, returns)
        if one.entry and (why or one.gone):
            back = returns.get(one.reference)
            unreachable = back is not None and back.step == "unreachable"
            status = "unreachable" if unreachable else "returned" if why else "told"
            left[one.reference] = Told(one.entry.at.astimezone().date(), status)
    if left != told_of(folder, keys, name):
        tell(folder, keys, name, left)


def catch_up(folder: Path, keys: Keys, name: str) -> bool:
    """The same for whoever does not hold the lock; False when somebody else does: they or the next will write it."""
    try:
        with Store(folder / "work").lock():
            write_told(folder, keys, name)
    except BusyError:
        return False
    return True


def write_all_told(case: Case, keys: Keys) -> None:
    """The same for every round that has begun to leave. The caller holds the lock of the case."""
    for round in case.file.rounds:
        if planned(case.folder, round.id) and read_record(case.folder, round.id).state in LEFT_THE_HOUSE:
            write_told(case.folder, keys, round.id)


def need_nobody_waits_twice(case: Case, keys: Keys, name: str) -> None:
    """Nobody whose letter of this round is to leave may wait for that of another that has begun to; raises `RoundError`.

    Both were planned before the other told anything: each would tell the same people.
    """
    begun = [
        round.id
        for round in case.file.rounds
        if round.id != name and planned(case.folder, round.id) and read_record(case.folder, round.id).state == "leaving"
    ]
    ours = _waiting(case, keys, name) if begun else frozenset()
    for other in begun:
        if both := Counted(len(ours & _waiting(case, keys, other)), "en"):
            raise RoundError(
                f"{both:person|people} of this round still {both:-waits|wait} for their letter of round '{other}'.",
                where=str(folder_of(case.folder, name)),
                do=f"Hand that one over or close it first: helder round close {case.folder} {other}",
            )


def refused_and_untold(case: Case, keys: Keys, name: str) -> set[str]:
    """Parcels of a round that a channel refused, without those for somebody whom another round has told since."""
    refused = {
        one.reference: one.entry.id
        for one in letters_now(case.folder, keys, name)
        if one.entry and undelivered(one, {}) == "refused"
    }
    catch_up(case.folder, keys, name)
    with engine_with(keys) as engine:
        put_told(engine, case.folder)
        told = engine.arrow(
            "SELECT DISTINCT t.reference FROM told AS t JOIN told AS later ON later.keyed = t.keyed "
            f"WHERE t.round = '{name}' AND later.round <> t.round AND later.sequence > t.sequence AND later.status = 'told'"
        )
    since = {refused.get(reference) for reference in told["reference"].to_pylist()}
    return set(refused.values()) - since


def _waiting(case: Case, keys: Keys, name: str) -> frozenset[str]:
    """Keyed ids of those whose letter has not left."""
    return people_of(case, keys, name, {one.reference for one in letters_now(case.folder, keys, name) if one.waits})


def people_of(case: Case, keys: Keys, name: str, references: Collection[str]) -> frozenset[str]:
    """The keyed ids of those whose letter of a round has one of these references."""
    with engine_with(keys) as engine:
        keyed(Results(case, run_record(read_record(case.folder, name))), keys, engine)
        engine.read("letters_of_round", [folder_of(case.folder, name) / LETTERS_FILE])
        rows = engine.arrow(
            "SELECT k.keyed, l.reference FROM letters_of_round AS l JOIN keyed AS k ON k.person = l.person"
        )
    pairs = zip(rows["keyed"].to_pylist(), rows["reference"].to_pylist(), strict=True)
    return frozenset(person for person, reference in pairs if reference in references)
