"""A source becomes a checked table: rows in = rows used + rows rejected, and every row keeps its place."""

from __future__ import annotations

import datetime as dt

import pytest

from helder.domain.errors import HelderError, SourceError
from helder.sources import load_source
from helder.sources.reading import Stream
from sources.cases import a_case, engine, load, load_text

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
    text = "BSN,naam,uitslag,soort\n12,Jansen,afwijkend,\n,Smit,-,smear\n23,,,\n,,,\n"
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
    assert got.column("items") == ["bsn;name", "bsn;name", ""]
    assert got.column("sent_on") == [dt.date(2019, 12, 31), dt.date(2020, 1, 13), dt.date(2020, 2, 1)]
    assert got.rejects == [
        (0, 4, "datum", "not a date as %d-%m-%Y"),
        (0, 5, "datum", "empty, but every row needs it"),
        (0, 6, "wat", "empty, but every row needs it"),
        (0, 7, None, "4 fields where the header has 3"),
    ]
    assert got.facts.dates == {"sent_on": "%d-%m-%Y"}
    assert (got.facts.records, got.facts.used, got.facts.rejected) == (7, 3, 4)


def test_a_line_of_a_log_with_an_unknown_item_keeps_its_known_ones_and_is_counted(tmp_path):
    columns = {**DISCLOSED, "items": {"column": "wat", "values": {"schoenmaat": ""}}}
    text = "id;datum;wat\nA;2020-01-31;bsn,phone\nB;2020-01-31;phone\nC;2020-01-31;schoenmaat\nD;2020-01-31;bsn\n"
    got = load_text(tmp_path, text, "disclosures", columns=columns)
    assert got.column("items") == ["bsn", "", "", "bsn"]
    assert (got.rejects, got.facts.unreadable) == ([], {"items": 2})


def test_lines_of_a_log_that_are_not_evidence_as_a_whole_are_counted_by_who_received_them(tmp_path):
    columns = {**DISCLOSED, "from_party": "van", "to_party": "naar"}
    text = (
        "id;datum;wat;van;naar\nA;2020-01-31;bsn,phone;us;lab\nB;x;bsn;us;lab\nC;;bsn;;lab\nD;2020-01-31;bsn;us;nobody\n"
        "E;;bsn;gp;lab\nF;2020-01-31;bsn,phone;gp;lab\nG;2020-01-31;bsn;us;lab\nH;2020-01-31;bsn;us;lab;extra\n"
    )
    got = load_text(tmp_path, text, "disclosures", columns=columns, dates="%Y-%m-%d")
    assert got.facts.strays == {
        "": {"rejected": {"2020-01-31": 1, "": 1}},
        "lab": {"rejected": {"": 2}, "items": {"2020-01-31": 1}},
    }


def test_a_filler_and_a_day_after_the_log_was_received_tell_no_day(tmp_path):
    text = "id;datum;wat\nA;1900-01-01;phone\nB;2201-01-01;phone\nC;2025-08-06;phone\n"
    got = load_text(tmp_path, text, "disclosures", columns=DISCLOSED, dates="%Y-%m-%d")
    assert got.facts.strays["lab"]["items"] == {"": 2, "2025-08-06": 1}


def test_a_missing_column_stops_with_file_expectation_and_a_close_match(tmp_path):
    with pytest.raises(SourceError) as caught:
        load_text(tmp_path, "id;naam;Geboren \nA;Jansen;\n", "people", columns=PEOPLE)
    assert caught.value.what == "There is no column 'geboren', which is to fill 'birth_date'."
    assert caught.value.where == "data.csv, header"
    assert caught.value.do == "Did you mean 'Geboren'? Correct sources.data.columns in case.toml."


def test_a_list_of_affected_people_says_nothing_of_items(tmp_path):
    got = load_text(tmp_path, "naam;bsn\nJansen;7\n", read_as="list", columns={"surname": "naam", "national_id": "bsn"})
    assert got.column("items") == [""]


def test_items_listed_in_a_leaked_file_join_those_in_its_fields(tmp_path):
    text = "naam;wat\nJansen;uitslag+adres\nSmit;\nBos;shoe size\n"
    values = {"uitslag+adres": "test_result;address"}
    columns = {"surname": "naam", "items": {"column": "wat", "values": values}}
    got = load_text(tmp_path, text, columns=columns)
    assert got.column("items") == ["address;name;test_result", "name", "name"]
    assert (got.rejects, got.facts.unreadable) == ([], {"items": 1})


def test_single_items_are_mapped_too_and_case_makes_no_difference(tmp_path):
    columns = {**DISCLOSED, "items": {"column": "wat", "values": {"Naam": "name", "uitslag": "test_result"}}}
    got = load_text(tmp_path, "id;datum;wat\nA;2020-01-31;naam, BSN|Uitslag\n", "disclosures", columns=columns)
    assert got.column("items") == ["bsn;name;test_result"]


def test_a_constant_fills_every_row(tmp_path):
    columns = {**DISCLOSED, "items": {"value": "name;bsn"}, "sent_on": {"value": "2020-05-01"}}
    got = load_text(tmp_path, "id\nA\nB\n", "disclosures", columns=columns)
    assert got.column("items") == ["bsn;name"] * 2
    assert got.column("sent_on") == [dt.date(2020, 5, 1)] * 2


