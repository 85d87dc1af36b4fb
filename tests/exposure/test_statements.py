"""Every statement of the rule is in the dialect, and DuckDB reads its text as the dialect does."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import duckdb
import pytest

from helder.engines.dialect import check
from helder.exposure.assess import statement

NAMES = sorted(
    path.name.removesuffix(".sql") for path in files("helder.exposure").iterdir() if path.name.endswith(".sql")
)


def read_by_duckdb(sql: str) -> Any:
    """DuckDB's own tree of a statement, whatever its brackets, spaces and quotes."""
    found = duckdb.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
    assert found
    return _meaning(json.loads(found[0]))


def _meaning(tree: Any) -> Any:
    if isinstance(tree, list):
        return [_meaning(part) for part in tree]
    if not isinstance(tree, dict):
        return tree
    kept = {name: _meaning(part) for name, part in tree.items() if not name.startswith("query_location")}
    if kept.get("type") == "OPERATOR_IS_NOT_NULL":
        null = {**kept, "type": "OPERATOR_IS_NULL"}
        return {**kept, "type": "OPERATOR_NOT", "children": [null]}
    return kept


@pytest.mark.parametrize("words", [1, 2, 5])
@pytest.mark.parametrize("name", NAMES)
def test_duckdb_reads_each_statement_as_the_dialect_does(name, words):
    sql = statement(name, words)
    assert read_by_duckdb(sql) == read_by_duckdb(check(sql, name))


def test_what_is_read_otherwise_is_noticed():
    """DuckDB takes bits from left to right; brackets say so."""
    left, right = "SELECT (a | b) & c AS x FROM t", "SELECT a | (b & c) AS x FROM t"
    assert read_by_duckdb(left) == read_by_duckdb("SELECT a | b & c AS x FROM t") != read_by_duckdb(right)
    assert read_by_duckdb("SELECT a FROM t WHERE NOT a IS NULL") == read_by_duckdb(
        "SELECT a FROM t WHERE a IS NOT NULL"
    )
