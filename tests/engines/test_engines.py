"""What both engines do alike: read, run, view, drop, fetch, publish."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engines.shapes import ALL_TYPES, OPEN, VALUES
from helder.domain.errors import EngineError, KeyFileError, StorageError
from helder.domain.tables import Column, Table
from helder.engines.base import Engine
from helder.engines.checksum import arrow_schema
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet, write_parquet
from helder.engines.spark import SparkEngine


@pytest.fixture
def filled(engine: Engine) -> Engine:
    engine.read("v", VALUES)
    return engine


def _count(engine: Engine, name: str) -> object:
    return engine.rows(f"SELECT count(*) AS n FROM {name}")[0]["n"]


def test_published_rows_come_back_sorted_and_typed(filled: Engine, keys: Keys, tmp_path: Path) -> None:
    published = filled.publish("SELECT * FROM v", ALL_TYPES, tmp_path)
    assert (published.path, published.rows) == (tmp_path / "all_types.parquet.sealed", 6)
    assert published.sealed
    table = read_parquet([published.path], keys)
    assert table.schema.equals(arrow_schema(ALL_TYPES))
    assert table.to_pylist() == VALUES.take([3, 1, 2, 0, 4, 5]).to_pylist()
    assert [path.name for path in tmp_path.iterdir()] == [published.path.name]


def test_every_engine_publishes_the_same_checksum(filled: Engine, duck: DuckEngine, tmp_path: Path) -> None:
    duck.read("v", VALUES)
    truth = duck.publish("SELECT * FROM v", ALL_TYPES, tmp_path, name="truth")
    again = filled.publish("SELECT v.* FROM v ORDER BY name DESC", ALL_TYPES, tmp_path)
    assert again.sha256 == truth.sha256


def test_rows_that_stand_in_order_are_published_as_the_same_file(filled: Engine, tmp_path: Path) -> None:
    filled.run("mixed", "SELECT * FROM v")
    truth = filled.publish("SELECT * FROM mixed", ALL_TYPES, tmp_path, name="truth")
    filled.read("sorted", truth)
    filled.run("ordered", "SELECT * FROM sorted")
    again = filled.publish("SELECT * FROM ordered", ALL_TYPES, tmp_path, ordered=True)
    assert again.path.read_bytes() == truth.path.read_bytes()


def test_a_table_is_loaded_in_its_order(filled: Engine, tmp_path: Path) -> None:
    published = filled.publish("SELECT * FROM v", ALL_TYPES, tmp_path)
    rows = filled.load(published).to_pylist()
    assert rows == VALUES.take([3, 1, 2, 0, 4, 5]).to_pylist()
    assert filled.load([published.path, published.path]).to_pylist() == rows * 2
    assert filled.load(VALUES) is VALUES
    assert filled.load(VALUES.to_reader()).equals(VALUES)


def test_a_table_about_nobody_is_published_in_the_open(filled: Engine, tmp_path: Path) -> None:
    published = filled.publish("SELECT id AS n, name AS t FROM v", OPEN, tmp_path, name="other")
    assert published.path == tmp_path / "other.parquet"
    assert not published.sealed
    assert pq.read_table(published.path).column("n").to_pylist() == [-5, 1, 2, 3, 4, 4]


def test_a_table_without_rows_is_published(filled: Engine, tmp_path: Path) -> None:
    published = filled.publish("SELECT * FROM v WHERE id > 99", ALL_TYPES, tmp_path)
    filled.read("none", published)
    assert published.rows == 0
    assert _count(filled, "none") == 0


def test_what_is_published_can_be_read_back(filled: Engine, tmp_path: Path) -> None:
    published = filled.publish("SELECT * FROM v", ALL_TYPES, tmp_path)
    filled.read("one", published)
    filled.read("two", [published.path, published.path])
    assert filled.rows("SELECT id, name FROM one WHERE id = 3") == [{"id": 3, "name": "é"}]
    assert _count(filled, "two") == 12


def test_names_of_files_are_taken_literally(filled: Engine, tmp_path: Path) -> None:
    folder = tmp_path / 'it\'s [a-z]*? "x"'
    folder.mkdir()
    for shape in (OPEN, Table("shut", OPEN.columns, OPEN.order, personal=True)):
        published = filled.publish("SELECT id AS n, name AS t FROM v", shape, folder)
        filled.read("x", published)
        assert _count(filled, "x") == 6
    pq.write_table(VALUES, folder / "plain.parquet")
    filled.read("x", [folder / "plain.parquet"])
    assert _count(filled, "x") == 6


def test_arrow_tables_and_streams_are_read(engine: Engine) -> None:
    engine.read("x", pa.table({"a": pa.array([1, 2], pa.int64())}))
    engine.read("y", pa.RecordBatchReader.from_batches(VALUES.schema, VALUES.to_batches(2)))
    assert _count(engine, "y") == _count(engine, "y") == 6
    assert engine.arrow("SELECT a FROM x ORDER BY a").column("a").to_pylist() == [1, 2]


def test_tables_and_views_replace_each_other(filled: Engine) -> None:
    filled.run("x", "SELECT 1 AS a")
    filled.view("x", "SELECT 2 AS a")
    assert filled.rows("SELECT a FROM x") == [{"a": 2}]
    filled.run("x", "SELECT a + 1 AS a FROM (SELECT 2 AS a) AS y")
    filled.run("x", "SELECT 4 AS a")
    assert filled.rows("SELECT a FROM x") == [{"a": 4}]
    filled.read("X", pa.table({"a": pa.array([5], pa.int64())}))
    assert filled.rows("SELECT a FROM x") == [{"a": 5}]
    filled.drop("x")
    filled.drop("x")
    with pytest.raises(EngineError, match="refuses the query"):
        filled.rows("SELECT a FROM x")


def test_a_dense_grouping_finds_the_same(filled: Engine, tmp_path: Path) -> None:
    """Numbers far from 0, with gaps, one that occurs once, and one far from all others, for which no array is made."""
    numbers = [10**12 + n for n in (0, 1, 1, 2, 5, 5, 5, 900)]
    shape = Table("x", (Column("n", "int64", ""), Column("bits", "int64", "")), ("n",), personal=False)
    for wide in (numbers, [*numbers, 1]):
        filled.read("x", pa.table({"n": wide, "bit": [1 << place for place in range(len(wide))]}))
        # DuckDB knows the range of numbers of its own tables only.
        filled.run("own", "SELECT n, bit FROM x")
        found = []
        for dense in (False, True):
            filled.run("grouped", "SELECT n, bit_or(bit) AS bits FROM own GROUP BY n", dense=dense)
            found.append(filled.publish("SELECT n, bits FROM grouped", shape, tmp_path).sha256)
        assert found[0] == found[1]
    assert filled.rows("SELECT bits FROM grouped WHERE n = 1000000000005") == [{"bits": 0b1110000}]


def test_an_array_for_a_dense_grouping_is_smaller_where_more_threads_have_one(keys: Keys) -> None:
    few, many = DuckEngine(keys, threads=2), DuckEngine(keys, threads=64)
    for engine in (few, many):
        engine.run("people", "SELECT range AS person FROM range(700000)")
        engine.run("x", "SELECT person FROM people", dense=True)
    before = few.rows("SELECT current_setting('perfect_ht_threshold') AS bits")
    assert before == many.rows("SELECT current_setting('perfect_ht_threshold') AS bits")
    assert few._dense_bits() == many._dense_bits() + 5
    few.close()
    many.close()


def test_a_view_follows_its_table(filled: Engine) -> None:
    filled.run("x", "SELECT 1 AS a")
    filled.view("y", "SELECT a + 1 AS b FROM x")
    assert filled.rows("SELECT b FROM y") == [{"b": 2}]


def test_a_missing_column_is_told(filled: Engine, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="refuses the query"):
        filled.publish("SELECT id FROM v", ALL_TYPES, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_value_where_one_is_required_is_told(filled: Engine, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="may not be empty"):
        filled.publish("SELECT nullif(id, 4) AS n, name AS t FROM v", OPEN, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_errors_show_no_values(filled: Engine, tmp_path: Path) -> None:
    secret = Table("x", (Column("name", "int64", ""),), ("name",), personal=False)
    with pytest.raises(EngineError) as refusal:
        filled.publish("SELECT 'van der Berg' AS name", secret, tmp_path)
    assert "Berg" not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_another_key_and_damage_are_told(filled: Engine, tmp_path: Path) -> None:
    published = filled.publish("SELECT * FROM v", ALL_TYPES, tmp_path)
    strange = type(filled)(Keys(bytes(32)), threads=2)
    with pytest.raises(KeyFileError, match="another key"):
        strange.read("x", published)
        strange.rows("SELECT * FROM x")
    published.path.write_bytes(published.path.read_bytes()[:-1])
    with pytest.raises(StorageError, match="damaged"):
        filled.read("x", published)
        filled.rows("SELECT * FROM x")
    with pytest.raises(StorageError, match="cannot be read"):
        filled.read("x", [tmp_path / "absent.parquet"])


def test_without_a_key_nothing_about_persons_is_written_or_read(filled: Engine, tmp_path: Path) -> None:
    published = filled.publish("SELECT * FROM v", ALL_TYPES, tmp_path)
    keyless = type(filled)(threads=2)
    keyless.read("v", VALUES)
    with pytest.raises(KeyFileError, match="a key is needed"):
        keyless.publish("SELECT * FROM v", ALL_TYPES, tmp_path)
    with pytest.raises(KeyFileError, match="a key is needed"):
        keyless.read("x", published)
    keyless.close()


def test_plain_parquet_that_is_none_is_told(filled: Engine, tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"PAR1 but no more")
    with pytest.raises((StorageError, EngineError)):
        filled.read("x", [tmp_path / "x.parquet"])
        filled.rows("SELECT * FROM x")


def test_parquet_is_written_in_the_open_or_sealed(keys: Keys, tmp_path: Path) -> None:
    for path, key in ((tmp_path / "a", None), (tmp_path / "b", keys)):
        write_parquet(VALUES, path, key)
        assert read_parquet([path], keys, ["id"]).column("id").to_pylist() == VALUES.column("id").to_pylist()
    with pytest.raises(StorageError, match="cannot be written"):
        write_parquet(VALUES, tmp_path / "absent" / "a", None)
    with pytest.raises(StorageError, match="full"):
        write_parquet(VALUES, Path("/dev/full"), None)
    with pytest.raises(StorageError, match="full"):
        write_parquet(VALUES, Path("/dev/full"), keys)


# DuckDB alone


def test_the_same_rows_give_the_same_bytes(keys: Keys, tmp_path: Path) -> None:
    """However many threads, in whatever order the rows come, with ties in the order of the table."""
    rows = "SELECT range // 3 AS n, 't' || (hash(range) % 1000) AS t FROM range(400000)"
    seen = set()
    for threads, order in ((1, "hash(n)"), (2, "t"), (4, "n DESC")):
        engine = DuckEngine(keys, threads=threads)
        engine.run("r", f"SELECT * FROM ({rows}) ORDER BY {order}")
        for shape in (OPEN, Table("open", OPEN.columns, OPEN.order, personal=True)):
            published = engine.publish("SELECT * FROM r", shape, tmp_path)
            seen.add((published.sealed, published.sha256, published.path.read_bytes()))
        engine.close()
    assert len(seen) == 2


def test_duckdb_fetches_no_extensions_and_reaches_no_network(duck: DuckEngine) -> None:
    off = duck.rows("SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%known_extensions'")
    assert {row["value"] for row in off} == {"false"}
    with pytest.raises(EngineError):
        duck.rows("SELECT * FROM read_csv('http://localhost:9/x.csv')")


def test_linkage_gets_the_connection(duck: DuckEngine) -> None:
    assert duck.connection.sql("SELECT 1").fetchall() == [(1,)]


def test_settings_duckdb_refuses_are_told() -> None:
    with pytest.raises(EngineError, match="refuses its settings"):
        DuckEngine(memory="a lot")


def test_a_sum_beyond_64_bits_is_told(duck: DuckEngine) -> None:
    with pytest.raises(EngineError, match="64 bits"):
        duck.rows("SELECT sum(9223372036854775807) AS s FROM range(2)")


# Spark alone


@pytest.mark.spark
class TestSpark:
    def test_neither_java_nor_spark_tells_anything(
        self, spark: SparkEngine, keys: Keys, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        spark.read("v", VALUES)
        spark.publish("SELECT * FROM v", ALL_TYPES, tmp_path)
        with pytest.raises(EngineError):
            spark.rows("SELECT absent FROM v")
        assert capfd.readouterr() == ("", "")
        settings = spark._session.sparkContext.getConf().toDebugString()
        assert keys.derive("seal").hex() not in settings
        assert "spark.io.encryption.enabled=true" in settings

    def test_without_pyspark_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pyspark", None)
        with pytest.raises(EngineError, match=r"helder\[spark\]"):
            SparkEngine()

    def test_without_java_it_says_what_to_install(self, spark: SparkEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        from pyspark.sql import SparkSession

        monkeypatch.setattr(SparkSession, "getActiveSession", lambda: None)
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(EngineError, match="openjdk"):
            SparkEngine()

    def test_java_that_does_not_start_is_told_and_never_sees_the_key(
        self, spark: SparkEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import os

        from pyspark import java_gateway
        from pyspark.sql import SparkSession

        seen: list[str | None] = []

        def broken(*_: object) -> None:
            seen.append(os.environ.get("HELDER_KEY"))
            raise RuntimeError("no Java today")

        monkeypatch.setattr(SparkSession, "getActiveSession", lambda: None)
        monkeypatch.setattr(java_gateway, "launch_gateway", broken)
        monkeypatch.setenv("HELDER_KEY", "secret")
        monkeypatch.setenv("JAVA_HOME", "/nowhere")
        with pytest.raises(EngineError, match="does not start"):
            SparkEngine()
        assert seen == [None]
        assert os.environ["HELDER_KEY"] == "secret"