def test_parties_are_those_of_the_case_after_mapping(tmp_path):
    columns = {**DISCLOSED, "to_party": {"column": "naar", "values": {"Het Lab": "lab"}}}
    text = "id;datum;wat;naar\nA;2020-01-31;bsn;Het Lab\nB;2020-01-31;bsn;elders\nC;2020-01-31;bsn;\n"
    got = load_text(tmp_path, text, "disclosures", columns=columns)
    assert got.column("to_party") == ["lab"]
    assert got.rejects == [
        (0, 2, "naar", "not a party of case.toml"),
        (0, 3, "naar", "empty, but every row needs it"),
    ]


def test_a_supplier_that_the_case_does_not_know_is_kept_and_counted(tmp_path):
    columns = {"surname": "naam", "supplied_by": {"column": "van", "values": {"Ons": "us"}}}
    got = load_text(tmp_path, "naam;van\nJansen;Ons\nSmit;Dr. Bibber\nBos;\n", columns=columns)
    assert got.column("supplied_by") == ["us", "Dr. Bibber", None]
    assert got.facts.unreadable == {"supplied_by": 1}


def test_words_for_empty_are_empty_and_may_be_changed(tmp_path):
    text = "naam;plaats\nJansen;n.v.t.\nSmit; - \nBos;onbekend\nVos;\u00a0Oss \n"
    columns = {"surname": "naam", "city": "plaats"}
    assert load_text(tmp_path, text, columns=columns).column("city") == [None, None, "onbekend", "Oss"]
    got = load_text(tmp_path, text, columns=columns, empty=["onbekend"])
    assert got.column("city") == ["n.v.t.", "-", None, "Oss"]


def test_a_field_with_a_few_words_takes_no_other_and_says_how_many(tmp_path):
    text = "id;g;n\nA;f;OWN\nB;V;\nC;;both\nD;x;partner_own\n"
    columns = {"person_id": "id", "sex": {"column": "g", "values": {"V": "F"}}, "name_use": "n"}
    got = load_text(tmp_path, text, "people", columns=columns)
    assert got.column("sex") == ["F", "F", None, "X"]
    assert got.column("name_use") == ["own", None, None, "partner_own"]
    assert got.facts.unreadable == {"name_use": 1}
    assert got.facts.filled == {"person_id": 4, "sex": 3, "name_use": 2}


def test_truth_is_written_in_many_ways(tmp_path):
    text = "id;geheim\nA;ja\nB;0\nC;\nD;TRUE\n"
    got = load_text(tmp_path, text, "people", columns={"person_id": "id", "secret_address": "geheim"})
    assert got.column("secret_address") == [True, False, None, True]


def test_statements_and_deletions_are_checked_against_the_case(tmp_path):
    text = (
        "nr;wie;bereik;gegevens;laat\n1;lab;;bsn;not_taken\n2;nobody;;bsn;not_taken\n3;lab;young;bsn;not_taken\n"
        "4;lab;old;person;in\n5;lab;;;unknown\n6;lab;;bsn;perhaps\n1;lab;;bsn;taken\n"
    )
    columns = {"statement_id": "nr", "issuer": "wie", "scope": "bereik", "items": "gegevens", "leaves": "laat"}
    got = load_text(tmp_path, text, "statements", columns=columns)
    assert got.column("statement_id") == ["1", "4", "5"]
    assert got.column("items") == ["bsn", "person", ""]
    assert got.column("about") == ["lab"] * 3
    assert got.column("covers") == ["all"] * 3
    assert got.column("received_on") == [dt.date(2025, 8, 6)] * 3
    assert [(row, column) for _, row, column, _ in got.rejects] == [
        (2, "wie"), (3, "bereik"), (6, "laat"), (7, "nr"),
    ]  # fmt: skip
    text = "nr;wat;welke;wanneer\n1;bsn;all;2024-01-31\n2;bsn;old;2024-01-31\n3;bsn;new;2024-01-31\n"
    columns = {
        "deletion_id": "nr",
        "items": "wat",
        "copies": "welke",
        "deleted_on": "wanneer",
        "party": {"value": "lab"},
    }
    got = load_text(tmp_path, text, "deletions", columns=columns)
    assert got.column("copies") == ["all", "old"]
    assert got.rejects == [(0, 3, "welke", "not a scope of case.toml")]


def test_a_source_without_one_good_row_is_an_empty_table_and_all_is_counted(tmp_path):
    got = load_text(tmp_path, "id;naam;geboren\n;a;\n1\n", "people", columns=PEOPLE)
    assert (got.rows, got.facts.records, got.facts.rejected) == ([], 2, 2)
    assert [(one.column, one.reason, one.rows) for one in got.facts.reasons] == [
        ("", "1 fields where the header has 3", 1),
        ("id", "empty, but every row needs it", 1),
    ]
    assert load_text(tmp_path, "id;naam;geboren\n", "people", columns=PEOPLE).facts.records == 0


