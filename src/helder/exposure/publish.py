"""Publishing an assessment: each person's profile (sealed), and what every profile means (nobody in it)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from helder.case.load import Case
from helder.domain.errors import GroupGapError
from helder.domain.states import state_of
from helder.domain.tables import ASSESSED, CLASHES, PROFILE_MARKS, PROFILE_WORLDS, PROFILES, Table
from helder.domain.worlds import PERSON_ALL, PERSON_IN, PERSON_OUT
from helder.engines.base import Engine, Published
from helder.exposure.assess import Assessed
from helder.exposure.contradictions import JOIN
from helder.exposure.groups import Placed, place
from helder.exposure.rules import PERSON
from helder.exposure.severity import severity

_PERSON_STATES = {0: "contradiction", PERSON_OUT: "out", PERSON_IN: "in", PERSON_ALL: "open"}


def state_name(item: str, worlds: int) -> str:
    """The id of the state for the worlds left of an item, or of the person as a whole."""
    return _PERSON_STATES[worlds] if item == PERSON else state_of(worlds).id


def publish(engine: Engine, case: Case, assessed: Assessed, folder: Path) -> dict[str, Published]:
    """Write the tables of an assessment into `folder`.

    Raises `GroupGapError` when groups are declared and some people in scope fall in none of them.
    """
    placed = {profile.number: place(case, profile) for profile in assessed.profiles}
    _no_gap(case, assessed, placed)
    published = {
        table.name: _write(engine, folder, table, rows)
        for table, rows in (
            (PROFILES, _profiles(case, assessed, placed)),
            (PROFILE_MARKS, _marks(assessed)),
            (PROFILE_WORLDS, _worlds(assessed)),
            (CLASHES, _clashes(assessed)),
        )
    }
    published[ASSESSED.name] = engine.publish("SELECT person, profile FROM assessed", ASSESSED, folder)
    return published


def _no_gap(case: Case, assessed: Assessed, placed: dict[int, Placed]) -> None:
    unplaced = {number for number, where in placed.items() if where.in_scope and not where.group}
    gap = [profile for profile in assessed.profiles if case.file.groups and profile.number in unplaced]
    if gap:
        error = GroupGapError(
            f"{sum(profile.people for profile in gap)} people in scope fall in no group.",
            where="case.toml [[groups]]",
            do="Add a group, or let the last one take everybody (leave out its 'when').",
        )
        error.profiles = tuple(profile.number for profile in gap)
        raise error


def _write(engine: Engine, folder: Path, table: Table, rows: list[dict[str, Any]]) -> Published:
    columns = {name: [row[name] for row in rows] for name in table.names}
    types = {"int32": pa.int32(), "int64": pa.int64(), "text": pa.string(), "bool": pa.bool_(), "float64": pa.float64()}
    arrays = [pa.array(columns[column.name], types[column.type]) for column in table.columns]
    engine.read("to_publish", pa.table(arrays, names=list(table.names)))
    return engine.publish("SELECT * FROM to_publish", table, folder)


def _profiles(case: Case, assessed: Assessed, placed: dict[int, Placed]) -> list[dict[str, Any]]:
    return [
        {
            "profile": profile.number,
            "people": profile.people,
            "in_scope": placed[profile.number].in_scope,
            "group": placed[profile.number].group,
            "contradiction": profile.contradiction,
            "severity": None if profile.contradiction else severity(profile.left, case.items),
        }
        for profile in assessed.profiles
    ]


def _marks(assessed: Assessed) -> list[dict[str, Any]]:
    return [
        {"profile": profile.number, **mark._asdict()} for profile in assessed.profiles for mark in sorted(profile.marks)
    ]


def _worlds(assessed: Assessed) -> list[dict[str, Any]]:
    return [
        {
            "profile": profile.number,
            "party": party,
            "item": item,
            "worlds": worlds,
            "state": state_name(item, worlds),
        }
        for profile in assessed.profiles
        for (party, item), worlds in profile.left.items()
    ]


def _clashes(assessed: Assessed) -> list[dict[str, Any]]:
    return [
        {
            "profile": number,
            "clash": JOIN.join(clash),
            "settled": bool(set(clash) & assessed.set_aside.get(number, frozenset())),
        }
        for number, found in assessed.clashes.items()
        for clash in found
    ]
