"""Workers end with the process that leads them, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helder.engines.crew import in_order
from project import ROOT

LEADER = """
import sys, time
from pathlib import Path
from engines.test_crew import Telling
from helder.engines.crew import in_order
def tasks():
    yield from range(4)
    Path(sys.argv[1], "begun").touch()
    time.sleep(60)
if __name__ == "__main__":
    for _ in in_order(Telling(sys.argv[1]), tasks(), 2):
        pass
"""


class Telling:
    """Each worker leaves its number in a folder."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    def worker(self) -> Callable[[Any], Any]:
        (self.folder / f"worker-{os.getpid()}").touch()
        return str


def alive(number: int) -> bool:
    """Whether a process is there, and not only waiting for somebody to ask how it ended."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False


def until(true: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_leader_that_is_killed_leaves_no_worker(tmp_path, how):
    script = tmp_path / "leader.py"
    script.write_text(LEADER)
    places = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    with subprocess.Popen([sys.executable, script, tmp_path], env={**os.environ, "PYTHONPATH": places}) as leader:
        assert until(lambda: (tmp_path / "begun").exists() and len(list(tmp_path.glob("worker-*"))) == 2)
        workers = [int(path.name.removeprefix("worker-")) for path in tmp_path.glob("worker-*")]
        assert all(map(alive, workers))
        leader.send_signal(how)
    assert until(lambda: not any(map(alive, workers)))


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_the_order_of_the_tasks(tmp_path, processes):
    done = list(in_order(Telling(str(tmp_path)), range(7), processes))
    assert done == [(number, str(number)) for number in range(7)]
