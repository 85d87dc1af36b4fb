"""Numbers and dates as each language writes them."""

import datetime as dt

import pytest

from helder.results.page.numbers import Numbers

NL, EN = Numbers("nl"), Numbers("en")


def test_thousands_are_parted_as_the_language_does():
    assert (NL.whole(941_000), EN.whole(941_000)) == ("941.000", "941,000")


def test_a_hidden_count_says_so_and_no_more():
    assert (NL.count(None), EN.count(None)) == ("niet getoond", "not shown")


def test_a_count_is_marked_so_that_it_can_be_found():
    assert str(EN.marked(1234)) == '<span class="n">1,234</span>'


def test_zero_is_a_number():
    assert NL.count(0) == "0"


@pytest.mark.parametrize(
    ("value", "places", "nl", "en"),
    [
        (2.5, 1, "2,5", "2.5"),
        (1234.5, 1, "1.234,5", "1,234.5"),
        (1234.0, 0, "1.234", "1,234"),
        (0.04, 2, "0,04", "0.04"),
    ],
)
def test_decimals_are_written_as_each_language_writes_them(value, places, nl, en):
    assert (NL.decimal(value, places), EN.decimal(value, places)) == (nl, en)


def test_shares_are_percentages():
    assert (NL.percent(0.8667, 1), EN.percent(0.5)) == ("86,7%", "50%")


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [(0, "0", "0"), (500, "500", "500"), (200_000, "200 dzd.", "200k"), (2_500, "2.500", "2,500")],
)
def test_axis_marks_are_short_where_that_is_exact(value, nl, en):
    assert (NL.thousands(value), EN.thousands(value)) == (nl, en)


def test_dates_are_written_out():
    day = dt.date(2025, 9, 12)
    assert (NL.date(day), EN.date(day)) == ("12 september 2025", "12 September 2025")
    assert (NL.day(dt.date(2025, 3, 1)), EN.day(day)) == ("1 mrt 2025", "12 Sep 2025")


@pytest.mark.parametrize(
    ("amount", "text"),
    [(999, "999 B"), (64_000, "64 kB"), (1_234_000_000, "1.2 GB"), (23e12, "23 TB"), (5e15, "5,000 TB")],
)
def test_sizes_have_the_unit_that_fits(amount, text):
    assert EN.size(int(amount)) == text
