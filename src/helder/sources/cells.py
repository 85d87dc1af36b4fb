"""Cells of a sheet in which something stands that is no value: formulas that were never computed, and errors.

The reader of workbooks gives both as empty. A program that writes a workbook without computing it leaves formulas
without a result; so a whole column would be lost, and nobody would know.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from helder.domain.errors import SourceError
from helder.engines.workbook import column_number, unpacked

_MOST_LIST = 16 << 20  # bytes of the workbook's list of sheets
_LONGEST = 1 << 20  # bytes of a cell: Excel's hold 32,767 characters
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_F, _V, _C = (rb"(?:\w+:)?" + name for name in (b"f", b"v", b"c"))
_NO_RESULT = re.compile(
    rb"(?:</%b\s*>|<%b(?:\s[^<>]*)?/>)\s*(?:<%b\s*/>|<%b\s*>\s*</%b\s*>)?\s*(?=</%b\s*>)" % (_F, _F, _V, _V, _V, _C)
)
_ERROR = re.compile(rb"""<%b\s[^<>]*?\bt\s*=\s*["']e["'][^<>]*>""" % _C)
_CELL = re.compile(rb"<%b(?:\s[^<>]*)?>" % _C)
_END = re.compile(rb"</%b\s*>" % _C)
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_TEXT = re.compile(rb"""\st\s*=\s*["']str["']""")  # its result is a text, which may be empty


@dataclass
class NoValue:
    """Places (row and column, both from 1) of formulas without a result, and of errors."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)

    def add(self, xml: bytes) -> None:
        """Look at some whole cells."""
        if b"f>" in xml or b"<f" in xml or b":f" in xml:
            for found in _NO_RESULT.finditer(xml):
                cells = list(_CELL.finditer(xml, _before(xml, found.start()), found.start()))
                if cells and not _TEXT.search(cells[-1][0]):
                    self.formulas |= _place(cells[-1][0])
        if b'"e"' in xml or b"'e'" in xml:
            for found in _ERROR.finditer(xml):
                self.errors |= _place(found[0])


def cells_without_value(path: Path, sheet: str, name: str) -> NoValue:
    """Find them in a sheet. `name` is what messages call the file."""
    found = NoValue()
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            part = _part(archive, sheet)
            if part is None:
                return found
            rest = b""
            for chunk in unpacked(file, part):
                xml = rest + chunk
                ends = [end.end() for end in _END.finditer(xml, max(0, len(xml) - (64 << 10)))]
                cut = ends[-1] if ends else max(0, len(xml) - _LONGEST)
                found.add(xml[:cut])
                rest = xml[cut:]
            return found
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError) as error:
        what = f"The workbook cannot be read ({type(error).__name__})."
        raise SourceError(what, where=name, do="Open it in Excel or LibreOffice, and save it again.") from None


def _part(archive: zipfile.ZipFile, sheet: str) -> zipfile.ZipInfo | None:
    """The part in which a sheet stands; None when the workbook's lists do not say."""
    parts = {one.filename.lower(): one for one in archive.infolist()}
    lists = [parts.get(one) for one in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")]
    if any(one is None or one.file_size > _MOST_LIST for one in lists):
        return None
    texts = [archive.read(one) for one in lists if one]
    if any(b"<!DOCTYPE" in text for text in texts):  # nor does any program write one: it could grow without end
        return None
    book, relations = (ElementTree.fromstring(text) for text in texts)  # noqa: S314
    ids = [one.get(_R) for one in book.iter() if one.tag.endswith("}sheet") and one.get("name") == sheet]
    targets = [one.get("Target", "") for one in relations if ids and one.get("Id") == ids[0]]
    where = [str(PurePosixPath("xl", target)).lstrip("/").lower() for target in targets]
    return parts.get(where[0]) if where else None


def _before(xml: bytes, end: int) -> int:
    """Where the cell begins that is not whole yet at `end`: behind the one before it."""
    return max(xml.rfind(b"</c>", 0, end), xml.rfind(b":c>", 0, end), 0)


def _place(cell: bytes) -> set[tuple[int, int]]:
    place = _PLACE.search(cell)
    return {(int(place[2]), column_number(place[1]))} if place else set()
