"""What is to be known about a source that was read: its files, their checksums, counts, reasons, how dates are written.

Facts are kept beside the results and hold nobody's data. A later run compares them with the files it finds, so that a
source that changed is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from helder.sources.places import FileStamp
from helder.sources.stream import Doubt


@dataclass(frozen=True)
class FileFacts:
    """One file as it was read. `stated` is what was found out about it: encoding, delimiter, sheet and so on.

    `doubts` are those of them that the file itself does not tell for sure.
    """

    name: str
    format: str
    size: int
    sha256: str
    changed_ns: int
    records: int
    unreadable_records: int
    stated: Mapping[str, str]
    unused_columns: tuple[str, ...]
    inode: int = 0
    status_ns: int = 0
    doubts: tuple[Doubt, ...] = ()

    @property
    def stamp(self) -> FileStamp:
        """What tells this state of the file from another."""
        return FileStamp(self.name, self.size, self.sha256, self.changed_ns, self.inode, self.status_ns)


@dataclass(frozen=True)
class Reason:
    """Why rows were rejected, and how many; `column` empty: the whole row."""

    column: str
    reason: str
    rows: int


@dataclass(frozen=True)
class SourceFacts:
    """A source as it was read: records = used + rejected.

    `filled` counts used rows with a value per field; `unreadable` those of which the field is not what it
    should be; `dates` says how the dates of a field are written. `strays` counts, of a log, for each party that
    received them ('' when that is not known) and by day ('' likewise), lines of ours that were `rejected`, or used
    without an item not known (`items`).
    `fillers` counts used rows with a value that only says that there is none, per field or item.
    """

    source: str
    fills: str
    files: tuple[FileFacts, ...]
    records: int
    used: int
    rejected: int
    reasons: tuple[Reason, ...]
    dates: Mapping[str, str]
    filled: Mapping[str, int]
    unreadable: Mapping[str, int] = field(default_factory=dict)
    strays: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)
    fillers: Mapping[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The same, for JSON."""
        return asdict(self)

    def seen(self, later: Iterable[Mapping[str, Any]]) -> SourceFacts:
        """The same, with what the disk said of these files later, where what is in them had not changed."""
        newer = {one["name"]: one for one in later}
        files = tuple(
            replace(file, **{name: newer[file.name][name] for name in ("changed_ns", "inode", "status_ns")})
            if file.sha256 == newer.get(file.name, {}).get("sha256")
            else file
            for file in self.files
        )
        return replace(self, files=files)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> SourceFacts:
        """Read back what `as_dict` gave."""
        files = tuple(
            FileFacts(
                **{
                    **one,
                    "unused_columns": tuple(one["unused_columns"]),
                    "doubts": tuple(Doubt.from_dict(doubt) for doubt in one.get("doubts", ())),
                }
            )
            for one in data["files"]
        )
        reasons = tuple(Reason(**one) for one in data["reasons"])
        return SourceFacts(**{**data, "files": files, "reasons": reasons})


@dataclass(frozen=True)
class Change:
    """What became of one file since the last run."""

    kind: str
    name: str
    before: FileStamp | None = None
    now: FileStamp | None = None

    def __str__(self) -> str:
        if self.before and self.now:
            return (
                f"{self.name} changed since the last run: {self.before.size:,} bytes (sha256 "
                f"{self.before.sha256[:12]}) became {self.now.size:,} bytes (sha256 {self.now.sha256[:12]})."
            )
        return f"{self.name} is new since the last run." if self.now else f"{self.name} is gone since the last run."


def changes(before: SourceFacts, now: Iterable[FileStamp]) -> list[Change]:
    """Files that changed, are new or are gone, in that order and by name; one that was only touched did not change."""
    old = {one.name: one.stamp for one in before.files}
    new = {one.name: one for one in now}
    return (
        [
            Change("changed", name, old[name], new[name])
            for name in sorted(old.keys() & new.keys())
            if old[name].sha256 != new[name].sha256
        ]
        + [Change("new", name, now=new[name]) for name in sorted(new.keys() - old.keys())]
        + [Change("gone", name, old[name]) for name in sorted(old.keys() - new.keys())]
    )
