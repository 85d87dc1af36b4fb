"""The checksum of a table hangs on its rows and nothing else."""

from __future__ import annotations

import hashlib
import math
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.shapes import ALL_TYPES, OPEN, VALUES
from helder.domain.errors import EngineError
from helder.engines.checksum import arrow_schema, checksum

ROWS = VALUES.cast(arrow_schema(ALL_TYPES)).sort_by("id")


@settings(max_examples=50, deadline=None)
@given(cuts=st.lists(st.integers(0, 6), max_size=4))
def test_it_does_not_matter_how_rows_are_cut_into_batches(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), 6]
    batches = [b for start, stop in pairwise(edges) for b in ROWS.slice(start, stop - start).to_batches()]
    assert checksum(ALL_TYPES, batches) == checksum(ALL_TYPES, ROWS.combine_chunks().to_batches())


@pytest.mark.parametrize("column", ROWS.column_names)
def test_every_value_counts(column: str) -> None:
    place = ROWS.column_names.index(column)
    for row in range(6):
        values = ROWS.column(column).to_pylist()
        other = next(value for value in values if value is not None and value != values[row])
        values[row] = other
        changed = ROWS.set_column(place, column, pa.array(values, ROWS.schema.field(column).type))
        assert checksum(ALL_TYPES, changed.to_batches()) != checksum(ALL_TYPES, ROWS.to_batches())


def _text(*values: str | None) -> tuple[int, str]:
    table = pa.table({"n": pa.array(range(len(values)), pa.int64()), "t": pa.array(values, pa.string())})
    return checksum(OPEN, table.to_batches())


def test_empty_is_not_the_same_as_no_value_and_borders_between_texts_count() -> None:
    assert len({_text("", "a"), _text(None, "a"), _text("a", ""), _text("a", None), _text("a")}) == 5


def test_the_order_of_rows_counts() -> None:
    assert checksum(ALL_TYPES, ROWS.slice(0, 2).to_batches()) != checksum(
        ALL_TYPES, ROWS.slice(0, 2).take([1, 0]).to_batches()
    )


def test_numbers_that_are_equal_count_as_equal() -> None:
    def of(value: float) -> str:
        return checksum(ALL_TYPES, pa.table({**ONE, "weight": [value]}).to_batches())[1]

    quiet, other = math.nan, -math.nan
    assert of(0.0) == of(-0.0)
    assert of(quiet) == of(other)
    assert of(0.0) != of(1.0)


ONE = {name: ROWS.column(name).slice(0, 1).combine_chunks() for name in ROWS.column_names}


def test_a_key_hides_it() -> None:
    open_, one, other = (checksum(ALL_TYPES, ROWS.to_batches(), key)[1] for key in (None, b"1" * 32, b"2" * 32))
    assert len({open_, one, other}) == 3


def test_no_rows() -> None:
    rows, digest = checksum(OPEN, [])
    assert rows == 0
    assert digest == checksum(OPEN, arrow_schema(OPEN).empty_table().to_batches())[1]
    empty = [pa.RecordBatch.from_pylist([], schema=arrow_schema(OPEN))]
    assert checksum(OPEN, empty) == (0, digest)


def test_it_is_what_the_documentation_says() -> None:
    """A stranger can compute it: three streams a column, then the shape and the digests."""
    filled, numbers, texts = b"\1\1", b"\2\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0", b""
    streams = [filled, numbers, texts, b"\1\0", b"\2\0\0\0\0\0\0\0", "é".encode()]
    shape = b'["open", [["n", "int64"], ["t", "text"]], 2]'
    truth = hashlib.sha256(shape + b"".join(hashlib.sha256(stream).digest() for stream in streams)).hexdigest()
    table = pa.table({"n": pa.array([2, 3], pa.int64()), "t": ["é", None]})
    assert checksum(OPEN, table.to_batches()) == (2, truth)


def test_a_required_column_may_not_be_empty() -> None:
    table = pa.table({"n": pa.array([1, None], pa.int64()), "t": ["a", "b"]})
    with pytest.raises(EngineError, match=r"Column n of table open may not be empty, but is in 1 row\."):
        checksum(OPEN, table.to_batches())
