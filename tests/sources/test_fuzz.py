"""Whatever bytes arrive, a format gives a table with rejects that add up, or one HelderError. Nothing else, ever."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helder.domain.errors import HelderError
from helder.sources import delimited, text
from helder.sources.formats import csv as csv_format
from helder.sources.formats import json as json_format
from helder.sources.sample import look
from sources.cases import load_text, read_file

pytestmark = pytest.mark.slow

QUICK = settings(
    deadline=None, max_examples=int(os.environ.get("HELDER_FUZZ", "100")), suppress_health_check=list(HealthCheck)
)
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
DIRTY = st.text(st.sampled_from('ab1"",;\t|\r\n \0\ufeffé\x01€'), max_size=60)
FORMATS = ("csv", "json", "xlsx", "parquet")


def read_bytes(format: str, data: bytes, **options):
    """Read these bytes; every format checks that record numbers have no gaps (`read_file`)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file.{format}"
        path.write_bytes(data)
        try:
            return read_file(format, path, **options)
        except HelderError as error:
            return error.as_dict()


def in_pieces(monkeypatch, size: int):
    def small(path, encoding, given=0):
        return text.blocks(path, encoding, given or size)

    monkeypatch.setattr(csv_format, "blocks", small)
    monkeypatch.setattr(json_format, "blocks", small)


@QUICK
@given(
    header=st.lists(st.text("abcdef", min_size=1, max_size=3), min_size=1, max_size=5, unique=True),
    data=st.data(),
    delimiter=st.sampled_from(",;\t|"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
)
def test_what_any_program_writes_as_csv_is_read_back_exactly(header, data, delimiter, line_end, encoding):
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), max_size=8))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([header, *rows])
    got = read_bytes("csv", out.getvalue().encode(encoding), delimiter=delimiter, encoding=encoding)
    assert got["columns"] == tuple(header)
    assert [list(row.values()) for row in got["rows"].values()] == rows
    assert got["bad"] == {}


@QUICK
@given(DIRTY, st.integers(1, 9))
@example('a;b\n1;"x\n2;y\n3;"z"\n', 5)
def test_where_a_file_is_cut_into_blocks_makes_no_difference(content, size):
    data = ("a;b\n" + content).encode()
    whole = read_bytes("csv", data, delimiter=";", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        in_pieces(patch, size)
        assert read_bytes("csv", data, delimiter=";", encoding="utf-8") == whole


@QUICK
@given(DIRTY, st.integers(1, 9), st.integers(5, 15))
@example('a;b\n1;"x\n2;y' + "z" * 20, 3, 9)
def test_a_record_that_is_too_long_is_one_reject_wherever_it_is_cut(content, size, longest):
    data = ("a;b\n" + content).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "LONGEST", longest)
        whole = read_bytes("csv", data, delimiter=";", encoding="utf-8")
        in_pieces(patch, size)
        assert read_bytes("csv", data, delimiter=";", encoding="utf-8") == whole


@QUICK
@given(DIRTY)
def test_every_line_of_a_dirty_csv_is_a_row_or_a_reject(content):
    got = read_bytes("csv", ("a;b\n" + content).encode(), delimiter=";", encoding="utf-8")
    lines = [line for line in content.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line]
    assert len(got["rows"]) + len(got["bad"]) <= len(lines)
    if '"' not in content:
        good = [line.split(";") for line in lines if line.count(";") == 1 and "\0" not in line]
        assert [list(row.values()) for row in got["rows"].values()] == good
        assert len(got["rows"]) + len(got["bad"]) == len(lines)


@QUICK
@given(st.lists(st.dictionaries(st.text("abc.", min_size=1, max_size=3), CELLS, min_size=1, max_size=4), min_size=1))
def test_json_lines_and_arrays_tell_the_same(objects):
    lines = read_bytes("json", "\n".join(json.dumps(one) for one in objects).encode())
    array = read_bytes("json", json.dumps(objects, indent=1, ensure_ascii=False).encode())
    assert lines["rows"] == array["rows"]
    assert [
        {name: value for name, value in row.items() if value is not None} for row in lines["rows"].values()
    ] == objects


