"""Doubtful links go to people and come back as decisions, all or nothing; every export is in the log."""

from __future__ import annotations

import csv
import shutil

import pytest
from python_calamine import CalamineWorkbook

from cli.run import helder
from cli.test_people import audit_lines
from helder.engines.store import Store


def read(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def fill(path, *decisions: str, **other: str) -> None:
    """Fill in the first rows as a reviewer would."""
    rows = read(path)
    left = list(decisions)
    for row in rows:
        if row["line"] == "found" and left:
            row |= {"decision": left.pop(0), "decided_by": "A. Coordinator", "decided_on": "2025-10-01"}
            row |= {"reason": "name and street agree", **other}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, rows[0], delimiter=";")
        out.writeheader()
        out.writerows(rows)


@pytest.fixture
def exported(demo_copy, tmp_path):
    path = tmp_path / "reviews.csv"
    document = helder("review", demo_copy.folder, "export", "--out", path, "--reason", "first round", "--json").document
    assert document["rows"] == demo_copy.document["review"]
    return path


def test_reviews_are_written_for_their_owner_only_and_the_log_tells(demo_copy, exported):
    assert exported.stat().st_mode & 0o777 == 0o600
    assert sum(row["line"] == "found" for row in read(exported)) == demo_copy.document["review"]
    [(_, action, _, reason, details)] = audit_lines(demo_copy.folder)
    assert action == "review.export"
    assert reason == "first round"
    assert str(demo_copy.document["review"]) in details


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_without_a_name_a_workbook_is_written_into_the_case(demo_copy, lang):
    done = helder("review", demo_copy.folder, "export", "--reason", "weekly", "--lang", lang)
    [path] = (demo_copy.folder / "exports").iterdir()
    assert str(path) in done.out
    header = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[0]
    assert ("besluit" if lang == "nl" else "decision") in header
    assert audit_lines(demo_copy.folder)[0][3] == "weekly"


def test_decisions_come_back_and_a_run_applies_them_to_nothing_else(demo_copy, exported):
    fill(exported, "1", "none", "unsure")
    found = helder("review", demo_copy.folder, "import", exported, "--json").document
    assert {key: found[key] for key in ("new", "changed", "same")} == {"new": 3, "changed": 0, "same": 0}
    assert audit_lines(demo_copy.folder)[-1][1] == "review.import"
    after = helder("run", demo_copy.folder, "--json").document
    before = demo_copy.document
    assert after["review"] == before["review"] - 2
    assert after["linked"] == before["linked"] + 1
    status = helder("review", demo_copy.folder, "status", "--json").document
    assert status["open"] == after["review"]
    assert status["decided"] == {"accepted": 1, "none": 1, "unsure": 1}
    assert (status["stale"], status["by"]) == ({}, {"A. Coordinator": 3})


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_reading_back_the_same_changes_nothing(demo_copy, exported, lang):
    fill(exported, "none")
    helder("review", demo_copy.folder, "import", exported)
    path = demo_copy.folder / "decisions" / "reviews.csv"
    before, lines = path.read_bytes(), len(audit_lines(demo_copy.folder))
    assert "1" in helder("review", demo_copy.folder, "import", exported, "--lang", lang).out
    assert path.read_bytes() == before
    assert len(audit_lines(demo_copy.folder)) == lines


def test_one_wrong_line_and_nothing_is_taken_over(demo_copy, exported):
    fill(exported, "1", "99")
    done = helder("review", demo_copy.folder, "import", exported, "--json")
    assert done.code == done.document["exit_code"] == 10
    assert not (demo_copy.folder / "decisions" / "reviews.csv").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("export", "file.csv"), 64),
        (("import",), 64),
        (("status", "file.csv"), 64),
        (("export", "--out", "file.pdf", "--reason", "weekly"), 64),
        (("export",), 11),
        (("import", "nowhere.csv"), 10),
        (("maybe",), 64),
    ],
)
def test_what_cannot_be_done_is_refused(demo_copy, words, code):
    assert helder("review", demo_copy.folder, *words).code == code


def test_a_file_that_is_there_is_not_written_over(demo_copy, exported):
    assert helder("review", demo_copy.folder, "export", "--out", exported, "--reason", "again").code == 10


def test_a_decision_counts_from_its_day_and_the_row_was_a_review_until_then(demo_copy, exported):
    fill(exported, "1", "none")
    helder("review", demo_copy.folder, "import", exported)
    before = demo_copy.document["review"]
    assert helder("run", demo_copy.folder, "--as-of", "2025-09-30", "--json").document["review"] == before
    assert helder("run", demo_copy.folder, "--as-of", "2025-10-01", "--json").document["review"] == before - 2


def test_a_file_that_was_delivered_again_makes_decisions_stale(demo_copy, exported):
    fill(exported, "1", "none", "unsure")
    helder("review", demo_copy.folder, "import", exported)
    helder("run", demo_copy.folder, "--json")
    leak = next((demo_copy.folder / "sources").glob("dataset1*"))
    leak.write_bytes(leak.read_bytes() + leak.read_bytes().splitlines(keepends=True)[-1])
    after = helder("run", demo_copy.folder, "--json").document
    assert after["review"] >= demo_copy.document["review"]
    status = helder("review", demo_copy.folder, "status", "--json").document
    assert (status["stale"], status["decided"]) == ({"changed": 3}, {"accepted": 0, "none": 0, "unsure": 0})
    said = helder("review", demo_copy.folder, "status", "--lang", "nl").out
    assert "vervallen: de rij, haar bestand of een kandidaat is anders" in said


def test_a_workbook_that_is_none_is_refused(demo_copy, tmp_path):
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"PK\x03\x04")
    assert helder("review", demo_copy.folder, "import", path).code == 10


def test_two_imports_at_once_cannot_be(demo_copy, exported):
    with Store(demo_copy.folder / "work").lock():
        assert helder("review", demo_copy.folder, "import", exported).code == 5


def test_reviews_need_the_results_of_the_last_run(demo_copy):
    shutil.rmtree(demo_copy.folder / "work" / "decided")
    done = helder("review", demo_copy.folder, "status", "--json")
    assert (done.code, "helder run" in done.document["do"]) == (2, True)


def test_a_person_is_told_why_a_row_was_linked(demo_copy, exported):
    fill(exported, "1")
    helder("review", demo_copy.folder, "import", exported)
    again = helder("run", demo_copy.folder, "--json").document
    assert {"linkage", "normalised"} <= set(again["reused"]), "a decision links nothing anew"
    keyed = next(row["person"] for row in read(exported) if row["line"] == "1")
    ran = helder("person", demo_copy.folder, keyed, "--reason", "asks why", "--json")
    assert ran.code == 0, ran.out
    found = ran.document
    until, decided = (line for line in found["evidence"] if line["kind"] == "link" and "2025-10-01" in str(line))
    assert "until a human decided on 2025-10-01" in until["says"]
    assert (until["counts"], decided["counts"]) == (False, True)
    assert decided["link"][0] == "a person decided this on 2025-10-01"
    assert decided["link"][1:] == until["link"]
    assert any("for (+" in words for words in decided["link"])
