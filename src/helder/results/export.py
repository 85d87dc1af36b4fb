"""Writing results for others: numbers as tables to share, and person by person for those who must act.

A folder is made whole or not at all. Numbers are as `aggregates` gives them: small ones hidden. Files about people can
be read by their owner only, and are sealed with the case's key unless plain files are asked for.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, get_args

import pyarrow as pa
import pyarrow.parquet as pq

from helder import __version__
from helder.domain.errors import CaseError, EngineError
from helder.domain.tables import Column, Table
from helder.engines.base import Published
from helder.engines.disk import rename_synced, writing
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.results.aggregates import Sheet, sheets
from helder.results.open import Results
from helder.results.suppress import LEAST

Format = Literal["csv", "parquet", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
_XLSX_ROWS = 1_048_575
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A new folder, filled in the block, there only when the block succeeds; readable by its owner only until then.

    Raises `CaseError` when there is something of that name, `StorageError` when it cannot be written.
    """
    if folder.exists():
        raise CaseError("This folder is there already.", where=str(folder), do="Name another with --out.")
    draft = folder.with_name(f".{folder.name}.partial")
    mask = os.umask(0o077)
    try:
        with writing(folder):
            _remove(draft)
            draft.mkdir(parents=True)
        try:
            yield draft
            with writing(folder):
                rename_synced(draft, folder)
        finally:
            _remove(draft)
    finally:
        os.umask(mask)


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def numbers(results: Results, folder: Path, format: Format) -> dict[str, Any]:
    """Write the numbers that may be published into `folder`, and give what was written: files, numbers, hidden ones."""
    made = sheets(results)
    about = _about(results, made)
    with writing(folder):
        (folder / "about.json").write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", "utf-8")
        if format == "xlsx":
            _workbook(folder / f"{results.record.case}.xlsx", [(s.name, _names(s), s.rows) for s in made])
        for sheet in made if format != "xlsx" else ():
            path = folder / f"{sheet.name}.{format}"
            if format == "csv":
                _csv(path, _names(sheet), sheet.rows)
            else:
                columns = zip(*sheet.rows, strict=True)
                types = [*(pa.string() for _ in sheet.columns), pa.int64(), pa.bool_()]
                arrays = [pa.array(column, type) for column, type in zip(columns, types, strict=True)]
                pq.write_table(pa.table(arrays, names=_names(sheet)), path)
        for path in folder.iterdir():
            path.chmod(0o644)
    return {
        "files": sorted(path.name for path in folder.iterdir()),
        "numbers": sum(len(sheet.rows) for sheet in made),
        "hidden": sum(sheet.hidden for sheet in made),
    }


def _names(sheet: Sheet) -> list[str]:
    return [*sheet.columns, sheet.unit, "hidden"]


def _about(results: Results, made: Sequence[Sheet]) -> dict[str, Any]:
    record = results.record
    return {
        "case": record.case,
        "title": results.case.file.case.title,
        "assessment": record.assessment,
        "as_of": record.as_of.isoformat() if record.as_of else None,
        "computed": record.finished.isoformat(timespec="seconds"),
        "helder": __version__,
        "rule": f"Numbers from 1 to {LEAST - 1} are hidden, and those that would give them back. A combination that is "
        "not there is zero. Do not subtract numbers of exports made at different times.",
        "hidden": {sheet.name: sheet.hidden for sheet in made},
    }


def people_table(results: Results, *, sealed: bool) -> Table:
    """The shape of a person-level export: one row for each person of the register."""
    fixed = (
        Column("person", "text", "the person's keyed id", True),
        Column("person_id", "text", "the register's own id", True),
        Column("in_scope", "bool", "whether the person is in the declared scope", True),
        Column("group", "text", "the group, for people in scope"),
        Column("contradiction", "bool", "whether the evidence about the person contradicts itself", True),
        Column("severity", "float64", "ENISA 2013 severity"),
    )
    states = tuple(Column(name, "text", "what is known", True) for name in _state_columns(results).values())
    return Table("people", (*fixed, *states), order=("person",), personal=sealed)


