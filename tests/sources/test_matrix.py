"""Odd files of every format, a line each: what stands in the file, the rows that come out, the records that are rejected.

Each gives the right rows, a counted reject with its place and reason, or one error that says what, where and what to
do. No value is changed without a word, and no row is lost.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from helder.cli.dutch import in_dutch
from helder.domain.errors import SourceError
from helder.sources.delimited import BROKEN_LONG, BROKEN_NUL, BROKEN_QUOTE
from helder.sources.formats import sql
from helder.sources.stream import Place
from servers import postgresql
from sources.cases import read_file

NOT_JSON, TWICE, NESTED = (
    "not a JSON object", "the same name twice, with two values", "an object where other records have a value",
)  # fmt: skip
NOT_TEXT, NEVER_COMPUTED = "bytes that are not text", "a formula without a result: the workbook was never computed"
HALF = "bytes that are not of the file's encoding, a NUL, or half a character"


class Odd(NamedTuple):
    """What is odd, what stands in the file, its rows in turn, its rejects by number, and facts that are stated of it.

    `rows` is the text of the error where there is no table.
    """

    name: str
    content: Any
    rows: list[list[str | None]] | str
    bad: dict[int, str] = {}  # noqa: RUF012 - never changed
    facts: dict[str, str] = {}  # noqa: RUF012


def each(*lines: Odd) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("odd", [pytest.param(line, id=line.name) for line in lines])


def holds(odd: Odd, format: str, path: Path, **options: str) -> None:
    """The file is read as its line in the table says."""
    if isinstance(odd.rows, str):
        with pytest.raises(SourceError) as caught:
            read_file(format, path, **options)
        assert caught.value.what == odd.rows
        assert path.name in caught.value.where
        assert caught.value.do
        return
    got = read_file(format, path, **options)
    assert [list(row.values()) for row in got["rows"].values()] == odd.rows
    assert got["bad"] == odd.bad
    assert {name: got["facts"].get(name, "") for name in odd.facts} == odd.facts
    for reason in got["bad"].values():
        assert in_dutch(reason) != reason, "a reason without its Dutch"


LONG = "x" * (1 << 20)


@each(
    Odd("line ends inside quotes", 'a;b\n1;"x\ny\r\nz"\n2;w\n', [["1", "x\ny\r\nz"], ["2", "w"]]),
    Odd("NUL bytes", b"a;b\n1;x\0\n2;y\n", [["2", "y"]], {1: BROKEN_NUL}),
    Odd("a field of a megabyte", f"a;b\n1;{LONG}\n2;y\n", [["1", LONG], ["2", "y"]]),
    Odd("a field of five megabytes", f"a;b\n1;{LONG * 5}\n2;y\n", [["2", "y"]], {1: BROKEN_LONG}),
    Odd("one name twice", "a;a\n1;2\n", [["1", "2"]], {}, {"names made up": "a (2)"}),
    Odd(
        "ragged rows", "a;b\n1\n1;2;3\n4;5\n", [["4", "5"]],
        {1: "1 fields where the header has 2", 2: "3 fields where the header has 2"},
    ),
    Odd("a mark before quotes", b'\xef\xbb\xbf"a";"b"\n"1";"2"\n', [["1", "2"]], {}, {"encoding": "utf-8-sig"}),
    Odd("UTF-16 without a mark", "a;b\n1;é\n".encode("utf-16-le"), [["1", "é"]], {}, {"encoding": "utf-16-le"}),
    Odd("only a header", "a;b", []),
    Odd("nothing", "", "The file is empty."),
    Odd("line ends of old Macs", "a;b\r1;2\r3;4", [["1", "2"], ["3", "4"]]),
    Odd("three kinds of line ends", "a;b\r\n1;2\n3;4\r5;6", [["1", "2"], ["3", "4"], ["5", "6"]]),
    Odd("a quote that never closes", 'a;b\n1;"x\n2;y\n3;z\n', [["2", "y"], ["3", "z"]], {1: BROKEN_QUOTE}),
    Odd("a record of blanks", "a;b\n  \n;\n", [["", ""]], {1: "1 fields where the header has 2"}),
    Odd("one column with an empty value", 'a\n1\n\n""\n2\n', [["1"], [""], ["2"]]),
)  # fmt: skip
def test_an_odd_csv_is_read_as_its_line_says(odd, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_bytes(odd.content if isinstance(odd.content, bytes) else odd.content.encode())
    holds(odd, "csv", path)


@each(
    Odd("all kinds of values", '{"a":"1"}\n{"a":1}\n{"a":true}\n{"a":null}\n{"a":["x",null,2]}\n{}\n',
        [["1"], ["1"], ["true"], [None], ["x;2"], [None]]),
    Odd("an object for a value", '{"a":"x"}\n{"a":{"b":1}}\n{"a":[{"b":1}]}\n',
        [["x", None, None]], {2: NESTED, 3: NESTED}),
    Odd("one name with two values", '{"a":1,"a":2}\n{"a":3,"a":3}\n{"a":4,"a":5,"a":4}\n', [["3"]], {1: TWICE, 3: TWICE}),
    Odd("one name with two values in an array", '[{"a":1,"a":2},{"a":3}]', [["3"]], {1: TWICE}),
    Odd("a nested name twice", '{"b":{"a":1}}\n{"b.a":1,"b":{"a":2}}\n{"b":{"a":1,"a":2}}\n{"b":{"a":2},"b.a":2}\n',
        [["1"], ["2"]], {2: TWICE, 3: TWICE}),
    Odd("numbers without end", '{"a":123456789012345678901234567890}\n{"a":9007199254740993.0}\n{"a":1e400}\n',
        [["123456789012345678901234567890"], ["9007199254740993.0"], ["1e400"]]),
    Odd("numbers that a float would round", '{"a":0.99999999999999999999}\n{"a":1e-400}\n{"a":123456782.0}\n',
        [["0.99999999999999999999"], ["1e-400"], ["123456782"]]),
    Odd("a broken last line", '{"a":1}\n{"a":', [["1"]], {2: NOT_JSON}),
    Odd("a broken line between", '{"a":1}\n{"a":\n{"a":3}\n', [["1"], ["3"]], {2: NOT_JSON}),
    Odd("UTF-16", '{"a":"é"}\n'.encode("utf-16"), [["é"]], {}, {"encoding": "utf-16"}),
    Odd("UTF-16 that is cut", '{"a":"é"}\n{"a":"b"}\n'.encode("utf-16")[:-1], [["é"]], {2: NOT_JSON}),
    Odd("NUL and half characters", '{"a":"x\\u0000"}\n{"a":"\\ud800"}\n{"a":"y"}\n', [["y"]], {1: HALF, 2: HALF}),
    Odd("an array that is cut", '[{"a":1},{"a"', "This is not JSON as it should be, or it is not whole."),
    Odd("no objects", "[1]", "There is no JSON object in the file."),
)  # fmt: skip
def test_odd_json_is_read_as_its_line_says(odd, tmp_path):
    path = tmp_path / "odd.ndjson"
    path.write_bytes(odd.content if isinstance(odd.content, bytes) else odd.content.encode())
    holds(odd, "json", path)


def a_day(sheet, book):
    sheet.write_datetime(1, 0, dt.datetime(1980, 1, 31), book.add_format({"num_format": "dd-mm-yyyy"}))


def numbers(sheet, book):
    sheet.write_number(1, 0, 12345672, book.add_format({"num_format": "000000000"}))
    sheet.write_number(2, 0, 1.23456782e8)
    sheet.write_string(3, 0, "012345672")
    sheet.write_string(4, 0, "1.23457E+08")
    sheet.write_number(5, 0, 123456782, book.add_format({"num_format": "dd-mm-yyyy"}))


def formulas(sheet, book):
    sheet.write_formula(1, 0, "=1+1", value=2)
    sheet.write_formula(2, 0, "=1+1", value="")
    sheet.write_formula(3, 0, '=""', value="")
    sheet.write_formula(4, 0, "=NA()", value="#N/A")
    sheet.write_string(5, 0, "x")


def merged(sheet, book):
    sheet.merge_range(1, 0, 2, 0, "x")
    sheet.write_string(3, 0, "y")


@each(
    Odd("a real date", a_day, [["1980-01-31"]]),
    Odd("numbers as text and as numbers", numbers, [["12345672"], ["123456782"], ["012345672"], ["1.23457E+08"], ["123456782"]]),
    Odd("formulas with a result, without, and errors", formulas, [["2"], [""], ["x"]], {2: NEVER_COMPUTED, 3: NEVER_COMPUTED},
        {"formulas without a result": "2", "cells with an error": "1"}),
    Odd("merged cells", merged, [["x"], ["y"]], {}, {"merged cells": "1"}),
    Odd("more sheets", lambda sheet, book: book.add_worksheet("Geheim").hide(), [], {}, {"other sheets": "Geheim"}),
)  # fmt: skip
@pytest.mark.parametrize("first_day", [1900, 1904])
def test_an_odd_workbook_is_read_as_its_line_says(odd, first_day, tmp_path):
    path = tmp_path / "odd.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": first_day == 1904}) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write(0, 0, "a")
        odd.content(sheet, book)
    holds(odd, "xlsx", path)


ZONED = pa.timestamp("us", "Europe/Amsterdam")


@each(
    Odd("decimals", pa.array([Decimal("123456782.000"), Decimal("-0.10"), None], pa.decimal128(20, 3)),
        [["123456782"], ["-0.1"], [None]]),
    Odd("moments with a zone", pa.array([dt.datetime(2025, 7, 5, 22), dt.datetime(2025, 3, 30, 1, 30)], ZONED),
        [["2025-07-06"], ["2025-03-30T03:30:00"]]),
    Odd("a moment that no calendar has", pa.array([2**62], ZONED), [["out-of-range"]]),
    Odd("a dictionary", pa.array(["x", None, "x"]).dictionary_encode(), [["x"], [None], ["x"]]),
    Odd("lists with empty places", pa.array([["x", None, "y"], [None], [], None]), [["x;y"], [""], [""], [None]]),
    Odd("lists of numbers in parts", pa.array([[1], None, [2, None, 3.5]]), [["1"], [None], ["2;3.5"]]),
    Odd("a structure", pa.array([{"b": 1}, None]), [["1"], [None]]),
    Odd("nothing but nulls", pa.nulls(2), [[None], [None]]),
    Odd("NUL bytes and bytes", pa.array([b"x\0", b"\xff", b"y"]), [["y"]], {1: NOT_TEXT, 2: NOT_TEXT}),
    Odd("a list of objects", pa.array([[{"b": 1}]]), "Column 'a' holds list<element: struct<b: int64>>, which has no text form."),
    Odd("a length of time", pa.array([1], pa.duration("s")), "Column 'a' holds duration[s], which has no text form."),
)  # fmt: skip
def test_odd_parquet_is_read_as_its_line_says(odd, tmp_path):
    path = tmp_path / "odd.parquet"
    pq.write_table(pa.table({"a": odd.content}), path)
    holds(odd, "parquet", path)


def test_a_name_that_two_columns_of_parquet_bear_is_refused(tmp_path):
    path = tmp_path / "odd.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2]), pa.array([3])], names=["a", "a", "b"]), path)
    holds(Odd("", None, "There are two columns 'a'."), "parquet", path)
    assert read_file("parquet", path, ["b"])["rows"] == {1: {"b": "3"}}


@each(
    Odd("text in a column of numbers", "INTEGER; 'abc', 7, 1.5, ' 8 ', NULL, 9223372036854775807",
        [["abc"], ["7"], ["1.5"], ["8"], [""], ["9223372036854775807"]]),
    Odd("numbers in a column of text", "TEXT; 7, '007', 5.0", [["7"], ["007"], ["5.0"]]),
    Odd("blobs", "BLOB; x'c3a9', x'ff', x'', 'x'", [["é"], [""], ["x"]], {2: NOT_TEXT}),
    Odd("text that is not UTF-8", "TEXT; CAST(x'41ff' AS TEXT), 'x'", [["x"]], {1: NOT_TEXT}),
    Odd("NUL bytes in a text", "TEXT; 'a' || char(0) || 'b', 'x'", [["x"]], {1: NOT_TEXT}),
)  # fmt: skip
def test_an_odd_sqlite_file_is_read_as_its_line_says(odd, tmp_path):
    path = tmp_path / "odd.db"
    kind, values = odd.content.split("; ")
    with sqlite3.connect(path) as db:
        db.execute(f"CREATE TABLE t (a {kind})")
        for value in re.split(r", (?![^(]*\))", values):
            db.execute(f"INSERT INTO t VALUES ({value})")
    db.close()
    holds(odd, "sql", path)


def test_sqlite_with_several_tables_names_them(tmp_path):
    path = tmp_path / "odd.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE lek (a)")
        db.execute("CREATE VIEW ander AS SELECT a FROM lek")
    db.close()
    with pytest.raises(SourceError) as caught:
        read_file("sql", path)
    assert caught.value.do == "Give 'query', or option 'table'. There are: 'ander', 'lek'."
    assert in_dutch(caught.value.do) == "Geef 'query', of de optie 'table'. Er zijn: 'ander', 'lek'."


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if not (list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb")):
        pytest.skip("PostgreSQL's server is not installed: run scripts/test-packages")
    with postgresql() as url:
        yield url


@pytest.mark.postgres
@each(
    Odd("lists", "ARRAY[1, NULL, 2]", [["1;2"]]),
    Odd("numeric", "123456782.000::numeric", [["123456782"]]),
    Odd("numeric that is no number", "'NaN'::numeric", [["NaN"]]),
    Odd("a moment in our zone", "'2025-07-05 22:00:00+00'::timestamptz", [["2025-07-06"]]),
    Odd("a moment without end", "'infinity'::timestamptz", [["infinity"]]),
    Odd("a moment before all others", "'-infinity'::timestamp", [["-infinity"]]),
    Odd("a moment before Christ", "'0044-03-15 BC'::timestamp", [["0044-03-15T00:00:00 BC"]]),
    Odd("a range", "daterange('2020-01-01', '2021-01-01')", [["[2020-01-01,2021-01-01)"]]),
    Odd("JSON as it was written", """'{"a": 1.50, "a": 2}'::json""", [['{"a": 1.50, "a": 2}']]),
    Odd("nothing", "NULL", [[""]]),
)
def test_odd_values_of_postgresql_are_read_as_their_line_says(odd, server):
    place = Place("db", url=server, query=f"SELECT {odd.content} AS a")
    shape = sql.sniff(place, {"timezone": "Europe/Amsterdam"})
    batches = list(sql.read(place, shape, ["a"], lambda at: None))
    assert [list(row.values()) for batch in batches for row in batch.rows.to_pylist()] == odd.rows
    assert not any(batch.bad for batch in batches)
