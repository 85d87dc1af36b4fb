"""The dialect means the same on every engine: what plain Python computes from the same rows."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from engines.dialect_cases import AGGREGATES, ROWS, SCALARS, STATEMENTS, TABLE, WINDOWS, Case, Row
from helder.domain.errors import EngineError
from helder.engines.base import Engine
from helder.engines.dialect import check, load, to_spark
from helder.engines.template import expand


@pytest.fixture(scope="session")
def filled(engine: Engine) -> Engine:
    engine.read("t", TABLE)
    engine.read("o", pa.table({"k": pa.array([1, 3, 99], pa.int64()), "v": ["one", "three", "many"]}))
    engine.read("n", pa.table({"k": pa.array([3, 4, None], pa.int64()), "w": ["drie", "vier", "geen"]}))
    return engine


def _columns(cases: list[Case]) -> str:
    return ", ".join(f"{case.sql} AS x{number}" for number, case in enumerate(cases))


@pytest.fixture(scope="session")
def scalars(filled: Engine) -> list[Row]:
    return filled.rows(check(f"SELECT {_columns(SCALARS)} FROM t ORDER BY id"))


@pytest.fixture(scope="session")
def aggregates(filled: Engine) -> list[Row]:
    return filled.rows(check(f"SELECT g, {_columns(AGGREGATES)} FROM t GROUP BY g ORDER BY g"))


@pytest.fixture(scope="session")
def windows(filled: Engine) -> list[Row]:
    return filled.rows(check(f"SELECT id, {_columns(WINDOWS)} FROM t ORDER BY id"))


@pytest.mark.parametrize("case", SCALARS, ids=str)
def test_an_expression_means_what_python_says(case: Case, scalars: list[Row]) -> None:
    assert [row[f"x{SCALARS.index(case)}"] for row in scalars] == [case.truth(row) for row in ROWS]


@pytest.mark.parametrize("case", AGGREGATES, ids=str)
def test_an_aggregate_means_what_python_says(case: Case, aggregates: list[Row]) -> None:
    groups = [[row for row in ROWS if row["g"] == group["g"]] for group in aggregates]
    assert [row[f"x{AGGREGATES.index(case)}"] for row in aggregates] == [case.truth(rows) for rows in groups]


@pytest.mark.parametrize("case", WINDOWS, ids=str)
def test_a_window_means_what_python_says(case: Case, windows: list[Row]) -> None:
    expected = [case.truth([other for other in ROWS if other["g"] == row["g"]], row) for row in ROWS]
    assert [row[f"x{WINDOWS.index(case)}"] for row in windows] == expected


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_gives_these_rows(name: str, filled: Engine) -> None:
    sql, expected = STATEMENTS[name]
    assert filled.rows(check(sql)) == expected


def _expression(chance: random.Random, depth: int) -> tuple[str, Callable[[Row], int | None]]:
    """A made-up expression over words, and its value in Python."""
    if depth == 0:
        name = chance.choice(["a", "b", "i", str(chance.getrandbits(62))])
        return name, lambda row: row[name] if name in row else int(name)
    (left, x), (right, y) = _expression(chance, depth - 1), _expression(chance, depth - 1)
    operator, function = chance.choice(list(OPERATORS.items()))

    def truth(row: Row) -> int | None:
        values = (x(row), y(row))
        if operator == "coalesce({}, {})":
            return values[0] if values[0] is not None else values[1]
        empty = 0 if operator.startswith("CASE") else None  # what is not known to be so is ELSE
        return empty if None in values else function(*values)

    return operator.format(f"({left})", f"({right})"), truth


OPERATORS: dict[str, Callable[[Any, Any], int]] = {
    "{} & {}": lambda x, y: x & y,
    "{} | {}": lambda x, y: x | y,
    "xor({}, {})": lambda x, y: x ^ y,
    "{} & ~{}": lambda x, y: x & ~y,
    "{} >> ({} & 63)": lambda x, y: x >> (y & 63),
    "CASE WHEN {} < {} THEN 1 ELSE 0 END": lambda x, y: int(x < y),
    "coalesce({}, {})": lambda x, y: x,
}


def test_made_up_expressions_over_words_mean_what_python_says(filled: Engine) -> None:
    chance = random.Random(7)
    made = [_expression(chance, chance.randint(1, 4)) for _ in range(150)]
    columns = ", ".join(f"{sql} AS x{number}" for number, (sql, _) in enumerate(made))
    told = filled.rows(check(f"SELECT {columns} FROM t ORDER BY id"))
    for number, (sql, truth) in enumerate(made):
        assert [row[f"x{number}"] for row in told] == [truth(row) for row in ROWS], sql


def test_nonsense_is_refused_without_a_traceback() -> None:
    chance = random.Random(7)
    words = [
        "select",
        "from",
        "where",
        "group",
        "by",
        "(",
        ")",
        ",",
        "*",
        "&",
        "|",
        "~",
        "<<",
        "=",
        "<",
        "and",
        "not",
        "in",
        "null",
        "case",
        "when",
        "end",
        "a",
        "t",
        "1",
        "'x'",
        ";",
        "'",
        "@m(",
        "--",
        "::",
        "[",
        "join",
    ]
    for _ in range(3000):
        try:
            check(f"SELECT {' '.join(chance.choices(words, k=6))} FROM t")
        except EngineError as refusal:
            assert refusal.what


def test_too_large_a_number_is_an_error_on_every_engine(filled: Engine) -> None:
    with pytest.raises(EngineError):
        filled.rows(check("SELECT CAST(a AS SMALLINT) AS x FROM t"))
    with pytest.raises(EngineError):
        filled.rows(check("SELECT a * 4 AS x FROM t"))


REFUSED = {
    "SELECT upper(s) FROM t": "Upper",
    "SELECT my_function(s) FROM t": "this function",
    "SELECT regexp_replace(s, 'a', 'b') FROM t": "RegexpReplace",
    "SELECT a ^ b FROM t": "Pow",
    "SELECT a / b FROM t": "Div",
    "SELECT a // b FROM t": "division",
    "SELECT a % 0 FROM t": "division",
    "SELECT round(f, 2) FROM t": "Round",
    "SELECT a | b & c FROM t": "in brackets",
    "SELECT a & b + 1 FROM t": "in brackets",
    "SELECT ~a + 1 & b FROM t": "in brackets",
    "SELECT f * 0.5 FROM t": "fraction",
    "SELECT CAST(a AS DECIMAL(10, 2)) FROM t": "a cast",
    "SELECT CAST(a AS TIMESTAMP) FROM t": "a cast",
    "SELECT CAST(s AS DATE) FROM t": "a cast to DATE",
    "SELECT CAST('2025' AS DATE) FROM t": "a cast to DATE",
    "SELECT TRY_CAST(s AS INTEGER) FROM t": "TryCast",
    "SELECT date_diff('month', d, e) FROM t": "in anything but 'day'",
    "SELECT list(a) FROM t": "array_agg",
    "SELECT list(a ORDER BY a) FROM t": "array_agg",
    "SELECT array_agg(a ORDER BY b) FILTER (WHERE a IS NOT NULL) FROM t": "array_agg",
    "SELECT array_agg(a ORDER BY a DESC) FILTER (WHERE a IS NOT NULL) FROM t": "array_agg",
    "SELECT array_agg(a ORDER BY a) FILTER (WHERE b IS NOT NULL) FROM t": "array_agg",
    "SELECT string_agg(s, ';') FROM t": "not ordered",
    "SELECT string_agg(s, ';' ORDER BY u) FROM t": "not ordered",
    "SELECT string_agg(s, ';' ORDER BY s) FILTER (WHERE p) FROM t": "with FILTER",
    "SELECT first(a) FROM t": "First",
    "SELECT string_split(s, ';') FROM t": "string_split outside",
    "SELECT * FROM unnest([1, 2]) AS u(x)": "UNNEST of anything",
    "SELECT row_number() OVER () FROM t": "a rank without ORDER BY",
    "SELECT row_number() FROM t": "a rank without OVER",
    "SELECT sum(a) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t": "frame",
    "SELECT a FROM t LIMIT 1": "LIMIT without ORDER BY",
    "SELECT * EXCLUDE (a) FROM t": "* with changes",
    "SELECT a FROM t GROUP BY ALL": "GROUP BY",
    "SELECT DISTINCT ON (a) a FROM t": "DISTINCT ON",
    "SELECT a FROM t QUALIFY row_number() OVER (ORDER BY a) = 1": "QUALIFY",
    "SELECT a FROM t TABLESAMPLE 10%": "Sample",
    "SELECT a FROM t NATURAL JOIN o": "this kind of join",
    "SELECT a FROM t ASOF JOIN o ON t.a >= o.k": "this kind of join",
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 9) SELECT n FROM r": "RECURSIVE",
    "SELECT * FROM read_csv('x.csv')": "ReadCSV",
    "SELECT s LIKE 'a%' FROM t": "Like",
    "SELECT random() FROM t": "Rand",
    "SELECT current_date": "CurrentDate",
    "SELECT $1 FROM t": "Placeholder",
    "DROP TABLE t": "Expected one SELECT",
    "SELECT 1; SELECT 2": "Expected one SELECT",
    "COPY t TO 'x.csv'": "Expected one SELECT",
    "INSERT INTO t VALUES (1)": "Expected one SELECT",
    "SELECT (": "This is not SQL",
}


@pytest.mark.parametrize("sql", REFUSED)
def test_what_engines_may_read_differently_is_refused(sql: str) -> None:
    with pytest.raises(EngineError) as refusal:
        check(sql, "rule.sql")
    assert REFUSED[sql] in refusal.value.what
    assert refusal.value.where == "rule.sql"


@pytest.mark.parametrize("case", [*SCALARS, *AGGREGATES, *WINDOWS], ids=str)
def test_checking_twice_changes_nothing(case: Case) -> None:
    once = check(f"SELECT {case.sql} AS x FROM t")
    assert check(once) == once
    assert to_spark(once)


def test_a_long_refusal_is_cut() -> None:
    with pytest.raises(EngineError) as refusal:
        check(f"SELECT my_function({', '.join(['some_column'] * 50)}) FROM t")
    assert len(refusal.value.what) < 150


def test_macros_write_out_repeated_columns() -> None:
    sql = "SELECT @marks(bit_or(c.m#) AS m#) FROM c WHERE @marks_and((p.m# & (r.m#)) = ')') OR @w_or(x.w# > #)"
    assert expand(sql, {"marks": 2, "w": 1}) == (
        "SELECT bit_or(c.m0) AS m0, bit_or(c.m1) AS m1 FROM c "
        "WHERE ((p.m0 & (r.m0)) = ')' AND (p.m1 & (r.m1)) = ')') OR (x.w0 > 0)"
    )


def test_a_macro_skips_brackets_in_comments() -> None:
    assert expand("@m(a# -- :)\n)", {"m": 1}) == "a0 -- :)\n"


@pytest.mark.parametrize(
    ("sql", "counts", "words"),
    [("@m(a#)", {}, "no count"), ("@m(a#)", {"m": 0}, "no count"), ("@m(a#", {"m": 1}, "not closed")],
)
def test_a_wrong_macro_is_an_error(sql: str, counts: dict[str, int], words: str) -> None:
    with pytest.raises(EngineError, match=words):
        expand(sql, counts, "rule.sql")


def test_a_file_is_loaded_expanded_and_checked(tmp_path: Path, filled: Engine) -> None:
    path = tmp_path / "words.sql"
    path.write_text("-- what all rows have\nSELECT @w((bit_and(i) >> #) & 1 AS w#) FROM t WHERE id = 2\n")
    assert filled.rows(load(path, w=3)) == [{"w0": 0, "w1": 1, "w2": 1}]
