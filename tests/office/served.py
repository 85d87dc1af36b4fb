"""An office that `helder serve` serves, empty and filled, for tests that come in by its address."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager

import pytest

from delivery.rounds import MASTER


@contextmanager
def serving(folder, **more):
    """What `helder serve` says of itself, while it serves a case."""
    environment = {**os.environ, "HELDER_KEY": MASTER.hex(), **more}
    for name in ("HELDER_CASE", "HELDER_KEY_FILE", "DATABASE_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "helder", "serve", str(folder), "--port", "0", "--json"]
    with (
        tempfile.NamedTemporaryFile("w+") as told,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=told, text=True) as server,
    ):
        try:
            said = ""
            while not said.rstrip().endswith("}"):
                line = server.stdout.readline()
                assert line, told.seek(0) or told.read()
                said += line
            yield json.loads(said) | {"case": str(folder), "environment": environment, "log": told.name}
            server.terminate()
            assert server.wait(60) == 0
        finally:
            server.kill()


@pytest.fixture(scope="module")
def served(checked):
    """A small case with a checked round, served."""
    with serving(checked) as said:
        yield said


@pytest.fixture(scope="module")
def filled(served):
    """The same office, filled while it is served: what `office.filling` says of it."""
    environment = {**served["environment"], "HELDER_CASE": served["case"], "PYTHONPATH": os.pathsep.join(sys.path)}
    environment["DJANGO_SETTINGS_MODULE"] = "helder.web.settings"
    command = [sys.executable, "-m", "office.filling"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
