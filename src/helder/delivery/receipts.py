"""A print house's receipt compared with what was sent.

A receipt is a CSV with a row for each print file: `file`, and any of `sha256`, `letters`, `sheets`, `pages`. There is
no standard for it; these are the columns of `files.csv`, so a print house can give the list back with what it counted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from helder.domain.errors import DeliveryError
from helder.domain.manifest import PrintedFile

_COMPARED = ("sha256", "letters", "sheets", "pages")


class Received(NamedTuple):
    """Names of files: those the receipt confirms, those it lacks, those it has otherwise, those we never sent."""

    confirmed: tuple[str, ...]
    missing: tuple[str, ...]
    different: tuple[str, ...]
    foreign: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether the receipt says just what was sent."""
        return not (self.missing or self.different or self.foreign)


def compare(receipt: bytes, files: Sequence[PrintedFile]) -> Received:
    """Compare; raises `DeliveryError` for what is no receipt. A file that stands twice counts as different."""
    told: dict[str, dict[str, str]] = {}
    twice: set[str] = set()
    for row in _rows(receipt):
        name = row["file"]
        if name in told:
            twice.add(name)
        told[name] = row
    ours = {file.file: file for file in files}
    both = [name for name in ours if name in told]
    different = {name for name in both if name in twice or not _agrees(told[name], ours[name])}
    return Received(
        tuple(name for name in both if name not in different),
        tuple(name for name in ours if name not in told),
        tuple(sorted(different)),
        tuple(sorted(told.keys() - ours.keys())),
    )


def _rows(receipt: bytes) -> list[dict[str, str]]:
    try:
        reader = csv.DictReader(io.StringIO(receipt.decode("utf-8-sig")), strict=True)
        rows = [{key: value for key, value in row.items() if isinstance(value, str)} for row in reader]
    except (UnicodeDecodeError, csv.Error):
        reader, rows = None, []
    columns = (reader.fieldnames or ()) if reader else ()
    if "file" not in columns or not set(columns) & set(_COMPARED) or any("file" not in row for row in rows):
        raise DeliveryError(
            "The print house's receipt cannot be read.",
            do="It must be CSV with a column 'file' and one of sha256, letters, sheets, pages. Ask for another.",
        )
    return rows


def _agrees(row: dict[str, str], file: PrintedFile) -> bool:
    ours = file._asdict()
    told = {key: row[key].strip().lower() for key in _COMPARED if row.get(key)}
    return bool(told) and all(value == str(ours[key]).lower() for key, value in told.items())
