"""Corners of the formats and of the column map that real files reach only now and then."""

from __future__ import annotations

import datetime as dt
import zipfile

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from helder.case.load import Case
from helder.domain.errors import EngineError, SourceError
from helder.sources import canonical, load_source
from helder.sources.canonical import as_text, not_text
from helder.sources.stream import unique_names
from sources.cases import a_case, engine, load, load_text, read_file


def test_a_nested_column_is_refused_only_when_it_is_wanted(tmp_path):
    table = pa.table(
        {"a": ["x"], "b": pa.array([[{"c": 1}]]), "d": pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int8()))}
    )
    path = tmp_path / "nested.parquet"
    pq.write_table(table, path)
    assert read_file("parquet", path, ["a"])["rows"] == {1: {"a": "x"}}
    for name in ("b", "d"):
        with pytest.raises(SourceError, match=f"Column '{name}' holds .*, which has no text form"):
            read_file("parquet", path, [name])


def test_a_zone_that_this_machine_does_not_know_is_read_as_utc(monkeypatch):
    def unknown(values):
        raise pa.ArrowInvalid("Cannot locate timezone")

    monkeypatch.setattr(canonical.pc, "local_timestamp", unknown)
    moment = pa.array([dt.datetime(2025, 7, 5, 22)], pa.timestamp("s", "Mars/Olympus"))
    assert as_text(moment).to_pylist() == ["2025-07-05T22:00:00"]


def test_text_that_is_not_utf8_is_found_in_parquet_too():
    wrong = pa.array([b"a", b"\xff"], pa.binary()).cast(pa.large_binary())
    buffers = wrong.buffers()
    text = pa.LargeStringArray.from_buffers(2, buffers[1], buffers[2]).cast(pa.large_binary()).view(pa.large_string())
    assert not_text(text) == [1]
    assert pc.is_valid(text).to_pylist() == [True, True]


def test_names_that_are_made_up_never_meet_another():
    assert unique_names(["a", "a", "a (2)", "a"])[0] == ("a", "a (3)", "a (2)", "a (4)")
    assert unique_names(["", "column 1"])[0] == ("column 1 (2)", "column 1")


def test_a_source_of_constants_only_holds_no_evidence(tmp_path):
    got = load_text(tmp_path, "a\n1\n2\n", columns={"surname": {"value": "x"}})
    assert [reason for *_, reason in got.rejects] == ["every column that is mapped is empty"] * 2
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_column(0, 0, ["a", "1"])
    case = a_case(tmp_path, data={"fills": "leaked", "path": "a.xlsx", "columns": {"surname": {"value": "x"}}})
    assert load(case, "data").facts.rejected == 1


def test_a_statement_must_say_about_whom_when_two_parties_were_breached(tmp_path):
    columns = {
        "statement_id": "nr",
        "issuer": {"value": "us"},
        "leaves": {"value": "unknown"},
        "items": {"value": "bsn"},
    }
    case = a_case(tmp_path, data={"fills": "statements", "path": "data.csv", "columns": columns})
    parties = [party.model_copy(update={"breached": not party.own}) for party in case.file.parties]
    two = Case(tmp_path, case.file.model_copy(update={"parties": parties}))
    (tmp_path / "data.csv").write_text("nr\n1\n")
    assert load(case, "data").column("about") == ["lab"]
    with pytest.raises(SourceError, match="Nothing fills 'about'"):
        load(two, "data")


def test_a_workbook_with_a_password_or_a_missing_end_is_one_error(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, "a")
    data = bytearray(path.read_bytes())
    entry = data.find(b"PK\x01\x02")
    for offset, value in ((8, 1), (20, 255)):
        wrong = bytearray(data)
        wrong[entry + offset] = value  # its flags: encrypted; its packed size: longer than the file
        if offset == 20:
            wrong[entry + 22] = 255
        path.write_bytes(bytes(wrong))
        with pytest.raises(SourceError, match="This is not a whole Excel workbook"):
            read_file("xlsx", path)
    assert zipfile.is_zipfile(path)


def test_an_error_of_the_engine_stays_the_engines(tmp_path, monkeypatch):
    def refuse(name, table):
        raise EngineError("The query needs more memory than DuckDB may use.")

    (tmp_path / "data.csv").write_text("naam\nx\n")
    case = a_case(tmp_path, data={"fills": "leaked", "path": "data.csv", "columns": {"surname": "naam"}})
    monkeypatch.setattr(engine(), "read", refuse)
    with pytest.raises(EngineError, match="more memory"):
        load_source(engine(), case, "data", tmp_path)


def test_a_broken_array_stops_in_the_middle_of_loading_with_its_own_error(tmp_path):
    (tmp_path / "data.json").write_text("[" + '{"naam": "x"},' * 20_000 + '{"naam": ')
    case = a_case(tmp_path, data={"fills": "leaked", "path": "data.json", "columns": {"surname": "naam"}})
    with pytest.raises(SourceError) as caught:
        load(case, "data")
    assert caught.value.where == "data.json, after record 20000"


def test_a_json_file_may_end_with_exactly_a_full_batch(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"a": 1}\n' * 8192)
    assert len(read_file("json", path)["rows"]) == 8192


def test_a_number_that_a_spreadsheet_shortened_is_no_number_and_is_counted(tmp_path):
    text = "nr;tel\n123456782;0612345678\n1,23457E+08;3.16123E+10\n1.2E8;\n"
    got = load_text(tmp_path, text, columns={"national_id": "nr", "phone": "tel"})
    assert got.column("national_id") == ["123456782", None, None]
    assert got.column("phone") == ["0612345678", None, None]
    assert (got.facts.unreadable, got.rejects) == ({"national_id": 2, "phone": 1}, [])
