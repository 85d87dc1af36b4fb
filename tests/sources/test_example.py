"""The second case: a pension fund and its mailing house. Nothing in Helder is tied to one country's laboratory."""

from __future__ import annotations

import runpy
import shutil
import sqlite3
from pathlib import Path

import pytest

from helder.case.load import load_case
from helder.pipeline.run import run
from helder.results.counts import summary
from helder.results.open import Results
from project import ROOT
from sources.cases import KEYS, load

EXAMPLE = ROOT / "examples" / "pension-fund"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "case", ignore=shutil.ignore_patterns("work")))


def test_its_sources_load_without_a_reject(case):
    loaded = {id: load(load_case(case), id, case / id) for id in ("members", "mailings", "print_file", "affected")}
    assert {id: (len(one.rows), one.rejects) for id, one in loaded.items()} == {
        "members": (300, []),
        "mailings": (1001, []),
        "print_file": (150, []),
        "affected": (60, []),
    }
    assert set(loaded["affected"].column("items")) == {""}, "a list says nothing of items"
    assert all("MADEUP" not in str(row) for row in loaded["print_file"].rows), "the account itself is never kept"


def test_it_runs_from_its_files_to_its_groups(case):
    record = run(case, KEYS)
    counted = summary(Results.open(case, record.assessment))
    assert sum(counted["groups"].values()) == counted["people"] == 300
    assert counted["records"] == 210
    assert counted["unlinked"] >= 15, "another client's rows are not linked"
    assert counted["linked"] >= 180
    assert counted["rejected"] == {}


def test_its_files_are_what_its_script_makes(case, monkeypatch):
    def rows(path: Path) -> list[tuple[str, ...]]:
        with sqlite3.connect(path) as db:
            return [*db.execute("SELECT * FROM member"), *db.execute("SELECT * FROM mailing")]

    kept = rows(case / "sources" / "administration.db")
    for file in (case / "sources").iterdir():
        file.unlink()
    script = runpy.run_path(str(case / "make.py"))
    script["main"]()
    assert rows(case / "sources" / "administration.db") == kept
    for name in ("print-file.xlsx", "affected.xlsx"):
        assert (case / "sources" / name).read_bytes() == (EXAMPLE / "sources" / name).read_bytes()
