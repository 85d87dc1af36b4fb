"""A look at a file before it is part of a case: format, shape and the first values of each column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from helder.case.proposals import Column
from helder.domain.errors import SourceError
from helder.sources.find import format_name, format_named
from helder.sources.stream import Doubt, Format, Options, Place, Shape, looks_like_data

ROWS = 2000
"""How many records are looked at."""


@dataclass(frozen=True)
class Look:
    """What a first look at a file shows."""

    format: str
    facts: Mapping[str, str]
    columns: tuple[Column, ...]
    doubts: tuple[Doubt, ...] = ()
    options: Options = field(default_factory=dict)
    """What had to be told to read it, and was found out."""
    parts: tuple[Options, ...] = ()


def looks(path: Path) -> list[Look]:
    """Look at a file: at each table of a database, each sheet, and below a title; `SourceError` when nothing can be read."""
    try:
        first = look(path)
    except SourceError as error:
        if not error.choices:
            raise
        return _readable(path, error.choices) or [look(path, error.choices[0])]
    found = [part for part in _readable(path, first.parts) if any(column.values for column in part.columns)]
    return found if len(found) > 1 else [first]


def _readable(path: Path, parts: Iterable[Options]) -> list[Look]:
    """Those parts of a file that can be read: a page of notes or a broken view is not what the others wait for."""
    found = []
    for options in parts:
        with suppress(SourceError):
            found.append(look(path, options))
    return found


def look(path: Path, options: Options | None = None) -> Look:
    """Look at a file; `SourceError` when it cannot be read."""
    if not path.is_file():
        raise SourceError("There is no such file.", where=str(path), do="Name a file as received.")
    place = Place(path.name, path)
    name = format_name(place, None)
    format = format_named(name, place.name)
    shape = format.sniff(place, options or {})
    if not {"header", "table"} & set(options or {}) and looks_like_data(shape.columns):
        raise SourceError(
            "The first line looks like data, not like a header.",
            where=place.name,
            do="Write this source by hand, with options = { header = 0 } and columns 1, 2, …",
            choices=[{"header": 0}] if name == "csv" else [],
        )
    try:
        values = _values(format, place, shape, shape.columns)
    except SourceError:  # one column may be of a type that has no text form, and is then seen by its name only
        values = {name: [] for name in shape.columns}
        for name in shape.columns:
            with suppress(SourceError):
                values |= _values(format, place, shape, [name])
        if not any(values.values()):
            raise
    columns = tuple(Column(column, tuple(found)) for column, found in values.items())
    inside = {"list": shape.facts["list"]} if "list" in shape.facts else {}
    return Look(name, shape.facts, columns, shape.doubts, {**inside, **(options or {})}, shape.parts)


def _values(format: Format, place: Place, shape: Shape, columns: Sequence[str]) -> dict[str, list[str]]:
    """The first values of some columns, without the spaces around them."""
    values: dict[str, list[str]] = {column: [] for column in columns}
    rows = 0
    for batch in format.read(place, shape, columns, lambda at: None):
        part = batch.rows.slice(0, ROWS - rows)
        rows += part.num_rows
        for column in columns:
            values[column] += [(value or "").strip() for value in part.column(column).to_pylist()]
        if rows >= ROWS:
            break
    return values
