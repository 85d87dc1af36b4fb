"""`helder prune`: old results go, and everything that is asked of a case is still answered."""

import json

import pytest

from cli.run import helder
from cli.test_json import documented
from helder.audit import read_log
from helder.rounds.told import told_path
from pipeline import small_case

KEY = {"HELDER_KEY": "0f" * 32}


def results(folder):
    return {str(path.parent.relative_to(folder)) for path in folder.glob("work/*/*/manifest.json")}


@pytest.fixture
def case(tmp_path):
    """A case that was run, changed, and run again."""
    folder = small_case.write(tmp_path / "case")
    assert helder("run", folder, "--json", env=KEY).code == 0
    first = results(folder)
    with (folder / "sources" / "log.csv").open("a") as log:
        log.write("D4,2021-06-01,result\n")
    assert helder("run", folder, "--json", env=KEY).code == 0
    return folder, first


def test_what_no_assessment_stands_on_goes_and_the_rest_answers_as_before(case):
    folder, first = case
    before = helder("status", folder, "--json", env=KEY).document
    done = helder("prune", folder, "--json", env=KEY)
    stages = {name.split("/")[1] for name in first - results(folder)}
    assert stages == {"source-log", "evidence", "exposure-current"}
    assert (done.document["removed"], done.document["bytes"] > 0) == (3, True)
    assert done.document["kept"] == len(results(folder))
    assert helder("status", folder, "--json", env=KEY).document == before
    assert done.document.keys() == documented("prune")
    again = helder("run", folder, "--json", env=KEY).document
    assert len(again["reused"]) == len(again["seconds"])
    assert helder("prune", folder, "--json", env=KEY).document["removed"] == 0


def test_a_damaged_record_keeps_everything(case):
    folder, _ = case
    there = results(folder)
    (folder / "work" / "runs" / "current.json").write_text(json.dumps({"version": 1}))
    assert helder("prune", folder, env=KEY).code == 2
    assert results(folder) == there


@pytest.mark.parametrize(("until", "erased"), [("2020-01-01", True), ("2099-01-01", False)])
def test_after_the_retention_period_what_people_were_told_goes_and_a_line_says_so(case, until, erased):
    folder, _ = case
    toml = (folder / "case.toml").read_text()
    (folder / "case.toml").write_text(toml.replace("[case]\n", f"[case]\nretention_until = {until}\n"))
    (folder / "rounds").mkdir(exist_ok=True)
    told_path(folder).write_bytes(b"sealed")
    warned = [one["what"] for one in helder("check", folder, "--json", env=KEY).document["findings"]]
    assert any("retention period ended" in what for what in warned) == erased
    assert helder("prune", folder, "--json", env=KEY).document["told_erased"] == erased
    assert told_path(folder).exists() != erased
    if erased:
        with read_log(folder) as cursor:
            assert [tuple(line) for line in cursor.execute("SELECT action FROM audit_line")] == [("told.erased",)]
