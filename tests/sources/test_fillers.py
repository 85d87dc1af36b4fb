"""A value that only says that there is none is kept as it was read, counted, and is no item that was stolen."""

from __future__ import annotations

import pytest

from sources.cases import load_text

NOTHING = ["\\N", "None", "nan", "NaN", "000000000", "111.111.111", "(null)", "onbekend", "NA", "Null", "?", "0"]


@pytest.mark.parametrize("written", NOTHING)
def test_a_national_number_that_says_there_is_none_is_not_taken(written, tmp_path):
    columns = {"national_id": "bsn", "birth_date": "geboren"}
    got = load_text(tmp_path, f"bsn;geboren\n{written};1980-01-31\n123456782;1980-01-31\n", columns=columns)
    assert got.column("items") == ["birth_date", "birth_date;bsn"]
    assert got.facts.used == 2


def test_what_was_read_as_empty_is_kept_and_counted(tmp_path):
    columns = {"national_id": "bsn", "surname": "naam"}
    got = load_text(tmp_path, "bsn;naam\n000000000;Bos\n123456782;ONBEKEND\n;Smit\n", columns=columns)
    assert got.column("national_id") == ["000000000", "123456782", None]
    assert got.column("surname") == ["Bos", "ONBEKEND", "Smit"]
    assert got.column("items") == ["name", "bsn", "name"]
    assert got.facts.fillers == {"national_id": 1, "surname": 1}


def test_of_an_item_only_words_that_can_mean_nothing_else_say_there_is_none(tmp_path):
    columns = {"surname": "naam", "item:test_result": "uitslag"}
    values = ["Onbekend", "niet ingevuld", "\\N", "(null)", "geen", "0", "x", "test", "afwijkend"]
    text = "naam;uitslag\n" + "".join(f"Bos;{value}\n" for value in values)
    got = load_text(tmp_path, text, columns=columns)
    assert got.column("items") == ["name"] * 4 + ["name;test_result"] * 5
    assert got.facts.fillers == {"test_result": 2}  # what a database writes for NULL was empty before
