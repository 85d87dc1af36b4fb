"""What every format hands on: the shape of a file as stated, and its records as text, batch by batch.

A format is one module in `sources/formats`, found by its name; `Format` is what it must offer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import pyarrow as pa

from helder.domain.errors import SourceError

Options: TypeAlias = Mapping[str, str | int | bool]
Tell: TypeAlias = Callable[[int], None]
"""Called now and then while reading, with the number of bytes read so far (0 when that is not known)."""


@dataclass(frozen=True)
class Place:
    """Where the records are: a file, or a database with a query. `name` is what messages call it."""

    name: str
    path: Path = field(default_factory=Path)
    url: str = ""
    query: str = ""


@dataclass(frozen=True)
class Doubt:
    """What a file does not tell of itself: a fact that was chosen, and another that fits it as well ('': not known which).

    `signs` are some that would be read differently: as it is read, as the other has it, and the first line with it.
    Signs and places, never values: these are names.
    """

    fact: str
    chosen: str
    other: str
    signs: tuple[tuple[str, str, int], ...] = ()

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Doubt:
        """Read back from JSON."""
        return Doubt(
            **{**data, "signs": tuple((str(one), str(other), int(line)) for one, other, line in data["signs"])}
        )


@dataclass(frozen=True)
class Shape:
    """What was found out about a file before reading it: its columns, and facts such as encoding and delimiter.

    The facts are shown to the user, and reading follows them: what is stated is what is done. What was chosen but is not
    sure stands in `doubts`.
    """

    columns: tuple[str, ...]
    facts: Mapping[str, str]
    doubts: tuple[Doubt, ...] = ()
    parts: tuple[Options, ...] = ()
    """Where a file holds more than one table and none was named: what to tell to read each."""


@dataclass(frozen=True)
class Bad:
    """A record that cannot be read: its number and why, in words that show no value. `column` empty: all of it."""

    number: int
    reason: str
    column: str = ""


@dataclass(frozen=True)
class Batch:
    """Some records: text columns as asked for, the record numbers beside them (1 is the first), and the bad ones."""

    rows: pa.RecordBatch
    numbers: pa.Array
    bad: Sequence[Bad] = ()


class Format(Protocol):
    """A format: `suffixes` of its files, names of the `options` it understands, and two functions.

    `sniff` looks at as little as needed; `wanted` are columns that the case maps, for formats without a header.
    `read` gives the columns `wanted`, all in `shape.columns`. Both raise `SourceError` when nothing can be read.
    """

    suffixes: tuple[str, ...]
    options: tuple[str, ...]

    def sniff(self, place: Place, given: Options, wanted: Sequence[str] = ()) -> Shape:
        """State what the file looks like."""
        ...

    def read(self, place: Place, shape: Shape, wanted: Sequence[str], tell: Tell) -> Iterator[Batch]:
        """Stream the records."""
        ...


def unique_names(header: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """A header without blanks and doubles, and which names had to be made up (for the facts; empty: none).

    A blank name becomes `column 3`; the second `name` becomes `name (2)`.
    """
    names: list[str] = []
    made: list[str] = []
    taken = {name.strip() for name in header}
    seen: set[str] = set()
    for position, raw in enumerate(header, start=1):
        plain = raw.strip()
        name = plain or f"column {position}"
        if name in seen or (not plain and name in taken):
            count = 2
            while f"{name} ({count})" in seen | taken:
                count += 1
            name = f"{name} ({count})"
        if name != plain:
            made.append(name)
        seen.add(name)
        names.append(name)
    return tuple(names), ", ".join(made)


def number_option(options: Options, name: str, default: int, place: Place) -> int:
    """An option that is a number from 0 up."""
    value = options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise SourceError(f"Option '{name}' is not a number.", where=place.name, do="Give 0, 1, 2, …")
    return value


_VALUE = re.compile(r"@|[0-9]{5}|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}")


def looks_like_data(names: Sequence[str]) -> bool:
    """Whether a header is rather a first record: a number, a date or an address of a person stands in it."""
    return any(_VALUE.search(name) for name in names)


def near_name(name: str, names: Sequence[str]) -> str:
    """What to do about a name that is not there: the one that was meant, or all there are."""
    near = get_close_matches(name, names, n=1)
    shown = ", ".join(f"'{one}'" for one in names[:20])
    return f"Did you mean '{near[0]}'?" if near else f"There are: {shown}." if names else "There are none."


def text_batch(columns: Sequence[Sequence[str | None]], names: Sequence[str], numbers: Sequence[int]) -> pa.RecordBatch:
    """A batch of text columns; `numbers` gives its length when there are no columns."""
    arrays = [pa.array(column, pa.string()) for column in columns]
    schema = pa.schema([pa.field(name, pa.string()) for name in names])
    if not arrays:
        return pa.RecordBatch.from_struct_array(pa.array([{}] * len(numbers), pa.struct([])))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
