"""What binds a decision to its row: a keyed hash of where the row stands, what it holds, and whom the reviewer saw.

When any of it changes the key changes, and the decision no longer applies: not to this row, and not to another.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from helder.domain.tables import IDENTITY_FIELDS
from helder.engines.base import Engine
from helder.engines.keys import Keys
from helder.linkage.reviews import Decision, Place

Fields = tuple[str, ...]
"""Values of IDENTITY_FIELDS; empty text for what is not there."""
_FIELDS = ", ".join(f"coalesce(t.{name}, '') AS {name}" for name in IDENTITY_FIELDS)


@dataclass(frozen=True)
class Row:
    """A leaked row as it stands now; `person` is whom linkage has in mind; `linkable` whether there is a basis."""

    record: int
    fields: Fields
    linkable: bool
    person: int | None


@dataclass(frozen=True)
class Judged:
    """A decision held against the case as it is now. `stale` says why it does not apply; empty: it does.

    gone: the row or a candidate is no longer there; changed: its content or file is another; newcomer: the best
    candidate now was not shown; basis: the row may no longer be linked.
    """

    decision: Decision
    record: int = -1
    shown: tuple[int, ...] = ()
    stale: str = ""


class Binder:
    """Makes the keys of reviews, for one case key."""

    def __init__(self, keys: Keys) -> None:
        self._key = keys.derive("reviews")

    def review(self, place: Place, sha256: str, row: Fields, candidates: Iterable[tuple[str, Fields]]) -> str:
        """The key of a review: `r-` and 24 characters. Candidates are (keyed id, fields), in the order shown."""
        whole = json.dumps([*place, sha256, row, list(candidates)], ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.blake2b(whole.encode(), digest_size=15, key=self._key).digest()
        return "r-" + base64.b32encode(digest).decode().lower()


def judge(
    engine: Engine,
    keys: Keys,
    decisions: Sequence[Decision],
    source_ids: Sequence[str],
    files: Mapping[str, Sequence[str]],
) -> list[Judged]:
    """Hold decisions against the tables `leaked`, `people` and `links` on the engine.

    `source_ids` are the case's sources in order, `files` the SHA-256 of the files of each.
    """
    if not decisions:
        return []
    rows = _rows(engine, [one.place for one in decisions], source_ids)
    people = _people(engine, keys, {id for one in decisions for id in one.candidates})
    binder = Binder(keys)
    return [_judge(one, binder, rows.get(one.place), people, files.get(one.place.source, ())) for one in decisions]


def _judge(
    one: Decision, binder: Binder, row: Row | None, people: Mapping[str, tuple[int, Fields]], files: Sequence[str]
) -> Judged:
    if row is None or one.place.file >= len(files):
        return Judged(one, stale="gone")
    if any(id not in people for id in one.candidates):
        return Judged(one, stale="gone")
    now = binder.review(one.place, files[one.place.file], row.fields, ((id, people[id][1]) for id in one.candidates))
    if now != one.review:
        return Judged(one, stale="changed")
    shown = tuple(people[id][0] for id in one.candidates)
    if not row.linkable:
        return Judged(one, stale="basis")
    if row.person is not None and row.person not in shown:
        return Judged(one, stale="newcomer")
    return Judged(one, row.record, shown)


def _rows(engine: Engine, places: Sequence[Place], source_ids: Sequence[str]) -> dict[Place, Row]:
    known = [place for place in places if place.source in source_ids]
    numbers = [source_ids.index(place.source) for place in known]
    wanted = {
        "source": pa.array(numbers, pa.int16()),
        "file": pa.array([place.file for place in known], pa.int64()),
        "row": pa.array([place.row for place in known], pa.int64()),
    }
    engine.read("decided_places", pa.table(wanted))
    found = engine.rows(
        f"SELECT t.record, t.source, t.file, t.row, t.linkable, l.person, {_FIELDS} FROM leaked AS t "
        "JOIN decided_places AS d ON d.source = t.source AND d.file = t.file AND d.row = t.row "
        "JOIN links AS l ON l.record = t.record"
    )
    rows: dict[Place, Row] = {}
    for one in found:
        line: dict[str, Any] = dict(one)
        place = Place(source_ids[line["source"]], line["file"], line["row"])
        rows[place] = Row(line["record"], fields_of(line), bool(line["linkable"]), line["person"])
    return rows


def _people(engine: Engine, keys: Keys, wanted: set[str]) -> dict[str, tuple[int, Fields]]:
    """Number and fields of people by keyed id. Nobody can be found by keyed id but by trying all."""
    everybody = engine.arrow("SELECT person, person_id FROM people")
    numbers: dict[int, str] = {}
    for batch in everybody.to_batches():
        for number, id in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            keyed = keys.keyed_id(id)
            if keyed in wanted:
                numbers[number] = keyed
    return {numbers[number]: (number, fields) for number, fields in people_fields(engine, numbers).items()}


def people_fields(engine: Engine, numbers: Iterable[int]) -> dict[int, Fields]:
    """The identity fields of people, by number."""
    engine.read("decided_people", pa.table({"person": pa.array(sorted(numbers), pa.int64())}))
    found = engine.rows(f"SELECT t.person, {_FIELDS} FROM people AS t JOIN decided_people AS d ON d.person = t.person")
    return {int(str(line["person"])): fields_of(line) for line in found}


def fields_of(line: Mapping[str, object]) -> Fields:
    """The identity fields of a row of any table that has them."""
    return tuple(str(line[name] or "") for name in IDENTITY_FIELDS)
