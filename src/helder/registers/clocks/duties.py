"""Duties and their terms, read from the country's dated data file."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from helder.domain.periods import Term


@dataclass(frozen=True)
class Duty:
    """A duty in law: who owes it to whom, its article, its term (None: the law gives no number) and validity."""

    id: str
    article: Mapping[str, str]
    owes: str
    to: str
    duty: Mapping[str, str]
    starts: Mapping[str, str]
    valid_from: dt.date
    confirmed: bool
    term: Term | None = None
    no_number: str = ""
    """The law's words where it gives no number, such as "without undue delay"."""
    extension: Term | None = None
    valid_until: dt.date | None = None
    reasons_when_late: bool = False
    agreed: bool = False
    """Whether a contract may give the number that the law does not."""

    def in_force(self, day: dt.date) -> bool:
        """Whether the law was in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def _term(row: Mapping[str, object] | None) -> Term | None:
    if row is None or "none" in row:
        return None
    ((unit, number),) = row.items()
    return Term(unit, int(str(number)))  # type: ignore[arg-type]


def read_duties(text: str) -> dict[str, Duty]:
    """Duties from TOML, by id."""
    duties = {}
    for id, row in tomllib.loads(text).items():
        term, extension = row.pop("term"), row.pop("extension", None)
        duties[id] = Duty(
            id=id, term=_term(term), no_number=str(term.get("none", "")), extension=_term(extension), **row
        )
    return duties


@cache
def duties(country: str) -> dict[str, Duty]:
    """The duties of a country; none when it has no file."""
    file = files("helder.countries").joinpath(country, "clocks.toml")
    return read_duties(file.read_text("utf-8")) if file.is_file() else {}
