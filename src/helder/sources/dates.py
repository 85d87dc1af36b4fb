"""How dates are written: a pattern such as %d-%m-%Y as SQL, and finding the pattern in a column without guessing.

Understood are %d, %m, %Y and %y; a time after the date is passed over; ISO 8601 is always understood beside the
pattern. A two-digit year is the last such year that is not after the source was received.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from helder.domain.errors import SourceError
from helder.engines.base import Engine

_PART = {"d": "[0-9]{1,2}", "m": "[0-9]{1,2}", "Y": "[0-9]{4}", "y": "[0-9]{2}"}
_TIME = "([T ][0-9]{1,2}[:.][0-9]{2}.*)?"
_CANDIDATES = (
    "%Y-%m-%d", "%d-%m-%Y", "%m-%d-%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d.%m.%Y", "%m.%d.%Y",
    "%Y%m%d", "%d%m%Y", "%m%d%Y",
)  # fmt: skip
ISO = "%Y-%m-%d"
UNREADABLE = "0000-00-00"


def literal(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Written:
    """One way of writing dates."""

    pattern: str
    received: dt.date

    @property
    def _fixed(self) -> bool:
        """Whether the parts touch, so that each needs its full width."""
        return bool(re.search(r"%[dmYy]%", self.pattern))

    @property
    def regex(self) -> str:
        """What such a date looks like, for every engine."""
        found = ""
        for directive, sign in re.findall(r"%(.)|([^%])", self.pattern):
            part = _PART.get(directive, "").replace("{1,2}", "{2}" if self._fixed else "{1,2}")
            found += f"({part})" if directive else f"[{sign}]" if not sign.isalnum() and sign not in "^]\\" else sign
        return f"^{found}{_TIME}$"

    def fits(self, value: str) -> str:
        """SQL: whether a text looks like this."""
        return f"regexp_matches({value}, {literal(self.regex)})"

    def iso(self, value: str) -> str:
        """SQL: a text that fits as YYYY-MM-DD, calendar or not; day or month 00 when it says so."""
        order = re.findall("%([dmYy])", self.pattern)
        part = {one: f"regexp_extract({value}, {literal(self.regex)}, {order.index(one) + 1})" for one in order}
        year = part.get("Y") or self._century(part["y"])
        return f"({year} || '-' || lpad({part['m']}, 2, '0') || '-' || lpad({part['d']}, 2, '0'))"

    def _century(self, year: str) -> str:
        now = self.received.year
        return f"(CASE WHEN {year} <= '{now % 100:02}' THEN '{now // 100:02}' ELSE '{now // 100 - 1:02}' END || {year})"


def written(pattern: str, received: dt.date, where: str) -> Written:
    """A pattern from the case; `SourceError` when it is not one."""
    parts = sorted(re.findall("%(.?)", pattern))
    if parts not in (["Y", "d", "m"], ["d", "m", "y"]):
        raise SourceError(
            f"'{pattern}' does not say how dates are written.",
            where=where,
            do="Use %d, %m and %Y (or %y) once each, such as %d-%m-%Y.",
        )
    return Written(pattern, received)


def date_sql(value: str, ways: Written) -> str:
    """SQL: a text as YYYY-MM-DD text, or NULL when it is not written like this (nor as ISO 8601)."""
    iso = Written(ISO, ways.received)
    cases = [f"WHEN {way.fits(value)} THEN {way.iso(value)}" for way in dict.fromkeys((iso, ways))]
    return f"CASE {' '.join(cases)} END"


def birth_sql(value: str, ways: Written) -> str:
    """SQL: a birth date as YYYY-MM-DD text with 00 for unknown parts; UNREADABLE when it cannot be read at all."""
    whole = date_sql(value, ways)
    year_month, month_year = "^([0-9]{4})[-/.]([0-9]{1,2})$", "^([0-9]{1,2})[-/.]([0-9]{4})$"
    month, first = (
        f"lpad(regexp_extract({value}, '{way}', {at}), 2, '0')" for way, at in ((year_month, 2), (month_year, 1))
    )
    return (
        f"CASE WHEN {value} IS NULL THEN NULL WHEN {whole} IS NOT NULL THEN {whole} "
        f"WHEN regexp_matches({value}, '^[0-9]{{4}}$') THEN {value} || '-00-00' "
        f"WHEN regexp_matches({value}, '{year_month}') THEN substr({value}, 1, 4) || '-' || {month} || '-00' "
        f"WHEN regexp_matches({value}, '{month_year}') "
        f"THEN regexp_extract({value}, '{month_year}', 2) || '-' || {first} || '-00' "
        f"ELSE '{UNREADABLE}' END"
    )


def sniff_dates(engine: Engine, table: str, field: str, received: dt.date, where: str) -> str:
    """The one pattern that fits the dates of a column.

    Raises `SourceError` when day and month could be either way round, or when no known pattern fits half of them.
    """
    counts = engine.rows(f"SELECT {_counts(received)} FROM ({_distinct(table, field)}) AS v")[0]
    total = _number(counts, "total")
    best = max(_CANDIDATES, key=lambda one: _number(counts, _label(one)))
    if total == 0:
        return ISO
    if _number(counts, _label(best)) * 2 < total:
        raise SourceError(
            f"It is not clear how the dates of '{field}' are written.",
            where=where,
            do='Say so in the source, such as dates = "%d-%m-%Y".',
        )
    for other in _CANDIDATES:
        if other == best or not _number(counts, _label(other)):
            continue
        only_best, only_other = _alone(engine, table, field, (best, other), received)
        if only_other * 10 >= only_best:
            raise SourceError(
                f"The dates of '{field}' can be read as {best} and as {other}.",
                where=where,
                do=f'Ask the sender, and say so in the source: dates = "{best}" or dates = "{other}".',
            )
    return best


def _distinct(table: str, field: str) -> str:
    """Distinct dates without their time, all parts known: the others tell nothing about the order."""
    short = "^[0-9]{4}$|^[0-9]{1,2}[-/.][0-9]{4}$|^[0-9]{4}[-/.][0-9]{1,2}$"
    partial = f"{short}|(^|[-/.])0{{1,4}}([-/.]|$)|^[0-9]{{6}}00$|^0000"
    day = f"regexp_extract(\"{field}\", '^[0-9./-]+', 0)"
    return (
        f'SELECT d FROM (SELECT DISTINCT {day} AS d FROM {table} WHERE "{field}" IS NOT NULL) AS days '
        f"WHERE NOT regexp_matches(d, {literal(partial)})"
    )


def _reads(pattern: str, received: dt.date) -> str:
    way = Written(pattern, received)
    real = f"TRY_CAST({way.iso('d')} AS DATE)"
    return f"({way.fits('d')} AND {way.iso('d')} >= '1850' AND {way.iso('d')} < '2101' AND {real} IS NOT NULL)"


def _label(pattern: str) -> str:
    return f"p{_CANDIDATES.index(pattern)}"


def _counts(received: dt.date) -> str:
    sums = [f"sum(CASE WHEN {_reads(one, received)} THEN 1 ELSE 0 END) AS {_label(one)}" for one in _CANDIDATES]
    return ", ".join(["count(*) AS total", *sums])


def _alone(engine: Engine, table: str, field: str, pair: tuple[str, str], received: dt.date) -> tuple[int, int]:
    """How many values only the first pattern reads, and only the second."""
    one, other = (_reads(pattern, received) for pattern in pair)
    row = engine.rows(
        f"SELECT sum(CASE WHEN {one} AND NOT {other} THEN 1 ELSE 0 END) AS first, "
        f"sum(CASE WHEN {other} AND NOT {one} THEN 1 ELSE 0 END) AS second FROM ({_distinct(table, field)}) AS v"
    )[0]
    return _number(row, "first"), _number(row, "second")


def _number(row: Mapping[str, object], name: str) -> int:
    return int(str(row[name] or 0))
