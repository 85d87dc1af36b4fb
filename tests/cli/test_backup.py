"""`helder backup` and `helder restore`: what comes back is what was there, and a damaged backup changes nothing."""

from __future__ import annotations

import hashlib
import io
import sqlite3
import tarfile

import pytest

from cli.run import helder
from cli.test_json import documented
from helder.audit import Line, append, open_log, read_log, verify
from helder.domain.errors import BusyError, StorageError
from helder.engines import archive
from helder.engines.keys import Keys
from helder.engines.sealed import SealedWriter
from helder.engines.sealing import Sealer
from helder.web import backup as backups
from pipeline import small_case
from servers import postgresql

KEY = {"HELDER_KEY": "0f" * 32}
KEYS = Keys(bytes.fromhex(KEY["HELDER_KEY"]))


@pytest.fixture
def case(tmp_path):
    """A case with an audit line, a deep folder, an empty file and results that can be computed again."""
    folder = small_case.write(tmp_path / "case")
    with open_log(folder) as cursor:
        append(cursor, Line("cli:me", "person.look", "p-abcdefghijklmnop", "a question"))
    (folder / "rounds" / "round1" / "out").mkdir(parents=True)
    (folder / "rounds" / "round1" / "out" / "letters.sealed").write_bytes(bytes(range(256)) * 3000)
    (folder / "decisions").mkdir(exist_ok=True)
    (folder / "decisions" / "empty.csv").touch(mode=0o600)
    (folder / "work" / "exposure").mkdir(parents=True)
    (folder / "work" / "exposure" / "table").write_bytes(b"computed")
    return folder