def _state_columns(results: Results) -> dict[tuple[str, str], str]:
    """The column of each (party, item); the party is named only when there are several."""
    one = len(results.case.breached) == 1
    slots = results.profiles[0].states if results.profiles else {}
    return {(party, item): f"state_{item}" if one else f"state_{party}_{item}" for party, item in slots}


def people(results: Results, keys: Keys, folder: Path, format: Format, *, sealed: bool) -> dict[str, Any]:
    """Write one row for each person of the register into `folder`: sealed Parquet, or a plain file of `format`."""
    engine = DuckEngine(keys)
    try:
        register = keyed(results, keys, engine)
        engine.read("assessed", results.published(results.exposure, "assessed"))
        engine.read("known", _profiles(results))
        table = people_table(results, sealed=sealed)
        columns = ", ".join(f'k."{column.name}"' for column in table.columns[2:])
        sql = (
            f"SELECT r.keyed AS person, r.person_id, {columns} FROM {register} AS r "
            "JOIN assessed AS a ON a.person = r.person JOIN known AS k ON k.profile = a.profile"
        )
        if sealed or format == "parquet":
            written = engine.publish(sql, table, folder)
            return {"files": [written.path.name], "people": written.rows}
        rows = engine.arrow(f"{sql} ORDER BY person")
    finally:
        engine.close()
    path = folder / f"people.{format}"
    if format == "xlsx" and rows.num_rows > _XLSX_ROWS:
        raise EngineError("A spreadsheet cannot hold so many people.", do="Use --format csv or parquet.")
    with writing(path):
        lines = (
            row for batch in rows.to_batches() for row in zip(*(c.to_pylist() for c in batch.columns), strict=True)
        )
        if format == "csv":
            _csv(path, rows.column_names, lines)
        else:
            _workbook(path, [("people", rows.column_names, lines)])
    return {"files": [path.name], "people": rows.num_rows}


def keyed(results: Results, keys: Keys, engine: DuckEngine) -> str:
    """Make the table `keyed` (person, person_id, keyed) on the engine and give its name."""
    register = next(iter(results.case.sources("people")))
    engine.read("people", results.published(f"source-{register}", "people"))
    known = engine.arrow("SELECT person, person_id FROM people")
    ids = known.column("person_id").to_pylist()
    engine.read("keyed", known.append_column("keyed", pa.array([keys.keyed_id(id) for id in ids], pa.string())))
    return "keyed"


def _profiles(results: Results) -> pa.Table:
    """What a person-level row says, for each profile."""
    profiles = results.profiles
    columns: dict[str, pa.Array] = {
        "profile": pa.array([profile.number for profile in profiles], pa.int32()),
        "in_scope": pa.array([profile.in_scope for profile in profiles], pa.bool_()),
        "group": pa.array([profile.group for profile in profiles], pa.string()),
        "contradiction": pa.array([profile.contradiction for profile in profiles], pa.bool_()),
        "severity": pa.array([profile.severity for profile in profiles], pa.float64()),
    }
    for slot, name in _state_columns(results).items():
        columns[name] = pa.array([profile.states[slot] for profile in profiles], pa.string())
    return pa.table(columns)


def plain(published: Published, engine: DuckEngine, folder: Path, name: str) -> Published:
    """Copy a published table that names nobody into `folder`."""
    engine.read("copied", published)
    return engine.publish("SELECT * FROM copied", published.table, folder, name=name)


def _csv(path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Comma-separated, UTF-8; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(names)
        out.writerows([_tame(value) for value in row] for row in rows)


def _tame(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _workbook(path: Path, tables: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> None:
    """One sheet for each table, header frozen and filtered; nothing is taken for a formula or an address."""
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        for name, names, rows in tables:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, names, bold)
            last = 0
            for last, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, bool):
                        sheet.write_string(last, column, "yes" if value else "no")
                    elif isinstance(value, str):
                        sheet.write_string(last, column, value)
                    elif value is not None:
                        sheet.write_number(last, column, value, number if isinstance(value, int) else None)
            sheet.autofilter(0, 0, last, len(names) - 1)
