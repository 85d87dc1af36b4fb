"""Databases by URL: SQLite files and PostgreSQL, read only, streamed, every value canonical text."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import adbc_driver_postgresql.dbapi
import pytest

from helder.domain.errors import SourceError
from helder.sources import changed, fingerprint
from helder.sources.formats import sql
from helder.sources.stream import Place
from servers import postgresql
from sources.cases import a_case, load, read_file


def database(path: Path, *statements: str) -> Path:
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()
    return path


def test_a_sqlite_column_may_hold_all_types_at_once(tmp_path):
    path = database(
        tmp_path / "a.db",
        'CREATE TABLE "een tabel" (v, "b ""c""" TEXT)',
        "INSERT INTO \"een tabel\" VALUES (1, '01'), ('007', NULL), (2.0, 'x'), (2.5, ''), (NULL, ' '), (1e300, 'y')",
    )
    got = read_file("sql", path, table="een tabel")
    assert got["columns"] == ("v", 'b "c"')
    assert [row["v"] for row in got["rows"].values()] == ["1", "007", "2", "2.5", "", "1.0e+300"]


def test_bytes_that_are_not_text_reject_their_row(tmp_path):
    path = database(tmp_path / "a.db", "CREATE TABLE t (v)", "INSERT INTO t VALUES ('a'), (x'ff'), ('b')")
    got = read_file("sql", path, table="t")
    assert got["bad"] == {2: "bytes that are not text"}
    assert list(got["rows"]) == [1, 3]


def test_a_sqlite_source_loads_by_url_or_by_path(tmp_path):
    database(tmp_path / "a.db", "CREATE TABLE t (n)", "INSERT INTO t VALUES ('Smit'), ('Jansen')")
    query = "SELECT n AS naam FROM t ORDER BY n; "
    source = {"fills": "leaked", "query": query, "columns": {"surname": "naam"}}
    case = a_case(tmp_path, url={**source, "url": "sqlite:///a.db"}, path={**source, "path": "a.db"})
    for id in ("url", "path"):
        got = load(case, id)
        assert got.column("surname") == ["Jansen", "Smit"]
        assert (got.facts.files[0].name, got.facts.files[0].format) == ("a.db", "sql")
        assert len(got.facts.files[0].sha256) == 64


