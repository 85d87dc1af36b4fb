"""Small cases for tests of sources: write the files, say how they map, load, and get plain rows back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from helder.case.load import Case
from helder.case.model import CaseFile
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.sources import LoadedSource, SourceFacts, load_source
from helder.sources.find import format_named
from helder.sources.stream import Place

KEYS = Keys(bytes(range(32)))
ITEMS = {
    "address": ["street", "house_number"],
    "bsn": ["national_id"],
    "birth_date": ["birth_date"],
    "name": ["surname", "given_names", "full_name"],
    "test_result": [],
    "test_kind": [],
}


def a_case(folder: Path, **sources: Mapping[str, Any]) -> Case:
    """A case with an organisation `us`, a breached `lab`, the items above, a scope `old` and these sources."""
    breached = {
        "holding_from": dt.date(2017, 1, 1),
        "theft_from": dt.date(2025, 7, 3),
        "theft_until": dt.date(2025, 7, 6),
    }
    data = {
        "case": {"id": "test", "title": {"en": "Test"}, "languages": ["en"]},
        "parties": [
            {"id": "us", "name": "Us", "own": True},
            {"id": "lab", "name": "Lab", "breached": True, **breached},
            {"id": "gp", "name": "GP"},
        ],
        "items": {id: {"label": {"en": id}, "fields": fields} for id, fields in ITEMS.items()},
        "scopes": {"old": {"party": "lab", "sent_until": dt.date(2016, 12, 31)}},
        "sources": {id: {"received": dt.date(2025, 8, 6), **source} for id, source in sources.items()},
    }
    return Case(folder, CaseFile.model_validate(data))


@cache
def engine() -> DuckEngine:
    """One engine for all tests: loading leaves nothing behind in it."""
    return DuckEngine(KEYS)


@dataclass(frozen=True)
class Loaded:
    """A source that was loaded, as plain values."""

    rows: list[dict[str, Any]]
    rejects: list[tuple[int, int, str | None, str]]
    facts: SourceFacts
    source: LoadedSource

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        return [row[name] for row in self.rows]


def load(case: Case, source_id: str, out: Path | None = None) -> Loaded:
    """Load a source and read back what was published."""
    folder = out or case.folder / "out" / source_id
    folder.mkdir(parents=True, exist_ok=True)
    duck = engine()
    loaded = load_source(duck, case, source_id, folder)
    duck.read("rows", loaded.published)
    duck.read("rejects", loaded.rejects)
    rows = duck.rows("SELECT * FROM rows")
    rejects = duck.rows('SELECT * FROM rejects ORDER BY "file", "row"')
    return Loaded(rows, [(r["file"], r["row"], r["column"], r["reason"]) for r in rejects], loaded.facts, loaded)


def load_text(folder: Path, text: str, fills: str = "leaked", **source: Any) -> Loaded:
    """Load a CSV of this text; columns are `source["columns"]`."""
    (folder / "data.csv").write_text(text, encoding="utf-8", newline="")
    return load(a_case(folder, data={"fills": fills, "path": "data.csv", **source}), "data")


def read_file(format: str, path: Path, wanted: list[str] | None = None, **options: str | int) -> dict[str, Any]:
    """A file read by a format alone: its columns, facts, rows by record number, and bad records by number."""
    module = format_named(format, "test")
    place = Place(path.name, path, f"sqlite:///{path.name}" if format == "sql" else "")
    shape = module.sniff(place, options, wanted or ())
    rows: dict[int, dict[str, str]] = {}
    bad: dict[int, str] = {}
    for batch in module.read(place, shape, wanted or shape.columns, lambda at: None):
        rows |= dict(zip(batch.numbers.to_pylist(), batch.rows.to_pylist(), strict=True))
        bad |= {one.number: one.reason for one in batch.bad}
    assert not rows.keys() & bad.keys()
    assert sorted(rows.keys() | bad.keys()) == list(range(1, len(rows) + len(bad) + 1)), "record numbers have gaps"
    facts = dict(shape.facts)
    return {"columns": shape.columns, "facts": facts, "doubts": shape.doubts, "rows": rows, "bad": bad}
