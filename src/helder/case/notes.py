"""Sheets that hold notes for the reader: a workbook's read-me, the legend of its columns, its versions."""

from __future__ import annotations

from collections.abc import Sequence

from helder.case.headers import is_word
from helder.case.proposals import Column, Proposed

WHY = {
    "legend": ("legt kolommen van een ander blad uit", "it explains columns of another sheet"),
    "text": ("er staat alleen tekst in, en geen kolom is herkend", "it holds text only, and no column was recognised"),
}
"""Why a sheet is no source, in Dutch and English."""
_COLUMNS, _ROWS, _WORDS = 3, 30, 4


def notes(sheets: Sequence[tuple[Sequence[Column], Proposed]]) -> list[str]:
    """For each sheet of one workbook: a key of `WHY`, or '' when it is a source; all are where none is surely one."""
    if not any(proposed.sure for _, proposed in sheets):
        return [""] * len(sheets)
    names = [[column.name for column in columns] for columns, _ in sheets]
    return [
        _why(columns, proposed, [name for other in names if other is not mine for name in other])
        for (columns, proposed), mine in zip(sheets, names, strict=True)
    ]


def _why(columns: Sequence[Column], proposed: Proposed, elsewhere: Sequence[str]) -> str:
    if proposed.sure or len(columns) > _COLUMNS:
        return ""
    for column in columns:
        said = [value for value in (column.name, *column.values) if value]
        explained = sum(is_word(value, elsewhere) or value in elsewhere for value in said)
        if explained >= 3 and 2 * explained >= len(said):
            return "legend"
    prose = any(
        2 * sum(map(_is_prose, filled)) >= len(filled)
        for column in columns
        if (filled := list(filter(None, column.values)))
    )
    return "text" if prose or (not proposed.unsure and _labelled(columns)) else ""


def _is_prose(value: str) -> bool:
    """Words most of which are no names: an address and a name are not."""
    words = value.split()
    return len(words) >= _WORDS and 2 * sum(word[0].islower() for word in words) > len(words)


def _labelled(columns: Sequence[Column]) -> bool:
    """Some labels, each with what it says: 'version | 1.2'. A column alone may be a list of people."""
    if len(columns) != 2 or not 0 < len(columns[0].values) < _ROWS:
        return False
    return all(value and not any(map(str.isdigit, value)) for value in columns[0].values)
