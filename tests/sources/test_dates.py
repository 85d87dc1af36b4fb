"""Dates: by a given pattern, or by the one pattern that fits the whole column; never by a guess."""

from __future__ import annotations

import datetime as dt

import pytest

from helder.domain.errors import SourceError
from sources.cases import load_text

BORN = {"birth_date": "geb", "surname": "naam"}


def born(tmp_path, *dates: str, **source):
    text = "geb;naam\n" + "".join(f"{date};Bos\n" for date in dates)
    return load_text(tmp_path, text, columns=BORN, **source)


@pytest.mark.parametrize(
    ("dates", "pattern"),
    [
        (["1980-01-31", "1975-12-01"], "%Y-%m-%d"),
        (["31-01-1980", "1-12-1975"], "%d-%m-%Y"),
        (["01/31/1980", "12/1/1975"], "%m/%d/%Y"),
        (["31/01/1980", "01/12/1975"], "%d/%m/%Y"),
        (["1980/01/31", "1975/12/01"], "%Y/%m/%d"),
        (["31.01.1980", "01.12.1975"], "%d.%m.%Y"),
        (["19800131", "19751201"], "%Y%m%d"),
        (["31011980", "01121975"], "%d%m%Y"),
        (["01311980", "12011975"], "%m%d%Y"),
        (["1980-01-31T00:00:00", "1975-12-01 10:15"], "%Y-%m-%d"),
        (["31 januari 1980", "1 dec. 1975"], "%d %b %Y"),
        (["31-JAN-1980", "1-Dec-1975"], "%d-%b-%Y"),
    ],
)
def test_the_pattern_is_found_and_stated(dates, pattern, tmp_path):
    got = born(tmp_path, *dates)
    assert got.column("birth_date") == ["1980-01-31", "1975-12-01"]
    assert got.facts.dates == {"birth_date": pattern}


def test_when_day_and_month_could_change_places_the_source_must_say(tmp_path):
    with pytest.raises(SourceError) as caught:
        born(tmp_path, "01-02-1980", "03-04-1975", "05-06-1990")
    assert caught.value.what.startswith("The dates of 'birth_date' can be read as %")
    assert "Ask the sender" in caught.value.do
    assert born(tmp_path, "01-02-1980", dates="%m-%d-%Y").column("birth_date") == ["1980-01-02"]


def test_dates_that_are_the_same_either_way_round_need_no_telling(tmp_path):
    assert born(tmp_path, "01-01-1980", "02-02-1975").column("birth_date") == ["1980-01-01", "1975-02-02"]


def test_a_few_dates_the_other_way_round_do_not_change_the_pattern(tmp_path):
    good = [f"{day:02}-{day % 12 + 1:02}-1980" for day in range(1, 29)]
    got = born(tmp_path, *good, "05-28-1980")
    assert got.facts.dates == {"birth_date": "%d-%m-%Y"}
    assert got.column("birth_date")[-1] == "1980-28-05", "as written: a leaked row is evidence, whatever its date"


def test_as_many_one_way_as_the_other_must_be_told(tmp_path):
    with pytest.raises(SourceError, match="can be read as"):
        born(tmp_path, "28-05-1980", "27-05-1980", "05-26-1980", "05-25-1980", "05-24-1980")


def test_dates_that_look_like_nothing_known_must_be_told(tmp_path):
    with pytest.raises(SourceError) as caught:
        born(tmp_path, "vijf mei 1980", "geboren 1975", "31-01-1980")
    assert caught.value.what == "It is not clear how the dates of 'birth_date' are written."
    assert caught.value.where == "case.toml: sources.data.dates"


def test_partial_birth_dates_keep_what_is_known(tmp_path):
    dates = ["1980", "00-00-1980", "05-1980", "1980-05", "00-05-1980", "31-01-1980", "1980-05-00", "rubbish", ""]
    got = born(tmp_path, *dates)
    assert got.column("birth_date") == [
        "1980-00-00", "1980-00-00", "1980-05-00", "1980-05-00", "1980-05-00", "1980-01-31", "1980-05-00",
        "0000-00-00", None,
    ]  # fmt: skip
    assert got.facts.unreadable == {"birth_date": 1}
    assert got.rejects == []
    assert got.column("items")[7] == "birth_date;name", "what cannot be read was there all the same"


def test_birth_dates_written_otherwise_than_the_rest_keep_what_they_tell(tmp_path):
    usual = [f"{day}-01-1980" for day in range(13, 31)]
    odd = [
        "5/6/1980",
        "05.06.1980 00:00",
        "1980/6/5",
        "19800605",
        "05061980",
        "5 juni 1980",
        "5-Jun-1980",
        "5 xyz 1980",
    ]
    got = born(tmp_path, *usual, *odd)
    assert got.column("birth_date")[18:] == ["1980-06-05"] * 7 + ["1980-00-05"]
    assert got.facts.unreadable == {}


