"""Trying a source out without publishing anything: for `helder check`, which says before a run what a run would refuse."""

from __future__ import annotations

import secrets
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from helder.case.load import Case
from helder.case.stated import STATED, placed, with_stated
from helder.domain.errors import HelderError, SourceError
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.sources.facts import Reason
from helder.sources.mapping import Plan, plan
from helder.sources.project import project, projected_schema
from helder.sources.reading import open_files
from helder.sources.sample import ROWS
from helder.sources.table import Odd, load_source, look_at


def trial_engine() -> closing[DuckEngine]:
    """An engine to try all sources of a case on, for a `with`. Nothing is sealed: a key of its own does."""
    return closing(DuckEngine(Keys(secrets.token_bytes(32))))


def first_rows(engine: DuckEngine, case: Case, source_id: str) -> tuple[bool, Odd, SourceError | None, int]:
    """Whether the first rows are all rows, what is odd in them, why their dates could not be read, if so; and how many there are."""
    planned = plan(case, source_id)
    rows, bad, whole = _first_rows(case, planned)
    unreadable = Odd(tuple(Reason(column, why, count) for (column, why), count in bad.most_common()))
    try:
        odd = look_at(engine, case, planned, rows)
    except SourceError as error:
        return whole, unreadable, error, rows.num_rows
    return whole, replace(odd, reasons=unreadable.reasons + odd.reasons), None, rows.num_rows


def _first_rows(case: Case, planned: Plan) -> tuple[pa.Table, Counter[tuple[str, str]], bool]:
    """The first rows, the first records that cannot be read by column and reason, and whether that is all."""
    batches: list[pa.RecordBatch] = []
    bad: Counter[tuple[str, str]] = Counter()
    for number, file in enumerate(open_files(case, planned)):
        for batch in file.format.read(file.place, file.shape, planned.columns, lambda at: None):
            batches.append(project(batch, planned, number, 0))
            rows = sum(one.num_rows for one in batches)
            last = batch.numbers[ROWS - rows - 1].as_py() if rows > ROWS else None
            bad.update((one.column, one.reason) for one in batch.bad if last is None or one.number <= last)
            if rows > ROWS:
                return pa.Table.from_batches(batches).slice(0, ROWS), bad, False
    return pa.Table.from_batches(batches, projected_schema(planned)), bad, True


def with_stated_sources(engine: DuckEngine, case: Case) -> Case:
    """The case with the statements and deletions of its sources, as a run would read them."""
    rows: dict[str, list[dict[str, Any]]] = {fills: [] for fills in STATED}
    if not any(case.sources(fills) for fills in STATED):
        return case
    with TemporaryDirectory() as folder:
        for fills in STATED:
            for id in case.sources(fills):
                try:
                    loaded = load_source(engine, case, id, _made(Path(folder) / id))
                except HelderError:
                    continue  # said already, where the source itself was looked at
                read = pq.ParquetFile(loaded.published.path).read().to_pylist()
                rows[fills] += placed(read, loaded.facts.as_dict())
    return with_stated(case, *rows.values())


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
