"""Engines for the tests: one DuckDB, one Spark for all."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from helder.engines.base import Engine
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.engines.spark import SparkEngine

# Java's quick compiler only: tests are over before what the thorough one does pays off, and it takes half of all the time.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


@pytest.fixture(scope="session")
def keys() -> Keys:
    return Keys(bytes(range(32)))


@pytest.fixture(scope="session")
def duck(keys: Keys) -> Iterator[DuckEngine]:
    engine = DuckEngine(keys, threads=2)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def spark(keys: Keys) -> Iterator[SparkEngine]:
    engine = SparkEngine(keys, threads=2)
    yield engine
    engine.close()


SPARK = pytest.param("spark", marks=pytest.mark.spark)


@pytest.fixture(scope="session", params=["duckdb", SPARK])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    return request.getfixturevalue({"duckdb": "duck", "spark": "spark"}[request.param])
