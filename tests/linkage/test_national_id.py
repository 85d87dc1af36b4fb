"""The 11-test and the repair of written numbers: SQL, Python and python-stdnum say the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.nl import bsn as oracle

from helder.countries import country
from helder.linkage.db import Database
from linkage.small import bsn, connected, normalised

NL = country("nl").national_id
DIGITS = st.text("0123456789", min_size=7, max_size=9)
VALID = st.integers(10_000_000, 999_999_000).map(bsn)
WRITTEN = st.one_of(
    DIGITS,
    VALID,
    VALID.map(lambda number: number.lstrip("0")),
    VALID.map(lambda number: f"{number[:4]}.{number[4:6]}.{number[6:]}"),
    VALID.map(lambda number: f"{number[:3]} {number[3:6]}-{number[6:]}"),
    VALID.map(lambda number: f"{number}.0"),
    VALID.map(lambda number: f"BSN: {number}"),
    st.text("0123456789 .-xA/", max_size=14),
    st.sampled_from("0123456789").map(lambda digit: digit * 9),
)


@pytest.fixture(scope="module")
def db():
    with connected() as con:
        database = Database(con)
        database.speak(country("nl"))
        yield database


def in_sql(db, texts):
    """What SQL makes of each text: the number, or None when it is not valid."""
    found = db.connection.execute(
        "SELECT CASE WHEN h_valid(n) THEN h_padded(n) END "
        "FROM (SELECT i, h_number(x) AS n FROM (SELECT unnest(?::VARCHAR[]) AS x, unnest(range(?)) AS i)) ORDER BY i",
        [texts, len(texts)],
    )
    return [row[0] for row in found.fetchall()]


@settings(max_examples=15, deadline=None)
@given(texts=st.lists(DIGITS, min_size=40, max_size=80))
def test_sql_accepts_the_digits_that_stdnum_accepts(db, texts):
    for text, number in zip(texts, in_sql(db, texts), strict=True):
        # Fewer than seven digits once the zeros are gone are no number that lost its zeros.
        expected = oracle.is_valid(text) and len(text.lstrip("0")) >= NL.shortest
        assert (number is not None) == expected, text
        assert number is None or number == oracle.compact(text)


@settings(max_examples=15, deadline=None)
@given(texts=st.lists(WRITTEN, min_size=40, max_size=80))
def test_sql_and_python_repair_alike(db, texts):
    assert in_sql(db, texts) == [NL.repair(text) for text in texts]


@settings(max_examples=200)
@given(number=st.text("0123456789", min_size=9, max_size=9))
def test_python_check_is_the_one_of_stdnum(number):
    assert NL.check(number) == oracle.is_valid(number)


@settings(max_examples=100, deadline=None)
@given(number=VALID, place=st.integers(0, 8), digit=st.sampled_from("0123456789"))
def test_no_single_wrong_digit_passes(number, place, digit):
    other = number[:place] + digit + number[place + 1 :]
    assert (NL.repair(other) is not None) == (other == number)


@settings(max_examples=100, deadline=None)
@given(number=VALID, place=st.integers(0, 7))
def test_no_two_neighbours_swapped_pass(number, place):
    other = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (NL.repair(other) is not None) == (other == number)


WAYS = {
    "as it is": "111222333",
    "dots": "1112.22.333",
    "spaces": " 111 222 333 ",
    "dashes": "111-222-333",
    "a spreadsheet's number": "111222333.0",
    "with its name": "BSN 111222333",
    "a no-break space": "111\u00a0222\u00a0333",
}


def test_every_way_of_writing_is_one_number():
    found = normalised([{"national_id": way} for way in WAYS.values()])
    assert {row["nid"] for row in found} == {"111222333"}
    assert all(row["nid_ok"] for row in found)


def test_lost_leading_zeros_are_put_back():
    nine, lost = bsn(12_345_670), bsn(12_345_670).lstrip("0")
    assert len(lost) == 8
    twice = bsn(1_234_560)
    found = normalised([{"national_id": text} for text in (nine, lost, twice, twice.lstrip("0"))])
    assert [row["nid"] for row in found] == [nine, nine, twice, twice]


NO_NUMBERS = (
    "111222334", "000000000", "999999999", "111111111", "123456", "1112223330", "A", "", "   ", "onbekend", "-", None,
)  # fmt: skip


def test_what_is_no_number():
    for written, found in zip(NO_NUMBERS, normalised([{"national_id": text} for text in NO_NUMBERS]), strict=True):
        assert (found["nid"], found["nid_ok"]) == (None, False), written
        assert written is None or NL.repair(written) is None


def test_a_wrong_number_keeps_its_digits_to_look_for_slips():
    (found,) = normalised([{"national_id": "1112.22.334"}])
    assert (found["nid"], found["digits"]) == (None, "111222334")


@pytest.mark.parametrize("number", ["12345678", "1234567890", "12345678a", "١٢٣٤٥٦٧٨٢", "²23456782"])
def test_the_check_wants_nine_plain_digits(number):
    assert not NL.check(number)


def test_a_country_without_a_check_puts_no_zeros_back():
    found = normalised([{"national_id": "12345678"}, {"national_id": "77777"}, {"national_id": "12"}], code="generic")
    assert [row["nid"] for row in found] == ["12345678", None, None]


def test_other_digits_than_plain_ones_are_no_digits(db):
    texts = ["١٢٣٤٥٦٧٨٢", "１１１２２２３３３", "111222333"]
    assert in_sql(db, texts) == [NL.repair(text) for text in texts] == [None, None, "111222333"]
