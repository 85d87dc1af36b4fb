"""What values look like: which share of a column's values could be a national number, a birth date, a postcode …

A shape is a function from one value to whether it fits; `SHAPES` names the fields that have one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from helder.case.words import Words
from helder.countries.base import Country

_DATE = re.compile(
    r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})([T ].*)?$|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})([T ].*)?$|(\d{4})$"
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}$")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{7,18}$")
_INITIALS = re.compile(r"([A-Z][a-z]?\.? ?){1,8}$")
_HOUSE = re.compile(r"\d{1,5}\s?[a-zA-Z]{0,3}$")
_WHOLE_ADDRESS = re.compile(r"\D+ \d{1,5}\s?-?\s?\w{0,4}$")
_WHOLE_NAME = re.compile(
    r"([^\W\d_]{2,}( [^\W\d_]+)*, ?[^\W\d_]|([^\W\d_]{1,2}\. ?)+[^\W\d_]{2}|[^\W\d_]{2,} ([^\W\d_]+ )*[^\W\d_]{2,}$)"
)
_YES_NO = frozenset(["1", "0", "j", "n", "y", "ja", "nee", "yes", "no", "true", "false", "t", "f"])

Shape = Callable[[str], bool]


def year_of(value: str) -> int | None:
    """The year of a date, however it is written; None when it is no date."""
    match = _DATE.match(value)
    if not match:
        return None
    year = int(next(part for part in (match[1], match[7], match[9]) if part))
    return year if 1850 <= year <= 2100 else None


def shapes(country: Country, words: Words, today: dt.date) -> Mapping[str, Shape]:
    """The shape of each field that has one, in one country."""
    postcode = re.compile(country.postcode.pattern + r"\s*$", re.IGNORECASE)
    prefixes = frozenset(country.prefixes)

    def is_date(value: str) -> bool:
        return year_of(value) is not None

    def recent(value: str) -> bool:
        year = year_of(value)
        return year is not None and today.year - 30 <= year <= today.year + 1

    def born(value: str) -> bool:
        year = year_of(value)
        return year is not None and year <= today.year and (today.year - year) <= 120

    def prefix(value: str) -> bool:
        return all(part in prefixes for part in re.findall(r"[a-z]+", value.lower()))

    return {
        "national_id": lambda value: country.national_id.repair(value) is not None,
        "birth_date": born,
        "sent_on": recent,
        "received_on": recent,
        "published_on": recent,
        "deleted_on": recent,
        "deceased_on": lambda value: is_date(value) or value.lower() in _YES_NO,
        "postcode": lambda value: postcode.match(value) is not None,
        "email": lambda value: _EMAIL.match(value) is not None,
        "phone": lambda value: _PHONE.match(value) is not None and not is_date(value),
        "sex": lambda value: value.lower() in words.values["sex"] or value in ("0", "1", "2", "9"),
        "house_number": lambda value: _HOUSE.match(value) is not None,
        "initials": lambda value: _INITIALS.match(value) is not None,
        "prefix": prefix,
        "partner_prefix": prefix,
        "secret_address": lambda value: value.lower() in _YES_NO or value in tuple("234567"),
        "staff": lambda value: value.lower() in _YES_NO,
        "no_post": lambda value: value.lower() in _YES_NO,
        "language": lambda value: len(value) == 2 and value.isalpha(),
        "country": lambda value: len(value) == 2 and value.isalpha(),
    }


def whole_address(value: str) -> bool:
    """A street with its house number."""
    return _WHOLE_ADDRESS.match(value) is not None


def whole_name(value: str) -> bool:
    """A surname with initials or given names, in either order."""
    return _WHOLE_NAME.match(value) is not None


def counts_up(values: Sequence[str]) -> bool:
    """Whether the values are 1, 2, 3 …: the number of the row."""
    return len(values) >= 3 and list(values) == [str(number) for number in range(1, len(values) + 1)]


def share(values: Sequence[str], shape: Shape) -> float | None:
    """Which share of the values that are not empty fit; None when there are fewer than three."""
    filled = [value for value in values if value]
    return sum(map(shape, filled)) / len(filled) if len(filled) >= 3 else None
