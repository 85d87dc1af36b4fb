"""A run may be killed at any moment: the next one is right."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.shapes import ALL_TYPES, OPEN, VALUES
from helder.domain.errors import BusyError, StorageError
from helder.domain.tables import Table
from helder.engines.duckdb import DuckEngine
from helder.engines.store import Store

CRASH = Path(__file__).with_name("crash.py")


@pytest.mark.slow
def test_killed_at_any_step_the_next_run_is_right(tmp_path: Path) -> None:
    """Nothing half-made is ever found, nothing made before is lost, nothing is left lying about."""
    done = subprocess.run([sys.executable, str(CRASH), str(tmp_path)], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    whole = told[-1]["again"]
    assert [entry["died"] for entry in told] == [True] * (len(told) - 1) + [False]
    assert len(told) > 10
    assert any(entry["drafts"] for entry in told), "some were killed in the middle"
    for entry in told:
        assert entry["old"] == whole
        assert entry["new"] in (None, whole)
        assert entry["again"] == whole
        assert entry["left"] == ["new", "old"]


def test_two_runs_at_once(tmp_path: Path) -> None:
    """The second is told who is busy; when the first is killed, the lock is free at once."""
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom helder.engines.store import Store\n"
        "with Store(Path(sys.argv[1])).lock():\n    print('in', flush=True)\n    time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "in\n"
        with pytest.raises(BusyError, match=rf"process {first.pid}, since 20\d\d-"), Store(tmp_path).lock():
            pass
        first.send_signal(signal.SIGKILL)
        first.wait(60)
        with Store(tmp_path).lock():
            pass


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may become larger than 64 KiB: how a full disk behaves, without filling one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    "shape", [ALL_TYPES, Table("plain", ALL_TYPES.columns, ALL_TYPES.order, False)], ids=lambda t: t.name
)
def test_a_full_disk_leaves_earlier_results_as_they_were(
    duck: DuckEngine, tmp_path: Path, request: pytest.FixtureRequest, shape: Table
) -> None:
    store = Store(tmp_path)
    duck.read("v", VALUES)
    sql = "SELECT v.* REPLACE (range AS id, sha256(range::VARCHAR) AS name) FROM v, range(50000)"
    with store.lock():
        with store.publish("stage", "old", {}) as draft:
            draft.add(duck.publish("SELECT * FROM v", shape, draft.folder))
        request.getfixturevalue("small_files")
        with pytest.raises(StorageError, match="full"), store.publish("stage", "new", {}) as draft:
            draft.add(duck.publish(sql, shape, draft.folder))
        assert store.find("stage", "old")
        assert [path.name for path in (tmp_path / "stage").iterdir()] == ["old"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_disk_that_is_really_full(duck: DuckEngine, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(small)], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        store = Store(small)
        with store.lock():
            with store.publish("stage", "old", {}) as draft:
                draft.add(duck.publish("SELECT 1 AS n, 'a' AS t", OPEN, draft.folder))
            for shape in (OPEN, Table("shut", OPEN.columns, OPEN.order, True)):
                with pytest.raises(StorageError, match="full"), store.publish("stage", "new", {}) as draft:
                    sql = "SELECT range AS n, sha256(range::VARCHAR) AS t FROM range(50000)"
                    draft.add(duck.publish(sql, shape, draft.folder))
            (small / "filler").write_bytes(bytes(100_000))
            with pytest.raises(StorageError, match="full"), store.publish("stage", "new", {}) as draft:
                draft.facts["long"] = "x" * 300_000
            assert store.find("stage", "old")
            assert [path.name for path in (small / "stage").iterdir()] == ["old"]
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_run_that_was_killed_leaves_the_lock_file_and_nothing_else(tmp_path: Path) -> None:
    with Store(tmp_path).lock():
        pass
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]
    assert time.time() - (tmp_path / ".lock").stat().st_mtime < 60