def test_columns_that_no_field_uses_are_named_for_they_may_be_leaked_data(tmp_path):
    got = load_text(tmp_path, "naam;iban\nJansen;X\n", columns={"surname": "naam"})
    assert got.facts.files[0].unused_columns == ("iban",)


def test_progress_goes_on_after_the_bytes_are_read(tmp_path):
    (tmp_path / "data.csv").write_text("naam\n" + "Jansen\n" * 1000)
    told: list[float] = []
    case = a_case(tmp_path, data={"fills": "leaked", "path": "data.csv", "columns": {"surname": "naam"}})
    (tmp_path / "out").mkdir()
    load_source(engine(), case, "data", tmp_path / "out", told.append)
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] < 1


def test_the_value_of_no_person_stands_in_a_reject_a_fact_or_an_error(tmp_path):
    text = "id;datum;wat\nSECRET1;SECRET2;SECRET3\nSECRET4;31-01-2020;SECRET5\nSECRET6\nA;31-01-2020;bsn\n"
    got = load_text(tmp_path, text, "disclosures", columns=DISCLOSED, dates="%d-%m-%Y")
    assert len(got.rejects) == 2
    assert "SECRET" not in str(got.rejects) + str(got.facts.as_dict())


@pytest.mark.parametrize(
    ("source", "what", "do"),
    [
        ({"columns": {"surnam": "naam"}}, "There is no field 'surnam' here.", "Did you mean 'surname'?"),
        ({"columns": {"person": "naam"}}, "There is no field 'person' here.", ""),
        ({"columns": {"item:bsnn": "naam"}}, "There is no item 'bsnn' here.", "Did you mean 'bsn'?"),
        ({"columns": {"surname": {"values": {}}}}, "A field has either a column or a constant.", ""),
        ({"columns": {"surname": {"column": "naam", "value": "x"}}}, "A field has either a column or a constant.", ""),
        ({"fills": "people", "columns": {"surname": "naam"}}, "Nothing fills 'person_id'", "Add person_id ="),
        ({"fills": "people", "columns": {"item:bsn": "naam"}}, "Only leaked data have 'item:' columns.", ""),
        ({"columns": {"surname": "achternaam"}}, "There is no column 'achternaam'", "Did you mean 'naam'?"),
        ({"columns": {"surname": "zzz"}}, "There is no column 'zzz'", "The file has: naam, "),
        ({"columns": {"surname": "naam"}, "dates": "%d/%m"}, "", ""),
        (
            {"columns": {"birth_date": "naam"}, "dates": "%d/%m"},
            "'%d/%m' does not say how dates are written.",
            "Use %d",
        ),
    ],
)
def test_a_map_that_is_not_right_stops_with_the_place_and_what_to_do(source, what, do, tmp_path):
    text = "naam;" + ";".join(f"c{n}" for n in range(25)) + "\n" + "x;" * 25 + "x\n"
    if not what:
        assert load_text(tmp_path, text, **source).facts.used == 1, "no date is read, so the pattern does not matter"
        return
    with pytest.raises(SourceError) as caught:
        load_text(tmp_path, text, **source)
    assert caught.value.what.startswith(what)
    assert do in caught.value.do
    assert caught.value.where


def test_a_file_without_a_header_never_shows_its_first_person(tmp_path):
    with pytest.raises(SourceError) as caught:
        load_text(tmp_path, "Jansen;12-01-1980\nSmit;31-01-1975\n", columns={"surname": "naam"})
    assert "looks like data" in caught.value.what
    assert "Jansen" not in str(caught.value)
    got = load_text(tmp_path, "Jansen;12-01-1980\n", columns={"surname": "1"}, options={"header": 0})
    assert got.column("surname") == ["Jansen"]


def test_an_option_that_the_format_does_not_have_is_refused(tmp_path):
    with pytest.raises(SourceError) as caught:
        load_text(tmp_path, "naam\nx\n", columns={"surname": "naam"}, options={"delimeter": ";"})
    assert caught.value.what == "Format csv has no option 'delimeter'."
    assert caught.value.do == "Did you mean 'delimiter'?"


def test_too_many_different_lists_of_items_is_the_wrong_column(tmp_path, monkeypatch):
    monkeypatch.setattr("helder.sources.items.MOST", 2)
    with pytest.raises(SourceError, match="Is it the right column"):
        load_text(
            tmp_path, "id;datum;wat\nA;2020-01-31;a\nA;2020-01-31;b\nA;2020-01-31;c\n", "disclosures", columns=DISCLOSED
        )


def test_what_does_not_add_up_is_never_published_as_right(tmp_path, monkeypatch):
    into = Stream.into
    monkeypatch.setattr(Stream, "into", lambda self, engine, name: into(self, engine, name) + 1)
    with pytest.raises(HelderError, match="does not add up"):
        load_text(tmp_path, "naam\nx\n", columns={"surname": "naam"})


def test_loading_leaves_no_table_behind_in_the_engine(tmp_path):
    load_text(tmp_path, "naam\nx\n", columns={"surname": "naam"})
    left = (
        engine().connection.execute("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'source%'").fetchall()
    )
    assert left == []
