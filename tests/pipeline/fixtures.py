"""A small case, run once for all tests that only read it."""

import shutil

import pytest

from helder.engines.keys import Keys
from helder.pipeline import opened, run_assessment
from pipeline import small_case

KEYS = Keys(b"t" * 32)


@pytest.fixture(scope="session")
def small_run(tmp_path_factory):
    folder = small_case.write(tmp_path_factory.mktemp("small") / "case")
    with opened(folder, KEYS) as run:
        run_assessment(run, "as_told")
        run_assessment(run, "current")
    return folder


@pytest.fixture
def small_folder(tmp_path):
    return small_case.write(tmp_path / "case")


@pytest.fixture
def small_copy(small_run, tmp_path):
    """The small case as it was run, for a test that changes it."""
    return shutil.copytree(small_run, tmp_path / "case")
