"""The scripts behind `make setup` say in one line what is missing, and ask Debian for nothing that is there."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from project import ROOT


def bash(script: str, path: str = os.environ["PATH"], **environment: str) -> subprocess.CompletedProcess[str]:
    strict = f"set -euo pipefail; source scripts/lib.sh; {script}"
    environment = {"PATH": path, "HOME": os.environ.get("HOME", "/"), **environment}
    return subprocess.run(["/bin/bash", "-c", strict], cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture
def bare(tmp_path):
    """A PATH with nothing on it but what a test puts there."""
    return tmp_path


def test_the_python_that_is_asked_for_is_taken():
    assert bash("find_python", PYTHON=sys.executable).stdout.strip() == sys.executable


def test_the_first_python_that_is_new_enough_is_taken(bare):
    old, new = bare / "python3", bare / "python3.12"
    old.write_text("#!/bin/sh\nexit 1\n")
    new.write_text("#!/bin/sh\nexit 0\n")
    for file in (old, new):
        file.chmod(0o755)
    assert bash("find_python", path=str(bare)).stdout.strip() == str(new)


def test_no_python_is_one_clear_line(bare):
    done = bash("python=$(find_python); echo reached", path=str(bare))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("helder: Python 3.11 or newer is needed")
    assert done.stderr.count("\n") == 1


def test_only_what_is_missing_is_asked_for():
    assert bash("missing_packages there:true 'gone:exit 3' also-there:'ls /'").stdout == "gone\n"
    assert bash("install_packages").stderr == ""


def test_who_cannot_install_gets_the_line_to_type(bare):
    done = bash("install_packages postgresql chromium", path=str(bare))
    assert done.returncode == 1
    assert done.stderr.endswith("Type: sudo apt-get install --no-install-recommends postgresql chromium\n")


def test_setup_with_nothing_to_do_does_nothing(tmp_path):
    """A stamp that is newer than the requirements is enough. No stamp that make reads: those it makes anew even with -n."""
    (stamp := tmp_path / ".ready").touch()
    made = ["make", "-n", "-o", "requirements/dev.txt", "setup", f"READY={stamp}"]
    assert "scripts/setup" not in subprocess.run(made, cwd=ROOT, capture_output=True, text=True).stdout
