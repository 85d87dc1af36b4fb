"""From a planned round to its letters in `rounds/<round>/out`, and reading every one of them back.

Until two people approved exactly this content every page says SPECIMEN. Approved letters are checked once more before
they are made, so that nothing untrue is printed whatever was approved.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from helder.domain.errors import HelderError, RoundError
from helder.engines.disk import write_whole
from helder.engines.keys import Keys
from helder.engines.store import Store
from helder.letters.taken import Office
from helder.letters.typeset.auditing import audit
from helder.letters.typeset.making import Edition
from helder.letters.typeset.output import PRODUCTION, Output
from helder.letters.typeset.producing import produce as typeset
from helder.pipeline.carriers import made_in_files, need_as_carried, need_none_left_otherwise
from helder.pipeline.context import Progress, silent
from helder.pipeline.editions import edition_of, rows_of, variants_of
from helder.pipeline.lasting import need_facts_that_hold
from helder.pipeline.leaving import bound, mark_produced
from helder.pipeline.lettering import check_round, tellings_of
from helder.results.rounds import Standing, ready
from helder.rounds.authors import authors
from helder.rounds.gate import missing
from helder.rounds.record import LEFT_THE_HOUSE, folder_of, read_record

VERDICT = "verified.json"


@dataclass(frozen=True)
class Produced:
    """What was made. `waits`: what the gate lacks, so that they are specimens. Print files have `bytes` in all. `compared`:
    how many of the office's facts were held against what it says now; None when it was not asked, as for specimens.

    People of the round = letters + suppressed + unreachable; letters = printed + singles.
    """

    round: str
    state: str
    specimen: bool
    waits: tuple[str, ...]
    date: str
    people: int
    letters: int
    suppressed: int
    unreachable: int
    printed: int
    singles: int
    variants: int
    files: int
    pages: int
    sheets: int
    bytes: int
    bytes_per_letter: int | None
    seconds: float
    out: str
    compared: int | None = None


def produce(
    folder: Path,
    keys: Keys,
    name: str,
    *,
    now: dt.datetime,
    processes: int | None = None,
    progress: Progress = silent,
    office: Office | None = None,
) -> Produced:
    """Make the letters of a round; the same call goes on where an earlier one was cut off.

    Letters by post are made as the channel that carries them takes them: in print files, or one by one. Raises
    `RoundError` when the round changed since it was planned, has left the house (or some of it has, by a channel of the
    other kind), or its approved letters do not pass the check or state what holds no more or the `office` says otherwise; `CaseError` when the letter paper is not right.
    """
    started = time.monotonic()
    with Store(folder / "work").lock():
        found = _at_home(folder, name)
        need_none_left_otherwise(found.case, name, keys)
        waits = _waits(found, keys)
        edition, compared = (_specimens(found, keys), None) if waits else _checked(found, keys, now, office)
        output = Output(folder_of(folder, name) / "out", keys)
        progress("letters", 0.0)
        with rows_of(folder, name, keys) as rows:
            made = typeset(
                edition,
                rows.batches,
                rows.total,
                edition.key(found.record.hashes["lines"]),
                output,
                processes=processes,
                progress=lambda share: progress("letters", share),
            )
        record = read_record(folder, name)
        if not waits and not bound(folder, keys, record):
            record = mark_produced(folder, keys, name, at=now)
    counts = record.counts
    return Produced(
        round=name,
        state=record.state,
        specimen=bool(waits),
        waits=waits,
        date=made["date"],
        **{of: counts[of] for of in ("people", "letters", "suppressed", "unreachable")},
        printed=made["letters"],
        **{of: made[of] for of in ("singles", "files", "pages", "sheets", "bytes")},
        variants=len(edition.documents),
        bytes_per_letter=round(made["bytes"] / made["letters"]) if made["letters"] else None,
        seconds=round(time.monotonic() - started, 2),
        out=str(output.folder),
        compared=compared,
    )


@dataclass(frozen=True)
class Verified:
    """What reading back found: `letters` = `verified` + `wrong`, and how many are wrong in which way.

    `first` are up to twenty wrong ones by number in their list, and `specimen` whether they are marked so.
    """

    round: str
    letters: int
    verified: int
    wrong: int
    problems: dict[str, int]
    first: list[dict[str, Any]]
    specimen: bool
    at: str
    seconds: float


def verify(
    folder: Path,
    keys: Keys,
    name: str,
    *,
    now: dt.datetime,
    processes: int | None = None,
    progress: Progress = silent,
) -> Verified:
    """Read every letter of a round back from the bytes on the disk, and write down what was found.

    Raises `RoundError` when nothing was made, or when what was made is not the round as it stands, or is not what the
    channel for post takes.
    """
    started = time.monotonic()
    with Store(folder / "work").lock():
        found = ready(folder, name)
        output = Output(folder_of(folder, name) / "out", keys)
        production = output.production()
        edition = as_made(found, keys, output)
        files = _files(output.folder)
        progress("verify", 0.0)
        with rows_of(folder, name, keys) as rows:
            report = audit(
                edition,
                rows.batches,
                rows.total,
                output,
                processes=processes,
                progress=lambda share: progress("verify", share),
            )
        at = now.astimezone(dt.UTC).isoformat(timespec="seconds")
        seconds = round(time.monotonic() - started, 2)
        verified = Verified(name, **report, specimen=production["specimen"], at=at, seconds=seconds)
        told = json.dumps({"key": production["key"], "files": files, **asdict(verified)}, indent=1, ensure_ascii=False)
        write_whole(output.folder / VERDICT, told + "\n")
    return verified


def as_made(found: Standing, keys: Keys, output: Output) -> Edition:
    """What the letters in `output` were made of, which is the round as it stands.

    Raises `RoundError` when nothing was made, or it is not the round as it stands, or not what the channel for post takes.
    """
    production = output.production()
    if production.get("whole") and found.record.state not in ("handed_over", "closed"):
        need_as_carried(found, production)
    specimen, prints = bool(production.get("specimen", True)), made_in_files(production)
    edition = edition_of(found, variants_of(found, tellings_of(found, keys)), specimen=specimen, prints=prints)
    if not production.get("whole") or production.get("key") != edition.key(found.record.hashes["lines"]):
        folder, name = found.case.folder, found.round.id
        raise RoundError(
            f"The letters of round '{name}' have not been made as the round stands now.",
            where=str(output.folder),
            do=f"helder round produce {folder} {name}",
        )
    return edition


def verdict(folder: Path, name: str) -> Verified | None:
    """What reading back found, when nothing was wrong and the letters still lie there untouched since; else None.

    Sizes and times tell whether they do: only reading finds a disk that lost something by itself, so `verify` reads.
    """
    out = folder_of(folder, name) / "out"
    try:
        said = json.loads((out / VERDICT).read_text("utf-8"))
        made = json.loads((out / PRODUCTION).read_text("utf-8"))
        if made["whole"] is not True or said.pop("key") != made["key"] or said.pop("files") != _files(out):
            return None
        found = Verified(**said)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.wrong == 0 else None


def _files(out: Path) -> str:
    """A hash of names, sizes and times of all that was produced."""
    lie = {path.name: path.stat() for path in sorted(out.iterdir()) if path.name != VERDICT}
    stamps = [[name, stat.st_size, stat.st_mtime_ns] for name, stat in lie.items()]
    return hashlib.sha256(json.dumps(stamps).encode()).hexdigest()


def _at_home(folder: Path, name: str) -> Standing:
    found = ready(folder, name)
    if found.record.state in LEFT_THE_HOUSE:
        raise RoundError(
            f"Round '{name}' has been handed over, or a part of it: its letters are not made again.",
            where=str(folder_of(folder, name)),
            do=f"helder round show {folder} {name}",
        )
    return found


def _waits(found: Standing, keys: Keys) -> tuple[str, ...]:
    """What keeps the letters specimens; empty when they may be real ones."""
    if found.round.what_if:
        return ("it shows how letters would read (what_if)",)
    try:
        wrote = authors(found.case, found.round)
    except HelderError as error:
        return (error.what,)
    return tuple(missing(found.case.folder, found.record, keys, authors=wrote))


def _specimens(found: Standing, keys: Keys) -> Edition:
    return edition_of(found, variants_of(found, tellings_of(found, keys)), specimen=True)


def _checked(found: Standing, keys: Keys, now: dt.datetime, office: Office | None) -> tuple[Edition, int | None]:
    """The edition of approved letters, held against everyone who will read them once more, against the day and the office;
    and how many facts the office was asked about."""
    folder, name = found.case.folder, found.round.id
    checked = check_round(folder, name, keys, now=now)
    if not checked.passed or checked.variants is None:
        raise RoundError(
            f"The letters of round '{name}' do not pass their check.",
            where=f"letters/{found.round.letters_of or name}",
            do=f"helder round check {folder} {name}",
        )
    if read_record(folder, name).content != found.record.content:
        raise RoundError(
            f"The documents of round '{name}' are not those that were approved.",
            where=str(folder_of(folder, name)),
            do="Read and approve the round again.",
        )
    compared = need_facts_that_hold(found, now.date(), office)
    return edition_of(found, checked.variants, specimen=False), compared
