"""Spark, for larger incidents and for sites that mandate it: the same SQL, the same checksums.

Nothing in plaintext touches the disk: sealed tables are opened by Python and handed to Spark from memory, and all that
Spark itself writes (shuffles, spills, hand-overs) is encrypted by `spark.io.encryption.enabled`. pyspark is imported
only when an engine is made; pandas is not needed.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from helder.domain.errors import EngineError
from helder.domain.tables import Table, Type
from helder.engines.base import Published, Readable
from helder.engines.checksum import arrow_schema
from helder.engines.dialect import to_spark
from helder.engines.disk import rename_synced
from helder.engines.keys import KEY_VARIABLE, Keys
from helder.engines.parquet import load, need_keys, read_back, write_parquet
from helder.engines.spill import spill_folder
from helder.engines.vault import SUFFIX

_TYPES: dict[Type, str] = {
    "int16": "SMALLINT",
    "int32": "INT",
    "int64": "BIGINT",
    "float64": "DOUBLE",
    "text": "STRING",
    "date": "DATE",
    "bool": "BOOLEAN",
}
_INSTALL = "Install Spark with `pip install 'helder[spark]'`, or leave `--engine spark` away: DuckDB does a country."
_JAVA = "Install Java 17 or newer (Debian: `apt-get install openjdk-17-jre-headless`), or leave `--engine spark` away."


class SparkEngine:
    """A session of Spark on this machine, in a Java process of its own.

    Engines of one process share that Java process but not their tables. `threads` defaults to all cores; `memory`
    (such as "4g") is Java's, and counts for the first engine only.
    """

    name = "spark"

    def __init__(self, keys: Keys | None = None, *, threads: int | None = None, memory: str = "4g") -> None:
        self._keys = keys
        self._cached: dict[str, Any] = {}
        with self._errors():
            self._session = _session(threads or os.cpu_count() or 1, memory).newSession()

    def read(self, name: str, table: Readable) -> None:
        """Make `table` queryable as `name`; it is held in memory."""
        self.drop(name)
        rows = self.load(table)
        with self._errors():
            self._session.createDataFrame(rows).createOrReplaceTempView(name)

    def load(self, table: Readable) -> pa.Table:
        """All rows of `table`, in their order."""
        return load(table, self._keys)

    def run(self, name: str, sql: str, *, dense: bool = False) -> None:
        """Materialise one SELECT as the temporary table `name`, replacing it."""
        with self._errors():
            frame = self._session.sql(to_spark(sql)).cache()
            frame.count()
            self.drop(name)
            frame.createOrReplaceTempView(name)
            self._cached[name] = frame

    def view(self, name: str, sql: str) -> None:
        """Define one SELECT as the temporary view `name`, replacing it; it is computed when used."""
        with self._errors():
            frame = self._session.sql(to_spark(sql))
            self.drop(name)
            frame.createOrReplaceTempView(name)

    def drop(self, name: str) -> None:
        """Forget the table or view `name`, if it is there."""
        with self._errors():
            if frame := self._cached.pop(name, None):
                frame.unpersist()
            self._session.catalog.dropTempView(name)

    def arrow(self, sql: str) -> pa.Table:
        """Fetch a small result."""
        with self._errors():
            return self._session.sql(to_spark(sql)).toArrow()

    def rows(self, sql: str) -> list[dict[str, object]]:
        """Fetch a small result as dictionaries."""
        rows: list[dict[str, object]] = self.arrow(sql).to_pylist()
        return rows

    def publish(
        self, sql: str, table: Table, folder: Path, *, name: str | None = None, ordered: bool = False
    ) -> Published:
        """Write a SELECT as one Parquet file in `folder`, as `Engine.publish` says, and read it back once.

        Sorted even where it is `ordered`: Spark promises no order without it.
        """
        keys = need_keys(self._keys) if table.personal else None
        final = folder / f"{name or table.name}.parquet{SUFFIX if table.personal else ''}"
        partial = folder / f".{final.name}.partial"
        columns = ", ".join(f"CAST(`{c.name}` AS {_TYPES[c.type]}) AS `{c.name}`" for c in table.columns)
        order = ", ".join(f"`{column}` ASC NULLS FIRST" for column in table.sorting)
        try:
            with self._errors():
                rows = self._session.sql(f"SELECT {columns} FROM ({to_spark(sql)}) ORDER BY {order}").toArrow()
            write_parquet(rows.cast(arrow_schema(table)), partial, keys)
            count, digest = read_back(partial, table, keys)
            rename_synced(partial, final)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return Published(final, table, count, digest, table.personal)

    def close(self) -> None:
        """Forget this engine's tables. The Java process ends with this process."""
        for name in list(self._cached):
            self.drop(name)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn Spark's errors into ours. Only words about the query are shown: others may be personal data."""
        try:
            yield
        except ImportError:
            raise EngineError("Spark is not installed.", do=_INSTALL) from None
        except Exception as error:
            if type(error).__module__.startswith(("pyspark", "py4j")):
                raise _ours(error) from None
            raise


def _ours(error: Exception) -> EngineError:
    condition = getattr(error, "getCondition", lambda: None)() or type(error).__name__
    if type(error).__name__ == "AnalysisException":
        return EngineError(f"Spark refuses the query: {str(error).splitlines()[0]}")
    return EngineError(f"Spark failed: {condition}.")


def _session(threads: int, memory: str) -> Any:
    """The session of this process, begun when there is none."""
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    if SparkSession.getActiveSession() is None:
        if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
            raise EngineError("Spark needs Java, which is not here.", do=_JAVA)
        conf = SparkConf().setAll(list(_settings(threads, memory).items()))
        os.environ["PYSPARK_PYTHON"] = sys.executable
        logging.getLogger("SQLQueryContextLogger").disabled = True
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        try:
            with _key_hidden():
                gateway = launch_gateway(conf, quiet)  # type: ignore[no-untyped-call]
            context = SparkContext(gateway=gateway, conf=conf)
        except Exception as error:
            raise EngineError(f"Spark does not start ({type(error).__name__}).", do=_JAVA) from None
        SparkSession(context)
    return SparkSession.builder.getOrCreate()


@contextmanager
def _key_hidden() -> Iterator[None]:
    """Keep the key out of the environment of the Java process, which does not need it."""
    key = os.environ.pop(KEY_VARIABLE, None)
    try:
        yield
    finally:
        if key is not None:
            os.environ[KEY_VARIABLE] = key


def _settings(threads: int, memory: str) -> dict[str, str]:
    local = tempfile.mkdtemp(prefix="helder-spark-", dir=spill_folder())
    atexit.register(shutil.rmtree, local, ignore_errors=True)
    return {
        "spark.app.name": "helder",
        "spark.master": f"local[{threads}]",
        "spark.driver.memory": memory,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.local.dir": local,
        "spark.sql.warehouse.dir": local,
        "spark.io.encryption.enabled": "true",
        "spark.io.encryption.keySizeBits": "256",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(2 * threads),
        # 0: hand Arrow batches over as they are, instead of writing every row into the query plan
        "spark.sql.execution.arrow.localRelationThreshold": "0",
    }
