"""A source becomes a checked table: rows in = rows used + rows rejected, and every row keeps its place."""

from __future__ import annotations

import datetime as dt

import pytest

from helder.domain.errors import SourceError
from sources.cases import a_case, load, load_text

PEOPLE = {"person_id": "id", "surname": "naam", "birth_date": "geboren"}
DISCLOSED = {
    "person_id": "id",
    "from_party": {"value": "us"},
    "to_party": {"value": "lab"},
    "sent_on": "datum",
    "items": "wat",
}


def test_people_are_numbered_in_the_order_of_their_id(tmp_path):
    text = "id;naam;geboren\nB;Bakker;1980-02-01\nA10;Jansen;1970-12-31\nA2;Smit;\n"
    got = load_text(tmp_path, text, "people", columns=PEOPLE)
    assert [(r["person"], r["person_id"], r["row"]) for r in got.rows] == [(0, "A10", 2), (1, "A2", 3), (2, "B", 1)]
    assert got.column("birth_date") == ["1970-12-31", None, "1980-02-01"]
    assert (got.facts.records, got.facts.used, got.facts.rejected) == (3, 3, 0)


def test_a_person_who_is_there_twice_is_rejected_the_second_time(tmp_path):
    text = "id;naam;geboren\nA;Jansen;\nB;Smit;\nA;Jansen;\nA;Janssen;\n;Zonder;\n"
    got = load_text(tmp_path, text, "people", columns=PEOPLE)
    assert got.column("person_id") == ["A", "B"]
    assert got.rejects == [
        (0, 3, "id", "the same as in an earlier row"),
        (0, 4, "id", "the same as in an earlier row"),
        (0, 5, "id", "empty, but every row needs it"),
    ]


def test_a_leaked_row_shows_which_items_it_holds_and_never_their_values(tmp_path):
    text = "BSN,naam,uitslag,soort\n1,Jansen,afwijkend,\n,Smit,-,smear\n2,,,\n,,,\n"
    columns = {"national_id": "BSN", "surname": "naam", "item:test_result": "uitslag", "item:test_kind": "soort"}
    got = load_text(tmp_path, text, columns=columns, supplied_by="gp")
    assert got.column("items") == ["bsn;name;test_result", "name;test_kind", "bsn"]
    assert got.column("record") == [1, 2, 3]
    assert got.column("supplied_by") == ["gp"] * 3
    assert got.rejects == [(0, 4, None, "every column that is mapped is empty")]
    assert "afwijkend" not in str(got.rows)


def test_the_record_number_tells_source_and_position_over_all_files(tmp_path):
    (tmp_path / "a.csv").write_text("naam\nJansen\nSmit\n")
    (tmp_path / "b.csv").write_text("naam\nVisser\n")
    source = {"fills": "leaked", "path": ["b.csv", "a.csv"], "columns": {"surname": "naam"}}
    case = a_case(tmp_path, first=source, second={**source, "path": "*.csv"})
    assert [(r["record"], r["file"], r["row"]) for r in load(case, "first").rows] == [(1, 0, 1), (2, 1, 1), (3, 1, 2)]
    assert [(r["record"] - 2**40, r["file"], r["row"]) for r in load(case, "second").rows] == [
        (1, 0, 1),
        (2, 0, 2),
        (3, 1, 1),
    ]


def test_disclosures_have_a_date_and_known_items_and_parties(tmp_path):
    text = (
        "id;datum;wat\nA;31-12-2019;bsn, name\nA;13-01-2020;name|bsn|name\nB;1-2-2020;shoe size\nB;30-02-2020;bsn\n"
        "B;;bsn\nC;25-12-2020;\nD;25-12-2020;bsn;extra\n"
    )
    got = load_text(tmp_path, text, "disclosures", columns=DISCLOSED)
    assert got.column("items") == ["bsn;name", "bsn;name"]
    assert got.column("sent_on") == [dt.date(2019, 12, 31), dt.date(2020, 1, 13)]
    assert got.rejects == [
        (0, 3, "wat", "an item that case.toml does not declare"),
        (0, 4, "datum", "not a date as %d-%m-%Y"),
        (0, 5, "datum", "empty, but every row needs it"),
        (0, 6, "wat", "empty, but every row needs it"),
        (0, 7, None, "4 fields where the header has 3"),
    ]
    assert got.facts.dates == {"sent_on": "%d-%m-%Y"}
    assert (got.facts.records, got.facts.used, got.facts.rejected) == (7, 2, 5)


def test_a_missing_column_stops_with_file_expectation_and_a_close_match(tmp_path):
    with pytest.raises(SourceError) as caught:
        load_text(tmp_path, "id;naam;Geboren \nA;Jansen;\n", "people", columns=PEOPLE)
    assert caught.value.what == "There is no column 'geboren', which is to fill 'birth_date'."
    assert caught.value.where == "data.csv, header"
    assert caught.value.do == "Did you mean 'Geboren'? Correct sources.data.columns in case.toml."