def test_reading_writes_nothing_beside_the_file_and_refuses_unwritten_changes(tmp_path):
    path = database(tmp_path / "a.db", "CREATE TABLE t (n)", "INSERT INTO t VALUES (1)")
    before = (path.read_bytes(), sorted(tmp_path.iterdir()))
    read_file("sql", path, table="t")
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == before
    (tmp_path / "a.db-wal").write_bytes(b"changes")
    with pytest.raises(SourceError, match="still has changes"):
        read_file("sql", path, table="t")


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELECT nope FROM t", "no such column: nope"),
        ("DELETE FROM t", "syntax error"),
        ("SELECT 1; DROP TABLE t", "syntax error"),
        ("", "Nothing says what to read"),
    ],
)
def test_a_query_that_is_not_one_select_stops_in_its_own_words(query, what, tmp_path):
    path = database(tmp_path / "a.db", "CREATE TABLE t (n)", "INSERT INTO t VALUES (1)", "CREATE TABLE u (n)")
    with pytest.raises(SourceError, match=what) as caught:
        sql.sniff(Place("a.db", path, query=query), {})
    assert caught.value.do
    assert path.read_bytes()


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("sqlite:///nope.db", "There is no such database file."),
        ("mysql://host/db", "This kind of database is not known."),
        ("postgresql://me:secret@host/db", "A password does not belong in case.toml."),
        ("postgresql://host/db?password=secret", "A password does not belong in case.toml."),
        ("postgresql://[host/db", "This is not a URL."),
    ],
)
def test_a_url_that_will_not_do_stops_without_repeating_a_password(url, what, tmp_path):
    case = a_case(tmp_path, data={"fills": "leaked", "url": url, "query": "SELECT 1", "columns": {"surname": "a"}})
    with pytest.raises(SourceError) as caught:
        load(case, "data")
    assert caught.value.what == what
    assert "secret" not in str(caught.value)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if not (list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb")):
        pytest.skip("PostgreSQL's server is not installed: run scripts/test-packages")
    with postgresql() as url:
        with adbc_driver_postgresql.dbapi.connect(url) as connection, connection.cursor() as cursor:
            for statement in TABLES.split(";"):
                cursor.execute(statement)
            connection.commit()
        yield url


TABLES = """
CREATE TABLE client (
    id bigint PRIMARY KEY, bsn text, geboren date, gezien timestamptz, bedrag numeric(10, 2), score float8, waar bool,
    gegevens text[], extra jsonb, kern uuid, beeld bytea, tijd time, "groot Getal" numeric);
INSERT INTO client VALUES
    (1, '007', '1980-01-31', '2025-07-05 22:00:00+00', 1200.50, 1234, true, '{bsn,name}', '{"a": 1}',
     '00000000-0000-0000-0000-000000000001', '\\xff', '01:02:03', 12345678901234567890),
    (2, NULL, NULL, '2025-07-06 14:20:00.5+00', 100.00, 0.1, false, '{}', NULL, NULL, NULL, NULL, 1.10);
CREATE TABLE many AS SELECT n AS id, 'name ' || n AS name FROM generate_series(1, 30000) AS n
"""


@pytest.mark.postgres
def test_every_type_of_postgresql_has_one_text(server):
    place = Place("db", url=server, query="SELECT * FROM client ORDER BY id")
    shape = sql.sniff(place, {"timezone": "Europe/Amsterdam"})
    rows = [row for batch in sql.read(place, shape, shape.columns, lambda at: None) for row in batch.rows.to_pylist()]
    assert list(rows[0].values()) == [
        "1", "007", "1980-01-31", "2025-07-06", "1200.5", "1234", "true", "bsn;name", '{"a": 1}',
        "00000000-0000-0000-0000-000000000001", "\\xff", "01:02:03", "12345678901234567890",
    ]  # fmt: skip
    assert list(rows[1].values()) == ["2", "", "", "2025-07-06T16:20:00.5", "100", "0.1", "false", *[""] * 5, "1.1"]
    assert shape.facts["timezone"] == "Europe/Amsterdam"


@pytest.mark.postgres
def test_a_table_of_postgresql_streams_and_a_changed_one_is_named(server, tmp_path):
    source = {"fills": "people", "url": server, "columns": {"person_id": "id", "surname": "name"}}
    query = "SELECT * FROM many ORDER BY id"
    case = a_case(tmp_path, data={**source, "query": query}, less={**source, "query": query + " LIMIT 29999"})
    got = load(case, "data")
    assert got.facts.used == 30_000
    assert got.facts.files[0].stated["order"] == "as the database gives it"
    assert fingerprint(case, "data") == fingerprint(case, "data") == [got.facts.files[0].stamp]
    assert changed(case, got.facts) == []
    assert fingerprint(case, "less")[0].sha256 != got.facts.files[0].sha256


@pytest.mark.postgres
@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM client RETURNING *",
        "WITH gone AS (DELETE FROM client RETURNING *) SELECT * FROM gone",
        "SELECT 1; DROP TABLE client",
        "SELECT set_config('transaction_read_only', 'off', false) AS a, lo_create(0) AS b",
        "SELECT id, id FROM client",
        "SELECT nope FROM client",
    ],
)
def test_postgresql_is_only_read(server, query):
    place = Place("db", url=server, query=query)
    with pytest.raises(SourceError):
        all_rows(place)
    left = "SELECT (SELECT count(*) FROM client) AS n, (SELECT count(*) FROM pg_largeobject_metadata) AS m"
    assert all_rows(Place("db", url=server, query=left)) == [{"n": "2", "m": "0"}]


def all_rows(place: Place) -> list[dict[str, str]]:
    shape = sql.sniff(place, {})
    return [row for batch in sql.read(place, shape, shape.columns, lambda at: None) for row in batch.rows.to_pylist()]


@pytest.mark.postgres
def test_no_message_repeats_a_value_of_the_database(server):
    place = Place("db", url=server, query="SELECT name::date AS day FROM many")
    shape = sql.sniff(place, {})
    with pytest.raises(SourceError) as caught:
        list(sql.read(place, shape, ["day"], lambda at: None))
    assert "name 1" not in str(caught.value)


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_one_error(server):
    with pytest.raises(SourceError, match="The database cannot be read"):
        sql.sniff(Place("db", url="postgresql://nobody@127.0.0.1:1/db"), {"table": "t"})


@pytest.mark.postgres
def test_missing_columns_of_a_database_are_named_when_it_is_only_looked_at(server, tmp_path):
    source = {"fills": "people", "url": server, "query": "SELECT * FROM many", "columns": {"person_id": "idd"}}
    with pytest.raises(SourceError, match="There is no column 'idd'"):
        fingerprint(a_case(tmp_path, data=source), "data")
