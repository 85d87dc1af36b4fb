"""The record of a run: which results of `work/` make up an assessment. One JSON file for each, replaced as a whole."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from helder.domain.errors import CaseError, StorageError

VERSION = 1


@dataclass(frozen=True)
class StageRecord:
    """One stage of a run: its result in `work/<name>/<key>`, how long it took, and whether it was there already."""

    name: str
    key: str
    seconds: float
    reused: bool


@dataclass(frozen=True)
class RunRecord:
    """What a run did. `stages` stand in the order in which they ran."""

    case: str
    assessment: str
    as_of: dt.date | None
    links: str
    datasets: str
    engine: str
    finished: dt.datetime
    peak_memory_mb: int
    stages: tuple[StageRecord, ...]
    changed: Mapping[str, str]
    """Sources whose files changed since the run before: id and which file."""
    seen: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    """By source, what the disk said of its files: a file that was only touched is not read again by every run after."""

    def key(self, stage: str) -> str:
        """The key of a stage's result."""
        return next(part.key for part in self.stages if part.name == stage)


def path_of(case: Path, assessment: str) -> Path:
    """Where the record of an assessment stands."""
    return case / "work" / "runs" / f"{assessment}.json"


def write_record(case: Path, record: RunRecord) -> None:
    """Write the record in one step: the old one or the new one is there, never half of one."""
    path = path_of(case, record.assessment)
    whole = {"version": VERSION, **asdict(record)}
    text = json.dumps(whole, indent=1, default=lambda value: value.isoformat(), ensure_ascii=False) + "\n"
    partial = path.with_suffix(".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise StorageError(
            "The record of the run could not be written.", where=str(path), do=f"{error.strerror}."
        ) from None


def read_record(case: Path, assessment: str) -> RunRecord:
    """The record of the last run of an assessment. Raises `CaseError` when there is none."""
    path = path_of(case, assessment)
    try:
        whole: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if whole.pop("version") != VERSION:
            raise ValueError
        whole["stages"] = tuple(StageRecord(**stage) for stage in whole["stages"])
        whole["as_of"] = dt.date.fromisoformat(whole["as_of"]) if whole["as_of"] else None
        whole["finished"] = dt.datetime.fromisoformat(whole["finished"])
        return RunRecord(**whole)
    except FileNotFoundError:
        raise CaseError(
            f"Assessment '{assessment}' has not been run yet.", where=str(case), do=f"helder run {case}"
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise CaseError(
            f"The record of assessment '{assessment}' is damaged.", where=str(path), do=f"helder run {case}"
        ) from None


def records(case: Path) -> list[RunRecord]:
    """The records of all assessments that were run. Raises `CaseError` when one is damaged."""
    return [read_record(case, path.stem) for path in sorted(path_of(case, "").parent.glob("*.json"))]
