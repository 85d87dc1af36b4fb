"""Is this workbook safe to open? A zip bomb, or two cells at the far ends of a sheet, would fill the memory.

Sizes are measured by unpacking, piece by piece and keeping nothing, because a zip's own list of sizes may lie.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from helder.domain.errors import SourceError

MOST_BYTES = 4 << 30
"""The most bytes a workbook may unpack to."""
MOST_RATIO = 250
"""The most times larger that a part may become by unpacking; Excel's own stay below 60."""
MOST_CELLS = 50_000_000
"""The most cells in the rectangle round all cells of a sheet."""
_MOST_PARTS = 10_000
_SMALL = 16 << 20  # parts up to here may have any ratio
_CHUNK = 1 << 20
# Every cell and row, however it is written.
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_NAME = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,9})([0-9]{1,18})""")
# As programs write them.
_PLAIN_ROW = re.compile(rb'<row r="([0-9]{1,18})"')
_WIDE = re.compile(rb' r="([A-Za-z]{2,9})')
_ODD = re.compile(rb"<\w+:(?:c|row)[\s/>]")
_ODD_SPACE = (b"\t", b"\n", b"\r", b" r =", b" r= ", b" r='")
_PROLOGUE = re.compile(rb"^\s*<\?xml[^>]*>\s*")
_AGAIN = "Open it in Excel or LibreOffice yourself, and save it again as .xlsx or as CSV."


def check_workbook(path: Path, name: str) -> None:
    """Raise `SourceError` when a workbook is none, is damaged, or would not fit."""
    with _damage_said(name), path.open("rb") as file:
        check_open_workbook(file, name)


def check_open_workbook(
    file: BinaryIO, name: str, *, most_bytes: int | None = None, most_cells: int | None = None
) -> None:
    """The same for an open file, and with smaller limits than the module's own when they are given."""
    with _damage_said(name):
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise SourceError(
                    "This is not an Excel workbook (.xlsx).", where=name, do=f"A ZIP file? Unpack it. {_AGAIN}"
                )
            if len(parts) > _MOST_PARTS:
                raise SourceError("The workbook has too many parts.", where=name, do=_AGAIN)
        total, cells = 0, most_cells or MOST_CELLS
        for part in parts:
            total += _check_part(file, part, (most_bytes or MOST_BYTES) - total, cells, name)


@contextmanager
def _damage_said(name: str) -> Iterator[None]:
    """Turn what goes wrong in reading a damaged workbook into one error."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError) as error:
        what = f"This is not a whole Excel workbook ({type(error).__name__})."
        raise SourceError(what, where=name, do="An old .xls or a password? " + _AGAIN) from None


def _check_part(file: BinaryIO, part: zipfile.ZipInfo, room: int, cells: int, name: str) -> int:
    """The size of one part, unpacked; its cells are counted when it is a sheet."""
    sheet = _Extent(exact=False) if part.filename.startswith("xl/worksheets/") else None
    size = 0
    for chunk in unpacked(file, part):
        size += len(chunk)
        if size > room or (size > _SMALL and size > MOST_RATIO * max(1, part.compress_size)):
            raise SourceError("The workbook unpacks to far more than it should: a zip bomb?", where=name, do=_AGAIN)
        if sheet:
            sheet.add(chunk)
    if size != part.file_size:
        raise SourceError("The workbook's own list of sizes is not true.", where=name, do=_AGAIN)
    if sheet and (not sheet.sure or sheet.cells() > cells):
        sheet = _Extent(exact=True)
        for chunk in unpacked(file, part):
            sheet.add(chunk)
    if sheet and sheet.cells() > cells:
        raise SourceError(f"A sheet spans more than {cells:,} cells.", where=name, do=_AGAIN)
    return size


def unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part as they really are, whatever its header says of their number."""
    if part.flag_bits & 1:
        raise ValueError("encrypted")
    file.seek(part.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left = part.compress_size
    inflate = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    if inflate is None and part.compress_type != zipfile.ZIP_STORED:
        raise ValueError("packed in a way of its own")
    while left > 0:
        data = file.read(min(left, _CHUNK))
        if not data:
            raise EOFError
        left -= len(data)
        if inflate is None:
            yield data
            continue
        while data:
            yield inflate.decompress(data, _CHUNK)
            data = inflate.unconsumed_tail


class _Extent:
    """The rectangle round all cells of a sheet, from its XML in pieces.

    `exact` looks at every cell. Otherwise it is an upper bound found by fast searches for what is unusual; `sure` is
    false when something in the XML is written in another way than programs do.
    """

    def __init__(self, exact: bool) -> None:
        self.exact = exact
        self.sure = True
        self._rest = b""
        self._last_row, self._last_column = 0, 0 if exact else 26
        self._rows_without = self._cells_without = 0

    def add(self, chunk: bytes) -> None:
        """Add the next piece."""
        text = self._rest + chunk
        cut = text.rfind(b"<")
        text, self._rest = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
        if self.exact:
            self._count(text)
        else:
            self._estimate(_PROLOGUE.sub(b"", text, count=1))

    def cells(self) -> int:
        """At most so many cells; those without a name stand one after another."""
        rows = self._last_row if self.exact else 10 ** len(str(self._last_row))
        return (rows + self._rows_without) * (self._last_column + self._cells_without)

    def _estimate(self, text: bytes) -> None:
        self._last_row = max(self._last_row, *map(int, _PLAIN_ROW.findall(text)), 0)
        self._last_column = max(self._last_column, *(column_number(one) for one in set(_WIDE.findall(text))), 0)
        named = text.count(b' r="')
        nodes = sum(text.count(b"<" + name + end) for name in (b"c", b"row") for end in (b" ", b">", b"/"))
        longer = b' r="[A-Za-z]{1,4}[0-9]{%d}' % (len(str(self._last_row)) + 1)
        odd = _ODD.search(text) or any(sign in text for sign in _ODD_SPACE)
        if odd or nodes != named or re.search(longer, text):
            self.sure = False

    def _count(self, text: bytes) -> None:
        names = _NAME.findall(text)
        self._rows_without += max(0, len(_ROW.findall(text)) - sum(not letters for letters, _ in names))
        self._cells_without += max(0, len(_CELL.findall(text)) - sum(bool(letters) for letters, _ in names))
        columns, rows = {letters for letters, _ in names}, {digits for _, digits in names}
        self._last_column = max(self._last_column, *map(column_number, columns), 0)
        self._last_row = max(self._last_row, *map(int, rows), 0)


def column_number(letters: bytes) -> int:
    """The number of a column by its letters: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
