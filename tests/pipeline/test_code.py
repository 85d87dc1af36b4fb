"""Results stand under the hash of the code that made them: a new Helder computes anew what it would make otherwise."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

import helder
from helder.pipeline import code, run
from helder.pipeline.code import code_of
from pipeline import small_case
from pipeline.fixtures import KEYS


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A copy of the program's files, which code is hashed from."""
    copy = tmp_path / "helder"
    shutil.copytree(Path(helder.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__", "office", "web"))
    monkeypatch.setattr(helder, "__file__", str(copy / "__init__.py"))
    yield copy
    code._digest.cache_clear()


@pytest.mark.parametrize(
    ("changed", "stages"),
    [
        ("sources/dates.py", {"source"}),
        ("countries/nl/countries.csv", {"source", "normalised", "linkage", "decided"}),
        ("linkage/default_model.json", {"normalised", "linkage", "decided"}),
        ("linkage/sql/decided.sql", {"normalised", "linkage", "decided"}),
        ("exposure/lines.sql", {"evidence", "exposure"}),
        ("engines/dialect.py", {"source", "normalised", "linkage", "decided", "evidence", "exposure"}),
        ("letters/__init__.py", set()),
    ],
)
def test_what_a_file_decides_stands_under_another_key_when_it_changes(changed, stages, program):
    kinds = ("source", "normalised", "linkage", "decided", "evidence", "exposure")
    before = {kind: code_of(kind) for kind in kinds}
    with (program / changed).open("a") as file:
        file.write(" ")
    code._digest.cache_clear()
    assert {kind for kind in kinds if code_of(kind) != before[kind]} == stages


def test_a_new_rule_computes_everybody_anew_and_nothing_else(program, tmp_path):
    case = small_case.write(tmp_path / "case")
    run(case, KEYS)
    with (program / "exposure" / "marks.sql").open("a") as file:
        file.write("-- another rule\n")
    code._digest.cache_clear()
    again = {stage.name.split("-")[0] for stage in run(case, KEYS).stages if not stage.reused}
    assert again == {"evidence", "exposure"}


def test_the_code_is_hashed_in_milliseconds(program):
    started = time.perf_counter()
    code_of("source"), code_of("linkage"), code_of("exposure")
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("library", "stages"),
    [
        ("duckdb", {"source", "normalised", "linkage", "decided", "evidence", "exposure"}),
        ("splink", {"linkage"}),
        ("wordfreq", {"source"}),
        ("typst", set()),
    ],
)
def test_another_version_of_a_library_stands_under_another_key(library, stages, monkeypatch):
    before = {stage: code_of(stage) for stage in code._OF}
    real = code._version
    monkeypatch.setattr(code, "_version", lambda name: "99" if name == library else real(name))
    assert {stage for stage in code._OF if code_of(stage) != before[stage]} == stages
