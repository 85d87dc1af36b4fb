"""Asking a register for the addresses of people, so that letters go where people live now.

    rounds/<round>/addresses.parquet          the answers, sealed
    rounds/<round>/.addresses/<n>.parquet     answers since then, a few hundred people each, sealed

Killed at any moment, it goes on where it stopped: answers that are on the disk are not asked for again.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from helder.domain.address_refresh import ADDRESSES, OUTCOMES, AddressRegister, Answer
from helder.engines.disk import rename_synced, writing
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet, write_parquet

FILE = "addresses.parquet"
_PARTS = ".addresses"
_QUESTIONS_A_PART = 25
_TYPES = {"int64": pa.int64(), "text": pa.string(), "date": pa.date32(), "bool": pa.bool_()}
SCHEMA = pa.schema([pa.field(c.name, _TYPES[c.type], not c.required) for c in ADDRESSES.columns])


class Whom(NamedTuple):
    """Somebody to ask about: the national number as valid digits, or None; the date of birth YYYY-MM-DD, or empty."""

    person: int
    number: str | None
    born: str


@dataclass(frozen=True)
class Refreshed:
    """What came of it, in people: `outcomes` of all answers there are now, `asked` in this run, `left` still to ask."""

    people: int
    asked: int
    left: int
    questions: int
    unguarded: int
    """Addresses of this run that no date of birth could be held against."""
    outcomes: Mapping[str, int]


def refresh(
    whom: Sequence[Whom],
    register: AddressRegister,
    folder: Path,
    keys: Keys,
    *,
    today: dt.date,
    most: int | None = None,
    since: dt.date | None = None,
    tell: Callable[[float], None] = lambda share: None,
) -> Refreshed:
    """Ask about everyone about whom there is no answer (`since`: none of that day or later), with at most `most` questions.

    `whom` holds each person once. Raises `RegisterError`; what was answered until then is kept.
    """
    answers = Answers(folder, keys)
    known = answers.people(since)
    shared = {number for number, times in Counter(one.number for one in whom).items() if times > 1}
    open_ = [one for one in whom if one.person not in known]
    asking = [one for one in open_ if one.number and one.number not in shared]
    unasked = [one for one in open_ if not one.number or one.number in shared]
    stamp = {"source": register.name, "checked_on": today}
    answers.add([{"person": one.person, **stamp, **Answer("invalid_number").row()} for one in unasked])
    unguarded = done = 0
    try:
        for batch in _batches(asking, register.batch):
            if most is not None and register.questions >= most:
                break
            found = register.ask(one.number for one in batch if one.number)
            said = [(one, found[one.number or ""]) for one in batch]
            answers.add([{"person": one.person, **stamp, **_guarded(one, answer).row()} for one, answer in said])
            unguarded += sum(a.outcome == "address" and not (_known(one.born) and _known(a.born)) for one, a in said)
            done += len(batch)
            tell(done / len(asking))
    finally:
        table = answers.close()
    outcomes = Counter(table["outcome"].to_pylist())
    counts = {outcome: outcomes[outcome] for outcome in OUTCOMES}
    return Refreshed(len(whom), done, len(asking) - done, register.questions, unguarded, counts)


def _batches(whom: Sequence[Whom], size: int) -> Iterator[Sequence[Whom]]:
    return (whom[start : start + size] for start in range(0, len(whom), size))


def _guarded(one: Whom, answer: Answer) -> Answer:
    """The answer, unless it is about somebody born on another day: a number mistyped is often somebody else's."""
    if not _known(one.born) or not _known(answer.born):
        return answer
    parts = zip(one.born.split("-"), answer.born.split("-"), strict=True)
    same = all(ours == theirs or "0" * len(ours) in (ours, theirs) for ours, theirs in parts)
    return answer if same else Answer("other_person")


def _known(born: str) -> bool:
    """Whether a date of birth says enough to be compared: its year at least."""
    return len(born) == 10 and born.count("-") == 2 and not born.startswith("0000")


class Answers:
    """The answers of a round on the disk: one table, and parts that were added since."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder = folder
        self._parts = folder / _PARTS
        self._keys = keys
        self._rows: list[dict[str, Any]] = []
        self._waiting = 0

    def people(self, since: dt.date | None) -> set[int]:
        """The people about whom there is an answer on the disk, of that day or later."""
        paths = self._paths()
        if not paths:
            return set()
        table = read_parquet(paths, self._keys, ["person", "checked_on"])
        if since:
            table = table.filter(pc.greater_equal(table["checked_on"], pa.scalar(since)))
        return set(table["person"].to_pylist())

    def add(self, rows: list[dict[str, Any]]) -> None:
        """Take up the answers to one question; they are on the disk after a few questions more."""
        self._rows += rows
        self._waiting += 1
        if self._waiting >= _QUESTIONS_A_PART:
            self._write_part()

    def close(self) -> pa.Table:
        """Put everything into the one table, and give it."""
        self._write_part()
        whole, parts = self._whole(), self._added()
        # What was added is the later word; after a crash between the two lines below it is in both.
        kept = whole.filter(pc.invert(pc.is_in(whole["person"], parts["person"].combine_chunks())))
        table = pa.concat_tables([kept, parts]).sort_by("person")
        self._write(table, self._folder / FILE)
        shutil.rmtree(self._parts, ignore_errors=True)
        return table

    def _whole(self) -> pa.Table:
        path = self._folder / FILE
        return read_parquet([path], self._keys) if path.exists() else SCHEMA.empty_table()

    def _added(self) -> pa.Table:
        paths = sorted(self._parts.glob("[0-9]*.parquet"))
        return read_parquet(paths, self._keys) if paths else SCHEMA.empty_table()

    def _paths(self) -> list[Path]:
        whole = self._folder / FILE
        return [*([whole] if whole.exists() else []), *sorted(self._parts.glob("[0-9]*.parquet"))]

    def _write_part(self) -> None:
        if self._rows:
            number = len(list(self._parts.glob("[0-9]*.parquet")))
            self._write(pa.Table.from_pylist(self._rows, SCHEMA), self._parts / f"{number:06}.parquet")
        self._rows, self._waiting = [], 0

    def _write(self, table: pa.Table, path: Path) -> None:
        draft = path.with_name(f".{path.name}.draft")
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_parquet(table, draft, self._keys)
            rename_synced(draft, path)
