"""Rows of a published table by their values: found in the part of the file where they can be, and in no other."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from helder.domain.errors import KeyFileError, StorageError
from helder.domain.tables import Table, column
from helder.engines.base import ROW_GROUP
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.engines.lookup import Lookup

KEYS = Keys(b"l" * 32)
ROWS = 2 * ROW_GROUP + 5
TABLE = Table("things", (column("number", "int64", "", True), column("name", "text", "")), ("number",), personal=True)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Each number twice, in three parts of a sealed file; every name that ends in 7 is empty."""
    engine = DuckEngine(KEYS)
    numbers = [number // 2 for number in range(ROWS)]
    names = [None if number % 10 == 7 else f"n{number}" for number in numbers]
    engine.read("made", pa.table({"number": pa.array(numbers, pa.int64()), "name": names}))
    yield engine.publish("SELECT * FROM made", TABLE, tmp_path_factory.mktemp("lookup"))
    engine.close()


@pytest.fixture
def table(published):
    opened = Lookup(published, KEYS)
    yield opened
    opened.close()


@pytest.mark.parametrize("number", [0, 4, ROW_GROUP // 2 - 1, ROW_GROUP // 2, ROW_GROUP, ROWS // 2])
def test_all_rows_of_a_value_are_found_in_whatever_part_they_are(table, number):
    expected = 1 if number == ROWS // 2 else 2
    assert table.rows("name", number=number) == [{"name": f"n{number}"}] * expected


def test_several_values_must_all_be_met(table):
    assert len(table.rows("number", number=3, name="n3")) == 2
    assert table.rows("number", number=3, name="n4") == []
    assert table.rows("name", number=7) == [{"name": None}] * 2


def test_what_is_not_there_is_not_found(table):
    assert table.rows("name", number=ROWS) == table.rows("number", name="nobody") == []


def test_only_parts_that_can_hold_a_value_are_read(table, monkeypatch):
    parts_read = []
    read = Lookup._read
    monkeypatch.setattr(
        Lookup, "_read", lambda self, parts, columns: parts_read.append(parts) or read(self, parts, columns)
    )
    table.rows("name", number=ROW_GROUP // 2 + 1)
    assert parts_read == [[1]]


def test_every_row_in_their_order(table):
    found = list(table.every("name", "number"))
    assert len(found) == ROWS and found[:3] == [("n0", 0), ("n0", 0), ("n1", 1)]


def test_another_key_opens_nothing(published):
    with pytest.raises(KeyFileError, match="another key"):
        Lookup(published, Keys(b"w" * 32))


def test_a_damaged_part_is_said_and_never_read_as_empty(published, tmp_path):
    path = tmp_path / published.path.name
    whole = bytearray(published.path.read_bytes())
    whole[200] ^= 1
    path.write_bytes(whole)
    with pytest.raises(StorageError):
        Lookup(replace(published, path=path), KEYS).rows("name", number=0)
