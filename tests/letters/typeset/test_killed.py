"""Killed (SIGKILL) at any moment of making or reading back: the next run gives the same bytes, and nobody works on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helder.engines.keys import Keys
from helder.letters.typeset.auditing import audit
from helder.letters.typeset.output import Output
from helder.letters.typeset.producing import produce
from letters.typeset.test_producing import COUNT, batches, edition, hashes

pytestmark = pytest.mark.slow

KEYS = Keys(b"k" * 32)
# Makes all letters, or reads them back. Dies by itself at a rename, before or after it; else waits to be killed at a share.
SCRIPT = """
import os, signal, sys, time
sys.path[:0] = {paths!r}
from pathlib import Path
from letters.typeset.test_producing import COUNT, batches, edition
from helder.engines import disk
from helder.engines.keys import Keys
from helder.letters.typeset import output
from helder.letters.typeset.auditing import audit
from helder.letters.typeset.producing import produce

verb, out, at, when, processes = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), sys.argv[4], int(sys.argv[5])
renames = 0

def renamed(part, path):
    global renames
    renames += 1
    if when == "before" and renames == at:
        os.kill(os.getpid(), signal.SIGKILL)
    disk.rename_synced(part, path)
    if when == "after" and renames == at:
        os.kill(os.getpid(), signal.SIGKILL)

def told(share):
    if when == "share" and share >= at:
        print("there", flush=True)
        time.sleep(60)

if __name__ == "__main__":
    output.rename_synced = renamed
    output = output.Output(out, Keys(b"k" * 32))
    if verb == "produce":
        produce(edition(), batches(), COUNT, "key", output, processes=processes, progress=told)
    else:
        audit(edition(), batches(), COUNT, output, processes=processes, progress=told)
    print("whole", flush=True)
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("killed") / "work.py"
    path.write_text(SCRIPT.format(paths=[path for path in sys.path if path]))
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All letters, made without a break."""
    output = Output(tmp_path_factory.mktemp("whole") / "out", KEYS)
    produce(edition(), batches(), COUNT, "key", output, processes=1)
    return output.folder


def start(script: Path, verb: str, out: Path, at: float, when: str, processes: int) -> subprocess.Popen[str]:
    """A process that leads a group of its own, with its workers in it."""
    words = [sys.executable, str(script), verb, str(out), str(at), when, str(processes)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, start_new_session=True)


def goes_on(out: Path, whole: Path) -> None:
    """What the next run makes is what one without a break makes, byte by byte, and nothing else is left."""
    output = Output(out, KEYS)
    produce(edition(), batches(), COUNT, "key", output, processes=1)
    assert hashes(out) == hashes(whole)
    assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in whole.iterdir())
    assert audit(edition(), batches(), COUNT, output, processes=1)["verified"] == COUNT


def test_a_process_killed_at_any_rename_loses_nothing(script: Path, whole: Path, tmp_path: Path) -> None:
    """One after another, until the work is done before it is killed: before one file gets its name, after the next."""
    renames, done = 0, False
    while not done:
        renames += 1
        out, when = tmp_path / str(renames), "before" if renames % 2 else "after"
        with start(script, "produce", out, renames, when, 1) as process:
            said, _ = process.communicate(timeout=120)
        done = said == "whole\n"
        assert done or process.returncode == -signal.SIGKILL
        goes_on(out, whole)
    # Each of five portions, four of them with a file, and the lists; the last one is killed when all is said to be whole.
    assert renames - 1 == 1 + 2 * 4 + 1 + 4


def members(group: int) -> list[int]:
    """The processes of a group that are still at work."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(said[2]) == group and said[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("verb", ["produce", "audit"])
@pytest.mark.parametrize("whom", ["leader", "group"])
def test_killed_while_several_processes_work_none_outlives_it(
    verb: str, whom: str, script: Path, whole: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    if verb == "audit":
        shutil.copytree(whole, out)
    process = start(script, verb, out, 0.2, "share", 2)
    assert process.stdout is not None and process.stdout.readline() == "there\n"
    assert len(members(process.pid)) > 2
    (os.killpg if whom == "group" else os.kill)(process.pid, signal.SIGKILL)
    process.wait(30)
    process.stdout.close()
    deadline = time.monotonic() + 20
    while members(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert members(process.pid) == []
    goes_on(out, whole)
