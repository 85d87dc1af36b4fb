"""Made-up tables for the engine tests."""

from __future__ import annotations

import math
from datetime import date

import pyarrow as pa

from helder.domain.tables import Column, Table

ALL_TYPES = Table(
    "all_types",
    (
        Column("id", "int64", "", required=True),
        Column("small", "int16", ""),
        Column("whole", "int32", ""),
        Column("weight", "float64", ""),
        Column("name", "text", ""),
        Column("day", "date", ""),
        Column("yes", "bool", ""),
    ),
    order=("id",),
    personal=True,
)
OPEN = Table("open", (Column("n", "int64", "", required=True), Column("t", "text", "")), order=("n",), personal=False)

VALUES = pa.table(
    {
        "id": pa.array([3, 1, 2, -5, 4, 4], pa.int64()),
        "small": pa.array([1, None, -32768, 32767, 0, 0], pa.int16()),
        "whole": pa.array([None, 7, -7, 0, 1, 2], pa.int32()),
        "weight": pa.array([0.1, -0.0, None, math.inf, -2.5, 1e300], pa.float64()),
        "name": pa.array(["é", "", None, "it's; \U0001f600", "a\nb", "z" * 300]),
        "day": pa.array(
            [date(1899, 12, 31), None, date(2025, 7, 6), date(1970, 1, 1), date(2, 1, 1), date(9999, 1, 1)]
        ),
        "yes": pa.array([True, False, None, True, False, None]),
    }
)