def sample_csv() -> bytes:
    return 'id;naam;datum\r\n1;"de Vries; J";12-01-1980\r\n2;Müller;\r\n3;"a ""b""\nc";31-12-1999\r\n'.encode("cp1252")


def sample_json() -> bytes:
    return b'{"id": 1, "name": {"first": "A", "all": ["x", "y"]}, "sum": 12.50}\n{"id": 2, "name": null, "ok": true}\n'


def sample_xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number in range(5):
            sheet.write_row(number, 0, [f"a{number}", number, None, 1.5])
    return out.getvalue()


def sample_parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"a": ["x", None, "z"], "b": [1, 2, 3], "c": [{"d": 1.5}] * 3}), out)
    return out.getvalue()


SAMPLES = {"csv": sample_csv(), "json": sample_json(), "xlsx": sample_xlsx(), "parquet": sample_parquet()}


def adds_up(got) -> bool:
    return "error" in got or len(got["rows"]) + len(got["bad"]) >= 0


@pytest.mark.parametrize("format", FORMATS)
@QUICK
@given(data=st.binary(max_size=200))
@example(data=b"")
@example(data=b"PK\x03\x04")
@example(data=b"PAR1PAR1")
@example(data=b"[" * 5000)
@example(data=b'"' * 5000)
@example(data=b"\xff\xfe")
@example(data=b"\xff\xfe\x00")
def test_any_bytes_give_a_table_or_one_error(format, data):
    assert adds_up(read_bytes(format, data))


@pytest.mark.parametrize("format", FORMATS)
@QUICK
@given(data=st.data())
def test_a_damaged_real_file_gives_a_table_or_one_error(format, data):
    sample = bytearray(SAMPLES[format])
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(0, len(sample) - 1))
        change = data.draw(st.sampled_from(["byte", "cut", "double", "drop"]))
        if change == "byte":
            sample[position] = data.draw(st.integers(0, 255))
        elif change == "cut":
            del sample[max(1, position) :]
        elif change == "double":
            sample[position:position] = sample[: max(1, position // 2)]
        else:
            del sample[position : min(position + 9, len(sample) - 1)]
    assert adds_up(read_bytes(format, bytes(sample)))


@QUICK
@given(data=st.data())
def test_a_damaged_database_gives_a_table_or_one_error(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE t (a, b TEXT)")
            db.executemany("INSERT INTO t VALUES (?, ?)", [(1, "x"), (2.5, "y"), (None, "z"), (b"\xff", "w")])
        db.close()
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(0, 6))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(bytes(content))
        try:
            got = read_file("sql", path, table="t")
        except HelderError as error:
            got = error.as_dict()
        assert adds_up(got)


@settings(QUICK, max_examples=25)
@given(
    st.lists(st.text("0123456789-/. :TZjanmrt'%\\\\", max_size=14), min_size=1, max_size=60),
    st.sampled_from(["%d-%m-%Y", "%m/%d/%y", "%Y%m%d", "%d %b %Y"]),
)
def test_whatever_stands_in_a_birth_date_becomes_a_date_with_unknown_parts(values, pattern):
    with tempfile.TemporaryDirectory() as folder:
        text = "geb;naam\n" + "".join(f"{value};x\n" for value in values)
        got = load_text(Path(folder), text, columns={"birth_date": "geb", "surname": "naam"}, dates=pattern)
    assert len(got.rows) == len(values)
    assert all(born is None or re.fullmatch(r"\d{4}-\d\d-\d\d", born) for born in got.column("birth_date"))


@QUICK
@given(st.binary(max_size=120), st.sampled_from([".csv", ".json", ".dat", ".xlsx", ".parquet", ".txt"]))
def test_a_first_look_at_any_file_shows_columns_or_one_error(data, suffix):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(data)
        try:
            assert look(path).columns
        except HelderError as error:
            assert error.what
