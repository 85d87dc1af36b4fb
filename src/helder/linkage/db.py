"""The seam between linkage and the database: SELECTs in, temporary tables out, and no data in any error."""

from __future__ import annotations

from importlib import resources
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import pyarrow as pa

from helder.countries.base import Country
from helder.domain.errors import LinkageError
from helder.linkage.macros import macros

# Whose macros a connection knows: a run normalises the register, then links, on one.
_SPOKEN: WeakKeyDictionary[Any, Country] = WeakKeyDictionary()


class HasConnection(Protocol):
    """An engine that lends its DuckDB connection, as `engines.DuckEngine` does."""

    @property
    def connection(self) -> Any:
        """An open DuckDB connection."""
        ...


def sql_file(name: str, **words: str) -> str:
    """The SELECT in `sql/<name>.sql` with its {placeholders} filled in."""
    text = resources.files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace("{" + word + "}", value)
    return text


class Database:
    """Runs linkage's SQL on a DuckDB connection and forgets its own tables afterwards."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._made: set[str] = set()
        self.execute("SET enable_progress_bar = false")
        # As joins, the lists of words in `normalise.sql` cost more to plan than a small file to read, and more to run too.
        self.execute("SET disabled_optimizers = 'in_clause'")

    def execute(self, sql: str) -> Any:
        """Run one statement. An error of the database is told without its text, which may hold data."""
        try:
            return self.connection.execute(sql)
        except Exception as error:
            raise LinkageError(
                f"The database refused a step of linkage ({type(error).__name__}).",
                do="Check that the tables have their columns, and that there is enough memory.",
            ) from None

    def table(self, name: str, select: str) -> None:
        """Materialise a SELECT as temporary table `name`."""
        self.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")
        self._made.add(name)

    def load(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Make temporary table `name` from rows that were worked out in Python."""
        self.connection.register("h_loading", pa.Table.from_pylist(rows))
        self.table(name, "SELECT * FROM h_loading")
        self.connection.unregister("h_loading")

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """Fetch a small result."""
        found: list[tuple[Any, ...]] = self.execute(select).fetchall()
        return found

    def one(self, select: str) -> Any:
        """Fetch a single value."""
        return self.rows(select)[0][0]

    def drop(self, *names: str) -> None:
        """Forget tables now, to free memory."""
        for name in names:
            self.execute(f"DROP TABLE IF EXISTS {name}")
            self._made.discard(name)

    def speak(self, country: Country) -> None:
        """Teach the connection a country's words: its macros and table of nicknames."""
        if _SPOKEN.get(self.connection) is not country:
            for signature, expression in macros(country).items():
                self.execute(f"CREATE OR REPLACE TEMP MACRO {signature} AS {expression}")
            _SPOKEN[self.connection] = country
        rows = [{"name": name, "groups": [f"~{one}" for one in groups]} for name, groups in country.nicknames.items()]
        self.load("h_nicknames", rows or [{"name": None, "groups": ["~"]}])

    def forget(self) -> None:
        """Drop every table this object made."""
        self.drop(*self._made)
