"""Letters by post go in print files or one by one, as their channel takes them: what is made fits, and stays of one kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from helder.case.load import Case
from helder.delivery.ledger import FILE as LEDGER
from helder.delivery.ledger import Ledger, State
from helder.domain.errors import RoundError
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.letters.typeset.rows import POST
from helder.results.rounds import Standing
from helder.rounds.freeze import LETTERS_FILE
from helder.rounds.record import LEFT_THE_HOUSE, folder_of

_STAYED = (State.WAITING, State.REFUSED)


@contextmanager
def open_ledger(folder: Path, round: str) -> Iterator[Ledger]:
    """The round's ledger."""
    ledger = Ledger(folder_of(folder, round) / LEDGER)
    try:
        yield ledger
    finally:
        ledger.close()


def need_as_carried(found: Standing, production: Mapping[str, Any]) -> None:
    """What was produced is of the kind that the channel for post takes now; raises `RoundError`."""
    case, record = found.case, found.record
    if made_in_files(production) == case.prints:
        return
    gone, leaving = record.state in LEFT_THE_HOUSE, record.state == "leaving"
    raise RoundError(
        "Letters by post were made one by one, and go in print files now."
        if case.prints
        else "Letters by post were made in print files, and go one by one now.",
        where=_where(case),
        do="A part of it left as it was made: give the channel that took it post again, and hand the rest over."
        if leaving
        else "The round has been handed over as it was made: nothing of it is left to send."
        if gone
        else f"helder round produce {case.folder} {record.round}",
    )


def made_in_files(production: Mapping[str, Any]) -> bool:
    """Whether letters by post were made in print files; they always were before there was a choice."""
    return bool(production.get("prints", True))


def need_none_left_otherwise(case: Case, round: str, keys: Keys) -> None:
    """No letter by post may have left in the way that is not its channel's now: it would arrive twice. `RoundError`."""
    if not (folder_of(case.folder, round) / LEDGER).exists():
        return
    with open_ledger(case.folder, round) as ledger:
        left = {entry.id: entry.channel for entry in ledger.entries() if entry.state not in _STAYED}
    rows = read_parquet([folder_of(case.folder, round) / LETTERS_FILE], keys, ["reference", "channel"])
    alone = set(rows["reference"].to_pylist())
    post = set(rows.filter(pc.equal(rows["channel"], POST))["reference"].to_pylist())
    # A parcel that is no letter is a print file or one of their lists.
    others = {channel for id, channel in left.items() if (id in post if case.prints else id not in alone)}
    if others:
        raise RoundError(
            f"Letters by post have left by channel '{min(others)}', which takes them in another way than now.",
            where=_where(case),
            do="Give that channel post again and hand the rest over by it: made anew, letters would arrive twice.",
        )


def _where(case: Case) -> str:
    found = case.carrier(POST)
    return f"case.toml [channels.{found[0]}]" if found else "case.toml [channels]"