def test_where_nothing_tells_day_from_month_only_the_year_is_kept(tmp_path):
    got = born(tmp_path, "1980-01-31", "1981-02-28", "1982-03-27", "05-06-1980", "25-06-1980", "06-25-1980")
    assert got.column("birth_date")[3:] == ["1980-00-00", "1980-06-25", "1980-06-25"]


def test_the_order_that_is_told_holds_for_other_signs_too(tmp_path):
    got = born(tmp_path, "06-05-1980", "6/5/1980", dates="%m-%d-%Y")
    assert got.column("birth_date") == ["1980-06-05"] * 2


@pytest.mark.parametrize("pattern", ["%d-%m", "%d-%m-%Y-%y", "%d%%%m%Y", "%d^%m^%Y", "%d]%m]%Y", "%q-%m-%d", "", "%"])
def test_a_pattern_that_is_none_is_refused(pattern, tmp_path):
    if not pattern:
        assert born(tmp_path, "1980-01-31", dates=pattern).column("birth_date") == ["1980-01-31"]
        return
    with pytest.raises(SourceError, match="does not say how dates are written"):
        born(tmp_path, "1980-01-31", dates=pattern)


def test_only_years_need_no_pattern(tmp_path):
    assert born(tmp_path, "1980", "1975").column("birth_date") == ["1980-00-00", "1975-00-00"]


def test_two_digits_of_a_year_are_the_last_such_year_where_only_one_can_be_meant(tmp_path):
    got = born(tmp_path, "31-01-80", "01-02-09", "01-02-26", dates="%d-%m-%y")
    assert got.column("birth_date") == ["1980-01-31", "2009-02-01", "1926-02-01"]


def test_iso_is_understood_beside_the_pattern(tmp_path):
    assert born(tmp_path, "31.01.1980", "1975-12-01", dates="%d.%m.%Y").column("birth_date") == [
        "1980-01-31",
        "1975-12-01",
    ]


def test_a_date_that_a_row_cannot_do_without_rejects_it(tmp_path):
    text = "id;datum\nA;29-02-2024\nB;29-02-2023\nC;2024-02-29 23:59\nD;onlangs\n"
    columns = {"person_id": "id", "sent_on": "datum", "items": {"value": "bsn"}}
    columns |= {"from_party": {"value": "us"}, "to_party": {"value": "lab"}}
    got = load_text(tmp_path, text, "disclosures", columns=columns, dates="%d-%m-%Y")
    assert got.column("sent_on") == [dt.date(2024, 2, 29)] * 2
    assert [(row, reason) for _, row, _, reason in got.rejects] == [
        (2, "not a date as %d-%m-%Y"),
        (4, "not a date as %d-%m-%Y"),
    ]


def test_who_died_on_a_day_that_is_not_known_is_dead(tmp_path):
    columns = {"person_id": "id", "deceased_on": "datum"}
    text = "id;datum\nA;2024-02-00\nB;2024-00-00\nC;2024-02-29\nD;0000-00-00\nE;00000000\n"
    got = load_text(tmp_path, text, "people", columns=columns)
    assert got.column("deceased_on") == [dt.date(2024, 2, 1), dt.date(2024, 1, 1), dt.date(2024, 2, 29), None, None]
    assert got.facts.unreadable == {"deceased_on": 2}


def test_a_date_of_zeros_is_no_date_and_no_item(tmp_path):
    got = born(tmp_path, "00-00-0000", "31-01-1980", "0000-00-00")
    assert got.column("birth_date") == [None, "1980-01-31", None]
    assert got.column("items") == ["name", "birth_date;name", "name"]


@pytest.mark.parametrize(("dates", "setting"), [
    (["31-12-80", "15-06-75"], '"%d-%m-%y"'), (["12/31/80", "06/15/75"], '"%m/%d/%y"'), (["801231", "750615"], '"%y%m%d"'),
])  # fmt: skip
def test_years_of_two_digits_are_refused_with_a_count_and_the_setting_to_write(dates, setting, tmp_path):
    text = "naam;geboren\n" + "".join(f"a;{one}\n" for one in dates)
    with pytest.raises(
        SourceError, match="2 of 2 different dates of 'birth_date' have a year of two digits"
    ) as refused:
        load_text(tmp_path, text, party="lab", columns={"surname": "naam", "birth_date": "geboren"})
    assert setting in refused.value.do


def test_a_birth_in_one_of_two_centuries_is_unknown_and_counted(tmp_path):
    text = "naam;geboren\na;31-12-80\nb;01-02-24\nc;01-02-26\nd;01-02-05\n"
    got = load_text(tmp_path, text, party="lab", dates="%d-%m-%y", columns={"surname": "naam", "birth_date": "geboren"})
    assert got.column("birth_date") == ["1980-12-31", "0000-00-00", "1926-02-01", "2005-02-01"]
    assert got.facts.unreadable == {"birth_date": 1}
