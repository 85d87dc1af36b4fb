"""The holidays on which a last day rolls on.

The Netherlands: Algemene termijnenwet art. 3 names New Year's Day, Easter Monday, Ascension Day, Whit Monday, both Christmas days,
the King's birthday and 5 May, and puts Good Friday on a par with them.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from django.conf import settings


@cache
def _days(country: str, year: int) -> frozenset[dt.date]:
    from holidays import country_holidays  # slow to load, and few processes of the office count a term
    from holidays.constants import OPTIONAL, PUBLIC

    return frozenset(country_holidays(country.upper(), years=year, categories=(PUBLIC, OPTIONAL)))


def holiday(day: dt.date) -> bool:
    """Whether a day is a holiday in the case's country."""
    return day in _days(settings.HELDER_COUNTRY, day.year)
