"""Small tables of leaked rows, people, links and candidates, with everything a decision is held against."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pyarrow as pa

from helder.domain.tables import CANDIDATES, IDENTITY_FIELDS, LINKS
from helder.engines.checksum import arrow_schema
from helder.engines.keys import Keys
from helder.linkage.bound import Binder
from helder.linkage.reviews import Decision, Place

KEYS = Keys(b"t" * 32)
SOURCES = ("register", "rows")
DAY = dt.date(2025, 9, 20)


def fields(**values: str) -> tuple[str, ...]:
    return tuple(values.get(name, "") for name in IDENTITY_FIELDS)


@dataclass
class World:
    """Rows 1, 2 … of file 0 of source `rows`, people 0, 1 … and what linkage made of the rows."""

    rows: dict[int, str] = field(default_factory=lambda: {1: "Alder", 2: "Birch"})
    people: list[str] = field(default_factory=lambda: ["Alder", "Alders", "Birch"])
    links: list[dict] = field(default_factory=list)
    candidates: list[dict] = field(default_factory=list)
    files: list[str] = field(default_factory=lambda: ["ab" * 32])
    no_basis: frozenset[int] = frozenset()

    def put(self, engine) -> None:
        identity = {name: pa.string() for name in IDENTITY_FIELDS}
        leaked = [
            {"record": row, "source": 1, "file": 0, "row": row, "surname": name, "linkable": row not in self.no_basis}
            for row, name in self.rows.items()
        ]
        shape = {"record": pa.int64(), "source": pa.int16(), "file": pa.int16(), "row": pa.int64(), **identity}
        engine.read("leaked", pa.Table.from_pylist(leaked, pa.schema([*shape.items(), ("linkable", pa.bool_())])))
        people = [{"person": n, "person_id": f"id{n}", "surname": name} for n, name in enumerate(self.people)]
        shape = {"person": pa.int64(), "person_id": pa.string(), **identity}
        engine.read("people", pa.Table.from_pylist(people, pa.schema(list(shape.items()))))
        done = {link["record"] for link in self.links}
        links = [
            *self.links,
            *({"record": row, "outcome": "none", "reason": "weak"} for row in self.rows if row not in done),
        ]
        names = [name for name in LINKS.names if name != "decided_on"]
        engine.read("links", _table(links, LINKS).select(names))
        engine.read("candidates", _table(self.candidates, CANDIDATES))

    def decision(self, row: int, verdict: str, person: int | None = None, shown=(0, 1), **changes) -> Decision:
        """A decision as it was taken when the tables were as they are in this world."""
        place = Place("rows", 0, row)
        seen = [(KEYS.keyed_id(f"id{n}"), fields(surname=self.people[n])) for n in shown]
        key = Binder(KEYS).review(place, self.files[0], fields(surname=self.rows[row]), seen)
        chosen = "" if person is None else KEYS.keyed_id(f"id{person}")
        said = {"by": "R. Example", "on": DAY, "reason": "same house", **changes}
        return Decision(key, place, verdict, chosen, tuple(id for id, _ in seen), **said)


def review(row: int, person: int, weight: float = 12.0) -> dict:
    return {"record": row, "person": person, "outcome": "review", "method": "probabilistic", "weight": weight,
            "margin": 1.0, "levels": "surname:close", "reason": "two-candidates"}  # fmt: skip


def candidate(row: int, rank: int, person: int, weight: float) -> dict:
    return {"record": row, "rank": rank, "person": person, "weight": weight, "levels": f"surname:equal_rare;sex:{rank}"}


def _table(rows: list[dict], table) -> pa.Table:
    schema = arrow_schema(table)
    return pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema)
