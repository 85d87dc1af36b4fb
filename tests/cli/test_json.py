"""With --json standard output is one document and nothing else, whatever the command and however it ends."""

from __future__ import annotations

import click
import pytest

from cli.run import helder, process
from helder.cli.program import Program

ONLY_SOMETIMES = {"review"}  # which keys there are depends on what is asked


def documented(*words: str) -> set[str]:
    """The keys of a command's document, as the reference tells them."""
    program = Program()
    context = click.Context(program)
    found = program.get_command(context, words[0])
    for word in words[1:]:
        found = found.get_command(context, word)
    return set(found.gives)


READING = [
    ("status",),
    ("check",),
    ("groups",),
    ("groups", "--assessment", "as_told"),
    ("diff", "as_told", "current"),
    ("gaps",),
    ("reconcile",),
    ("review", "status"),
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_command_that_reads_gives_one_document(demo_case, words, lang):
    name, *rest = words
    done = helder(name, demo_case.folder, *rest, "--json", "--lang", lang)
    assert done.code == 0
    assert done.document.keys() == documented(name) or name in ONLY_SOMETIMES
    assert done.document.keys() <= documented(name)


@pytest.mark.parametrize("words", READING, ids=" ".join)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_command_that_reads_also_speaks_to_people(demo_case, words, lang):
    name, *rest = words
    done = helder(name, demo_case.folder, *rest, "--lang", lang)
    assert done.code == 0
    assert done.out.strip()


def test_a_run_counts_records_and_people_so_that_they_add_up(demo_case):
    for found in (demo_case.document, demo_case.document["as_told"]):
        assert found["records"] == found["linked"] + found["unlinked"] + found["review"]
        assert found["people"] == sum(found["groups"].values()) == 1500
        assert all(sum(counts.values()) == found["people"] for counts in found["states"].values())
        assert set(found["seconds"]) >= {"linkage", "evidence", "source-register"}
        assert found["peak_memory_mb"] > 0
    assert demo_case.document.keys() == documented("demo")
    assert demo_case.document["as_told"].keys() == documented("run")


def test_the_demo_shows_the_difference_and_where_to_look(demo_case):
    found = demo_case.document
    assert found["difference"]["more"] > 0
    assert found["measured"]["exact"]["wrong"] == 0
    assert len(found["page"]) == 2
    assert found["key_file"] == str(demo_case.key_file)
    assert demo_case.key_file.stat().st_mode & 0o777 == 0o600


def test_the_demo_accounts_for_every_letter_of_its_second_round(demo_case):
    found = demo_case.document["letters"]
    assert found["people"] == found["produced"] + found["suppressed"] + found["unreachable"] == 1500
    assert (found["verified"], found["wrong"]) == (found["produced"], 0)
    assert found["passed"] and found["misled"] == 0 and found["specimen"]
    full = found["read_in_full"]
    assert full["passed"] and full["misled"] == 0 and full["stops"] == [] and full["profiles"] > 1
    assert full["people"] == found["rounds"]["round2_helder"]["letters"]
    assert found["variants"] >= 8 and found["bytes_per_letter"] > 100
    rounds = found["rounds"]
    assert rounds["round1"]["groups"].keys() == {"g1"} and rounds["round2"]["letters"] == found["produced"]
    # Everything read, more people are in the first dataset for certain: they would have had another letter.
    assert rounds["round2_helder"]["groups"]["g1"] > rounds["round2"]["groups"]["g1"]


def test_a_run_with_nothing_changed_computes_nothing(demo_copy):
    document = helder("run", demo_copy.folder, "--json").document
    assert sorted(document["reused"]) == sorted(document["seconds"])
    assert {key: document[key] for key in ("groups", "states")} == {
        key: demo_copy.document[key] for key in ("groups", "states")
    }


def test_a_run_as_of_an_earlier_day_knows_less(demo_copy):
    document = helder("run", demo_copy.folder, "--as-of", "2025-08-10", "--json").document
    assert document["as_of"] == "2025-08-10"
    assert document["groups"]["g2"] == 0 < demo_copy.document["groups"]["g2"]


def test_the_schema_describes_the_case():
    document = helder("schema", "--json").document
    assert document["$schema"].startswith("https://json-schema.org/")
    assert {"case", "parties", "items", "sources"} <= document["properties"].keys()
    assert helder("schema").document == document


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["status", "nowhere"], 2, "CaseError"),
        (["run", "nowhere"], 2, "CaseError"),
        (["grups"], 64, "UsageError"),
        (["run"], 64, "UsageError"),
        (["key", "new", "/nowhere/x.key"], 4, "KeyFileError"),
    ],
)
def test_an_error_is_a_document_too(words, code, error, tmp_path):
    done = process(*words, "--json", cwd=tmp_path)
    assert done.code == done.document["exit_code"] == code
    assert done.document["error"] == error
    assert done.document["what"]
    assert done.err == ""


def test_a_small_demo_as_a_process_of_its_own(tmp_path):
    """Progress goes to standard error, in Dutch; the key of the environment is used, and none is written."""
    env = {"HELDER_KEY": "ab" * 32, "LANG": "nl_NL.UTF-8", "LC_ALL": ""}
    done = process("demo", "--people", "50", "--out", "small", "--json", cwd=tmp_path, env=env)
    assert done.code == 0
    assert done.document["people"] == 50
    assert done.document["key_file"] == ""
    assert not (tmp_path / "small.key").exists()
    assert "rijen aan mensen koppelen: " in done.err
