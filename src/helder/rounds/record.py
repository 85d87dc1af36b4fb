"""`rounds/<round>/round.json`: what a round was frozen from, its state, its counts and its history. Names nobody.

States: planned → checked → approved → produced → leaving → handed_over → closed. What is changed goes back to planned; what
has begun to leave does not go back, because people have been told. A round of which nothing left after all is produced
again, and one that is ended half way is closed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from helder.domain.errors import RoundError
from helder.engines.disk import write_whole

VERSION = 1
STATES = ("planned", "checked", "approved", "produced", "leaving", "handed_over", "closed")
LEFT_THE_HOUSE = frozenset({"leaving", "handed_over", "closed"})
_LEAPS = frozenset({("leaving", "produced"), ("leaving", "closed")})


@dataclass(frozen=True)
class Step:
    """A change of state: which, when (UTC), and why."""

    state: str
    at: str
    why: str = ""


@dataclass(frozen=True)
class RoundRecord:
    """A planned round. `hashes` is all that it was frozen from; `run` the record of the assessment's run."""

    round: str
    state: str
    assessment: str
    as_of: str | None
    planned: str
    hashes: Mapping[str, str]
    counts: Mapping[str, Any]
    run: Mapping[str, Any]
    history: tuple[Step, ...] = ()

    @property
    def content(self) -> str:
        """The hash of everything the round was frozen from: what approvals are bound to."""
        return content_of(self.round, self.hashes)

    def to(self, state: str, at: dt.datetime, why: str = "") -> RoundRecord:
        """The round one state further, or back to planned. Raises `RoundError` for any other step."""
        here, there = STATES.index(self.state), STATES.index(state)
        back = there == 0 and self.state not in LEFT_THE_HOUSE
        again = there == here and state not in LEFT_THE_HOUSE
        leap = (self.state, state) in _LEAPS
        if there != here + 1 and not back and not again and not leap:
            raise RoundError(
                f"Round '{self.round}' is {self.state} and cannot become {state}.",
                where=f"rounds/{self.round}",
                do=f"The order is {' → '.join(STATES)}.",
            )
        step = Step(state, at.astimezone(dt.UTC).isoformat(timespec="seconds"), why)
        return replace(self, state=state, history=(*self.history, step))


def content_of(round: str, hashes: Mapping[str, str]) -> str:
    """SHA-256 over a round's hashes, by name."""
    return hashlib.sha256(json.dumps([round, dict(hashes)], sort_keys=True).encode()).hexdigest()


def folder_of(case: Path, round: str) -> Path:
    """Where a round is kept."""
    return case / "rounds" / round


def planned(case: Path, round: str) -> bool:
    """Whether a round has been planned."""
    return (folder_of(case, round) / "round.json").exists()


def read_record(case: Path, round: str) -> RoundRecord:
    """The record of a round. Raises `RoundError` when it was not planned or the record is damaged."""
    path = folder_of(case, round) / "round.json"
    try:
        whole = json.loads(path.read_text("utf-8"))
        if whole.pop("version") != VERSION or whole["state"] not in STATES or whole["round"] != round:
            raise ValueError
        whole["history"] = tuple(Step(**step) for step in whole["history"])
        return RoundRecord(**whole)
    except FileNotFoundError:
        raise RoundError(
            f"Round '{round}' has not been planned.", where=str(path), do=f"helder round plan {case} {round}"
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise RoundError(
            f"The record of round '{round}' is damaged.",
            where=str(path),
            do="Put the file back from a backup: it says what has left. Did nothing leave, take it away and plan the round again.",
        ) from None


def write_record(case: Path, record: RoundRecord) -> None:
    """Write the record in one step."""
    path = folder_of(case, record.round) / "round.json"
    text = json.dumps({"version": VERSION, **asdict(record)}, indent=1, ensure_ascii=False) + "\n"
    write_whole(path, text)
