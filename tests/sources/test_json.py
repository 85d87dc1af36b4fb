"""JSON: one object a line, objects one after another, or one array; streamed, names flattened, digits kept."""

from __future__ import annotations

import pytest

from helder.domain.errors import SourceError
from sources.cases import read_file


def read(tmp_path, text, wanted=None, **options):
    path = tmp_path / "data.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file("json", path, wanted, **options)


def test_nested_objects_are_flattened_with_dots_and_lists_parted_by_semicolons(tmp_path):
    got = read(
        tmp_path,
        '{"id": 7, "naam": {"voor": "Jan", "alle": ["J", "P", null]}, "tests": [{"u": 1}, {"u": 2}]}\n{"id": 8}\n',
    )
    assert got["rows"][1] == {"id": "7", "naam.voor": "Jan", "naam.alle": "J;P", "tests.0.u": "1", "tests.1.u": "2"}
    assert got["facts"] == {"encoding": "utf-8", "layout": "one object a line"}


def test_numbers_keep_their_digits_and_truth_is_a_word(tmp_path):
    got = read(
        tmp_path, '{"a": 12345678901234567890, "b": 1234.0, "c": 2.50, "d": 1e3, "e": true, "f": NaN, "g": "007"}'
    )
    assert list(got["rows"][1].values()) == ["12345678901234567890", "1234", "2.50", "1000", "true", None, "007"]


def test_a_line_that_is_no_object_is_rejected_under_its_number(tmp_path):
    got = read(tmp_path, '{"a": 1}\n\nrubbish\n[1]\n{"a": 2}\n{"a": "\\ud800"}\n{"a":\n')
    assert got["bad"] == {
        2: "not a JSON object",
        3: "not a JSON object",
        5: "bytes that are not of the file's encoding, a NUL, or half a character",
        6: "not a JSON object",
    }
    assert got["rows"] == {1: {"a": "1"}, 4: {"a": "2"}}


def test_objects_over_several_lines_are_read_one_after_another(tmp_path):
    got = read(tmp_path, '{\n "a": 1\n}\n{\n "a": 2\n}\n')
    assert got["facts"]["layout"] == "objects one after another"
    assert got["rows"] == {1: {"a": "1"}, 2: {"a": "2"}}


def test_elements_of_an_array_that_are_no_objects_are_rejected(tmp_path):
    got = read(tmp_path, '[{"a": 1}, 12, "x", {"a": 2}]')
    assert got["facts"]["layout"] == "one array of objects"
    assert got["bad"] == {2: "not a JSON object", 3: "not a JSON object"}


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_an_array_is_read_in_pieces(size, tmp_path, monkeypatch):
    from helder.sources import json_text, text

    monkeypatch.setattr(json_text, "blocks", lambda path, encoding: text.blocks(path, encoding, size))
    records = ' [ {"a": 12} , 123 ,{"a" : "é]"}]\n'
    assert read(tmp_path, records)["rows"] == {1: {"a": "12"}, 3: {"a": "é]"}}
    assert read(tmp_path, f'{{"n": 12, "deep" : {{"rows":{records}}}}}')["rows"] == {1: {"a": "12"}, 3: {"a": "é]"}}


WRAPPED = '{"made": "2025-08-06", "more": {"tests": [{"u": 1}], "rows": [{"a": 1}, 12, {"a": 2}]}, "codes": ["x", "y"]}'


def test_the_longest_list_inside_one_object_has_the_records_and_the_others_are_named(tmp_path):
    """As what an interface or a database tool writes: a few words about the export, and the rows inside."""
    got = read(tmp_path, WRAPPED)
    assert got["facts"] == {
        "encoding": "utf-8", "layout": "a list inside one object", "list": "more.rows", "other lists": "more.tests (1)",
    }  # fmt: skip
    assert (got["rows"], got["bad"]) == ({1: {"a": "1"}, 3: {"a": "2"}}, {2: "not a JSON object"})


def test_another_list_is_read_where_it_is_asked_for(tmp_path):
    got = read(tmp_path, WRAPPED, list="more.tests")
    assert (got["facts"]["list"], got["rows"]) == ("more.tests", {1: {"u": "1"}})


