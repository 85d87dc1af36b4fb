"""Excel workbooks: cells as stored, nothing computed; a workbook that would fill the memory is refused before it does."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from helder.domain.errors import SourceError
from helder.engines import workbook
from helder.sources.cells import NoValue
from helder.sources.formats import xlsx
from sources.cases import a_case, load, read_file


def book(path: Path, rows, **sheets) -> Path:
    """A workbook with these rows on its first sheet, and more sheets by name."""
    with xlsxwriter.Workbook(path) as made:
        for name, lines in {"Blad1": rows, **sheets}.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(lines):
                sheet.write_row(number, 0, row)
    return path


def test_formulas_are_not_computed_and_text_that_looks_like_one_stays_text(tmp_path):
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write_formula(1, 0, "=1+1", value=2)
        sheet.write_string(1, 1, '=HYPERLINK("http://evil")')
        sheet.write_formula(1, 2, "=1/0", value="#DIV/0!")
    assert read_file("xlsx", path)["rows"] == {1: {"a": "2", "b": '=HYPERLINK("http://evil")', "c": ""}}


def test_times_and_durations_are_text(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["time", "long"])
        sheet.write_datetime(1, 0, dt.time(3, 4), made.add_format({"num_format": "hh:mm"}))
        sheet.write_number(1, 1, 0.5, made.add_format({"num_format": "[h]:mm"}))
    assert read_file("xlsx", path)["rows"] == {1: {"time": "03:04:00", "long": "12:00:00"}}


def test_a_number_that_is_no_day_is_never_a_date(tmp_path):
    """Excel shows ##### for a negative date, and for one after 9999: such a row is set aside, a birth not known."""
    path = tmp_path / "verzonden.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet, day = made.add_worksheet(), made.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(0, 0, ["nr", "dag", "geboren"])
        for at, number in enumerate([*range(44_000, 44_008), -1, -700_000, 0, 0.5, 2_958_466, 1e7, 1e300], start=1):
            sheet.write(at, 0, f"K{at}")
            sheet.write_number(at, 1, number, day)
            sheet.write_number(at, 2, number, day)
    columns = {"person_id": "nr", "sent_on": "dag", "items": {"value": "name"}}
    parties = {"from_party": {"value": "us"}, "to_party": {"value": "lab"}}
    sent = load(a_case(tmp_path, log={"fills": "disclosures", "path": path.name, "columns": columns | parties}), "log")
    assert sent.column("sent_on") == [dt.date(2020, 6, day) for day in range(18, 26)]
    assert [(row, column, reason) for _, row, column, reason in sent.rejects] == [
        (row, "dag", "not a date as %Y-%m-%d") for row in range(9, 16)
    ]
    mapped = {"fills": "people", "path": path.name, "columns": {"person_id": "nr", "birth_date": "geboren"}}
    births = load(a_case(tmp_path, log=mapped), "log").column("birth_date")
    assert sorted(births)[6:9] == ["0000-00-00", "2020-06-18", "2020-06-19"]


def test_the_first_shown_sheet_with_something_in_it_is_read_and_the_others_are_named(tmp_path):
    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(path) as made:
        hidden = made.add_worksheet("Verborgen")
        hidden.write(0, 0, "x")
        made.add_worksheet("Leeg").activate()
        hidden.hide()
        made.add_worksheet("Data").write_column(0, 0, ["naam", "Jansen"])
    got = read_file("xlsx", path)
    assert got["facts"] == {"sheet": "Data", "header": "row 1", "other sheets": "Verborgen, Leeg"}
    assert read_file("xlsx", path, sheet="Verborgen")["columns"] == ("x",)


def test_empty_rows_are_no_records_and_merged_cells_have_their_value_once(tmp_path):
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(1, 1, ["naam", "plaats"])
        sheet.merge_range(3, 1, 3, 2, "Jansen")
        sheet.write_row(5, 1, ["Smit", "Oss"])
    got = read_file("xlsx", path)
    assert got["rows"] == {1: {"naam": "Jansen", "plaats": ""}, 2: {"naam": "Smit", "plaats": "Oss"}}
    assert got["facts"]["header"] == "row 2"
    assert got["facts"]["merged cells"] == "1"


def test_many_rows_come_in_batches(tmp_path):
    path = book(tmp_path / "b.xlsx", [["n"], *([number] for number in range(10_000))])
    got = read_file("xlsx", path)
    assert len(got["rows"]) == 10_000
    assert got["rows"][10_000] == {"n": "9999"}


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"sheet": "Blad2"}, "There is no sheet 'Blad2'."),
        ({"header": 7}, "There is no header."),
        ({"header": -1}, "Option 'header' is not a number."),
    ],
)
def test_what_is_not_there_stops_with_what_is(options, what, tmp_path):
    with pytest.raises(SourceError) as caught:
        read_file("xlsx", book(tmp_path / "x.xlsx", [["a"], [1]]), **options)
    assert caught.value.what == what
    assert caught.value.do


def test_a_workbook_of_empty_sheets_is_refused(tmp_path):
    with pytest.raises(SourceError, match="All sheets are empty or hidden"):
        read_file("xlsx", book(tmp_path / "x.xlsx", []))


