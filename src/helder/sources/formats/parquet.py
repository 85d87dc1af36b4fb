"""Parquet, row group by row group; values become canonical text, fields of structures are named with dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helder.domain.errors import SourceError
from helder.sources.canonical import as_text, not_text
from helder.sources.stream import Bad, Batch, Options, Place, Shape, Tell, unique_names

suffixes = (".parquet", ".pq")
options = ()

_ROWS = 65_536
_DAMAGE = (pa.ArrowException, OSError, ValueError, KeyError)


def sniff(place: Place, given: Options, wanted: Sequence[str] = ()) -> Shape:
    """State how many row groups there are and who wrote the file."""
    try:
        with pq.ParquetFile(place.path) as file:
            names, made_up = unique_names([".".join(path) for path in _paths(file.schema_arrow)])
            writer = str(file.metadata.created_by or "unknown")
            facts = {"row groups": str(file.metadata.num_row_groups), "written by": writer}
    except _DAMAGE as error:
        raise _damaged(place, error) from None
    return Shape(names, facts | ({"names made up": made_up} if made_up else {}))


def read(place: Place, shape: Shape, wanted: Sequence[str], tell: Tell) -> Iterator[Batch]:
    """Stream the rows; a row is bad when a text in it is not UTF-8."""
    number = 0
    try:
        with pq.ParquetFile(place.path) as file:
            paths = dict(zip(shape.columns, _paths(file.schema_arrow), strict=True))
            ours = {name: paths[name] for name in wanted or shape.columns[:1]}
            _each_once(ours, file.schema_arrow.names, place)
            size, rows = place.path.stat().st_size, max(1, file.metadata.num_rows)
            for batch in file.iter_batches(_ROWS, columns=sorted({path[0] for path in ours.values()})):
                yield _texts(batch, ours, number, place)
                number += batch.num_rows
                tell(size * number // rows)
    except _DAMAGE as error:
        raise _damaged(place, error) from None


def _paths(schema: pa.Schema) -> list[tuple[str, ...]]:
    """The path of names to each simple column."""
    found: list[tuple[str, ...]] = []

    def walk(fields: Sequence[pa.Field], path: tuple[str, ...]) -> None:
        for field in fields:
            here = (*path, field.name)
            if pa.types.is_struct(field.type):
                walk([field.type.field(index) for index in range(field.type.num_fields)], here)
            else:
                found.append(here)

    walk(list(schema), ())
    return found


def _each_once(ours: dict[str, tuple[str, ...]], names: list[str], place: Place) -> None:
    """Refuse a name that two columns bear: which of them is meant cannot be told."""
    for name, path in ours.items():
        if names.count(path[0]) > 1:
            raise SourceError(
                f"There are two columns '{path[0]}'.", where=f"{place.name}, column '{name}'",
                do="Ask for a file in which each column has its own name.",
            )  # fmt: skip


def _texts(batch: pa.RecordBatch, paths: dict[str, tuple[str, ...]], before: int, place: Place) -> Batch:
    columns, bad = [], {}
    for name, path in paths.items():
        values = batch.column(path[0])
        values = pc.struct_field(values, list(path[1:])) if len(path) > 1 else values
        text = as_text(values)
        if text is None:
            raise SourceError(
                f"Column '{name}' holds {values.type}, which has no text form.",
                where=place.name,
                do="Map a simpler column, or ask for this one written as text.",
            )
        for row in not_text(text):
            bad[row] = Bad(before + row + 1, "bytes that are not text", name)
        columns.append(text)
    rows = pa.RecordBatch.from_arrays(columns, names=list(paths))
    numbers = pa.array(range(before + 1, before + batch.num_rows + 1), pa.int64())
    if bad:
        good = pa.array([row not in bad for row in range(batch.num_rows)])
        rows, numbers = rows.filter(good), numbers.filter(good)
    return Batch(rows, numbers, [bad[row] for row in sorted(bad)])


def _damaged(place: Place, error: Exception) -> SourceError:
    return SourceError(
        f"This is not a whole Parquet file ({type(error).__name__}).",
        where=place.name,
        do="Compare its size and checksum with the sender's, and fetch it again.",
    )
