"""DuckDB, the embedded default engine: in memory, sealed files only, nothing in plaintext on disk."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from helder.domain.errors import EngineError, HelderError, StorageError
from helder.domain.tables import Table, Type
from helder.engines.base import ROW_GROUP, Published, Readable
from helder.engines.disk import rename_synced
from helder.engines.failures import Failures
from helder.engines.keys import Keys
from helder.engines.parquet import load, need_keys, read_back
from helder.engines.sealing import Sealer
from helder.engines.spill import PROTOCOL as SPILL
from helder.engines.spill import Spill, spill_folder
from helder.engines.vault import SUFFIX, Vault, file_is_sealed, url

_TYPES: dict[Type, str] = {
    "int16": "SMALLINT",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "float64": "DOUBLE",
    "text": "VARCHAR",
    "date": "DATE",
    "bool": "BOOLEAN",
}
# These speak of the query, not of values: their words may be shown.
_ABOUT_QUERY = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ParserException,
    duckdb.NotImplementedException,
)


# Version 2 writes sorted numbers as differences: people in order are written three times as fast.
_LAYOUT = f"PARQUET_VERSION v2, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}"

# Memory for the arrays of a dense grouping, and what one number takes in one of them: two words of marks.
_DENSE_BYTES, _DENSE_SLOT = 1 << 30, 32

_FULL = re.compile("No space left|File too large|Disk quota")


class DuckEngine:
    """One in-memory DuckDB connection.

    `threads` and `memory` (such as "4GB") default to DuckDB's own choice: all cores, 80 % of memory. Without
    `keys` no sealed file can be read or written. What does not fit in memory is
    spilled encrypted (`engines.spill`).
    """

    name = "duckdb"

    def __init__(self, keys: Keys | None = None, *, threads: int | None = None, memory: str | None = None) -> None:
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "temp_directory": f"{SPILL}://spill",
        }
        if threads:
            config["threads"] = threads
        if memory:
            config["memory_limit"] = memory
        try:
            self._connection = duckdb.connect(":memory:", config=config)
            self._connection.execute("SET enable_progress_bar = false")
        except duckdb.Error as error:
            raise EngineError(f"DuckDB refuses its settings: {error}") from None
        self._keys = keys
        self._failures = Failures()
        self._connection.register_filesystem(Spill(spill_folder(), self._failures))
        if keys:
            self._connection.register_filesystem(Vault(Sealer(keys), self._failures))

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection itself, for linkage only: Splink runs its own SQL on it."""
        return self._connection

    def read(self, name: str, table: Readable) -> None:
        """Make `table` queryable as `name`. A RecordBatchReader is read to its end at once."""
        self.drop(name)
        if isinstance(table, pa.RecordBatchReader):
            with self._errors():
                self._connection.register("_reader", table)
                self._connection.execute(f"CREATE TEMP TABLE {_name(name)} AS SELECT * FROM _reader")
                self._connection.unregister("_reader")
        elif isinstance(table, pa.Table):
            with self._errors():
                self._connection.register(name, table)
        else:
            paths = [table.path] if isinstance(table, Published) else list(table)
            with self._errors():
                self._connection.execute(f"CREATE TEMP VIEW {_name(name)} AS SELECT * FROM {self._scan(paths)}")

    def load(self, table: Readable) -> pa.Table:
        """All rows of `table`, in their order; takes a third of the time that a query of everything does."""
        return load(table, self._keys)

    def run(self, name: str, sql: str, *, dense: bool = False) -> None:
        """Materialise one SELECT as the temporary table `name`, replacing it; `dense` as `Engine.run` says."""
        if not dense:
            self._make("TABLE", name, sql)
            return
        with self._setting("perfect_ht_threshold", self._dense_bits()):
            self._make("TABLE", name, sql)

    def view(self, name: str, sql: str) -> None:
        """Define one SELECT as the temporary view `name`, replacing it; it is computed when used."""
        self._make("VIEW", name, sql)

    def drop(self, name: str) -> None:
        """Forget the table or view `name`, if it is there."""
        with self._errors():
            self._connection.unregister(name)
            try:
                self._connection.execute(f"DROP TABLE IF EXISTS temp.{_name(name)}")
            except duckdb.CatalogException:  # it is a view; to ask for its kind takes forty times as long
                self._connection.execute(f"DROP VIEW IF EXISTS temp.{_name(name)}")

    def arrow(self, sql: str) -> pa.Table:
        """Fetch a small result."""
        with self._errors():
            return _whole_numbers(self._connection.sql(sql).to_arrow_table())

    def rows(self, sql: str) -> list[dict[str, object]]:
        """Fetch a small result as dictionaries."""
        rows: list[dict[str, object]] = self.arrow(sql).to_pylist()
        return rows

    def publish(
        self, sql: str, table: Table, folder: Path, *, name: str | None = None, ordered: bool = False
    ) -> Published:
        """Write a SELECT as one Parquet file in `folder`, as `Engine.publish` says, and read it back once."""
        if table.personal:
            need_keys(self._keys)
        final = folder / f"{name or table.name}.parquet{SUFFIX if table.personal else ''}"
        partial = folder / f".{final.name}.partial"
        target = url(partial) if table.personal else str(partial)
        columns = ", ".join(f'CAST("{c.name}" AS {_TYPES[c.type]}) AS "{c.name}"' for c in table.columns)
        order = "" if ordered else "ORDER BY " + ", ".join(f'"{column}" NULLS FIRST' for column in table.sorting)
        try:
            with self._errors():
                self._connection.execute(
                    f"COPY (SELECT {columns} FROM ({sql}) {order}) TO {_text(target)} "
                    f"(FORMAT parquet, {_LAYOUT}, USE_TMP_FILE false)"
                )
            rows, digest = read_back(partial, table, self._keys)
            rename_synced(partial, final)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return Published(final, table, rows, digest, table.personal)

    @contextmanager
    def one_thread(self) -> Iterator[None]:
        """In this block one thread works: sorting a wide table then takes half the memory, and a little more time."""
        with self._setting("threads", 1):
            yield

    def close(self) -> None:
        """Let go of memory and connections."""
        self._connection.close()

    @contextmanager
    def _setting(self, name: str, value: int) -> Iterator[None]:
        """In this block one of DuckDB's settings is another."""
        before = self.rows(f"SELECT current_setting('{name}') AS value")[0]["value"]
        self._connection.execute(f"SET {name} = {value}")
        try:
            yield
        finally:
            self._connection.execute(f"SET {name} = {before}")

    def _dense_bits(self) -> int:
        """How wide a range of numbers may have an array in place of a hash table; every thread has an array of its own."""
        threads = int(str(self.rows("SELECT current_setting('threads') AS threads")[0]["threads"]))
        return max(0, (_DENSE_BYTES // (threads * _DENSE_SLOT)).bit_length() - 1)

    def _make(self, kind: str, name: str, sql: str) -> None:
        self.drop(name)
        with self._errors():
            self._connection.execute(f"CREATE TEMP {kind} {_name(name)} AS {sql}")

    def _scan(self, paths: Sequence[Path]) -> str:
        """The FROM clause that reads these Parquet files, names taken literally."""
        names = []
        for path in paths:
            if file_is_sealed(path):
                need_keys(self._keys)
                names.append(_text(url(path)))
            else:
                names.append(_text(glob.escape(str(path))))
        return f"read_parquet([{', '.join(names)}])"

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn DuckDB's errors into ours. Its words about values are not shown: they may be personal data."""
        self._failures.take()
        try:
            yield
        except duckdb.Error as error:
            raise self._ours(error) from None

    def _ours(self, error: duckdb.Error) -> HelderError:
        failure = self._failures.take()
        if failure:
            return failure
        if isinstance(error, duckdb.OutOfMemoryException):
            return EngineError(
                "The query needs more memory than DuckDB may use.",
                do="Give it more memory.",
            )
        if isinstance(error, duckdb.IOException) and _FULL.search(str(error)):
            return StorageError("The disk is full.", do="Make room and run again: nothing was lost.")
        if isinstance(error, duckdb.IOException):
            return StorageError(
                "DuckDB cannot read or write a file.", do="Look at disk space and at the files of the case."
            )
        if isinstance(error, _ABOUT_QUERY):
            return EngineError(f"DuckDB refuses the query: {str(error).splitlines()[0]}")
        return EngineError(f"DuckDB failed: {type(error).__name__}.")


def _whole_numbers(table: pa.Table) -> pa.Table:
    """The same table with DuckDB's 128-bit sums as 64-bit numbers; raises `EngineError` when one does not fit."""
    fields = [pa.field(f.name, pa.int64()) if f.type == pa.decimal128(38, 0) else f for f in table.schema]
    try:
        return table.cast(pa.schema(fields))
    except pa.ArrowInvalid:
        raise EngineError("A sum does not fit in 64 bits.") from None


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
