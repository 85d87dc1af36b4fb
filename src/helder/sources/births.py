"""Birth dates as SQL. They are evidence, so whatever they still tell is kept: the year alone, or a year and a month.

Beside the column's pattern, the same order with other signs is understood (31/1/1980 where 31-01-1980 is usual), the
year first, eight digits, and a month's name. Where day and month could change places and nothing tells which is
which, only the year is kept. What cannot be read at all becomes UNREADABLE.
"""

from __future__ import annotations

from helder.sources.dates import Written, literal, month_sql, rewritten

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
    cases = [
        (f"{value} IS NULL", "NULL"),
        (ways.unsure_birth(value), f"'{UNREADABLE}'"),
        *((way.fits(value), way.iso(value)) for way in ways.understood),
        _written(_YEAR_FIRST, value, r"\1-\2-\3"),
        (_fits(_NAMED, value), f"{_part(_NAMED, value, 3)} || '-' || {month_sql(_part(_NAMED, value, 2), ways.months)} || "
         f"'-' || {_part(_NAMED, value, 1)}"),
        *_year_last(value, ways.order),
        _written(_DIGITS_YEAR_FIRST, value, r"\1-\2-\3"),
        _written(_DIGITS_YEAR_LAST, value, r"\3-\2-\1"),
        (_fits(_YEAR, value), f"{value} || '-00-00'"),
        _written(_YEAR_MONTH, value, r"\1-\2-00"),
        _written(_MONTH_YEAR, value, r"\2-\1-00"),
    ]  # fmt: skip
    whens = [f"WHEN {test} THEN {found}" for test, found in cases]
    return f"regexp_replace(CASE {' '.join(whens)} ELSE '{UNREADABLE}' END, '-([0-9])\\b', '-0\\1', 'g')"


def _year_last(value: str, order: str) -> list[tuple[str, str]]:
    """Two numbers and a year: in the order of the column's own pattern, else as far as the numbers tell."""
    day_first, month_first = (_written(_YEAR_LAST, value, template) for template in (r"\3-\2-\1", r"\3-\1-\2"))
    if not order.lower().startswith("y"):
        return [month_first if "m" in order and order.index("m") < order.index("d") else day_first]
    fits, day = day_first
    return [
        (f"{fits} AND {_two(_YEAR_LAST, value, 1)} > '12'", day),
        (f"{fits} AND {_two(_YEAR_LAST, value, 2)} > '12'", month_first[1]),
        _written(_YEAR_LAST, value, r"\3-00-00"),
    ]


def _written(regex: str, value: str, template: str) -> tuple[str, str]:
    """Whether a regular expression fits, and its groups as year, month and day."""
    return _fits(regex, value), rewritten(value, regex, template)


def _fits(regex: str, value: str) -> str:
    return f"regexp_matches({value}, {literal(regex)})"


def _part(regex: str, value: str, at: int) -> str:
    return f"regexp_extract({value}, {literal(regex)}, {at})"


def _two(regex: str, value: str, at: int) -> str:
    return f"lpad({_part(regex, value, at)}, 2, '0')"
