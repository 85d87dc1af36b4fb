"""One table in, the same table out, whichever format it came in: text, numbers, dates, moments, truth and empty cells."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from helder.sources.find import format_name, known_formats
from helder.sources.stream import Place
from sources.cases import read_file

HEADER = ("id", "naam", "nummer", "geboren", "gezien", "score", "waar")
RECORDS: list[tuple[Any, ...]] = [
    ("007", "Müller; Jan", 1234, dt.date(1980, 1, 31), dt.datetime(2025, 7, 6, 14, 20), 1.5, True),
    ("0", 'zei "nee"', 0, None, dt.datetime(2025, 7, 6), 2.0, False),
    ("00", "twee\nregels", -5, dt.date(1899, 12, 31), None, -0.25, None),
    ("=1+1", None, None, dt.date(2000, 2, 29), dt.datetime(1999, 12, 31, 23, 59, 59), None, True),
]
EXPECTED = [
    ("007", "Müller; Jan", "1234", "1980-01-31", "2025-07-06T14:20:00", "1.5", "true"),
    ("0", 'zei "nee"', "0", "", "2025-07-06", "2", "false"),
    ("00", "twee\nregels", "-5", "1899-12-31", "", "-0.25", ""),
    ("=1+1", "", "", "2000-02-29", "1999-12-31T23:59:59", "", "true"),
]


def plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return "" if value is None else str(value).removesuffix(".0")


def as_csv(path: Path) -> None:
    quoted = lambda text: '"' + text.replace('"', '""') + '"'  # noqa: E731
    lines = [";".join(HEADER), *(";".join(quoted(plain(value)) for value in record) for record in RECORDS)]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))


def as_json(path: Path) -> None:
    objects = [dict(zip(HEADER, record, strict=True)) for record in RECORDS]
    text = json.dumps(objects, default=plain, indent=2)
    path.write_text(text, encoding="utf-16")


def as_xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path, {"remove_timezone": True}) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write_row(0, 0, HEADER)
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm:ss"})
        for number, record in enumerate(RECORDS, start=1):
            for column, value in enumerate(record):
                if isinstance(value, dt.datetime):
                    sheet.write_datetime(number, column, value, moment)
                elif isinstance(value, dt.date) and value.year < 1900:
                    sheet.write_string(number, column, value.isoformat())  # Excel has no such dates
                elif isinstance(value, dt.date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write(number, column, value)


def as_parquet(path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([r[0] for r in RECORDS]).dictionary_encode(),
            "naam": pa.array([r[1] for r in RECORDS], pa.large_string()),
            "nummer": pa.array([r[2] for r in RECORDS], pa.int32()),
            "geboren": pa.array([r[3] for r in RECORDS], pa.date32()),
            "gezien": pa.array([r[4] for r in RECORDS], pa.timestamp("us")),
            "score": pa.array([r[5] for r in RECORDS], pa.float64()),
            "waar": pa.array([r[6] for r in RECORDS]),
        }
    )
    pq.write_table(table, path, row_group_size=3)


def as_sql(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute(f"CREATE TABLE t ({', '.join(HEADER)})")
        rows = [[plain(v) if isinstance(v, bool | dt.date) else v for v in record] for record in RECORDS]
        db.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(HEADER))})", rows)
    db.close()


WRITERS: dict[str, tuple[Callable[[Path], None], dict[str, str]]] = {
    "csv": (as_csv, {}),
    "json": (as_json, {}),
    "xlsx": (as_xlsx, {}),
    "parquet": (as_parquet, {}),
    "sql": (as_sql, {"table": "t"}),
}


def test_every_format_has_a_sample():
    assert sorted(WRITERS) == known_formats()


@pytest.mark.parametrize("format", WRITERS)
def test_the_same_records_come_out_of_every_format(format, tmp_path):
    write, options = WRITERS[format]
    path = tmp_path / f"sample.{format}"
    write(path)
    got = read_file(format, path, **options)
    assert got["columns"] == HEADER
    assert [tuple(value or "" for value in row.values()) for row in got["rows"].values()] == EXPECTED
    assert list(got["rows"]) == [1, 2, 3, 4]
    assert got["bad"] == {}


@pytest.mark.parametrize("format", WRITERS)
def test_only_the_columns_that_are_asked_for_are_read(format, tmp_path):
    write, options = WRITERS[format]
    path = tmp_path / f"sample.{format}"
    write(path)
    got = read_file(format, path, ["score", "id"], **options)
    assert [list(row) for row in got["rows"].values()] == [["score", "id"]] * 4


@pytest.mark.parametrize("format", ["csv", "json", "xlsx", "parquet"])
@pytest.mark.parametrize("suffix", [True, False])
def test_the_format_is_found_by_the_first_bytes_or_by_the_suffix(format, suffix, tmp_path):
    path = tmp_path / (f"sample.{format}" if suffix else "sample")
    WRITERS[format][0](path)
    if format == "json" and not suffix:
        path.write_text('\n [{"a": 1}]')
    assert format_name(Place(path.name, path), None) == format


def test_numbers_dates_and_lists_of_parquet_have_one_text(tmp_path):
    table = pa.table(
        {
            "amount": pa.array([Decimal("1200.50"), Decimal("100.00"), None], pa.decimal128(10, 2)),
            "large": pa.array([1e22, 123456789.0, float("nan")]),
            "half": pa.array([1.5, 2.0, None], pa.float16()),
            "day": pa.array([dt.date(2020, 1, 1)] * 3, pa.date64()),
            "zoned": pa.array([dt.datetime(2025, 7, 5, 22, 0)] * 3, pa.timestamp("ns", "Europe/Amsterdam")),
            "time": pa.array([dt.time(1, 2, 3), dt.time(1, 2, 3, 500_000), None], pa.time64("us")),
            "items": pa.array([["bsn", "name"], [], None], pa.list_(pa.string())),
            "deep": pa.array([{"a": {"b": 1}}, None, {"a": None}], pa.struct([("a", pa.struct([("b", pa.int8())]))])),
            "raw": pa.array([b"ok", b"\xff", None], pa.binary()),
        }
    )
    path = tmp_path / "types.parquet"
    pq.write_table(table, path)
    got = read_file("parquet", path)
    assert got["columns"][-2:] == ("deep.a.b", "raw")
    assert got["rows"][1] == {
        "amount": "1200.5",
        "large": "1e+22",
        "half": "1.5",
        "day": "2020-01-01",
        "zoned": "2025-07-06",
        "time": "01:02:03",
        "items": "bsn;name",
        "deep.a.b": "1",
        "raw": "ok",
    }
    assert got["bad"] == {2: "bytes that are not text"}
    assert got["rows"][3]["large"] == "nan"
    assert got["rows"][3]["items"] is None
