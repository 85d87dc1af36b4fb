"""Reading returned mail: a list of a carrier or print house (CSV, XLSX), or codes from a hand scanner, one on a line."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from helder.delivery.reasons import Reason, reason_of
from helder.domain.errors import DeliveryError
from helder.domain.letter_reference import typed_reference
from helder.domain.sheet_code import scanned_reference

_CODE = ("code", "kenmerk", "referentie", "reference", "barcode", "return code", "sheet code", "retourcode", "velcode")
_REASON = ("reden", "reason", "retourreden", "return reason")
_LARGEST = 256 << 20


class Scanned(NamedTuple):
    """One returned letter as a file tells it: its line (from 1), its reference, why, and whether the word was known.

    A code whose check character is wrong has no reference.
    """

    line: int
    reference: str | None
    reason: Reason | None
    known_word: bool


class ReturnedFile(NamedTuple):
    """What a file holds, and its SHA-256."""

    sha256: str
    rows: tuple[Scanned, ...]


def is_workbook(path: Path) -> bool:
    """Whether the file is an Excel workbook by its first bytes; False when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError:
        return False


def read_returned(path: Path) -> ReturnedFile:
    """Read a file; a workbook must have been checked before. Raises `DeliveryError` when it is none of the three."""
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError:
        data = b""
    lines = [line for line in (_workbook(path) if data.startswith(b"PK") else _text(data)) if any(line)]
    if not lines:
        raise DeliveryError(
            "The file of returned mail cannot be read, is empty or too large.",
            where=str(path),
            do="Give a CSV or XLSX with a column 'code', or codes from a scanner, one on a line.",
        )
    return ReturnedFile(hashlib.sha256(data).hexdigest(), tuple(_rows(lines, path)))


def _rows(lines: Sequence[Sequence[str]], path: Path) -> Iterator[Scanned]:
    head = [" ".join(cell.replace("_", " ").casefold().split()) for cell in lines[0]]
    code = _column(head, _CODE)
    if code is None:
        _need_codes(lines, path)
    why = _column(head, _REASON) if code is not None else None
    for line, cells in enumerate(lines[1:] if code is not None else lines, start=1 if code is None else 2):
        word = cells[why].strip() if why is not None and why < len(cells) else ""
        reason = reason_of(word) if word else None
        scan = cells[code or 0] if len(cells) > (code or 0) else ""
        yield Scanned(line, _reference(scan), reason, not word or reason is not None)


def _reference(scan: str) -> str | None:
    return typed_reference(scan) or scanned_reference(scan)


def _need_codes(lines: Sequence[Sequence[str]], path: Path) -> None:
    """Without a column that we know these must be codes alone; raises `DeliveryError` that names the columns."""
    if _reference(lines[0][0]) or (len(lines[0]) == 1 and any(_reference(cells[0]) for cells in lines)):
        return
    # A row with a number in it is no header but about somebody: it is not repeated.
    named = not any(sign.isdigit() for cell in lines[0] for sign in cell)
    if len(lines[0]) == 1 and not named:
        return
    seen = ", ".join(f"'{cell}'" for cell in lines[0] if cell) if named else "no names of columns"
    raise DeliveryError(
        f"The file of returned mail has no column with the codes of letters. It has: {seen}.",
        where=str(path),
        do="It needs a column 'code' ('kenmerk', 'reference') and may have one 'reason' ('reden'). Or give codes alone, one on a line.",
    )


def _column(head: Sequence[str], names: Iterable[str]) -> int | None:
    return next((at for at, cell in enumerate(head) if cell in names), None)


def _workbook(path: Path) -> Iterator[list[str]]:
    import python_calamine as calamine

    try:
        sheet = calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        for row in sheet.iter_rows():
            yield [str(cell).strip() for cell in row]
    except calamine.CalamineError:
        return


def _text(data: bytes) -> Iterator[list[str]]:
    """CSV as a spreadsheet writes it, or lines; a scanner's lines are one cell each."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        yield from (
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        )
    except csv.Error:
        return
