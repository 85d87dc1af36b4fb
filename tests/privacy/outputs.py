"""Turns whatever a run leaves behind into text: plain files, Parquet, spreadsheets, databases, archives."""

from __future__ import annotations

import gzip
import html
import io
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq


def files(folder: Path, *, without: tuple[str, ...] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file below `folder` with its path from there, leaving out the named folders at the top."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and inside.parts[0] not in without:
            yield str(inside), path.read_bytes()


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """The readable text in a file, by what its bytes say it is; the bytes themselves always too."""
    if data[:4] == b"PAR1":
        yield name, _parquet(data)
    elif data[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield from texts(f"{name}!{part}", archive.read(part))
    elif data[:2] == b"\x1f\x8b":
        yield from texts(f"{name}!", gzip.decompress(data))
    elif data[:16] == b"SQLite format 3\x00":
        yield name, _sqlite(data)
    text = data.decode("utf-8", "replace")
    yield name, html.unescape(text)
    if b"\x00" in data[:4096]:
        yield name, data.decode("utf-16-le", "replace")


def _parquet(data: bytes) -> str:
    file = pq.ParquetFile(io.BytesIO(data))
    lines = [str(file.schema_arrow.metadata or "")]
    for batch in file.iter_batches():
        columns = [column.to_pylist() for column in batch.columns]
        lines += [" ".join(map(str, row)) for row in zip(*columns, strict=True)]
    return "\n".join(lines)


def _sqlite(data: bytes) -> str:
    database = sqlite3.connect(":memory:")
    # In memory there is no write-ahead log: the two bytes that ask for one are set to the ordinary journal.
    database.deserialize(data[:18] + b"\x01\x01" + data[20:])
    return "\n".join(database.iterdump())
