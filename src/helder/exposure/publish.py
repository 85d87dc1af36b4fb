"""Publishing an assessment: each person's profile (sealed), and what every profile means (nobody in it)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from helder.case.load import Case
from helder.domain.counted import Counted
from helder.domain.errors import GroupGapError
from helder.domain.states import state_of
from helder.domain.tables import ASSESSED, CLASHES, MARKS, PROFILE_WORLDS, PROFILES, Table
from helder.domain.worlds import PERSON_ALL, PERSON_IN, PERSON_OUT
from helder.engines.base import Engine, Published
from helder.exposure.assess import Assessed
from helder.exposure.contradictions import JOIN
from helder.exposure.groups import Placed, place_all
from helder.exposure.rules import PERSON
from helder.exposure.severity import Stakes

_PERSON_STATES = {0: "contradiction", PERSON_OUT: "out", PERSON_IN: "in", PERSON_ALL: "open"}


def state_name(item: str, worlds: int) -> str:
    """The id of the state for the worlds left of an item, or of the person as a whole."""
    return _PERSON_STATES[worlds] if item == PERSON else state_of(worlds).id


def publish(engine: Engine, case: Case, assessed: Assessed, folder: Path) -> dict[str, Published]:
    """Write the tables of an assessment into `folder`.

    Raises `GroupGapError` when groups are declared and some people in scope fall in none of them.
    """
    numbers = [profile.number for profile in assessed.profiles]
    placed = dict(zip(numbers, place_all(case, assessed.profiles), strict=True))
    _no_gap(case, assessed, placed)
    published = {
        table.name: _write(engine, folder, table, columns)
        for table, columns in (
            (PROFILES, _profiles(case, assessed, placed)),
            (MARKS, _marks(assessed)),
            (PROFILE_WORLDS, _worlds(assessed)),
            (CLASHES, _clashes(assessed)),
        )
    }
    people = "assessed" if assessed.touched is not None else "(SELECT person, profile FROM assessed ORDER BY person)"
    # DuckDB writes other bytes where it knows that a column has nothing empty, as of its own tables: it never shall.
    unknown = f"SELECT nullif(person, -1) AS person, nullif(profile, -1) AS profile FROM {people} AS people"
    published[ASSESSED.name] = engine.publish(unknown, ASSESSED, folder, ordered=True)
    return published


def _no_gap(case: Case, assessed: Assessed, placed: dict[int, Placed]) -> None:
    unplaced = {number for number, where in placed.items() if where.in_scope and not where.group}
    gap = [profile for profile in assessed.profiles if case.file.groups and profile.number in unplaced]
    if gap:
        people = Counted(sum(profile.people for profile in gap), "en")
        error = GroupGapError(
            f"{people:person|people} in scope {people:-falls|fall} in no group.",
            where="case.toml [[groups]]",
            do="Add a group, or let the last one take everybody (leave out its 'when').",
        )
        error.profiles = tuple(profile.number for profile in gap)
        raise error


def _write(engine: Engine, folder: Path, table: Table, columns: Sequence[Sequence[Any]]) -> Published:
    """Publish a small table from its columns, in the order of the table's."""
    types = {"int32": pa.int32(), "int64": pa.int64(), "text": pa.string(), "bool": pa.bool_(), "float64": pa.float64()}
    arrays = [
        values if isinstance(values, pa.Array) else pa.array(values, types[column.type])
        for values, column in zip(columns, table.columns, strict=True)
    ]
    engine.read("to_publish", pa.table(arrays, names=list(table.names)))
    return engine.publish("SELECT * FROM to_publish", table, folder)


def _profiles(case: Case, assessed: Assessed, placed: dict[int, Placed]) -> list[list[Any]]:
    stakes = Stakes(case.items)
    severities = [None if p.contradiction else stakes.severity(p.left) for p in assessed.profiles]
    return [
        [profile.number for profile in assessed.profiles],
        [profile.people for profile in assessed.profiles],
        [f"{bits:x}" for bits in assessed.bits],
        [placed[profile.number].in_scope for profile in assessed.profiles],
        [placed[profile.number].group for profile in assessed.profiles],
        [profile.contradiction for profile in assessed.profiles],
        severities,
    ]


def _marks(assessed: Assessed) -> list[list[Any]]:
    marks = assessed.layout.marks
    return [list(range(len(marks))), *([mark[part] for mark in marks] for part in range(5))]


def _worlds(assessed: Assessed) -> list[Any]:
    """One row for each profile and slot: columns of numbers, with each text once."""
    if not assessed.profiles:
        return [[], [], [], [], []]
    slots = list(assessed.profiles[0].left)
    worlds = np.array([list(profile.left.values()) for profile in assessed.profiles], np.int32)
    profiles = len(assessed.profiles)
    states = np.empty_like(worlds)
    names: dict[str, int] = {}
    for column, (_, item) in enumerate(slots):
        masks, which = np.unique(worlds[:, column], return_inverse=True)
        codes = [names.setdefault(state_name(item, int(mask)), len(names)) for mask in masks]
        states[:, column] = np.array(codes, np.int32)[which]
    return [
        np.repeat(np.array([profile.number for profile in assessed.profiles], np.int32), len(slots)),
        _texts(np.tile(np.arange(len(slots), dtype=np.int32), profiles), (party for party, _ in slots)),
        _texts(np.tile(np.arange(len(slots), dtype=np.int32), profiles), (item for _, item in slots)),
        worlds.ravel(),
        _texts(states.ravel(), names),
    ]


def _texts(codes: Any, names: Iterable[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(codes, pa.array(names, pa.string())).dictionary_decode()


def _clashes(assessed: Assessed) -> list[list[Any]]:
    rows = [
        (number, JOIN.join(clash), bool(set(clash) & assessed.set_aside.get(number, frozenset())))
        for number, found in assessed.clashes.items()
        for clash in found
    ]
    return [[row[part] for row in rows] for part in range(3)]