def contents(folder):
    """Every file that people made, by name: mode of its owner and hash."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_mode & 0o700,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("office.db")
    }


def lines(folder):
    """All lines of the audit log."""
    with read_log(folder) as cursor:
        assert verify(cursor).ok
    with read_log(folder) as cursor:
        return cursor.execute("SELECT * FROM audit_line ORDER BY seq").fetchall()


def test_what_is_restored_is_what_was_there(case, tmp_path):
    made = helder("backup", case, tmp_path / "b.helder", "--json", env=KEY)
    assert made.code == 0
    assert made.document.keys() == documented("backup")
    before = lines(case)
    done = helder("restore", tmp_path / "b.helder", tmp_path / "again", "--json", env=KEY)
    assert done.document.keys() == documented("restore")
    assert done.document["files"] == made.document["files"] == len(contents(tmp_path / "again")) + 1
    kept = {name: what for name, what in contents(case).items() if not name.startswith("work/")}
    assert contents(tmp_path / "again") == kept
    assert (tmp_path / "again").stat().st_mode & 0o777 == 0o700
    # The log goes on where it was: the restore itself is one more line.
    after = lines(tmp_path / "again")
    assert after[:-1] == before
    assert after[-1][3] == "case.restore"
    assert helder("check", tmp_path / "again", "--json", env=KEY).code == 0


def test_a_backup_is_taken_while_the_office_writes(case, tmp_path):
    with sqlite3.connect(case / "office.db", isolation_level=None) as office:
        office.execute("PRAGMA journal_mode = WAL")
        office.execute("CREATE TABLE seen (n INTEGER)")
        office.execute("INSERT INTO seen VALUES (1)")
        office.execute("BEGIN IMMEDIATE")
        office.execute("INSERT INTO seen VALUES (2)")  # not committed: belongs to nobody yet
        backups.back_up(case, tmp_path / "b.helder", KEYS, "")
        office.execute("ROLLBACK")
    office.close()
    backups.restore(tmp_path / "b.helder", tmp_path / "again", KEYS, "")
    with sqlite3.connect(tmp_path / "again" / "office.db") as office:
        assert office.execute("SELECT n FROM seen").fetchall() == [(1,)]
    office.close()


def test_a_backup_shows_nothing_of_what_is_in_it(case, tmp_path):
    helder("backup", case, tmp_path / "b.helder", env=KEY)
    written = (tmp_path / "b.helder").read_bytes()
    assert (tmp_path / "b.helder").stat().st_mode & 0o777 == 0o600
    for word in (b"case.toml", b"Our organisation", b"person.look", b"letters.sealed", b"SQLite format"):
        assert word not in written


@pytest.mark.parametrize("place", [0, 40, 0.5, -1, "cut", "longer", "empty"])
def test_a_damaged_backup_is_refused_and_changes_nothing(case, tmp_path, place):
    helder("backup", case, tmp_path / "b.helder", env=KEY)
    data = bytearray((tmp_path / "b.helder").read_bytes())
    if place == "cut":
        del data[-300_000:]
    elif place == "longer":
        data += b"more"
    elif place == "empty":
        data.clear()
    else:
        data[int(len(data) * place) if isinstance(place, float) else place] ^= 1
    (tmp_path / "b.helder").write_bytes(data)
    there = sorted(tmp_path.iterdir())
    done = helder("restore", tmp_path / "b.helder", tmp_path / "again", "--json", env=KEY)
    assert done.code == 6
    assert done.document["do"] == "Use another backup."
    assert sorted(tmp_path.iterdir()) == there


def test_another_key_opens_nothing(case, tmp_path):
    helder("backup", case, tmp_path / "b.helder", env=KEY)
    done = helder("restore", tmp_path / "b.helder", tmp_path / "again", env={"HELDER_KEY": "0e" * 32})
    assert done.code == 4
    assert not (tmp_path / "again").exists()


def test_nothing_is_ever_written_over(case, tmp_path):
    (tmp_path / "b.helder").write_text("mine")
    assert helder("backup", case, tmp_path / "b.helder", env=KEY).code == 6
    assert (tmp_path / "b.helder").read_text() == "mine"
    helder("backup", case, tmp_path / "c.helder", env=KEY)
    before = contents(case)
    assert helder("restore", tmp_path / "c.helder", case, env=KEY).code == 6
    assert contents(case) == before


def test_a_backup_inside_the_case_or_of_a_linked_folder_is_refused(case, tmp_path):
    assert "does not belong" in helder("backup", case, case / "b.helder", env=KEY).err
    (tmp_path / "elsewhere").mkdir()
    (case / "sources" / "more").symlink_to(tmp_path / "elsewhere")
    assert "only a link" in helder("backup", case, tmp_path / "b.helder", env=KEY).err
    assert not list(tmp_path.glob("*b.helder*"))


def test_a_file_that_changes_meanwhile_stops_the_backup(case, tmp_path):
    path = case / "case.toml"
    with pytest.raises(BusyError), backups._still(path)[0]:
        path.write_text("changed")


def test_a_database_that_is_none_is_said(case, tmp_path):
    (case / "office.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError, match="cannot be read"):
        backups.back_up(case, tmp_path / "b.helder", KEYS, "")


@pytest.mark.parametrize("name", ["../outside", "/outside", "case/../../outside"])
def test_a_name_that_leads_outside_is_refused(tmp_path, name):
    member = archive.Member(name, 0o600, lambda: (io.BytesIO(b"x"), 1))
    archive.write(tmp_path / "b.helder", KEYS, iter([member]), {"postgresql": False})
    with pytest.raises(StorageError, match="not a whole backup"):
        backups.restore(tmp_path / "b.helder", tmp_path / "deep" / "again", KEYS, "")
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("manifest", [b"", b"{}", b"not json", b'{"kind": "helder archive 1", "files": {"x": {}}}'])
def test_what_the_list_does_not_say_is_refused(tmp_path, manifest):
    with SealedWriter(tmp_path / "b.helder", Sealer(KEYS)) as out, tarfile.open(fileobj=out, mode="w|") as tar:
        head = tarfile.TarInfo(archive.MANIFEST)
        head.size = len(manifest)
        tar.addfile(head, io.BytesIO(manifest))
    with pytest.raises(StorageError, match="not a whole backup"):
        archive.read(tmp_path / "b.helder", KEYS, lambda *member: None)


def test_a_backup_that_is_not_there_is_said(tmp_path):
    with pytest.raises(StorageError, match="cannot be read"):
        archive.read(tmp_path / "none", KEYS, lambda *member: None)


@pytest.mark.postgres
@pytest.mark.slow
def test_postgresql_comes_back_too_and_is_never_written_over(case, tmp_path):
    import psycopg

    with postgresql() as url:
        with psycopg.connect(url, autocommit=True) as office:
            office.execute("CREATE DATABASE empty")
            office.execute("CREATE TABLE seen (n integer PRIMARY KEY, what text)")
            office.execute("INSERT INTO seen SELECT n, 'é' || n FROM generate_series(1, 500) n")
        env = {**KEY, "DATABASE_URL": url}
        made = helder("backup", case, tmp_path / "b.helder", "--json", env=env)
        assert made.document["postgresql"] is True
        elsewhere = url.replace("/postgres", "/empty").replace("postgresql:/empty", "postgresql://")
        restored = helder(
            "restore", tmp_path / "b.helder", tmp_path / "again", "--json", env={**KEY, "DATABASE_URL": elsewhere}
        )
        assert restored.code == 0, restored.out
        with psycopg.connect(url) as old, psycopg.connect(elsewhere) as new:
            rows = "SELECT * FROM seen ORDER BY n"
            assert new.execute(rows).fetchall() == old.execute(rows).fetchall()
        # A database with something in it, none at all, and one that does not answer: each is said, nothing is made.
        for other, words in ((elsewhere, "tables already"), ("", "holds a PostgreSQL"), (f"{url}none", "refuses")):
            done = helder("restore", tmp_path / "b.helder", tmp_path / "third", env={**KEY, "DATABASE_URL": other})
            assert (done.code, words in done.err) == (6, True), done.err
            assert not (tmp_path / "third").exists()


def test_without_postgresqls_programs_that_is_said(case, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    done = helder("backup", case, tmp_path / "b.helder", env={**KEY, "DATABASE_URL": "postgresql://h/x"})
    assert "pg_dump is missing" in done.err
    assert not list(tmp_path.glob("*b.helder*"))
