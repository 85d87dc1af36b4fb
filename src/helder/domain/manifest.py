"""What lies in a round's print files: `manifest.csv` has a row for each letter, `files.csv` one for each print file.

Neither says anything about a person. Typesetting writes both, delivery checks every file against them before it leaves
and compares the print house's receipt with them afterwards.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

MANIFEST = "manifest.csv"
FILES = "files.csv"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class ManifestError(ValueError):
    """A manifest is not what this module writes. The message names the line, and no value of it."""


class PrintedLetter(NamedTuple):
    """One letter: its number in the round (from 1), reference, print file, sheets, pages and digest of its pages."""

    sequence: int
    reference: str
    file: str
    sheets: int
    pages: int
    hash: str


class PrintedFile(NamedTuple):
    """One print file: name, letters, sheets, pages, length in bytes and SHA-256 of the file as the printer gets it."""

    file: str
    letters: int
    sheets: int
    pages: int
    bytes: int
    sha256: str


def manifest_text(letters: Iterable[PrintedLetter]) -> str:
    """`manifest.csv`."""
    return _text(PrintedLetter._fields, letters)


def files_text(files: Iterable[PrintedFile]) -> str:
    """`files.csv`."""
    return _text(PrintedFile._fields, files)


def each_letter(lines: Iterable[str]) -> Iterator[PrintedLetter]:
    """The letters of `manifest.csv`, line by line, numbered 1, 2, 3 …; raises `ManifestError`."""
    rows = _rows(lines, PrintedLetter._fields, numbers=(0, 3, 4), name=2)
    for number, row in enumerate(rows, start=1):
        if int(row[0]) != number:
            raise ManifestError("the letters are not numbered 1, 2, 3 …")
        yield PrintedLetter(number, row[1], row[2], int(row[3]), int(row[4]), row[5])


def read_manifest(text: str) -> list[PrintedLetter]:
    """All letters of `manifest.csv`, each once; raises `ManifestError`."""
    letters = list(each_letter(text.splitlines()))
    if len({letter.reference for letter in letters}) < len(letters):
        raise ManifestError("a reference stands twice")
    return letters


def read_files(text: str) -> list[PrintedFile]:
    """The files of `files.csv`; raises `ManifestError`."""
    files = [
        PrintedFile(row[0], int(row[1]), int(row[2]), int(row[3]), int(row[4]), row[5])
        for row in _rows(text.splitlines(), PrintedFile._fields, numbers=(1, 2, 3, 4), name=0)
    ]
    if len({file.file for file in files}) < len(files):
        raise ManifestError("a file stands twice")
    return files


def disagreements(letters: Iterable[PrintedLetter], files: Sequence[PrintedFile]) -> list[str]:
    """Names of the files whose letters, sheets or pages differ between the two lists; sorted."""
    counted = dict.fromkeys((file.file for file in files), (0, 0, 0))
    for letter in letters:
        number, sheets, pages = counted.get(letter.file, (0, 0, 0))
        counted[letter.file] = (number + 1, sheets + letter.sheets, pages + letter.pages)
    told = {file.file: (file.letters, file.sheets, file.pages) for file in files}
    return sorted(name for name in counted if counted[name] != told.get(name))


def _text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def _rows(lines: Iterable[str], head: Sequence[str], numbers: Sequence[int], name: int) -> Iterator[list[str]]:
    reader = csv.reader(lines, strict=True)
    try:
        if tuple(next(reader, ())) != tuple(head):
            raise ManifestError(f"its first line is not {','.join(head)}")
        for line, row in enumerate(reader, start=2):
            whole = len(row) == len(head) and all(row)
            # Names go into paths at both ends: a separator in one would leave the folder.
            if not whole or not _NAME.fullmatch(row[name]) or not all(_is_number(row[at]) for at in numbers):
                raise ManifestError(f"line {line} is not right")
            yield row
    except csv.Error:
        raise ManifestError("it is no CSV") from None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
