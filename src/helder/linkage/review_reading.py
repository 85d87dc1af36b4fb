"""Reading decisions back from the spreadsheet that reviewers filled in, as Excel or a text editor may have left it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from helder.domain.errors import DecisionError
from helder.linkage.review_file import HEADS, Answer
from helder.linkage.reviews import untamed

_NEEDED = ("review", "decision", "decided_by", "decided_on", "reason")
_AGAIN = "Export the reviews again with 'helder review CASE export', and fill in that file."
_ZIP = b"PK"
_MOST_BYTES = 256 << 20


def is_workbook(path: Path) -> bool:
    """Whether the file is an Excel workbook by its first bytes; False when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


def read_answers(path: Path) -> list[Answer]:
    """The lines where something is filled in, in the order of the file. Raises `DecisionError` for another file."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DecisionError("The file is too large for a file of reviews.", where=path.name, do=_AGAIN)
        data = path.read_bytes()
    except OSError as error:
        raise DecisionError(
            f"The file cannot be read: {error.strerror}.", where=str(path), do="Name the file that you filled in."
        ) from None
    lines = _workbook(path) if data.startswith(_ZIP) else _csv(data, path)
    return list(_answers(lines, path.name))


def _answers(lines: Iterable[Sequence[str]], name: str) -> Iterator[Answer]:
    numbered = enumerate(lines, start=1)
    _, header = next(numbered, (1, ()))
    columns = _columns(header, name)
    for line, cells in numbered:
        review, *filled = (
            " ".join(untamed(cells[column]).split()) if column < len(cells) else "" for column in columns
        )
        if any(filled):
            yield Answer(line, review, *filled)


def _columns(header: Sequence[str], name: str) -> list[int]:
    """Where the columns that are read stand: in either language, in any order, each once."""
    plain = [cell.strip().casefold() for cell in header]
    for heads in HEADS.values():
        found = [[n for n, cell in enumerate(plain) if cell == heads[word]] for word in _NEEDED]
        if all(len(places) == 1 for places in found):
            return [places[0] for places in found]
    raise DecisionError("This is no file of reviews: its first line lacks columns.", where=name, do=_AGAIN)


def _csv(data: bytes, path: Path) -> Iterator[list[str]]:
    text = _text(data)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error:
        raise DecisionError("The file is not whole CSV.", where=path.name, do=_AGAIN) from None


def _text(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else what Windows in Western Europe writes."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _workbook(path: Path) -> Iterator[list[str]]:
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheet = book.get_sheet_by_index(0)
            rows = sheet.to_python(skip_empty_area=False)
    except BaseException as error:
        # A panic of its Rust is no `Exception`, so it is told by name; an interrupt stays what it is.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise DecisionError(
            f"This is not a whole Excel workbook ({type(error).__name__}).", where=path.name, do=_AGAIN
        ) from None
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    """A cell as text: 1.0 is '1', a date with or without a time of day is its day."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value)
