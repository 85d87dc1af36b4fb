"""The register and the leaked rows written one way, so that equal people look equal (`sql/normalise.sql`).

The register seldom changes between runs, so the pipeline keeps its normalised rows as a table of their own: sealed, like
the register itself. Lists of words stand there as one text, words parted by spaces (no word has one).
"""

from __future__ import annotations

from helder.countries.base import Country
from helder.domain.tables import Column, Table, column
from helder.linkage.db import Database, HasConnection, sql_file

_LISTS = {
    "sn": "words of the surnames, at most four",
    "snv": "the same with glued prefixes, German letters and names that may be surnames",
    "snf": "those as they sound",
    "gv": "given names, with the groups of nicknames",
}
_TEXTS = {
    "nid": "national number that passes its check",
    "digits": "national number whatever its check says",
    "ini": "initials",
    "g1": "first given name",
    "bp": "birth date, also in part",
    "bd": "birth date when whole",
    "pc": "postcode",
    "area": "first part of the postcode",
    "hn": "house number",
    "st": "street",
    "ct": "place",
    "gp": "general practitioner",
    "ph": "phone number",
    "em": "e-mail address",
    "sex": "F, M or another letter",
}
_FLAGS = {
    "nid_ok": "the national number passes its check",
    "nid_sure": "it does, and there is a check that slips fail",
}


def _columns() -> tuple[Column, ...]:
    texts = [column(name, "text", meaning) for name, meaning in {**_LISTS, **_TEXTS}.items()]
    flags = [column(name, "bool", meaning, True) for name, meaning in _FLAGS.items()]
    return (column("unique_id", "int64", "the person's number", True), *texts, *flags)


NORMALISED = Table("normalised", _columns(), order=("unique_id",), personal=True, unique=True)


def normalised(engine: HasConnection, country: Country, people: str = "people") -> str:
    """The SELECT (shape NORMALISED) that writes table `people` (shape PEOPLE) one way.

    It needs the country's macros, which stay on the engine's connection.
    """
    db = Database(engine.connection)
    db.speak(country)
    lists = ", ".join(f"list_aggregate({name}, 'string_agg', ' ') AS {name}" for name in _LISTS)
    return f"SELECT * REPLACE ({lists}) FROM ({sql_file('normalise', source=people, key='person')})"


def take(db: Database, kept: str) -> None:
    """Make `h_people` from a table that was kept (shape NORMALISED)."""
    lists = ", ".join(f"string_split({name}, ' ') AS {name}" for name in _LISTS)
    db.table("h_people", f"SELECT * REPLACE ({lists}) FROM {kept}")
