"""A small case with published results, whose evidence a test can change, and a number taken from it."""

from __future__ import annotations

import shutil

import pytest

from cli.run import helder
from once import once
from pipeline import small_case

KEY = {"HELDER_KEY": "0f" * 32}
MORE = "999990032,Cedar,C,1980-06-07,neg,us,\n"  # C3 turns up in the leaked rows


def run(folder):
    done = helder("run", folder, "--json", env=KEY)
    assert done.code == 0, done.out
    return folder


@pytest.fixture(scope="session")
def computed(tmp_path_factory):
    """The small case, run; with more evidence it was run before, so that `more_evidence` finds each result in the store."""
    return once(tmp_path_factory, "computed-case", _compute) / "case"


def _compute(home):
    folder = small_case.write(home / "case")
    more_evidence(folder)
    (folder / "sources" / "rows.csv").write_text(small_case.ROWS)
    run(folder)


@pytest.fixture
def case(computed, tmp_path, settings_changed):
    """A copy of it, as the office's case."""
    shutil.copytree(computed, tmp_path / "case")
    settings_changed(HELDER_CASE=tmp_path / "case")
    return tmp_path / "case"


def more_evidence(case):
    """The leaked file comes again, with one row more."""
    rows = case / "sources" / "rows.csv"
    rows.write_text(rows.read_text() + MORE)
    run(case)


@pytest.fixture
def number(db, case, user):
    """The number of leaked records, taken."""
    from helder.office import entries
    from helder.registers.numbers.models import Number

    content = {"name": "leaked", "query": "records", "assessment": "current"}
    return entries.add(Number, user("coordinator"), content)
