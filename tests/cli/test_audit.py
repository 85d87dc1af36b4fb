"""`helder audit` reads and writes the log of the office, whichever database that is in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.run import ROOT, helder, process
from helder.domain.errors import AuditError
from servers import postgresql

pytestmark = pytest.mark.slow

KEY = {"HELDER_KEY": "11" * 32}
NOBODY = "postgresql://nobody:secret-word@127.0.0.1:1/none"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    assert helder("new", tmp_path / "case").code == 0
    return tmp_path / "case"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as url:
        yield url


DATABASES = [pytest.param(False, id="sqlite"), pytest.param(True, id="postgresql", marks=pytest.mark.postgres)]

on_sqlite = pytest.mark.parametrize("once", DATABASES[:1], indirect=True)


@pytest.fixture(params=DATABASES)
def env(request) -> dict[str, str]:
    """The environment of each database; a new one each time."""
    return {**KEY, "DATABASE_URL": new_database(request.getfixturevalue("server")) if request.param else ""}


def new_database(server: str, like: str = "template1") -> str:
    """A database of its own on a server, with what stands in another."""
    import psycopg

    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return f"{server.rsplit('/', 1)[0]}/{name}"


@pytest.mark.parametrize("hashes", [(), ("--hashes",)])
def test_an_outsider_can_check_a_checkpoint_against_an_export(case, env, tmp_path, hashes):
    assert helder("audit", "export", case, tmp_path / "first.txt", env=env).code == 0
    kept = helder("audit", "checkpoint", case, "--out", tmp_path / "kept.txt", "--json", env=env).document
    made = helder("audit", "export", case, tmp_path / "log.txt", *hashes, "--json", env=env).document
    assert made["content"] is not bool(hashes)
    assert len((tmp_path / "log.txt").read_text().splitlines()) == made["lines"]
    assert (tmp_path / "log.txt").stat().st_mode & 0o077 == 0
    script = ROOT / "src/helder/audit/outside_check.py"
    words = ["--key", kept["verifier_key"], tmp_path / "log.txt", tmp_path / "kept.txt"]
    done = subprocess.run([sys.executable, script, *words], capture_output=True, text=True)
    assert (done.returncode, done.stdout[:6]) == (0, "right:"), done.stdout
    verdict = helder("audit", "verify", case, "--checkpoint", tmp_path / "kept.txt", "--json", env=env).document
    assert (verdict["ok"], verdict["lines"]) == (True, made["lines"])


def test_an_export_writes_over_nothing(case, env, tmp_path):
    (tmp_path / "log.txt").write_text("mine")
    done = helder("audit", "export", case, tmp_path / "log.txt", env=env)
    assert (done.code != 0, (tmp_path / "log.txt").read_text()) == (True, "mine")


@pytest.mark.parametrize("words", [("verify",), ("checkpoint",), ("export", "log.txt")])
def test_a_database_that_does_not_answer_is_not_right(case, words):
    helder("audit", "export", case, case / "there-is-a-log-beside-it.txt", env=KEY)
    done = helder("audit", words[0], case, *words[1:], env={**KEY, "DATABASE_URL": NOBODY})
    assert (done.code, "cannot be used" in done.err) == (6, True)
    assert "secret-word" not in done.err
    assert helder("audit", words[0], case, *words[1:], env={**KEY, "DATABASE_URL": "mysql://h/x"}).code != 0


@pytest.mark.postgres
def test_a_change_in_postgresql_is_found(case, server):
    import psycopg

    env = {**KEY, "DATABASE_URL": server}
    helder("audit", "export", case, case / "log.txt", env=env)
    assert not (case / "office.db").exists()
    with psycopg.connect(server) as database:
        database.execute("ALTER TABLE audit_line DISABLE TRIGGER USER")
        database.execute("UPDATE audit_line SET actor = 'cli:other' WHERE seq = 1")
        database.execute("ALTER TABLE audit_line ENABLE TRIGGER USER")
    done = helder("audit", "verify", case, env=env)
    assert (done.code != 0, "line 1: changed" in done.out) == (True, True)


FILL = """
import os, sys
from pathlib import Path
from helder.cli.office import prepare
prepare(Path(sys.argv[1]))
from helder.office import entries
from helder.office.invitations import invite, use
from helder.registers.measures.models import Measure
content = {"name": "m", "words_nl": "w", "words_en": "w", "owner": "o", "status": "active", "since": "2025-08-06"}
entries.add(Measure, use(invite(["coordinator"], None), "cor", "Cor", "correct horse battery staple"), content)
"""


@pytest.fixture(scope="module", params=DATABASES)
def once(request, tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """A case with a measure in its office and who wrote it, and the environment of its database; to be copied."""
    folder = tmp_path_factory.mktemp("once") / "case"
    env = {**KEY, "DATABASE_URL": new_database(request.getfixturevalue("server")) if request.param else ""}
    assert helder("new", folder).code == 0
    subprocess.run([sys.executable, "-c", FILL, folder], env={**os.environ, **env}, check=True)
    return folder, env


@pytest.fixture
def filled(once, tmp_path, request) -> tuple[Path, dict[str, str]]:
    """A copy of it."""
    folder, env = once
    if url := env["DATABASE_URL"]:
        env = {**env, "DATABASE_URL": new_database(request.getfixturevalue("server"), like=url.rsplit("/", 1)[1])}
    return shutil.copytree(folder, tmp_path / "filled"), env


def in_the_office(case, env, sql: str) -> None:
    """Do what somebody does who goes past the office."""
    import sqlite3

    import psycopg

    opened = psycopg.connect(env["DATABASE_URL"]) if env["DATABASE_URL"] else sqlite3.connect(case / "office.db")
    opened.execute(sql)
    opened.commit()
    opened.close()


CHANGED = "UPDATE measures_measure SET owner = 'p'"
MORE_ROLES = """UPDATE office_user SET roles = '["coordinator", "approver"]'"""


def test_what_the_registers_hold_and_what_accounts_may_do_is_held_against_the_log(filled):
    case, env = filled
    right = process("audit", "verify", case, "--json", env=env).document
    assert (right["ok"], right["entries"], right["entry_problems"]) == (True, 1, [])
    assert (right["accounts"], right["accounts_before"]) == (1, 0)
    in_the_office(case, env, CHANGED)
    in_the_office(case, env, MORE_ROLES)
    done = process("audit", "verify", case, "--json", env=env)
    measure, account = sorted(done.document["entry_problems"], key=lambda one: one["register"])
    assert (done.code, done.document["ok"], done.document["problems"]) == (AuditError.exit_code, False, [])
    assert [measure[key] for key in ("kind", "register", "version")] == ["changed", "measures", 1]
    assert account == {"kind": "changed", "register": "user", "entry": "n1", "version": 0, "parts": ["roles"]}
    in_the_office(case, env, "DELETE FROM measures_measure")
    done = process("audit", "verify", case, "--json", env=env)
    assert ("missing", 1) in [(one["kind"], one["version"]) for one in done.document["entry_problems"]]


@on_sqlite
def test_what_is_wrong_in_the_office_is_said_in_words(filled):
    case, env = filled
    assert "The accounts are right: 1 account." in process("audit", "verify", case, env=env).out
    in_the_office(case, env, CHANGED)
    in_the_office(case, env, MORE_ROLES)
    said = process("audit", "verify", case, "--lang", "nl", env=env)
    assert re.search(r"measures/\S+ versie 1: veranderd", said.out)
    assert "user/n1: veranderd (rollen)" in said.out
    assert "Wat in het kantoor staat, is niet wat het logboek zegt" in said.err
    in_the_office(case, env, "DELETE FROM measures_measure")
    assert "version 1: missing" in process("audit", "verify", case, env=env).out


@on_sqlite
def test_entries_of_an_office_that_is_gone_are_missing(filled):
    case, env = filled
    for table in ("measures_measure", "office_user"):
        in_the_office(case, env, f"ALTER TABLE {table} RENAME TO gone_{table}")
    said = process("audit", "verify", case, env=env).out
    assert ("version 1: missing" in said, "user/n1: missing" in said) == (True, True)


def logged(case, env) -> list[str]:
    """What was done, by the log."""
    from helder.audit import read_log, rows

    with read_log(case, env["DATABASE_URL"]) as cursor:
        return [row[3] for row in rows(cursor)]


def test_that_the_log_was_right_becomes_a_line_and_one_that_is_not_right_is_left_as_it_was_found(case, env):
    helder("audit", "export", case, case / "log.txt", env=env)
    assert helder("audit", "verify", case, "--json", env=env).document["lines"] == 1
    assert helder("audit", "verify", case, "--json", env=env).document["lines"] == 2
    assert logged(case, env) == ["audit.export", "audit.verified", "audit.verified"]
    guard = (
        "DROP TRIGGER audit_line_update" if not env["DATABASE_URL"] else "ALTER TABLE audit_line DISABLE TRIGGER USER"
    )
    in_the_office(case, env, guard)
    in_the_office(case, env, "UPDATE audit_line SET actor = 'cli:other' WHERE seq = 1")
    assert helder("audit", "verify", case, env=env).code != 0
    assert len(logged(case, env)) == 3


def test_a_copy_that_cannot_be_written_is_verified_all_the_same(case, monkeypatch):
    from helder.domain.errors import StorageError

    def full(*about: object, **more: object) -> None:
        raise StorageError("The audit log cannot be used: readonly.")

    helder("audit", "export", case, case / "log.txt", env=KEY)
    monkeypatch.setattr("helder.cli.audit.log", full)
    done = helder("audit", "verify", case, env=KEY)
    assert (done.code, "1 line." in done.out, "could not be written" in done.err) == (0, True, True)
