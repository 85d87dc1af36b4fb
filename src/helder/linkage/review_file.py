"""Rows under review as a spreadsheet, side by side with their candidates; and the decisions read back from it.

One block for each review: the row as found, then a line for each candidate, best first. Only the four columns to fill
in are ever read back, and the key of the review; whatever else is changed in the file changes nothing.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helder.domain.errors import DecisionError
from helder.domain.tables import IDENTITY_FIELDS
from helder.engines.disk import writing
from helder.linkage.bound import Fields
from helder.linkage.reviews import Decision, Place, tame

_SHORT = 500
HEADS: dict[str, dict[str, str]] = {
    "nl": {
        "review": "beoordeling",
        "line": "regel",
        "decision": "besluit",
        "decided_by": "besloten_door",
        "decided_on": "besloten_op",
        "reason": "reden",
        "agreement": "overeenkomst",
        "why": "waarom",
        "person": "mens",
        "place": "plaats",
    },
}
HEADS["en"] = {name: name for name in HEADS["nl"]}
WORDS = {
    "nl": {"none": "geen", "unsure": "onzeker", "found": "gevonden"},
    "en": {"none": "none", "unsure": "unsure", "found": "found"},
}
_FILL = ("decision", "decided_by", "decided_on", "reason")


@dataclass(frozen=True)
class Candidate:
    """One of the people a row may be about: keyed id, register fields, how strongly they agree and why."""

    keyed: str
    fields: Fields
    agreement: str
    why: str


@dataclass(frozen=True)
class Review:
    """One row under review. `received` is when its source was received; `decided` what the decisions say of it."""

    key: str
    place: Place
    file: str
    fields: Fields
    why: str
    received: Any
    candidates: tuple[Candidate, ...]
    decided: Decision | None = None


@dataclass(frozen=True)
class Answer:
    """One decision as filled in: all text, as it stands at `line` of the file (1 is the header)."""

    line: int
    review: str
    decision: str
    by: str
    on: str
    reason: str


def write_reviews(path: Path, reviews: Sequence[Review], lang: str) -> None:
    """Write the reviews as .xlsx or .csv, for the owner's eyes only. Raises `DecisionError` when the file is there."""
    heads = HEADS["nl" if lang == "nl" else "en"]
    words = WORDS["nl" if lang == "nl" else "en"]
    used = [n for n, _ in enumerate(IDENTITY_FIELDS) if any(_filled(one, n) for one in reviews)]
    names = [*heads.values(), *(IDENTITY_FIELDS[n] for n in used)]
    blocks = (list(_block(one, used, words)) for one in reviews)
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        except FileExistsError:
            raise DecisionError("This file is there already.", where=str(path), do="Name another with --out.") from None
        try:
            if path.suffix.lower() == ".csv":
                _write_csv(path, names, blocks)
            else:
                _write_workbook(path, names, blocks, len(heads), words)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _filled(one: Review, field: int) -> bool:
    return bool(one.fields[field]) or any(candidate.fields[field] for candidate in one.candidates)


@dataclass(frozen=True)
class _Line:
    cells: list[str]
    differs: frozenset[int] = frozenset()
    choices: int = 0


def _block(one: Review, used: Sequence[int], words: dict[str, str]) -> Iterator[_Line]:
    filled = _prefilled(one, words)
    place = f"{one.file}:{one.place.row}"
    found = [_short(one.fields[n]) for n in used]
    yield _Line([one.key, words["found"], *filled, "", one.why, "", place, *found], choices=len(one.candidates))
    for number, candidate in enumerate(one.candidates, start=1):
        fields = [candidate.fields[n] for n in used]
        cells = [one.key, str(number), "", "", "", "", candidate.agreement, candidate.why, candidate.keyed, ""]
        differs = frozenset(
            len(cells) + column
            for column, (n, value) in enumerate(zip(used, fields, strict=True))
            if _plain(value) != _plain(one.fields[n])
        )
        yield _Line([*cells, *map(_short, fields)], differs)


def _prefilled(one: Review, words: dict[str, str]) -> list[str]:
    """What was decided before, to be seen and changed; only where the choice still has a number here."""
    said = one.decided
    shown = [candidate.keyed for candidate in one.candidates]
    if said is None or (said.person and said.person not in shown):
        return [""] * len(_FILL)
    choice = str(shown.index(said.person) + 1) if said.person else words[said.verdict]
    return [choice, said.by, said.on.isoformat(), said.reason]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def _write_csv(path: Path, names: Sequence[str], blocks: Iterable[list[_Line]]) -> None:
    """Semicolons and a byte-order mark, as spreadsheets here expect; differing cells begin with '≠ '."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";", lineterminator="\r\n")
        out.writerow(names)
        for block in blocks:
            for line in block:
                marked = (f"≠ {cell}" if n in line.differs else cell for n, cell in enumerate(line.cells))
                out.writerow([tame(cell) for cell in marked])


def _write_workbook(
    path: Path, names: Sequence[str], blocks: Iterable[list[_Line]], fixed: int, words: dict[str, str]
) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("reviews")
        bold = book.add_format({"bold": True})
        fill = book.add_format({"bg_color": "#FFF2CC", "top": 1, "num_format": "@"})
        top = book.add_format({"top": 1, "bold": True})
        other = book.add_format({"bg_color": "#F8CBAD"})
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, 8)
        sheet.set_column(2, 5, 14)
        sheet.set_column(6, 7, 30)
        sheet.set_column(fixed, len(names) - 1, 16)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, bold)
        row = 0
        for block in blocks:
            for line in block:
                row += 1
                for column, cell in enumerate(line.cells):
                    first = bool(line.choices)
                    form = (
                        fill
                        if first and 2 <= column <= 5
                        else top
                        if first
                        else other
                        if column in line.differs
                        else None
                    )
                    if cell:
                        sheet.write_string(row, column, cell, form)
                    elif form:
                        sheet.write_blank(row, column, None, form)
                if line.choices:
                    choices = [*map(str, range(1, line.choices + 1)), words["none"], words["unsure"]]
                    sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": choices})
