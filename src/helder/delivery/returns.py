"""Returned mail of a round: which letter came back, why, and what is done next; kept sealed beside the round."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from helder.delivery.reasons import Reason
from helder.delivery.returned_file import ReturnedFile
from helder.domain.round_tables import RETURNS
from helder.engines.checksum import arrow_schema
from helder.engines.disk import rename_synced, writing
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet, write_parquet

FILE = "returns.parquet.sealed"


@dataclass(frozen=True)
class Returned:
    """One letter that came back: its reference, a reason of `reasons`, the next step, the day, and the file (SHA-256)."""

    reference: str
    reason: str
    step: str
    returned_on: dt.date
    source: str


@dataclass(frozen=True)
class Taken:
    """What a file brought. Rows = new + before + changed + duplicate + unknown + unreadable; the last three are rejected.

    `before`: taken from this very file earlier. `changed`: a new step for a letter that had come back. `duplicate`: came
    back already, by another file or twice in this one. `unknown`: no letter of this round that was handed over.
    `unreadable`: the check character is wrong. `unread_reasons`: taken, but the word for why was not known.
    """

    returns: Mapping[str, Returned]
    counts: Mapping[str, int]
    changed: Mapping[str, Returned]
    """The rows that are new or changed, by reference."""


def read_returns(folder: Path, keys: Keys) -> dict[str, Returned]:
    """The returns of the round in this folder, by reference."""
    path = folder / FILE
    rows = read_parquet([path], keys).to_pylist() if path.exists() else []
    return {row["reference"]: Returned(**row) for row in rows}


def write_returns(folder: Path, keys: Keys, returns: Mapping[str, Returned]) -> None:
    """Write them in one step, sealed and sorted."""
    rows = [vars(returns[reference]) for reference in sorted(returns)]
    draft = folder / f".{FILE}"
    write_parquet(pa.Table.from_pylist(rows, arrow_schema(RETURNS)), draft, keys)
    with writing(folder):
        rename_synced(draft, folder / FILE)


def take(
    file: ReturnedFile,
    before: Mapping[str, Returned],
    letters: Collection[str],
    *,
    default: Reason,
    step: str | None,
    today: dt.date,
) -> Taken:
    """Take in a file. `letters` are the references that were handed over, `default` the reason where the file has none.

    `step` overrules the reason's own next step, also of letters that came back before.
    """
    returns, counts, changed = dict(before), Counter[str](), dict[str, Returned]()
    for row in file.rows:
        reason = row.reason or default
        if row.reference is None:
            counts["unreadable"] += 1
        elif row.reference not in letters:
            counts["unknown"] += 1
        elif row.reference not in returns:
            made = Returned(row.reference, reason.id, step or reason.step, today, file.sha256)
            returns[row.reference] = changed[row.reference] = made
            counts["new"] += 1
            counts["unread_reasons"] += not row.known_word
        elif step and returns[row.reference].step != step:
            returns[row.reference] = changed[row.reference] = replace(returns[row.reference], step=step)
            counts["changed"] += 1
        elif row.reference not in changed and returns[row.reference].source == file.sha256:
            counts["before"] += 1
        else:
            counts["duplicate"] += 1
    return Taken(returns, counts, changed)
