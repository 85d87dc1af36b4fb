"""Registers say in many ways that somebody died, or that an address is secret: nobody is lost for it, nobody is written to."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from helder.countries import country
from project import sources
from sources.cases import engine, load_text

UNKNOWN_DAY = dt.date(1, 1, 1)


def people(tmp_path, field: str, *values: str):
    text = "id;x\n" + "".join(f"{number:02};{value}\n" for number, value in enumerate(values))
    got = load_text(tmp_path, text, "people", columns={"person_id": "id", field: "x"})
    assert got.rejects == []
    return got


def test_a_flag_or_a_year_says_that_somebody_is_dead(tmp_path):
    got = people(tmp_path, "deceased_on", "J", "N", "", "2020", "31-12-2019", "onlangs", "nee", "onbekend")
    assert got.column("deceased_on") == [
        UNKNOWN_DAY, None, None, dt.date(2020, 1, 1), dt.date(2019, 12, 31), UNKNOWN_DAY, None, None,
    ]  # fmt: skip
    assert got.facts.unreadable == {"deceased_on": 3}


def test_a_column_of_flags_alone_needs_no_way_of_writing_dates(tmp_path):
    assert people(tmp_path, "deceased_on", "J", "N", "N", "J").column("deceased_on") == [
        UNKNOWN_DAY,
        None,
        None,
        UNKNOWN_DAY,
    ]


def test_a_code_of_secrecy_is_secret_and_so_is_what_nobody_understands(tmp_path):
    got = people(tmp_path, "secret_address", "7", "0", "", "J", "nee", "zie dossier", "1")
    assert got.column("secret_address") == [True, False, None, True, False, True, True]
    assert got.facts.unreadable == {"secret_address": 1}


def test_another_truth_that_nobody_understands_is_not_known(tmp_path):
    got = people(tmp_path, "staff", "ja", "soms", "n")
    assert got.column("staff") == [True, None, False]
    assert got.facts.unreadable == {"staff": 1}


def test_a_country_by_any_of_its_names_is_its_code(tmp_path):
    got = people(tmp_path, "country", "nl", "Nederland", "6030", "NL", "Belgi\u00eb", "Germany", "Atlantis", "")
    assert got.column("country") == ["NL", "NL", "NL", "NL", "BE", "DE", "Atlantis", None]
    assert got.facts.unreadable == {"country": 1}


@pytest.mark.parametrize(
    ("written", "seen", "odd"),
    [("nee", None, {}), ("ja", dt.date(2025, 8, 6), {}), ("9 juli?", None, {"published_on": 1}), ("2025-07-08", dt.date(2025, 7, 8), {})],
)  # fmt: skip
def test_a_leaked_row_is_kept_whatever_is_said_of_its_posting(written, seen, odd, tmp_path):
    columns = {"surname": "naam", "published_on": "gezien"}
    got = load_text(tmp_path, f"naam;gezien\nBos;{written}\nSmit;2025-07-08\n", columns=columns)
    assert got.column("published_on") == [seen, dt.date(2025, 7, 8)]
    assert got.facts.unreadable == odd


@pytest.mark.parametrize("word", ["onbekend", "Onbekend", "ONB", "0000", "?"])
def test_a_word_for_a_country_that_is_not_known_is_no_country(word, tmp_path):
    got = people(tmp_path, "country", word)
    assert got.column("country") == [None]
    assert got.facts.unreadable == {}


def test_somebody_who_left_nobody_knows_whereto_keeps_that_word_so_that_nothing_goes_to_the_old_address(tmp_path):
    got = people(tmp_path, "country", "VOW")
    assert got.column("country") == ["VOW"]
    assert got.facts.unreadable == {"country": 1}


@pytest.mark.parametrize(
    ("written", "abroad"),
    [(None, False), ("", False), ("NL", False), (" nl ", False), ("Nederland", False), ("NEDERLAND", False), ("6030", False),
     ("NLD", False), ("onbekend", False), ("VOW", False), ("BE", True), ("België", True), ("NA", True)],
)  # fmt: skip
def test_whoever_is_abroad_is_told_by_one_rule(written, abroad):
    rule = country("nl").abroad_sql("CAST(? AS VARCHAR)".replace("?", "NULL" if written is None else f"'{written}'"))
    assert engine().rows(f"SELECT {rule} AS abroad") == [{"abroad": abroad}]
    assert written != "NLD" or country("nl").country_code(written) == "NL"


def test_nothing_else_decides_who_is_abroad():
    elsewhere = [
        path.name
        for path in (*sources("src"), *(p for s in sources("src") for p in s.parent.glob("*.sql")))
        if re.search(r"AS abroad\b", path.read_text("utf-8"))
        and "demo" not in path.parts
        and not re.search(r"FALSE AS abroad|\{abroad\} AS abroad", path.read_text("utf-8"))
    ]
    assert elsewhere == []
