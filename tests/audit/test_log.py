"""Adding lines: inside the caller's transaction, from two processes at once, through a kill, and never changed."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from audit.lines import LOOK
from helder.audit import append, create, export, open_log, read_log, verify
from helder.domain.errors import AuditError, BusyError, StorageError


def lines(case: Path) -> int:
    with read_log(case) as cursor:
        verdict = verify(cursor)
    assert verdict.ok, verdict
    return verdict.lines


def test_lines_are_numbered_from_one_without_gaps(tmp_path):
    with open_log(tmp_path) as cursor:
        assert [append(cursor, LOOK) for _ in range(3)] == [1, 2, 3]
    with open_log(tmp_path) as cursor:
        assert append(cursor, LOOK) == 4
    assert lines(tmp_path) == 4


def test_an_act_that_fails_leaves_no_line(case):
    """The line and what it tells of stand in one transaction."""
    with pytest.raises(ZeroDivisionError), open_log(case) as cursor:
        append(cursor, LOOK)
        raise ZeroDivisionError
    assert lines(case) == 10


def test_the_caller_may_use_a_cursor_of_his_own(tmp_path):
    with sqlite3.connect(tmp_path / "register.db") as connection:
        cursor = connection.cursor()
        create(cursor, "sqlite")
        cursor.execute("CREATE TABLE measure (name TEXT)")
        connection.commit()
        cursor.execute("INSERT INTO measure VALUES ('scan')")
        append(cursor, LOOK)
        connection.rollback()
        assert cursor.execute("SELECT count(*) FROM measure").fetchone() == (0,)
        assert verify(cursor).lines == 0


class _PercentCursor:
    """A cursor that wants %s, as Django's and psycopg's do."""

    def __init__(self, cursor):
        self.cursor = cursor
        self.fetchone, self.fetchmany = cursor.fetchone, cursor.fetchmany

    def execute(self, sql, parameters=()):
        assert "?" not in sql
        return self.cursor.execute(sql.replace("%s", "?"), parameters)


def test_drivers_with_percent_parameters_are_served(case):
    with open_log(case) as cursor:
        assert append(_PercentCursor(cursor), LOOK, style="format") == 11
    assert lines(case) == 11


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET reason = 'other' WHERE seq = 3",
        "DELETE FROM audit_line WHERE seq = 10",
        "DELETE FROM audit_line",
        "INSERT OR REPLACE INTO audit_line SELECT * FROM audit_line WHERE seq = 10",
        "INSERT OR REPLACE INTO audit_line SELECT 3, at, actor, action, subject, 'x', details, leaf FROM audit_line",
        "INSERT INTO audit_line SELECT 12, at, actor, action, subject, reason, details, leaf FROM audit_line LIMIT 1",
        "UPDATE audit_tree SET size = 3",
        "DELETE FROM audit_tree",
        "INSERT OR REPLACE INTO audit_tree VALUES (1, 0, x'')",
    ],
)
def test_the_database_itself_refuses_change(case, statement):
    with pytest.raises(AuditError, match="append-only"), open_log(case) as cursor:
        cursor.execute(statement)
    assert lines(case) == 10


WRITER = """
import sys
from pathlib import Path
from helder.audit import Line, append, open_log
for n in range(int(sys.argv[2])):
    with open_log(Path(sys.argv[1])) as cursor:
        append(cursor, Line(sys.argv[3], "test.line", details={"n": n}))
"""

KILLED = """
import os, signal, sys
from pathlib import Path
from helder.audit import Line, append, open_log
with open_log(Path(sys.argv[1])) as cursor:
    for n in range(5000):
        append(cursor, Line("killed", "test.line"))
    print("inside", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _python(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_appending_at_once_lose_nothing(case):
    writers = [_python(WRITER, case, 40, name) for name in ("one", "two")]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    assert lines(case) == 90


def test_a_process_killed_inside_its_transaction_leaves_no_trace(case):
    killed = _python(KILLED, case)
    assert killed.wait(60) == -signal.SIGKILL
    assert killed.stdout.read() == "inside\n"
    assert lines(case) == 10
    with open_log(case) as cursor:
        assert append(cursor, LOOK) == 11


def test_a_log_held_by_another_is_one_clear_error(case, monkeypatch):
    monkeypatch.setattr("helder.audit.opening._WAIT_SECONDS", 0.05)
    with open_log(case) as cursor:
        append(cursor, LOOK)
        with pytest.raises(BusyError), open_log(case):
            pass


def test_a_file_that_is_no_database_is_one_clear_error(tmp_path):
    (tmp_path / "office.db").write_text("not a database, but long enough to look like one " * 20)
    with pytest.raises(StorageError), open_log(tmp_path):
        pass


def test_a_log_that_is_not_there_yet_is_said(tmp_path):
    with pytest.raises(AuditError, match="no audit log"), read_log(tmp_path):
        pass
    sqlite3.connect(tmp_path / "office.db").executescript("CREATE TABLE other (x); ")
    with pytest.raises(AuditError, match="no audit log"), read_log(tmp_path):
        pass


def test_a_log_without_its_tree_or_with_a_false_one_takes_no_lines(case):
    with sqlite3.connect(case / "office.db") as connection:
        connection.execute("DROP TRIGGER audit_tree_update")
        connection.execute("UPDATE audit_tree SET edge = x'00'")
    with pytest.raises(AuditError, match="damaged"), open_log(case) as cursor:
        append(cursor, LOOK)
    with sqlite3.connect(case / "office.db") as connection:
        connection.execute("DROP TRIGGER audit_tree_delete")
        connection.execute("DELETE FROM audit_tree")
        with pytest.raises(AuditError, match="no tree"):
            append(connection.cursor(), LOOK)


def test_an_export_holds_what_was_hashed_or_only_the_hashes(case):
    content, hashes = io.StringIO(), io.StringIO()
    with read_log(case) as cursor:
        assert export(cursor, content) == export(cursor, hashes, content=False) == 10
    assert content.getvalue().splitlines()[4].startswith('[5,"20')
    assert {len(line) for line in hashes.getvalue().splitlines()} == {64}


def test_reading_blocks_no_writer(case):
    with read_log(case) as reader:
        assert verify(reader).lines == 10
        assert os.access(case / "office.db", os.W_OK)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.execute("DELETE FROM audit_line")
