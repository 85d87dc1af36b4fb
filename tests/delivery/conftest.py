"""Servers and a ledger for the tests of delivery."""

import tempfile
from pathlib import Path

import pytest

from delivery.sshd import sshd
from helder.delivery.ledger import Ledger


@pytest.fixture(scope="module")
def running_house():
    # Not below pytest's own folder: the server runs without privileges and must be able to get in.
    with tempfile.TemporaryDirectory(prefix="helder-ssh-") as home, sshd(Path(home)) as server:
        yield server


@pytest.fixture
def house(running_house):
    """The print house's server, running, with nothing on it."""
    for path in running_house.files.iterdir():
        path.unlink()
    if not running_house.running:
        running_house.start()
    return running_house


@pytest.fixture
def ledger(tmp_path):
    opened = Ledger(tmp_path / "delivery.db")
    yield opened
    opened.close()
