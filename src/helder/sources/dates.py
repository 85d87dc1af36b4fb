"""How dates are written: a pattern such as %d-%m-%Y as SQL, and finding the pattern in a column without guessing.

Understood are %d, %m, %b (a month's name), %Y and %y; a time after the date is passed over; ISO 8601 is always
understood beside the pattern. A two-digit year is the last such year that is not after the source was received; of a birth
that could be a hundred years earlier it says nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from helder.domain.errors import SourceError
from helder.engines.base import Engine

_PART = {"d": "[0-9]{1,2}", "m": "[0-9]{1,2}", "b": "[A-Za-z]{3,12}[.]?", "Y": "[0-9]{4}", "y": "[0-9]{2}"}
_KNOWN = ({"Y", "d", "m"}, {"y", "d", "m"}, {"Y", "d", "b"}, {"y", "d", "b"})
_SIGNS = "-/., :'"
_TIME = "([T ][0-9]{1,2}[:.][0-9]{2}.*)?"
_CANDIDATES = (
    "%Y-%m-%d", "%d-%m-%Y", "%m-%d-%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d.%m.%Y", "%m.%d.%Y",
    "%Y%m%d", "%d%m%Y", "%m%d%Y", "%d %b %Y", "%d-%b-%Y",
)  # fmt: skip
_SHORT_YEARS = (
    "%d-%m-%y", "%m-%d-%y", "%y-%m-%d", "%d/%m/%y", "%m/%d/%y", "%y/%m/%d", "%d.%m.%y", "%d%m%y", "%y%m%d",
)  # fmt: skip
_OLDEST = 115
ISO = "%Y-%m-%d"


def literal(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Written:
    """One way of writing dates. `months` are the first three letters of their names, with their numbers."""

    pattern: str
    received: dt.date
    months: tuple[tuple[str, int], ...] = ()

    @property
    def order(self) -> str:
        """The letters of the parts, as they come: dmY."""
        return "".join(re.findall("%(.)", self.pattern))

    @property
    def understood(self) -> tuple[Written, ...]:
        """ISO 8601, and this way."""
        return tuple(dict.fromkeys((Written(ISO, self.received, self.months), self)))

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
            found += f"({part})" if directive else f"[{sign}]"
        return f"^{found}{_TIME}$"

    def fits(self, value: str) -> str:
        """SQL: whether a text looks like this."""
        return f"regexp_matches({value}, {literal(self.regex)})"

    def iso(self, value: str) -> str:
        """SQL: a text that fits as year, month and day, calendar or not; a month or day below ten may have one digit."""
        if set(self.order) == set("Ymd"):  # DuckDB plans each regular expression anew: here one does for three
            return rewritten(value, self.regex, "-".join(f"\\{self.order.index(one) + 1}" for one in "Ymd"))
        part = {
            one: f"regexp_extract({value}, {literal(self.regex)}, {at})" for at, one in enumerate(self.order, start=1)
        }
        year = part["Y"] if "Y" in part else self._century(part["y"])
        month = part["m"] if "m" in part else month_sql(part["b"], self.months)
        return f"({year} || '-' || {month} || '-' || {part['d']})"

    def unsure_birth(self, value: str) -> str:
        """SQL: whether a text that fits is the birth of a child, or of somebody a hundred years older."""
        if "y" not in self.order:
            return "FALSE"
        year = f"regexp_extract({value}, {literal(self.regex)}, {self.order.index('y') + 1})"
        now = self.received.year
        return f"({self.fits(value)} AND {year} BETWEEN '{(now - _OLDEST) % 100:02}' AND '{now % 100:02}')"

    def _century(self, year: str) -> str:
        now = self.received.year
        return f"(CASE WHEN {year} <= '{now % 100:02}' THEN '{now // 100:02}' ELSE '{now // 100 - 1:02}' END || {year})"


def rewritten(value: str, regex: str, template: str) -> str:
    """SQL: a text that a regular expression fits as a whole, written by this template: \\1 is its first group."""
    return f"regexp_replace({value}, {literal(regex)}, {literal(template)})"


def month_sql(name: str, months: Iterable[tuple[str, int]]) -> str:
    """SQL: the number of a month by its name, two digits; 00 when it is no month."""
    whens = "".join(f" WHEN '{letters}' THEN '{number:02}'" for letters, number in months)
    return f"CASE lower(substr({name}, 1, 3)){whens} ELSE '00' END" if whens else "'00'"


def written(pattern: str, received: dt.date, months: Mapping[str, int], where: str) -> Written:
    """A pattern from the case; `SourceError` when it is not one."""
    parts = re.findall("%(.?)", pattern)
    signs = re.sub("%.?", "", pattern)
    if len(parts) != 3 or set(parts) not in _KNOWN or not set(signs) <= set(_SIGNS):
        raise SourceError(
            f"'{pattern}' does not say how dates are written.",
            where=where,
            do="Use %d, %m (or %b for a month's name) and %Y (or %y) once each, such as %d-%m-%Y.",
        )
    return Written(pattern, received, tuple(sorted(months.items())))


def date_sql(value: str, ways: Written) -> str:
    """SQL: a text as year, month and day, or NULL when it is not written like this (nor as ISO 8601)."""
    cases = [f"WHEN {way.fits(value)} THEN {way.iso(value)}" for way in ways.understood]
    return f"CASE {' '.join(cases)} END"


def sniff_dates(
    engine: Engine, table: str, field: str, received: dt.date, months: Mapping[str, int], where: str
) -> str:
    """The one pattern that fits the dates of a column.

    Raises `SourceError` when day and month could be either way round, or when no known pattern fits half of them.
    """
    days = _distinct(table, field)
    total, groups = _read(engine, days, [Written(one, received, tuple(sorted(months.items()))) for one in _CANDIDATES])
    best = max(_CANDIDATES, key=lambda one: _days(groups, one))
    if total == 0:
        return ISO
    if _days(groups, best) * 2 < total:
        _two_digit_years(engine, days, field, received, total, where)
        raise SourceError(
            f"It is not clear how the dates of '{field}' are written.",
            where=where,
            do='Say so in the source, such as dates = "%d-%m-%Y".',
        )
    other = best.translate(str.maketrans("dm", "md"))
    if other in _CANDIDATES:
        only_best = sum(group.days for group in groups if best in group.patterns and other not in group.patterns)
        only_other = sum(group.days for group in groups if other in group.patterns and best not in group.patterns)
        differ = sum(group.days for group in groups if group.differ and {best, other} <= group.patterns)
        if only_other * 10 >= only_best and only_other + differ > 0:
            raise SourceError(
                f"The dates of '{field}' can be read as {best} and as {other}.",
                where=where,
                do=f'Ask the sender, and say so in the source: dates = "{best}" or dates = "{other}".',
            )
    return best


def _two_digit_years(engine: Engine, days: str, field: str, received: dt.date, total: int, where: str) -> None:
    """Refuse years of two digits, and say how to state them: their century is not in the file."""
    _, groups = _read(engine, days, [Written(one, received) for one in _SHORT_YEARS])
    fits = {pattern: _days(groups, pattern) for pattern in _SHORT_YEARS}
    most = max(fits.values())
    if most * 2 < total:
        return
    settings = " or ".join(f'dates = "{pattern}"' for pattern, count in fits.items() if count == most)
    raise SourceError(
        f"{most} of {total} different dates of '{field}' have a year of two digits: which century is not told.",
        where=where,
        do=f"Ask the sender for years of four digits, or say how they are written: {settings}.",
    )


def _distinct(table: str, field: str) -> str:
    """Distinct dates without their time, all parts known: the others tell nothing about the order."""
    short = "^[0-9]{4}$|^[0-9]{1,2}[-/.][0-9]{4}$|^[0-9]{4}[-/.][0-9]{1,2}$"
    partial = f"{short}|(^|[-/.])0{{1,4}}([-/.]|$)|^[0-9]{{6}}00$|^0000"
    named = "([-/. ][A-Za-z]{3,12}[.]?[-/. ][0-9]{4})?"
    day = f"coalesce(nullif(regexp_extract(\"{field}\", '^[0-9]+([-/.][0-9]+)*{named}', 0), ''), \"{field}\")"
    return (
        f'SELECT d FROM (SELECT DISTINCT {day} AS d FROM {table} WHERE "{field}" IS NOT NULL) AS days '
        f"WHERE NOT regexp_matches(d, {literal(partial)})"
    )


class _Group(NamedTuple):
    """Days that the same patterns read as real ones; whether they read different days."""

    patterns: frozenset[str]
    differ: bool
    days: int


def _read(engine: Engine, days: str, ways: list[Written]) -> tuple[int, list[_Group]]:
    """How many days there are, and groups of those that some way reads.

    Which ways fit anything is asked first: to plan the reading of all takes longer than to read a small file.
    """
    fits = {way.regex: f"f{at}" for at, way in enumerate(ways)}
    counts = [f"count(CASE WHEN regexp_matches(d, {literal(regex)}) THEN 1 END) AS {f}" for regex, f in fits.items()]
    found = engine.rows(f"SELECT count(*) AS total, {', '.join(counts)} FROM ({days}) AS v")[0]
    total, ways = _number(found, "total"), [way for way in ways if found[fits[way.regex]]]
    if not ways:
        return total, []
    iso = ", ".join(f"CASE WHEN {way.fits('d')} THEN {way.iso('d')} END AS r{at}" for at, way in enumerate(ways))
    names = [f"r{at}" for at in range(len(ways))]
    real = ", ".join(f"CASE WHEN {r} >= '1850' AND {r} < '2101' THEN TRY_CAST({r} AS DATE) END AS {r}" for r in names)
    keys = ", ".join(f"{r} IS NOT NULL AS {r}" for r in names)
    differ = f"coalesce(least({', '.join(names)}) <> greatest({', '.join(names)}), FALSE)"
    rows = engine.rows(
        f"SELECT {keys}, {differ} AS differ, count(*) AS days FROM (SELECT {real} FROM (SELECT {iso} FROM ({days}) AS v) "
        "AS written) AS read GROUP BY ALL"
    )
    patterns = {r: way.pattern for r, way in zip(names, ways, strict=True)}
    return total, [
        _Group(frozenset(patterns[r] for r in names if row[r]), bool(row["differ"]), _number(row, "days"))
        for row in rows
    ]


def _days(groups: Iterable[_Group], pattern: str) -> int:
    return sum(group.days for group in groups if pattern in group.patterns)


def _number(row: Mapping[str, object], name: str) -> int:
    return int(str(row[name] or 0))
