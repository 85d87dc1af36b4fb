"""Servers and a ledger for the tests of delivery."""

import shutil
import tempfile
from pathlib import Path

import pytest

from delivery.rounds import planned
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


@pytest.fixture(scope="session")
def plan_of_one(tmp_path_factory):
    return planned(tmp_path_factory.mktemp("before") / "case")


@pytest.fixture
def copied(plan_of_one, tmp_path):
    """Makes a copy of the planned round, with these channels: how letters leave is no part of a plan."""

    def copy(channels):
        shutil.copytree(plan_of_one, tmp_path / "case")
        with (tmp_path / "case" / "case.toml").open("a") as toml:
            toml.write(channels)
        (tmp_path / "printer").mkdir()
        return tmp_path / "case"

    return copy
