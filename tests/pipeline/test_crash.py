"""A run that is killed, or finds its results damaged: the next run is right."""

import os
import signal
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from helder.pipeline import run
from helder.results.counts import summary
from helder.results.open import Results
from pipeline.fixtures import KEYS

pytestmark = pytest.mark.slow

STAGES = ("source-register", "source-rows", "normalised", "linkage", "decided", "evidence", "exposure-current")
# One process loads what a run needs; each that is to be killed is a copy of it, which need not load it again.
READY = get_context("forkserver")
READY.set_forkserver_preload([__name__, "helder.linkage.splinking"])


def run_until(folder: Path, stage: str, point: float) -> None:
    """A run that kills its process the moment a stage has begun or has just been published."""

    def listen(name: str, share: float) -> None:
        if name == stage and share == point:
            os.kill(os.getpid(), signal.SIGKILL)

    run(folder, KEYS, progress=listen)


def told(folder: Path) -> dict[str, object]:
    counted = summary(Results.open(folder))
    return {key: counted[key] for key in ("records", "linked", "unlinked", "people", "groups", "states")}


@pytest.mark.parametrize("point", [0.0, 1.0], ids=["begun", "published"])
@pytest.mark.parametrize("stage", STAGES)
def test_killed_at_any_stage_the_next_run_is_right(small_folder, small_run, stage, point):
    killed = READY.Process(target=run_until, args=(small_folder, stage, point))
    killed.start()
    killed.join(120)
    assert killed.exitcode == -signal.SIGKILL
    record = run(small_folder, KEYS)
    assert told(small_folder) == told(small_run)
    # Stages published before the kill are found again; a whole one was never half there.
    before = record.stages[: [s.name for s in record.stages].index(stage)]
    assert all(one.reused for one in before)
    assert not list(small_folder.glob("work/*/.draft-*"))


@pytest.mark.parametrize("stage", ["normalised", "linkage", "decided", "evidence", "exposure-current"])
@pytest.mark.parametrize("harm", ["cut", "changed", "gone"])
def test_a_damaged_result_is_made_again(small_copy, small_run, stage, harm):
    path = next(small_copy.glob(f"work/{stage}/*/*.parquet*"))
    content = path.read_bytes()
    if harm == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif harm == "changed":
        path.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    else:
        path.unlink()
    record = run(small_copy, KEYS)
    assert [one.name for one in record.stages if not one.reused] == [stage]
    assert told(small_copy) == told(small_run)


def test_a_full_disk_stops_the_run_and_loses_nothing(small_copy):
    """No file may grow beyond 2 kB: every stage that writes more fails, as on a full disk."""
    before = told(small_copy)
    with (small_copy / "sources" / "log.csv").open("a") as log:
        log.write("D4,2021-06-01,result\n")
    limited = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from helder.domain.errors import StorageError\n"
        "from helder.engines.keys import Keys; from helder.pipeline import run\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "try: run(Path(sys.argv[1]), Keys(b't' * 32))\n"
        "except StorageError as error: print(error.what)\n"
    )
    command = [sys.executable, "-c", limited, str(small_copy)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=os.environ)
    assert done.stdout.strip(), done.stderr
    assert "Traceback" not in done.stderr
    assert told(small_copy) == before
    run(small_copy, KEYS)
    assert told(small_copy)["groups"] == {"leaked": 1, "recent": 3, "others": 0}
