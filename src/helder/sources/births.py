"""Birth dates as SQL. They are evidence, so whatever they still tell is kept: the year alone, or a year and a month.

Beside the column's pattern, the same order with other signs is understood (31/1/1980 where 31-01-1980 is usual), the
year first, eight digits, and a month's name. Where day and month could change places and nothing tells which is
which, only the year is kept. What cannot be read at all becomes UNREADABLE.
"""

from __future__ import annotations

from helder.sources.dates import Written, date_sql, literal, month_sql

UNREADABLE = "0000-00-00"
_TIME = "([T ].*)?$"
_SIGN = "[-/., ]+"
_YEAR = "^([0-9]{4})$"
_YEAR_MONTH = "^([0-9]{4})[-/. ]+([0-9]{1,2})$"
_MONTH_YEAR = "^([0-9]{1,2})[-/. ]+([0-9]{4})$"
_YEAR_FIRST = f"^([0-9]{{4}}){_SIGN}([0-9]{{1,2}}){_SIGN}([0-9]{{1,2}}){_TIME}"
_YEAR_LAST = f"^([0-9]{{1,2}}){_SIGN}([0-9]{{1,2}}){_SIGN}([0-9]{{4}}){_TIME}"
_NAMED = f"^([0-9]{{1,2}})[-/. ]*([A-Za-z]{{3,12}})[-/. ]*([0-9]{{4}}){_TIME}"
_DIGITS_YEAR_FIRST = "^((?:18|19|20)[0-9]{2})(0[0-9]|1[0-2])([0-2][0-9]|3[01])$"
_DIGITS_YEAR_LAST = "^([0-2][0-9]|3[01])(0[0-9]|1[0-2])((?:18|19|20)[0-9]{2})$"


def birth_sql(value: str, ways: Written) -> str:
    """SQL: a birth date as YYYY-MM-DD text, 00 for parts that are not known."""
    whole = date_sql(value, ways)
    cases = [
        ("", f"{value} IS NULL", "NULL"),
        ("", ways.unsure_birth(value), f"'{UNREADABLE}'"),
        ("", f"{whole} IS NOT NULL", whole),
        (_YEAR_FIRST, "", _date(_YEAR_FIRST, value, "YMD")),
        (_NAMED, "", f"{_part(_NAMED, value, 3)} || '-' || {month_sql(_part(_NAMED, value, 2), ways.months)} || '-' || "
         f"{_two(_NAMED, value, 1)}"),
        *_year_last(value, ways.order),
        (_DIGITS_YEAR_FIRST, "", _date(_DIGITS_YEAR_FIRST, value, "YMD")),
        (_DIGITS_YEAR_LAST, "", _date(_DIGITS_YEAR_LAST, value, "DMY")),
        (_YEAR, "", f"{value} || '-00-00'"),
        (_YEAR_MONTH, "", f"{_part(_YEAR_MONTH, value, 1)} || '-' || {_two(_YEAR_MONTH, value, 2)} || '-00'"),
        (_MONTH_YEAR, "", f"{_part(_MONTH_YEAR, value, 2)} || '-' || {_two(_MONTH_YEAR, value, 1)} || '-00'"),
    ]  # fmt: skip
    whens = [f"WHEN {test or _fits(regex, value)} THEN {found}" for regex, test, found in cases]
    return f"CASE {' '.join(whens)} ELSE '{UNREADABLE}' END"


def _year_last(value: str, order: str) -> list[tuple[str, str, str]]:
    """Two numbers and a year: in the order of the column's own pattern, else as far as the numbers tell."""
    months_first = "m" in order and order.index("m") < order.index("d")
    if not order.lower().startswith("y"):
        return [(_YEAR_LAST, "", _date(_YEAR_LAST, value, "MDY" if months_first else "DMY"))]
    fits = _fits(_YEAR_LAST, value)
    return [
        ("", f"{fits} AND {_two(_YEAR_LAST, value, 1)} > '12'", _date(_YEAR_LAST, value, "DMY")),
        ("", f"{fits} AND {_two(_YEAR_LAST, value, 2)} > '12'", _date(_YEAR_LAST, value, "MDY")),
        (_YEAR_LAST, "", f"{_part(_YEAR_LAST, value, 3)} || '-00-00'"),
    ]


def _fits(regex: str, value: str) -> str:
    return f"regexp_matches({value}, {literal(regex)})"


def _part(regex: str, value: str, at: int) -> str:
    return f"regexp_extract({value}, {literal(regex)}, {at})"


def _two(regex: str, value: str, at: int) -> str:
    return f"lpad({_part(regex, value, at)}, 2, '0')"


def _date(regex: str, value: str, order: str) -> str:
    """The parts of a match, in this order, as YYYY-MM-DD."""
    year, month, day = (order.index(letter) + 1 for letter in "YMD")
    return f"{_part(regex, value, year)} || '-' || {_two(regex, value, month)} || '-' || {_two(regex, value, day)}"
