"""The same log on a real PostgreSQL."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import adbc_driver_postgresql.dbapi as driver
import pytest

from audit.lines import LOOK
from helder.audit import append, create, verify
from servers import postgresql

pytestmark = pytest.mark.postgres

WRITER = """
import sys
import adbc_driver_postgresql.dbapi as driver
from helder.audit import Line, append
with driver.connect(sys.argv[1]) as connection, connection.cursor() as cursor:
    for n in range(40):
        append(cursor, Line(sys.argv[2], "test.line"), style="numeric_dollar")
        connection.commit()
"""

KILLED = """
import os, signal, sys
import adbc_driver_postgresql.dbapi as driver
from helder.audit import Line, append
with driver.connect(sys.argv[1]) as connection, connection.cursor() as cursor:
    append(cursor, Line("killed", "test.line"), style="numeric_dollar")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with postgresql() as url:
        with driver.connect(url) as connection, connection.cursor() as cursor:
            create(cursor, "postgresql")
            create(cursor, "postgresql")
            for _ in range(10):
                append(cursor, LOOK, style="numeric_dollar")
            connection.commit()
        yield url


def lines(url: str) -> int:
    with driver.connect(url) as connection, connection.cursor() as cursor:
        verdict = verify(cursor)
    assert verdict.ok, verdict
    return verdict.lines


def test_two_processes_appending_at_once_wait_for_each_other(url):
    before = lines(url)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, url, name]) for name in ("one", "two")]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    assert lines(url) == before + 80


def test_a_process_killed_inside_its_transaction_leaves_no_trace(url):
    before = lines(url)
    assert subprocess.run([sys.executable, "-c", KILLED, url], timeout=60).returncode == -signal.SIGKILL
    assert lines(url) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET reason = 'other' WHERE seq = 3",
        "DELETE FROM audit_line WHERE seq = 10",
        "TRUNCATE audit_line",
        "INSERT INTO audit_line SELECT 5000, at, actor, action, subject, reason, details, leaf FROM audit_line LIMIT 1",
        "UPDATE audit_tree SET size = 3",
        "DELETE FROM audit_tree",
    ],
)
def test_the_database_itself_refuses_change(url, statement):
    with driver.connect(url) as connection, connection.cursor() as cursor, pytest.raises(driver.Error, match="append"):
        cursor.execute(statement)


def test_a_change_past_the_guards_is_found(url):
    with driver.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_line DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_line SET reason = 'other' WHERE seq = 3")
        assert "line 3: changed" in map(str, verify(cursor).problems)
        connection.rollback()
