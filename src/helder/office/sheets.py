"""A register as CSV, XLSX or JSON, out and in. What goes out can come back: a row with an entry's id is a correction."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.core.exceptions import ValidationError
from django.db import transaction
from python_calamine import CalamineError, CalamineWorkbook

from helder.domain.errors import SourceError
from helder.engines.workbook import check_open_workbook
from helder.office import entries
from helder.office.forms import form_of
from helder.office.models import Entry, User
from helder.office.register import Register
from helder.office.rows import seen
from helder.office.words import say

FORMATS = ("csv", "xlsx", "json")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
MOST_BYTES = 5 * 2**20
MOST_ROWS = 20_000
_MOST_UNPACKED = 100 * 2**20
_MOST_CELLS = 100 * MOST_ROWS
_DELIMITERS = ",;\t"
_VERSION = ("entry", "version")
# What a spreadsheet would run as a formula when it opens a CSV file.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST_IN_CELL = 32_767
"""Characters (of UTF-16) in a cell of a spreadsheet: what is longer would be cut."""
_LOST_IN_CELL = re.compile("[\ufffe\uffff]|_x[0-9a-f]{4}_x[0-9a-f]{4}_", re.IGNORECASE)
"""What a cell of XLSX does not give back: no characters of XML, and marks of its own for others, one in the other."""
csv.field_size_limit(MOST_BYTES)

Row = dict[str, Any]


class SheetError(Exception):
    """A file that cannot be taken in. `problems` are (row from 1 or 0 for the file, column or empty, what is wrong)."""

    def __init__(self, problems: Sequence[tuple[int, str, str]]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)


@dataclass(frozen=True)
class Taken:
    """What an import did."""

    added: int
    corrected: int
    same: int


def columns(register: Register) -> list[str]:
    """The columns of a register's file: id and version, the fields, and what nobody fills in, which is not read back."""
    model = register.model
    return [*_VERSION, *(field.name for field in (*model.fields(), *model.taken()))]


def rows(register: Register, user: User) -> list[Row]:
    """Current entries that a user may see, as plain values, in the register's order."""
    found = seen(register.model, user).filter(current=True, withdrawn=False).order_by(*register.order)
    return [{"entry": str(one.entry), "version": one.version, **one.row()} for one in found]


def write(register: Register, format: str, user: User) -> bytes:
    """The register as a file, with what a user may see.

    Raises `KeyError` for a format that does not exist, `SheetError` for a text that the format would not give back whole.
    """
    return _WRITERS[format](columns(register), rows(register, user))


