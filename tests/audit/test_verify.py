"""Verification finds every change, deletion, reordering and gap that the file itself can show."""

from __future__ import annotations

import sqlite3

import pytest

from audit.lines import LOOK
from helder.audit import append, open_log, read_log, verify

UNGUARDED = [
    "audit_line_insert",
    "audit_line_update",
    "audit_line_delete",
    "audit_tree_update",
    "audit_tree_insert",
    "audit_tree_delete",
]


def tampered(case, *statements):
    """The verdict after someone with full access to the file took the guards away and did this."""
    with sqlite3.connect(case / "office.db") as connection:
        for trigger in UNGUARDED:
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
    with read_log(case) as cursor:
        return verify(cursor)


def test_an_untouched_log_is_right(case):
    with read_log(case) as cursor:
        verdict = verify(cursor)
    assert verdict.ok
    assert verdict.as_dict() == {
        "ok": True,
        "lines": 10,
        "root": verdict.root.hex(),
        "problems": [],
        "more": 0,
    }


@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "reason", "details"])
def test_a_change_of_any_value_is_found_and_its_line_named(case, column):
    verdict = tampered(case, f"UPDATE audit_line SET {column} = {column} || ' ' WHERE seq = 4")
    assert "line 4: changed" in map(str, verdict.problems)


def test_a_value_of_another_type_is_a_change(case):
    verdict = tampered(case, "UPDATE audit_line SET reason = CAST(reason AS BLOB) WHERE seq = 4")
    assert "line 4: changed" in map(str, verdict.problems)


def test_text_that_is_no_longer_utf8_is_a_change(case):
    verdict = tampered(case, "UPDATE audit_line SET reason = CAST(x'ff' AS TEXT) WHERE seq = 4")
    assert "line 4: changed" in map(str, verdict.problems)


def test_a_change_with_its_own_hash_set_right_is_found_by_the_tree(case):
    """Someone changes a line and computes its hash anew."""
    from helder.audit.line import leaf_data
    from helder.audit.tree import leaf_hash

    with read_log(case) as cursor:
        row = cursor.execute("SELECT * FROM audit_line WHERE seq = 4").fetchone()
    false = (*row[:5], "another reason", row[6])
    leaf = leaf_hash(leaf_data(false)).hex()
    verdict = tampered(case, f"UPDATE audit_line SET reason = 'another reason', leaf = x'{leaf}' WHERE seq = 4")
    assert [problem.kind for problem in verdict.problems] == ["tree"]


@pytest.mark.parametrize(("seq", "said"), [(1, "line 1: missing"), (5, "line 5: missing")])
def test_a_deleted_line_is_found(case, seq, said):
    verdict = tampered(case, f"DELETE FROM audit_line WHERE seq = {seq}")
    assert said in map(str, verdict.problems)


def test_a_gap_of_several_lines_is_one_problem(case):
    verdict = tampered(case, "DELETE FROM audit_line WHERE seq IN (4, 5, 6)")
    assert list(map(str, verdict.problems)) == ["lines 4 to 6: missing", "line 10: tree"]


def test_two_gaps_and_a_change_behind_them_are_three_problems(case):
    delete = "DELETE FROM audit_line WHERE seq IN (2, 5, 6)"
    verdict = tampered(case, delete, "UPDATE audit_line SET reason = 'other' WHERE seq = 9")
    found = ["line 2: missing", "lines 5 to 6: missing", "line 9: changed", "line 10: tree"]
    assert list(map(str, verdict.problems)) == found


def test_deleted_last_lines_are_found_by_the_tree(case):
    verdict = tampered(case, "DELETE FROM audit_line WHERE seq > 8")
    assert [str(problem) for problem in verdict.problems] == ["line 8: tree"]


def test_an_emptied_log_is_found(case):
    assert not tampered(case, "DELETE FROM audit_line").ok
    assert not tampered_again(case, "DELETE FROM audit_tree").ok


def tampered_again(case, statement):
    with sqlite3.connect(case / "office.db") as connection:
        connection.execute(statement)
    with read_log(case) as cursor:
        return verify(cursor)


def test_swapped_lines_are_found(case):
    verdict = tampered(
        case,
        "UPDATE audit_line SET seq = -1 WHERE seq = 3",
        "UPDATE audit_line SET seq = 3 WHERE seq = 7",
        "UPDATE audit_line SET seq = 7 WHERE seq = -1",
    )
    assert {"line 3: changed", "line 7: changed"} <= set(map(str, verdict.problems))


def test_lines_renumbered_after_a_deletion_are_found(case):
    verdict = tampered(
        case, "DELETE FROM audit_line WHERE seq = 3", "UPDATE audit_line SET seq = seq - 1 WHERE seq > 3"
    )
    assert "line 3: changed" in map(str, verdict.problems)


def test_an_inserted_or_doubled_line_is_found(case):
    doubled = (
        "INSERT INTO audit_line SELECT 11, at, actor, action, subject, reason, details, leaf FROM audit_line LIMIT 1"
    )
    assert {"line 11: changed", "line 11: tree"} <= set(map(str, tampered(case, doubled).problems))


def test_a_line_below_the_first_is_out_of_order(case):
    zero = "INSERT INTO audit_line SELECT 0, at, actor, action, subject, reason, details, leaf FROM audit_line LIMIT 1"
    found = ["line 0: out of order", "line 0: changed", "line 10: tree"]
    assert list(map(str, tampered(case, zero).problems)) == found


def test_the_list_of_problems_is_bounded(tmp_path):
    with open_log(tmp_path) as cursor:
        for _ in range(150):
            append(cursor, LOOK)
    verdict = tampered(tmp_path, "UPDATE audit_line SET reason = 'other'")
    assert len(verdict.problems) == 100
    assert verdict.more == 51
