"""Where a source's records are: its files in a fixed order, or its database; their sizes and checksums."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from helder.case.model import Source
from helder.domain.errors import SourceError
from helder.sources.stream import Place


@dataclass(frozen=True)
class FileStamp:
    """What tells one state of a file from another: name in the case, bytes, SHA-256, and what the disk says of it.

    Anybody may set the time of last change (`touch -r`, a restored backup); which file it is (`inode`) and when anything
    about it last changed (`status_ns`) are the system's own.
    """

    name: str
    size: int
    sha256: str
    changed_ns: int
    inode: int = 0
    status_ns: int = 0

    def still_of(self, state: os.stat_result) -> bool:
        """Whether the disk says the same of a file now."""
        now = (state.st_size, state.st_mtime_ns, state.st_ino, state.st_ctime_ns)
        return (self.size, self.changed_ns, self.inode, self.status_ns) == now


def places(source: Source, source_id: str, folder: Path) -> list[Place]:
    """The places of a source, files in the order of the case and by name within a pattern.

    Raises `SourceError` when there is nothing at a place.
    """
    if source.url:
        return [_database(source, source_id, folder)]
    patterns = [source.path] if isinstance(source.path, str) else list(source.path or ())
    found = [place for pattern in patterns for place in _files(pattern, folder, source.query or "")]
    if not found:
        raise SourceError("The source has no file.", where=f"sources.{source_id}", do="Give 'path' or 'url'.")
    names = [place.name for place in found]
    for name in names:
        if names.count(name) > 1:
            raise SourceError("A file is named twice.", where=f"sources.{source_id}: {name}", do="Name it once.")
    return found


def _files(pattern: str, folder: Path, query: str) -> list[Place]:
    exact = folder / pattern
    if exact.is_file():
        return [Place(pattern, exact, query=query)]
    if any(sign in pattern for sign in "*?["):
        names = sorted(glob.glob(pattern, root_dir=folder, recursive=True))  # noqa: PTH207 - absolute patterns are fine
        files = [Place(name, folder / name, query=query) for name in names if (folder / name).is_file()]
        if files:
            return files
    near = get_close_matches(exact.name, sorted(one.name for one in exact.parent.glob("*")), n=1)
    raise SourceError(
        "There is no such file.",
        where=str(exact),
        do=f"Did you mean '{near[0]}'?" if near else "Put the file as received there, or correct 'path' in case.toml.",
    )


def _database(source: Source, source_id: str, folder: Path) -> Place:
    url = source.url or ""
    where = f"sources.{source_id}"
    try:
        parts = urlsplit(url)
    except ValueError:
        raise SourceError("This is not a URL.", where=where, do="Use sqlite:///path or postgresql://…") from None
    if parts.scheme == "sqlite":
        path = folder / parts.path.removeprefix("/")
        if not path.is_file():
            raise SourceError("There is no such database file.", where=str(path), do="Use sqlite:///path in the case.")
        return Place(parts.path.removeprefix("/"), path, url, source.query or "")
    if parts.scheme not in ("postgresql", "postgres"):
        raise SourceError("This kind of database is not known.", where=where, do="Use sqlite:/// or postgresql://.")
    if parts.password or "password" in parse_qs(parts.query):
        raise SourceError(
            "A password does not belong in case.toml.", where=where, do="Use PGPASSWORD or ~/.pgpass, and change it."
        )
    return Place(f"{parts.hostname or 'localhost'}{parts.path}", url=url, query=source.query or "")


def stamp(place: Place, known: Mapping[str, FileStamp] | None = None) -> FileStamp:
    """Size and checksum of a file. A file that the disk says did not change since `known` is not read again."""
    state = place.path.stat()
    before = (known or {}).get(place.name)
    if before and before.still_of(state):
        return before
    with place.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileStamp(place.name, state.st_size, digest, state.st_mtime_ns, state.st_ino, state.st_ctime_ns)
