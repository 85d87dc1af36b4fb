"""Backup and restore of a case: its folder and the office's database, in one sealed file.

What can be computed again (`work/`) and what belongs to running programs (locks, SQLite's side files) is left out.
Both databases are taken as of one moment each; a file that changes while it is read stops the backup.
"""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from helder.audit.opening import FILE
from helder.domain.errors import BusyError, StorageError
from helder.engines import archive
from helder.engines.disk import rename_synced, sync, writing
from helder.engines.keys import Keys
from helder.web import dump

FOLDER, DUMP = "case/", "postgresql.dump"
_RECOMPUTED = frozenset({"work"})
_SIDE_FILES = frozenset({f"{FILE}-wal", f"{FILE}-shm", f"{FILE}-journal", ".lock"})


def back_up(case: Path, to: Path, keys: Keys, url: str) -> dict[str, Any]:
    """Write the sealed backup of `case` (and of the PostgreSQL at `url`, unless empty) to `to`; gives its manifest.

    Raises `StorageError` when it cannot be written or `to` lies in the case, `BusyError` when a file changed meanwhile.
    """
    if to.resolve().is_relative_to(case.resolve()):
        raise StorageError("A backup does not belong in the case folder.", where=str(to), do="Choose another place.")
    facts = {"case": case.name, "made": datetime.now(UTC).isoformat(timespec="seconds"), "postgresql": bool(url)}
    return archive.write(to, keys, _members(case, url), facts)


def _members(case: Path, url: str) -> Iterator[archive.Member]:
    for path in _files(case):
        name = path.relative_to(case).as_posix()
        mode = path.stat().st_mode & 0o700
        if name == FILE:
            yield archive.Member(FOLDER + name, mode, lambda path=path: _snapshot(path))  # type: ignore[misc]
        else:
            yield archive.Member(FOLDER + name, mode, lambda path=path: _still(path))  # type: ignore[misc]
    if url:
        yield archive.Member(DUMP, 0o600, lambda: _spooled(url))


def _files(case: Path) -> Iterator[Path]:
    """Every file that is kept, in a fixed order. Raises `StorageError` for a folder that is only a link."""
    for place, folders, names in os.walk(case):
        here = Path(place)
        if here == case:
            folders[:] = [name for name in folders if name not in _RECOMPUTED]
        for name in folders:
            if (here / name).is_symlink():
                raise StorageError(
                    "A folder in the case is only a link: what it points at would be missed.",
                    where=str(here / name),
                    do="Put the folder itself here, or mount it.",
                )
        folders.sort()
        yield from (here / name for name in sorted(names) if name not in _SIDE_FILES)


class _Still(io.FileIO):
    """A file that must not change while it is read."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._path, self._before = path, self._now()

    def _now(self) -> tuple[int, int]:
        now = os.fstat(self.fileno())
        return now.st_size, now.st_mtime_ns

    def close(self) -> None:
        changed = not self.closed and self._now() != self._before
        super().close()
        if changed:
            raise BusyError("A file changed while it was read.", where=str(self._path), do="Try again in a moment.")


def _still(path: Path) -> tuple[IO[bytes], int]:
    file = _Still(path)
    return file, os.fstat(file.fileno()).st_size


def _snapshot(path: Path) -> tuple[IO[bytes], int]:
    """SQLite's database as of one moment, whatever is being written: by its own backup, in memory."""
    try:
        with (
            closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as old,
            closing(sqlite3.connect(":memory:")) as new,
        ):
            old.backup(new)
            data = new.serialize()
    except sqlite3.Error as error:
        raise StorageError(
            f"The office's database cannot be read: {error}.",
            where=str(path),
            do="Check the disk, or restore a backup.",
        ) from None
    return io.BytesIO(data), len(data)


def _spooled(url: str) -> tuple[IO[bytes], int]:
    """pg_dump's output; a tar's head wants the length first, so it waits in memory."""
    with dump.dumped(url) as stream:
        data = stream.read()
    return io.BytesIO(data), len(data)


def restore(backup: Path, case: Path, keys: Keys, url: str) -> dict[str, Any]:
    """Put a backup back as the new folder `case` (and into the empty PostgreSQL at `url`); gives its manifest.

    All is read and checked before anything is put in place, so a damaged backup changes nothing. Raises `StorageError`
    for damage, for a folder or database that has something already, and when the backup needs a PostgreSQL.
    """
    if case.exists():
        raise StorageError("This folder is there already.", where=str(case), do="Restore to a new name.")
    draft = case.with_name(f".{case.name}.{uuid.uuid4().hex[:8]}")
    with writing(case):
        draft.mkdir(mode=0o700, parents=True)
        try:
            database = io.BytesIO()  # in memory: it is not sealed
            manifest = archive.read(backup, keys, lambda *member: _put(draft, database, *member))
            if manifest["postgresql"]:
                _fill_database(database, url, backup)
            rename_synced(draft, case)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    return manifest


def _fill_database(database: IO[bytes], url: str, backup: Path) -> None:
    if not url:
        raise StorageError(
            "This backup holds a PostgreSQL database.",
            where=str(backup),
            do="Set DATABASE_URL to a new, empty database.",
        )
    dump.refuse_filled(url)
    database.seek(0)
    dump.put_back(url, database)


def _put(draft: Path, database: IO[bytes], name: str, mode: int, content: IO[bytes]) -> None:
    if name == DUMP:
        shutil.copyfileobj(content, database, 1 << 20)
        return
    path = draft / name.removeprefix(FOLDER)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as file:
        os.fchmod(file.fileno(), mode)
        shutil.copyfileobj(content, file, 1 << 20)
    sync(path)
