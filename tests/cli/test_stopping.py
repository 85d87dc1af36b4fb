"""Stopped at any moment: one line, the right exit code, nothing half written, and the next run goes on."""

from __future__ import annotations

import os
import shutil
import signal
import time

import pytest

from cli.run import Ran, helder, process, started
from helder.cli.program import Program


def stopped_at_work(case, number, *words) -> Ran:
    """Send a signal while linkage is at work."""
    for _ in range(5):
        shutil.rmtree(case / "work" / "linkage", ignore_errors=True)
        with started("run", case, *words) as child:
            while child.poll() is None and not list(case.glob("work/linkage/.draft-*")):
                time.sleep(0.005)
            child.send_signal(number)
            out, err = child.communicate(timeout=60)
        if child.returncode:
            return Ran(child.returncode, out, err)
    raise AssertionError("the run was always done before it could be stopped")


@pytest.mark.parametrize(("number", "code", "words"), [(signal.SIGINT, 130, []), (signal.SIGTERM, 143, ["--json"])])
def test_a_run_that_is_stopped_leaves_nothing_half_and_can_go_on(demo_copy, number, code, words):
    done = stopped_at_work(demo_copy.folder, number, *words)
    assert done.code == code
    assert "Nothing is half written" in (done.document["do"] if words else done.err)
    assert "Traceback" not in done.err
    assert not list(demo_copy.folder.glob("work/*/.draft-*"))
    assert list((demo_copy.folder / "work" / "linkage").iterdir()) == []
    assert helder("groups", demo_copy.folder).code == 0


def test_an_error_that_an_interrupted_database_raises_is_told_as_the_interruption(monkeypatch):
    def interrupted(folder):
        try:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        except KeyboardInterrupt:
            raise RuntimeError("Query interrupted") from None

    monkeypatch.setattr("helder.case.load_case", interrupted)
    done = helder("status", "x", "--lang", "nl")
    assert done.code == 130
    assert done.err.startswith("Gestopt. Niets is half geschreven")


def test_signals_are_as_before_afterwards():
    before = signal.getsignal(signal.SIGTERM)
    helder("--help")
    assert signal.getsignal(signal.SIGTERM) is before


def test_it_also_runs_in_a_thread_where_signals_cannot_be_heard():
    import threading

    codes = []

    def run():
        with pytest.raises(SystemExit) as ended:
            Program().main(["--version"])
        codes.append(ended.value.code)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert codes == [0]


@pytest.mark.parametrize("words", [("schema",), ("--help",), ("nonsense", "--json")])
def test_a_reader_that_goes_away_is_no_error(words):
    read, write = os.pipe()
    os.close(read)
    with started(*words, stdout=write) as child:
        os.close(write)
        _, err = child.communicate(timeout=60)
    assert err == ""
    assert child.returncode == 141


def test_output_that_cannot_show_every_letter_is_still_written(demo_case):
    env = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = process("groups", demo_case.folder, "--json", env=env)
    assert done.code == 0
    assert done.document["people"] == 1500
    assert process("person", demo_case.folder, "x", "--lang", "nl", env=env).code == 11
    assert process("diff", demo_case.folder, "as_told", "current", env=env).code == 0
