"""Columns of whole numbers: handed to an engine, and their rows told apart, never row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from helder.engines.base import Engine

Numbers: TypeAlias = npt.NDArray[np.int64]


def put_numbers(engine: Engine, name: str, columns: Mapping[str, Sequence[int] | Numbers]) -> None:
    """Make `columns` of one length queryable as the table `name`."""
    engine.read(name, pa.table({key: pa.array(values, pa.int64()) for key, values in columns.items()}))


def alike(columns: Iterable[Numbers]) -> tuple[Numbers, Numbers]:
    """Which of the rows that differ each row is, and where each of these first stands. There is at least one column."""
    first, *others = columns
    which, _ = _codes(first)
    for column in others:
        codes, different = _codes(column)
        which, _ = _codes(which * different + codes)
    stands = np.zeros(which.max(initial=-1) + 1, np.int64)
    stands[which[::-1]] = np.arange(len(which))[::-1]
    return which, stands


def _codes(column: Numbers) -> tuple[Numbers, int]:
    """The values as numbers from 0, in the order in which they first stand, and how many differ."""
    found = pa.array(column).dictionary_encode()
    return found.indices.to_numpy().astype(np.int64), len(found.dictionary)
