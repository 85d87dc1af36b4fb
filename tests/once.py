"""What a run of tests makes once, whoever asks first."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

SHARED = "HELDER_TESTS_SHARED"
"""Names the folder for a run of tests within a run of tests."""


def shared(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of pytest-xdist have in common."""
    base = factory.getbasetemp()
    return Path(os.environ.get(SHARED) or (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base))


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name, which `make` made in this process or in another."""
    home = shared(factory) / name
    home.mkdir(exist_ok=True)
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / ".made").exists():
            make(home)
            (home / ".made").touch()
    return home