def _csv(names: Sequence[str], found: Iterable[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([harmless(row[name]) for name in names] for row in found)
    return out.getvalue().encode("utf-8-sig")


def harmless(value: Any) -> str:
    """A value as text for a cell of CSV, which no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if _is_formula(text) else text


def _is_formula(text: str) -> bool:
    """Whether a spreadsheet would run it, or it would read like one that was made harmless."""
    return text.lstrip("'").startswith(_FORMULA)


def _unmarked(text: str) -> str:
    """What `harmless` wrote; 's-Gravenhage keeps its own mark."""
    return text[1:] if text.startswith("'") and _is_formula(text) else text


def _xlsx(names: Sequence[str], found: Sequence[Row]) -> bytes:
    if lost := [(number, name) for number, row in enumerate(found, start=1) for name in names if _lost(row[name])]:
        advice = say("past niet heel in XLSX; neem CSV of JSON", "does not fit whole in XLSX; take CSV or JSON")
        raise SheetError([(*cell, advice) for cell in lost])
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for number, row in enumerate([dict(zip(names, names, strict=True)), *found]):
        for place, name in enumerate(names):
            sheet.write_string(number, place, "" if row[name] is None else str(row[name]))
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _lost(value: Any) -> bool:
    """Whether a cell of a spreadsheet would not give a value back."""
    text = value if isinstance(value, str) else ""
    return len(text.encode("utf-16-le")) > 2 * _MOST_IN_CELL or _LOST_IN_CELL.search(text) is not None


def _json(names: Sequence[str], found: Iterable[Row]) -> bytes:
    return json.dumps([{name: row[name] for name in names} for row in found], ensure_ascii=False, indent=1).encode()


_WRITERS: Mapping[str, Callable[[Sequence[str], Sequence[Row]], bytes]] = {"csv": _csv, "xlsx": _xlsx, "json": _json}


def read(data: bytes, format: str) -> list[Row]:
    """The rows of a file. Raises `SheetError` for a file that is no such file, too large, or without a header."""
    if len(data) > MOST_BYTES:
        raise SheetError(
            [(0, "", say("Het bestand is te groot (meer dan 5 MB).", "The file is too large (over 5 MB)."))]
        )
    try:
        found = _READERS[format](data)
    except (ValueError, csv.Error, CalamineError, StopIteration, TypeError, RecursionError, SourceError) as error:
        raise SheetError([(0, "", say(f"Dit is geen {format}-bestand.", f"This is no {format} file."))]) from error
    if len(found) > MOST_ROWS:
        raise SheetError([(0, "", say(f"Meer dan {MOST_ROWS} rijen.", f"More than {MOST_ROWS} rows."))])
    return found


def _read_csv(data: bytes) -> list[Row]:
    text = data.decode("utf-8-sig")
    head = text.partition("\n")[0]
    # Only the delimiter differs between programs: all double a quote within quotes, also where a header shows none.
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, doublequote=True, strict=True)
    found = list(reader)
    if any(None in row for row in found):
        raise ValueError("a row is longer than the header")
    return [{name: _unmarked(value or "") for name, value in row.items()} for row in found]


def _read_xlsx(data: bytes) -> list[Row]:
    check_open_workbook(io.BytesIO(data), "xlsx", most_bytes=_MOST_UNPACKED, most_cells=_MOST_CELLS)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    head, *body = sheet.to_python()
    return [{str(name): value for name, value in zip(head, row, strict=True)} for row in body]


def _read_json(data: bytes) -> list[Row]:
    found = json.loads(data)
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise ValueError("not a list of objects")
    return found


_READERS: Mapping[str, Callable[[bytes], list[Row]]] = {"csv": _read_csv, "xlsx": _read_xlsx, "json": _read_json}


@transaction.atomic
def take(register: Register, found: Sequence[Row], author: User, why: str) -> Taken:
    """Add and correct by the rows of a file: all of them, or none. Raises `SheetError` with every problem."""
    unknown = sorted({str(name) for row in found for name in row} - set(columns(register)))
    problems = [(0, name, say("Deze kolom is onbekend.", "This column is not known.")) for name in unknown]
    if not why.strip():
        problems.append((0, "", say("Schrijf waarom.", "Write why.")))
    counts = {"added": 0, "corrected": 0, "same": 0}
    for number, row in enumerate(found if not problems else (), start=1):
        try:
            counts[_take_row(register.model, row, author, why)] += 1
        except ValidationError as error:
            problems += [(number, field, " ".join(words)) for field, words in _named(error)]
    if problems:
        transaction.set_rollback(True)
        raise SheetError(problems)
    return Taken(**counts)


def _named(error: ValidationError) -> list[tuple[str, list[str]]]:
    return list(error.message_dict.items()) if hasattr(error, "error_dict") else [("", list(error.messages))]


def _take_row(model: type[Entry], row: Row, author: User, why: str) -> str:
    names = [field.name for field in model.fields()]
    before = _existing(model, row, author) if row.get("entry") else None
    form = form_of(model, author)(
        {name: _given(row.get(name)) for name in names}, instance=before and model(entry=before.entry)
    )
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    content = {name: form.cleaned_data[name] for name in names}
    if before is None:
        entries.add(model, author, content, why)
        return "added"
    after = model(**content)
    if after.content() == before.content():
        return "same"
    try:
        entries.correct(model, author, before.entry, content, why, seen=_version(row))
    except entries.StaleError:
        raise ValidationError({"version": say("Intussen gewijzigd.", "Changed in the meantime.")}) from None
    return "corrected"


def _given(value: Any) -> Any:
    """A cell as text, which every field of a form takes or refuses."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()  # how a spreadsheet keeps a day
    return value if value is None else str(value).encode("utf-8", "replace").decode()


def _version(row: Row) -> int:
    """The version that a row says it changes; 0, which is none, when it says no number."""
    try:
        return int(float(row.get("version") or 0))
    except (ValueError, TypeError, OverflowError):
        return 0


def _existing(model: type[Entry], row: Row, author: User) -> Entry:
    try:
        return seen(model, author).get(entry=uuid.UUID(str(row["entry"])), current=True)
    except (ValueError, model.DoesNotExist):
        raise ValidationError({"entry": say("Dit is hier niet bekend.", "Not known here.")}) from None
