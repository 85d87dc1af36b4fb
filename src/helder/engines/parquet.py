"""Parquet files, sealed or not, read and written with pyarrow: for results, and for engines that cannot do it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from helder.domain.errors import HelderError, KeyFileError
from helder.domain.tables import Table
from helder.engines.base import ROW_GROUP, Published, Readable
from helder.engines.checksum import arrow_schema, checksum
from helder.engines.disk import cannot
from helder.engines.failures import Failures
from helder.engines.keys import Keys
from helder.engines.sealing import Sealer, damaged
from helder.engines.vault import Vault, file_is_sealed

_BATCH = 122_880  # rows that are hashed at once


def need_keys(keys: Keys | None) -> Keys:
    """The keys; raises `KeyFileError` when there are none."""
    if keys is None:
        raise KeyFileError(
            "This table is about persons and sealed: a key is needed.", do="Set HELDER_KEY_FILE or HELDER_KEY."
        )
    return keys


def open_source(path: Path, keys: Keys | None, failures: Failures) -> Any:
    """A file to read from, through the seal when it has one; within `reading`."""
    sealed = file_is_sealed(path)
    return Vault(Sealer(need_keys(keys)), failures).open_read(path) if sealed else path.open("rb")


@contextmanager
def reading(path: Path, failures: Failures) -> Iterator[None]:
    """Turn what goes wrong with a Parquet file in this block into the error that `failures` knows, or `StorageError`."""
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        raise failures.take() or damaged(str(path), f"it cannot be read as Parquet ({type(error).__name__})") from None


@contextmanager
def open_parquet(path: Path, keys: Keys | None) -> Iterator[pq.ParquetFile]:
    """A Parquet file, opened through the seal when it has one.

    Raises `KeyFileError` for another key and `StorageError` for a damaged file, also while it is read in the block.
    """
    failures = Failures()
    with reading(path, failures), open_source(path, keys, failures) as source, pq.ParquetFile(source) as file:
        yield file


def read_parquet(paths: Sequence[Path], keys: Keys | None, columns: Sequence[str] | None = None) -> pa.Table:
    """Parquet files of one shape as one table."""
    tables = []
    for path in paths:
        with open_parquet(path, keys) as file:
            tables.append(file.read(list(columns) if columns else None))
    return pa.concat_tables(tables)


def read_back(path: Path, table: Table, keys: Keys | None) -> tuple[int, str]:
    """Number of rows and checksum of a file in the shape of `table`, as they stand on the disk.

    pyarrow reads what any engine wrote: a file that only its writer understands is found here. The next rows are read
    while these are hashed. Raises as `open_parquet` and `checksum` do, and `KeyFileError` for persons without a key.
    """
    key = need_keys(keys).derive("checksum") if table.personal else None
    with open_parquet(path, keys) as file, ThreadPoolExecutor(1) as reader:
        batches = file.iter_batches(_BATCH, use_threads=False)

        def ahead() -> Iterator[pa.RecordBatch]:
            coming = reader.submit(next, batches, None)
            while (batch := coming.result()) is not None:
                coming = reader.submit(next, batches, None)
                yield batch.cast(arrow_schema(table))

        return checksum(table, ahead(), key)


def load(table: Readable, keys: Keys | None) -> pa.Table:
    """All rows of a table, in their order; a reader is read to its end."""
    if isinstance(table, pa.RecordBatchReader):
        return table.read_all()
    if isinstance(table, pa.Table):
        return table
    return read_parquet([table.path] if isinstance(table, Published) else table, keys)


def write_parquet(table: pa.Table, path: Path, keys: Keys | None) -> None:
    """Write a table, sealed when there are keys; raises `StorageError` when it cannot be written."""
    failures = Failures()
    try:
        with Vault(Sealer(keys), failures).open_write(path) if keys else path.open("wb") as sink:
            pq.write_table(table, sink, compression="zstd", row_group_size=ROW_GROUP)
    except HelderError:
        raise
    except (pa.ArrowException, OSError) as error:
        raise failures.take() or cannot("written", path, OSError(str(error))) from None
