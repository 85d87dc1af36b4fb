"""`helder prune`: old results go, and everything that is asked of a case is still answered."""

import json

import pytest

from cli.run import helder
from cli.test_json import documented
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
