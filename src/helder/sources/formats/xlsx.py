"""Excel workbooks (.xlsx). Cells are text as stored: formulas are never computed, their last result is read.

A date is ISO 8601, a whole number has no point. Excel keeps a number's leading zeros only when the cell is text. Cells
with an error (#N/A) are empty, and counted. A row is bad when a formula in it has no result, for the workbook was never
computed. Of merged cells the first has the value. Empty rows are no records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import pyarrow as pa
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from helder.domain.errors import SourceError
from helder.engines.workbook import check_workbook
from helder.sources.cells import NoValue, cells_without_value
from helder.sources.stream import (
    Bad,
    Batch,
    Options,
    Place,
    Shape,
    Tell,
    near_name,
    number_option,
    text_batch,
    unique_names,
)

suffixes = (".xlsx", ".xlsm")
options = ("sheet", "header")

Cell: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_ROWS = 8192
_NEVER_COMPUTED = "a formula without a result: the workbook was never computed"
_ERRORS, _FORMULAS = "cells with an error", "formulas without a result"


def sniff(place: Place, given: Options, wanted: Sequence[str] = ()) -> Shape:
    """State sheet and header. Options: sheet (its name; else the first one with anything in it that is not hidden),
    header (its row; else the first row with anything in it)."""
    check_workbook(place.path, place.name)
    with _opened(place) as book:
        sheet = _sheet(book, given, place)
        others = [name for name in book.sheet_names if name != sheet.name]
        header = number_option(given, "header", 0, place)
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if number == header or (not header and any(cell != "" for cell in row)):
                names, made_up = unique_names([_text(cell) for cell in row])
                facts = {"sheet": sheet.name, "header": f"row {number}"}
                none = cells_without_value(place.path, sheet.name, place.name)
                more = {
                    "names made up": made_up,
                    "other sheets": ", ".join(others),
                    "merged cells": str(len(sheet.merged_cell_ranges or ()) or ""),
                    _FORMULAS: str(len(none.formulas) or ""),
                    _ERRORS: str(len(none.errors) or ""),
                }
                parts = () if "sheet" in given else tuple({"sheet": name} for name in _shown(book))
                return Shape(names, facts | {name: value for name, value in more.items() if value}, parts=parts)
    raise SourceError(
        "There is no header.", where=f"{place.name}, sheet {sheet.name}", do="Tell options sheet and header."
    )


def read(place: Place, shape: Shape, wanted: Sequence[str], tell: Tell) -> Iterator[Batch]:
    """Stream the rows below the header; calamine holds the sheet in memory."""
    header = int(shape.facts["header"].removeprefix("row "))
    positions = [shape.columns.index(name) for name in wanted]
    size = place.path.stat().st_size
    looked = _FORMULAS in shape.facts or _ERRORS in shape.facts
    none = cells_without_value(place.path, shape.facts["sheet"], place.name) if looked else NoValue()
    filled = {row for row, _ in none.formulas | none.errors}
    with _opened(place) as book:
        sheet = _sheet(book, {"sheet": shape.facts["sheet"]}, place)
        first = (sheet.start or (0, 0))[1] + 1
        uncomputed = _uncomputed(none, {first + shape.columns.index(name): name for name in wanted})
        total = max(1, sheet.total_height)
        number, part = 0, _Part(wanted)
        for at, row in _records(sheet, positions, filled):
            if at <= header:
                continue
            number += 1
            part.add(number, row, uncomputed.get(at, ""))
            if number % _ROWS == 0:
                yield part.batch()
                part = _Part(wanted)
                tell(size * at // total)
        if part:
            yield part.batch()
    tell(size)


def _records(sheet: CalamineSheet, positions: Sequence[int], filled: set[int]) -> Iterator[tuple[int, list[str]]]:
    """Rows with anything in them and their values; those `filled` hold something that calamine gives as nothing."""
    at = 0
    for at, row in enumerate(sheet.iter_rows(), start=1):
        if at in filled or any(cell != "" for cell in row):
            yield at, [_text(row[position]) for position in positions]
    for below in sorted(one for one in filled if one > at):
        yield below, [""] * len(positions)


def _uncomputed(none: NoValue, wanted: dict[int, str]) -> dict[int, str]:
    """The rows with a formula that has no result in a column that is wanted, and the first such column."""
    return {row: wanted[column] for row, column in sorted(none.formulas, reverse=True) if column in wanted}


class _Part:
    """Some records: good ones, and those with a column in which a value is missing."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self.wanted = wanted
        self.rows: list[list[str]] = []
        self.numbers: list[int] = []
        self.bad: list[Bad] = []

    def __bool__(self) -> bool:
        return bool(self.numbers or self.bad)

    def add(self, number: int, row: list[str], missing: str) -> None:
        """Add a record; `missing` names a column of which the value is missing (empty: none)."""
        if missing:
            self.bad.append(Bad(number, _NEVER_COMPUTED, missing))
        else:
            self.rows.append(row)
            self.numbers.append(number)

    def batch(self) -> Batch:
        """All of it."""
        columns = list(zip(*self.rows, strict=True)) if self.rows else [()] * len(self.wanted)
        return Batch(text_batch(columns, self.wanted, self.numbers), pa.array(self.numbers, pa.int64()), self.bad)


class _opened:  # noqa: N801 - used as a function
    """A workbook, with whatever calamine raises inside as one `SourceError`, its panics included."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def __enter__(self) -> CalamineWorkbook:
        try:
            self.book = CalamineWorkbook.from_path(str(self.place.path))
        except BaseException as error:
            raise self._ours(error) from None
        return self.book

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.book.close()
        if error is not None and not isinstance(error, SourceError | GeneratorExit):
            raise self._ours(error) from None

    def _ours(self, error: BaseException) -> BaseException:
        """Rust's panics are no `Exception`, so they are told by name; an interrupt stays what it is."""
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            return error
        what = f"The workbook cannot be read ({type(error).__name__})."
        return SourceError(what, where=self.place.name, do="Open it in Excel or LibreOffice, and save it again.")


def _sheet(book: CalamineWorkbook, options: Options, place: Place) -> CalamineSheet:
    names = book.sheet_names
    if "sheet" in options:
        wanted = str(options["sheet"])
        if wanted not in names:
            raise SourceError(f"There is no sheet '{wanted}'.", where=place.name, do=near_name(wanted, names))
        return book.get_sheet_by_name(wanted)
    for name in _shown(book):
        sheet = book.get_sheet_by_name(name)
        if sheet.height:
            return sheet
    raise SourceError("All sheets are empty or hidden.", where=place.name, do="Tell option sheet.")


def _shown(book: CalamineWorkbook) -> list[str]:
    return [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
