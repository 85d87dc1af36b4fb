"""Kill a run at every step that touches the disk, and look what is left. Run by test_crash.py.

A step is: a chunk sealed, a file or folder forced to the disk, a name changed, a folder made or removed.
Each run is a forked process that kills itself (SIGKILL) before its n-th step, for n = 1, 2, … until one finishes.
Prints, as JSON, what was found after each.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helder.domain.tables import Column, Table
from helder.engines import disk, sealed, store
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.engines.store import Store

SHAPE = (Column("n", "int64", ""), Column("t", "text", ""))
TABLES = (Table("secret", SHAPE, ("n",), True), Table("open", SHAPE, ("n",), False))
SQL = "SELECT range AS n, sha256(range::VARCHAR) AS t FROM range(20000)"


def publish(work: Path, key: str) -> None:
    """A whole run that makes one result of two tables."""
    results = Store(work)
    with results.lock(), results.publish("stage", key, {"source": "hash"}) as draft:
        engine = DuckEngine(Keys(bytes(32)), threads=1)
        for table in TABLES:
            draft.add(engine.publish(SQL, table, draft.folder))


def digest(work: Path, key: str) -> str | None:
    """What a next run finds."""
    results = Store(work)
    with results.lock():
        found = results.find("stage", key)
        return " ".join(table.sha256 for table in found.tables.values()) if found else None


def killed_before(step: int, work: Path) -> bool:
    """Run in a fork that dies before this step; whether it died."""
    child = os.fork()
    if child == 0:
        left = [step]

        def dying(function: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any, **kwargs: Any) -> Any:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*args, **kwargs)

            return call

        for place, name in ((os, "fsync"), (os, "rename"), (os, "mkdir"), (shutil, "rmtree"), (store, "_write")):
            setattr(place, name, dying(getattr(place, name)))
        sealed.SealedWriter._put = dying(sealed.SealedWriter._put)  # type: ignore[method-assign]
        publish(work, "new")
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def fresh(work: Path, function: Callable[[Path, str], Any], key: str) -> Any:
    """Call in a fork, as a new run is a new process."""
    read, write = os.pipe()
    if os.fork() == 0:
        os.write(write, json.dumps(function(work, key)).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        result = json.load(pipe)
    os.wait()
    return result


def main(folder: Path) -> None:
    """Kill, look, run again, look."""
    assert disk  # its os.fsync and os.rename are the ones that die
    told = []
    for step in range(1, 100):
        work = folder / str(step)
        fresh(work, publish, "old")
        died = killed_before(step, work)
        entry = {"step": step, "died": died, "drafts": len(list(work.glob("*/.draft-*")))}
        entry |= {"old": fresh(work, digest, "old"), "new": fresh(work, digest, "new")}
        fresh(work, publish, "new")
        entry |= {"again": fresh(work, digest, "new"), "left": sorted(path.name for path in (work / "stage").iterdir())}
        told.append(entry)
        shutil.rmtree(work)
        if not died:
            break
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