def test_the_object_itself_is_the_record_where_it_is_asked_for(tmp_path):
    got = read(tmp_path, WRAPPED, list="")
    assert got["facts"]["layout"] == "one object a line"
    assert got["rows"][1]["more.rows.0.a"] == "1"


@pytest.mark.parametrize("text", [WRAPPED, '[{"a": 1}]', '{"a": 1}'])
def test_a_list_that_is_not_there_is_an_error(text, tmp_path):
    with pytest.raises(SourceError, match="There is no list of objects named 'rows'"):
        read(tmp_path, text, list="rows")


@pytest.mark.parametrize("broken", [WRAPPED[:-1], WRAPPED + "]", WRAPPED.replace('"codes":', "codes:"), WRAPPED + "{"])
def test_an_object_that_is_not_whole_stops_though_its_list_is(broken, tmp_path):
    with pytest.raises(SourceError, match="not JSON as it should be, or it is not whole"):
        read(tmp_path, broken, list="more.rows")


def test_what_stands_beside_the_list_may_be_nested_without_end(tmp_path):
    for deep in ('{"b":' * 50_000 + "1" + "}" * 50_000, "[" * 50_000 + "]" * 50_000):
        with pytest.raises(SourceError, match="not JSON as it should be, or it is not whole"):
            read(tmp_path, f'{{"b": {deep}, "rows": [{{"a": 1}}]}}', list="rows")


def test_columns_that_come_late_are_found_when_they_are_wanted(tmp_path):
    text = '{"a": 1}\n' * 3000 + '{"a": 1, "late": 2}\n'
    assert read(tmp_path, text)["columns"] == ("a",)
    got = read(tmp_path, text, ["a", "late"])
    assert got["columns"] == ("a", "late")
    assert (got["rows"][1]["late"], got["rows"][3001]["late"]) == (None, "2")


def test_a_line_that_is_too_long_is_one_reject(tmp_path, monkeypatch):
    monkeypatch.setattr("helder.sources.formats.json.LONGEST", 100)
    got = read(tmp_path, '{"a": 1}\n{"a": "' + "x" * 200 + '"}\n{"a": 2}\n{"a": "' + "y" * 9_000_000 + '"}\n{"a": 3}\n')
    assert list(got["rows"]) == [1, 3, 5]
    assert set(got["bad"].values()) == {"the record is longer than 4 Mi characters"}


def test_many_records_come_in_batches(tmp_path):
    got = read(tmp_path, '{"a": 1}\n' * 20_000)
    assert len(got["rows"]) == 20_000


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "The file is empty."),
        ("  \n ", "The file is empty."),
        ("[]", "There is no JSON object in the file."),
        ("[1, 2]", "There is no JSON object in the file."),
        ("hello\n", "There is no JSON object in the file."),
        ('[{"a": 1}', "This is not JSON as it should be, or it is not whole."),
        ('[{"a": 1} {"a": 2}]', "This is not JSON as it should be, or it is not whole."),
        ('[{"a": 1}] x', "This is not JSON as it should be, or it is not whole."),
        ('[{"a": 1}, {"a"', "This is not JSON as it should be, or it is not whole."),
        ("[" * 100_000, "This is not JSON as it should be, or it is not whole."),
        ('{"a":' * 100_000, "This is not JSON as it should be, or it is not whole."),
        ('{"a": {' + ", ".join(f'"{n}": 1' for n in range(5000)) + "}}", "The objects have more than 4096 names."),
    ],
)
def test_what_cannot_be_a_table_stops_with_what_to_do(text, what, tmp_path):
    with pytest.raises(SourceError) as caught:
        read(tmp_path, text)
    assert caught.value.what == what
    assert caught.value.do


def test_objects_in_objects_without_end_are_one_reject(tmp_path):
    assert read(tmp_path, '{"a": 1}\n' + '{"a":' * 50_000 + "\n")["bad"] == {2: "not a JSON object"}
    deep = '{"a":' * 900 + "1" + "}" * 900
    assert len(read(tmp_path, '{"a": 1}\n' + deep + "\n")["rows"]) >= 1