def repack(path: Path, changes: dict[str, bytes], out: Path) -> Path:
    """The same workbook with other bytes in some parts."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in changes if name not in old.namelist())]:
            data = changes.get(name)
            new.writestr(name, old.read(name) if data is None else data)
    return out


SHEET = "xl/worksheets/sheet1.xml"


def refused(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_file("xlsx", path)
    assert caught.value.do
    return caught.value.what


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path, monkeypatch):
    path = book(tmp_path / "a.xlsx", [["a"]])
    bomb = repack(path, {"xl/media/image1.png": b"\0" * (20 << 20)}, tmp_path / "bomb.xlsx")
    assert "zip bomb" in refused(bomb)
    monkeypatch.setattr(workbook, "MOST_BYTES", 5000)
    assert "zip bomb" in refused(path)


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", [["a"], ["b" * 100]])
    data = bytearray(path.read_bytes())
    place = data.rfind(SHEET.encode()) - 46  # its entry in the list at the end
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    path.write_bytes(bytes(data))
    assert refused(path) == "The workbook's own list of sizes is not true."


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="900000"><c r="A900000"/></row>' + b"<row>" + b"<c/>" * 200 + b"</row>",
        b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
        b"<row\nr = '1'><c\tr='A1'/><c\n r\n=\n'XFD1048576'/></row>",
        b'<row r="1"><c r="a1"/><c r="xfd99999999999"/></row>',
        b'<x:row r="1"><x:c r="A1"/><x:c s="1" r="XFD1048576"/></x:row>',
    ],
)
def test_two_cells_at_the_ends_of_a_sheet_do_not_fill_the_memory(cells, tmp_path):
    xml = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + cells
    path = repack(book(tmp_path / "a.xlsx", [["a"]]), {SHEET: xml + b"</sheetData></worksheet>"}, tmp_path / "b.xlsx")
    assert refused(path) == "A sheet spans more than 50,000,000 cells."


@pytest.mark.parametrize(("rows", "columns"), [(10, 300), (1, 16_384), (40_000, 30)])
def test_wide_and_long_sheets_are_read(rows, columns, tmp_path):
    path = book(tmp_path / "w.xlsx", [[f"c{n}" for n in range(columns)], *([["x"]] * (rows - 1)), ["y"] * columns])
    assert read_file("xlsx", path, ["c0"])["rows"][rows] == {"c0": "y"}


@pytest.mark.parametrize("written", [b'<row r = "2"><c r="A2"', b"<row r='2'><c r='A2'", b"<row><c"])
def test_a_sheet_written_in_an_unusual_way_is_read_when_it_is_small(written, tmp_path):
    xml = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    xml += (
        b'<row r="1"><c r="A1" t="str"><v>a</v></c></row>'
        + written
        + b' t="str"><v>b</v></c></row></sheetData></worksheet>'
    )
    path = repack(book(tmp_path / "a.xlsx", [["a"]]), {SHEET: xml}, tmp_path / "b.xlsx")
    assert read_file("xlsx", path)["rows"] == {1: {"a": "b"}}


def test_a_workbook_with_too_many_parts_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "_MOST_PARTS", 3)
    assert refused(book(tmp_path / "a.xlsx", [["a"]])) == "The workbook has too many parts."


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04" + b"x" * 100, b"\xd0\xcf\x11\xe0 an old .xls", b""],
)
def test_what_is_no_workbook_is_named_as_such(data, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    assert refused(path).startswith("This is not a whole Excel workbook")


def test_any_other_zip_is_no_workbook(tmp_path):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("hello.txt", "hello")
    assert refused(path) == "This is not an Excel workbook (.xlsx)."


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2])
def test_only_the_usual_ways_of_packing_are_read(method, tmp_path):
    path = book(tmp_path / "a.xlsx", [["a"], ["b"]])
    out = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    if method == zipfile.ZIP_STORED:
        assert read_file("xlsx", out)["rows"] == {1: {"a": "b"}}
    else:
        assert refused(out).startswith("This is not a whole Excel workbook")


def test_broken_xml_inside_a_whole_zip_is_one_error(tmp_path):
    path = repack(book(tmp_path / "a.xlsx", [["a"]]), {SHEET: b"<worksheet><sheetData><row"}, tmp_path / "b.xlsx")
    assert refused(path)
    path = repack(book(tmp_path / "a.xlsx", [["a"]]), {"xl/workbook.xml": b"<nothing"}, tmp_path / "c.xlsx")
    assert refused(path)


def test_a_panic_of_the_parser_is_one_error_and_an_interrupt_stays_one(tmp_path):
    class PanicException(BaseException):
        pass

    opened = xlsx._opened(xlsx.Place("x.xlsx", book(tmp_path / "x.xlsx", [["a"]])))
    with pytest.raises(SourceError, match="PanicException"), opened:
        raise PanicException
    with pytest.raises(KeyboardInterrupt), opened:
        raise KeyboardInterrupt


def test_formulas_are_found_without_result_however_their_cell_is_written():
    found = NoValue()
    found.add(
        b'<c r="A1"><f>1</f></c><c r="B1"><f>1</f><v></v></c><x:c r="C1"><x:f>1</x:f><x:v/></x:c><c r="AA1"><f t="shared" si="0"/></c>'
        b'<c r="E1" t="str"><f>1</f><v></v></c><c r="F1"><f>1</f><v>2</v></c><c r="G1"><v>1</v></c><c r="H1"/><c r=\'I1\' t=\'e\'><v>#N/A</v></c>'
    )
    assert found.formulas == {(1, 1), (1, 2), (1, 3), (1, 27)}
    assert found.errors == {(1, 9)}


def test_a_formula_in_a_column_that_is_not_wanted_rejects_nothing_and_its_row_is_a_record(tmp_path):
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("A & B's")
        sheet.write_row(2, 1, ["a", "b"])
        sheet.write_formula(3, 2, "=1+1", value="")
    assert read_file("xlsx", path, ["a"])["rows"] == {1: {"a": ""}}
    assert read_file("xlsx", path, ["a", "b"])["bad"] == {
        1: "a formula without a result: the workbook was never computed"
    }
