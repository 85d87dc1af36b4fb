"""Decisions of people about rows under review: what one says, and `decisions/reviews.csv`, where they are kept.

The file is text under version control. People of the register stand in it by keyed id only; who decided stands by name.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from helder.domain.errors import DecisionError
from helder.engines.disk import rename_synced, writing

Verdict = Literal["accepted", "none", "unsure"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
COLUMNS = ("review", "source", "file", "row", "decision", "person", "candidates", "by", "on", "reason")
LONGEST = 1_000
KEYED = re.compile(r"p-[a-z2-7]{16}")
REVIEW = re.compile(r"r-[a-z2-7]{24}")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CURE = "Take the file from version control, or correct that line."


class Place(NamedTuple):
    """Where a leaked row stands: id of the source, file (from 0) and record in it (from 1)."""

    source: str
    file: int
    row: int


@dataclass(frozen=True)
class Decision:
    """What a person decided about one row.

    `review` is the key that binds the decision to the content of the row and of the `candidates` that were shown (keyed
    ids, best first); `person` is the one chosen, when `verdict` is accepted.
    """

    review: str
    place: Place
    verdict: Verdict
    person: str
    candidates: tuple[str, ...]
    by: str
    on: dt.date
    reason: str

    @property
    def says(self) -> tuple[str, str]:
        """What it comes to: verdict and person."""
        return self.verdict, self.person


def path_of(case: Path) -> Path:
    """Where the decisions of a case stand."""
    return case / "decisions" / "reviews.csv"


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in the file, none when there is no file. Raises `DecisionError` with the line that is not right."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise DecisionError(
            f"The decisions cannot be read ({type(error).__name__}).", where=str(path), do=_CURE
        ) from None
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: dict[Place, Decision] = {}
    try:
        if tuple(next(lines, ())) != COLUMNS:
            raise ValueError("its first line names other columns")
        for cells in lines:
            one = _decision(cells)
            if one.place in found:
                raise ValueError("a row is decided twice")
            found[one.place] = one
    except (ValueError, csv.Error) as error:
        raise DecisionError(
            f"The decisions are not as Helder wrote them: {error}.", where=f"{path}, line {lines.line_num}", do=_CURE
        ) from None
    return list(found.values())


def _decision(cells: Sequence[str]) -> Decision:
    """One line; `ValueError` says what is wrong with it, never its text."""
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} cells instead of {len(COLUMNS)}")
    review, source, file, row, verdict, person, candidates, by, on, reason = (untamed(cell) for cell in cells)
    shown = tuple(candidates.split())
    if not REVIEW.fullmatch(review) or not all(KEYED.fullmatch(one) for one in shown):
        raise ValueError("a key has another form")
    if verdict not in VERDICTS or (person not in shown if verdict == "accepted" else person):
        raise ValueError("the decision does not fit its candidates")
    if not (file.isascii() and file.isdigit() and row.isascii() and row.isdigit()):
        raise ValueError("file and row are whole numbers")
    if not by or not reason:
        raise ValueError("name and reason are missing")
    try:
        day = dt.date.fromisoformat(on)
    except ValueError:
        raise ValueError("the date is not written as 2025-12-31") from None
    place = Place(source, int(file), int(row))
    return Decision(review, place, verdict, person, shown, by, day, reason)


def decisions_text(decisions: Iterable[Decision]) -> str:
    """The file's text: sorted by place, so that version control shows what changed and nothing else."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(COLUMNS)
    for one in sorted(decisions, key=lambda one: one.place):
        shown = " ".join(one.candidates)
        said = (one.verdict, one.person, shown, one.by, one.on.isoformat(), one.reason)
        lines.writerow([tame(str(cell)) for cell in (one.review, *one.place, *said)])
    return out.getvalue()


def write_decisions(path: Path, text: str) -> None:
    """Replace the file in one step: the old one or the new one is there, never half of one."""
    partial = path.with_name(f".{path.name}.partial")
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, "utf-8", newline="\n")
        rename_synced(partial, path)


def tame(text: str) -> str:
    """The text as no spreadsheet takes it for a formula: an apostrophe before it where needed."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def untamed(text: str) -> str:
    """What `tame` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text
