"""Reading the files of a source one after another as a single stream of our fields, and what was wrong on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from helder.case.load import Case
from helder.domain.errors import SourceError
from helder.engines.base import Engine
from helder.sources.facts import FileFacts
from helder.sources.find import format_name, format_named
from helder.sources.mapping import Plan, missing_column
from helder.sources.places import FileStamp, places, stamp
from helder.sources.project import project, projected_schema
from helder.sources.stream import Bad, Format, Place, Shape, near_name

Progress: TypeAlias = Callable[[int, int], None]
"""Called while reading with bytes done and bytes in all (0 when that is not known)."""

BAD = pa.schema([("file", pa.int16()), ("row", pa.int64()), ("column", pa.string()), ("reason", pa.string())])


@dataclass
class OpenFile:
    """A file that is ready to be read, and what reading it brought."""

    place: Place
    format_name: str
    format: Format
    shape: Shape
    stamp: FileStamp
    records: int = 0
    unreadable: int = 0

    def facts(self, used: list[str]) -> FileFacts:
        """What is to be known about it."""
        unused = tuple(name for name in self.shape.columns if name not in used)
        return FileFacts(
            self.place.name, self.format_name, self.stamp.size, self.stamp.sha256, self.stamp.changed_ns,
            self.records, self.unreadable, dict(self.shape.facts), unused, self.stamp.inode, self.stamp.status_ns,
            self.shape.doubts,
        )  # fmt: skip


def open_files(case: Case, plan: Plan) -> list[OpenFile]:
    """All files of a source, looked at and found to have every column that the case maps."""
    opened = []
    for place in places(plan.source, plan.source_id, case.folder):
        name = format_name(place, plan.source.format)
        format = format_named(name, f"sources.{plan.source_id}")
        shape = _sniffed(place, name, format, plan)
        state = stamp(place) if place.path.name else FileStamp(place.name, 0, "", 0)
        opened.append(OpenFile(place, name, format, shape, state))
    return opened


def _sniffed(place: Place, name: str, format: Format, plan: Plan) -> Shape:
    """The shape of a file, when its options are understood and no column is missing."""
    for option in plan.source.options:
        if option not in format.options:
            raise SourceError(
                f"Format {name} has no option '{option}'.",
                where=f"case.toml: sources.{plan.source_id}.options",
                do=near_name(option, format.options),
            )
    shape = format.sniff(place, plan.source.options, plan.columns)
    if error := missing_column(plan, shape.columns, place.name):
        raise error
    return shape


@dataclass
class Stream:
    """The rows of all files in turn; records that cannot be read are kept in `bad`."""

    plan: Plan
    files: list[OpenFile]
    on_progress: Progress
    bad: list[pa.RecordBatch] = field(default_factory=list)
    failure: Exception | None = None

    def into(self, engine: Engine, name: str) -> int:
        """Make the rows queryable as `name`; the number of records, good and bad."""
        reader = pa.RecordBatchReader.from_batches(projected_schema(self.plan), self._batches())
        try:
            engine.read(name, reader)
        except Exception:
            if self.failure:
                raise self.failure from None
            raise
        return sum(file.records for file in self.files)

    def bad_records(self) -> pa.Table:
        """Records that could not be read, in the shape of the rejects."""
        return pa.Table.from_batches(self.bad, BAD)

    def _batches(self) -> Iterator[pa.RecordBatch]:
        try:
            before = 0
            for number, file in enumerate(self.files):
                yield from self._of(number, file, before)
                before += file.records
        except Exception as error:  # an engine would wrap it; `into` raises it as it is
            self.failure = error
            raise

    def _of(self, number: int, file: OpenFile, before: int) -> Iterator[pa.RecordBatch]:
        total = sum(one.stamp.size for one in self.files)
        done = sum(one.stamp.size for one in self.files[:number])
        content = None if file.stamp.sha256 else Content()
        tell = lambda at: self.on_progress(done + at, total)  # noqa: E731
        for batch in file.format.read(file.place, file.shape, self.plan.columns, tell):
            file.records += len(batch.numbers) + len(batch.bad)
            file.unreadable += len(batch.bad)
            if batch.bad:
                self.bad.append(_bad(batch.bad, number))
            if content:
                content.add(batch.rows)
            yield project(batch, self.plan, number, before)
        if content:
            file.stamp = content.stamp(file.place.name)
        elif not unchanged(file.place, file.stamp):
            raise SourceError(
                "The file changed while it was being read.",
                where=file.place.name,
                do="Wait until it is whole, and run again.",
            )


class Content:
    """A checksum of what a database gave, however it was cut into batches."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._size = 0

    def add(self, rows: pa.RecordBatch) -> None:
        """Add rows, in their order."""
        if rows.num_rows:
            end = pa.repeat("\x1d", rows.num_rows)
            lines = pc.binary_join_element_wise(
                *rows.columns, end, "\x1f", null_handling="replace", null_replacement="\x1e"
            )
            text = "".join(lines.to_pylist()).encode()
            self._hash.update(text)
            self._size += len(text)

    def stamp(self, name: str) -> FileStamp:
        """The checksum as that of a file; there is no time of change."""
        return FileStamp(name, self._size, self._hash.hexdigest(), 0)


def unchanged(place: Place, before: FileStamp) -> bool:
    """Whether a file is still as its stamp says."""
    return before.still_of(place.path.stat())


def stamps(case: Case, plan: Plan, known: tuple[FileFacts, ...] = ()) -> list[FileStamp]:
    """The state of all files of a source. Files untouched since `known` are not read again, a database is."""
    before = {one.name: one.stamp for one in known}
    found = []
    for place in places(plan.source, plan.source_id, case.folder):
        if place.path.name:
            found.append(stamp(place, before))
            continue
        format = format_named("sql", f"sources.{plan.source_id}")
        shape = _sniffed(place, "sql", format, plan)
        content = Content()
        for batch in format.read(place, shape, plan.columns, lambda at: None):
            content.add(batch.rows)
        found.append(content.stamp(place.name))
    return found


def _bad(bad: Sequence[Bad], file: int) -> pa.RecordBatch:
    columns = [
        pa.array([file] * len(bad), pa.int16()),
        pa.array([one.number for one in bad], pa.int64()),
        pa.array([one.column or None for one in bad], pa.string()),
        pa.array([one.reason for one in bad], pa.string()),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=BAD)
