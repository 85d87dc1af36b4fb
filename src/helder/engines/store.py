"""The folder `work/`: published results, each named by what it was computed from.

    work/.lock                                one run at a time
    work/<stage>/<key>/manifest.json          what is there, written last
    work/<stage>/<key>/<table>.parquet[.sealed]

A result is made in a hidden folder and renamed when it is whole and on the disk, so it is there or it is not. Whatever
a killed run left is removed by the next run. Everything in here can be thrown away and computed again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helder.domain.errors import BusyError
from helder.engines.base import Published
from helder.engines.disk import rename_synced, sync, writing
from helder.engines.manifest import Manifest, read_manifest

_DRAFT = ".draft-"
_MANIFEST = "manifest.json"


def key_of(stage: str, code: str, params: object, inputs: Mapping[str, str]) -> str:
    """The key of a result: 32 hexadecimal digits of SHA-256 over all that decides what comes out.

    `code` is the hash of the code that makes it; `params` is anything JSON can hold; `inputs` are the keys or hashes of what the stage reads, by name.
    """
    whole = {"stage": stage, "code": code, "params": params, "inputs": dict(inputs)}
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Result:
    """A published result. `facts` are small things the stage says of itself; never personal data."""

    stage: str
    key: str
    folder: Path
    tables: Mapping[str, Published]
    facts: Mapping[str, Any]
    seconds: float


class Draft:
    """A result being made: engines publish into `folder`, `add` tells of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: dict[str, Published] = {}
        self.facts: dict[str, Any] = {}

    def add(self, published: Published, name: str | None = None) -> None:
        """Take up a table that was published into `folder`, under its own name unless another is given."""
        self.tables[name or published.table.name] = published


class Store:
    """The results of one case folder."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._locked = False

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other runs out, and clear what killed runs left. Raises `BusyError` when another run is in.

        The lock is the system's own (flock): it goes when the process goes, however it ends.
        """
        with writing(self._work):
            self._work.mkdir(parents=True, exist_ok=True)
            file = (self._work / ".lock").open("a+")
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise _busy(file.name, self._work) from None
            _sign(file.fileno(), self._work)
            self._locked = True
            try:
                self._clear_drafts()
                yield
            finally:
                self._locked = False

    def find(self, stage: str, key: str) -> Result | None:
        """The result of that key, if it is there and undamaged: every file has the size and hash of its manifest.

        A damaged one counts as absent, and is removed when this process holds the lock.
        """
        folder = self._work / stage / key
        manifest = read_manifest(folder / _MANIFEST)
        if manifest and (manifest.stage, manifest.key) == (stage, key) and manifest.agrees_with(folder):
            return Result(stage, key, folder, manifest.published(folder), manifest.facts, manifest.seconds)
        if self._locked and folder.exists():
            _remove(folder)
        return None

    @contextmanager
    def publish(self, stage: str, key: str, inputs: Mapping[str, str]) -> Iterator[Draft]:
        """Make a result: fill the draft; at the end of the block it is published whole, or not at all.

        Raises `StorageError` when the disk is full; results that were there stay as they were.
        """
        self._need_lock()
        draft = Draft(self._work / stage / f"{_DRAFT}{key}")
        started = time.monotonic()
        try:
            with writing(draft.folder):
                draft.folder.mkdir(parents=True)
            yield draft
            with writing(draft.folder):
                manifest = Manifest.of(stage, key, inputs, draft.tables, draft.facts, time.monotonic() - started)
                _write(draft.folder / _MANIFEST, manifest.to_json())
                final = self._work / stage / key
                _remove(final)
                rename_synced(draft.folder, final)
        finally:
            _remove(draft.folder)

    def results(self) -> Iterator[tuple[str, str, datetime]]:
        """Stage, key and time of making of every result, undamaged or not, in the order of stage and key."""
        for path in sorted(self._work.glob(f"[!.]*/[!.]*/{_MANIFEST}")):
            manifest = read_manifest(path)
            made = manifest.created if manifest else datetime.fromtimestamp(0, UTC)
            yield path.parent.parent.name, path.parent.name, made

    def prune(self, keep: Collection[tuple[str, str]]) -> int:
        """Remove all results but those of these stages and keys; returns how many were removed."""
        self._need_lock()
        old = [(stage, key) for stage, key, _ in self.results() if (stage, key) not in keep]
        for stage, key in old:
            _remove(self._work / stage / key)
        return len(old)

    def _need_lock(self) -> None:
        if not self._locked:
            raise RuntimeError("hold the lock of the store to change it")

    def _clear_drafts(self) -> None:
        for folder in self._work.glob(f"*/{_DRAFT}*"):
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a result, its manifest first: what is half removed must not be found."""
    with writing(folder):
        (folder / _MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    sync(path)


def _sign(descriptor: int, work: Path) -> None:
    """Say in the lock file who holds it."""
    started = datetime.now(UTC).isoformat(timespec="seconds")
    with writing(work):
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps({"pid": os.getpid(), "started": started}).encode())


def _busy(name: str, work: Path) -> BusyError:
    try:
        holder = json.loads(Path(name).read_text("utf-8"))
        who = f"process {holder['pid']}, since {holder['started']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"
    return BusyError(f"A run is busy in this case ({who}).", where=str(work), do="Wait for it, or stop it.")
