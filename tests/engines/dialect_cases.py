"""Every construct the dialect allows, with what it means in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

Row = dict[str, Any]

BIG = (1 << 62) + 12_345
COLUMNS = {
    "id": pa.int64(),
    "g": pa.int32(),
    "a": pa.int64(),
    "b": pa.int64(),
    "i": pa.int32(),
    "s": pa.string(),
    "u": pa.string(),
    "d": pa.date32(),
    "e": pa.date32(),
    "p": pa.bool_(),
    "f": pa.float64(),
}
_VALUES: Sequence[tuple[Any, ...]] = (
    (1, 1, 5, 3, 1, "Aé;b", "b", date(2024, 2, 29), date(2025, 3, 1), True, 1.5),
    (2, 1, BIG, (1 << 62) | 7, 62, "", "", date(2017, 1, 1), date(2016, 12, 31), False, -0.25),
    (3, 1, 0, 0, 0, "x;y;x", "y", date(1899, 12, 31), date(1970, 1, 1), None, None),
    (4, 2, -7, 2, 31, "ÿ", "Z", date(2025, 7, 3), date(2025, 7, 6), True, 0.0),
    (5, 2, None, 4, 32, None, "a", None, date(2025, 7, 6), True, 3.0),
    (6, 2, 5, None, 33, "it's a \\n 'b'", None, date(2025, 7, 3), None, None, 2.5),
    (7, 3, None, None, 3, None, None, None, None, None, None),
    (8, 3, None, None, 4, None, None, None, None, None, None),
    (9, 4, 9, 9, 7, "\U0001f600b", "B", date(2025, 7, 3), date(2025, 7, 3), False, 9.0),
)
ROWS: list[Row] = [dict(zip(COLUMNS, values, strict=True)) for values in _VALUES]
TABLE = pa.Table.from_pylist(ROWS, pa.schema(list(COLUMNS.items())))


@dataclass(frozen=True)
class Case:
    """An expression, and its value computed in Python from a row, a group or all rows."""

    sql: str
    truth: Callable[..., Any]

    def __str__(self) -> str:
        return self.sql


def known(*names: str) -> Callable[[Callable[..., Any]], Callable[[Row], Any]]:
    """A function of some columns that is empty when one of them is."""

    def wrap(function: Callable[..., Any]) -> Callable[[Row], Any]:
        def truth(row: Row) -> Any:
            values = [row[name] for name in names]
            return None if None in values else function(*values)

        return truth

    return wrap


def _and(p: bool | None, q: bool | None) -> bool | None:
    return False if p is False or q is False else None if p is None or q is None else True


def _not(p: bool | None) -> bool | None:
    return None if p is None else not p


def _cut(x: int, by: int) -> int:
    """Division towards zero, as both engines do it."""
    return int(abs(x) // by * (1 if x >= 0 else -1))


def _best(pick: Callable[..., Any]) -> Callable[[Row], Any]:
    def truth(row: Row) -> Any:
        values = [row[name] for name in ("a", "b") if row[name] is not None]
        return pick(values) if values else None

    return truth


_ab, _a, _s, _de, _f = known("a", "b"), known("a"), known("s"), known("d", "e"), known("f")

SCALARS = [
    Case("a & b", _ab(lambda a, b: a & b)),
    Case("a | b", _ab(lambda a, b: a | b)),
    Case("a | b | i", known("a", "b", "i")(lambda a, b, i: a | b | i)),
    Case("(a | b) & i", known("a", "b", "i")(lambda a, b, i: (a | b) & i)),
    Case("a | (b & 3)", _ab(lambda a, b: a | (b & 3))),
    Case("xor(a, b)", _ab(lambda a, b: a ^ b)),
    Case("~a", _a(lambda a: ~a)),
    Case("(a & ~b) = 0", _ab(lambda a, b: a & ~b == 0)),
    Case("a & b = b & a", _ab(lambda a, b: True)),
    Case("1 << i", lambda row: 1 << row["i"]),
    Case("i << 4", lambda row: row["i"] << 4),
    Case("a >> 2", _a(lambda a: a >> 2)),
    Case("4611686018427387904 >> i", lambda row: (1 << 62) >> row["i"]),
    Case("(a >> i) & 1", known("a", "i")(lambda a, i: (a >> i) & 1)),
    Case("bit_count(a)", _a(lambda a: (a & (2**64 - 1)).bit_count())),
    Case("b + 1 - 3", known("b")(lambda b: b - 2)),
    Case("i * -2", lambda row: row["i"] * -2),
    Case("7 - (i - 2)", lambda row: 9 - row["i"]),
    Case("a // 2", _a(lambda a: _cut(a, 2))),
    Case("a % 4", _a(lambda a: a - 4 * _cut(a, 4))),
    Case("abs(a)", _a(abs)),
    Case("greatest(a, b)", _best(max)),
    Case("least(a, b)", _best(min)),
    Case("coalesce(a, b, -1)", lambda row: next((row[n] for n in "ab" if row[n] is not None), -1)),
    Case("nullif(a, 5)", _a(lambda a: None if a == 5 else a)),
    Case("a = b", _ab(lambda a, b: a == b)),
    Case("a <> b", _ab(lambda a, b: a != b)),
    Case("a < b", _ab(lambda a, b: a < b)),
    Case("a <= b", _ab(lambda a, b: a <= b)),
    Case("a > b", _ab(lambda a, b: a > b)),
    Case("a >= b", _ab(lambda a, b: a >= b)),
    Case("a IS NULL", lambda row: row["a"] is None),
    Case("a IS NOT NULL", lambda row: row["a"] is not None),
    Case("a IS DISTINCT FROM b", lambda row: row["a"] != row["b"]),
    Case("a IS NOT DISTINCT FROM b", lambda row: row["a"] == row["b"]),
    Case("a IN (5, 9)", _a(lambda a: a in (5, 9))),
    Case("a NOT IN (5, 9)", _a(lambda a: a not in (5, 9))),
    Case("i BETWEEN 3 AND 32", lambda row: 3 <= row["i"] <= 32),
    Case("p AND a > 0", lambda row: _and(row["p"], _a(lambda a: a > 0)(row))),
    Case("NOT p OR i = 1", lambda row: _not(_and(row["p"], row["i"] != 1))),
    Case("TRUE", lambda row: True),
    Case(
        "CASE WHEN a > 4 THEN 'big' WHEN a > 0 THEN 'small' END",
        _a(lambda a: "big" if a > 4 else "small" if a > 0 else None),
    ),
    Case("CASE i WHEN 1 THEN 10 ELSE 20 END", lambda row: 10 if row["i"] == 1 else 20),
    Case("s || ';' || u", known("s", "u")(lambda s, u: f"{s};{u}")),
    Case("length(s)", _s(len)),
    Case("substr(s, 2, 3)", _s(lambda s: s[1:4])),
    Case("substr(s, 3)", _s(lambda s: s[2:])),
    Case("contains(s, ';')", _s(lambda s: ";" in s)),
    Case("contains(s, '.')", _s(lambda s: "." in s)),
    Case("starts_with(s, 'x')", _s(lambda s: s.startswith("x"))),
    Case("s < u", known("s", "u")(lambda s, u: s.encode() < u.encode())),
    Case(r"s = 'it''s a \n ''b'''", _s(lambda s: s == "it's a \\n 'b'")),
    Case("'é' || s", _s(lambda s: "é" + s)),
    Case("CAST(i AS BIGINT)", lambda row: row["i"]),
    Case("CAST(p AS INTEGER)", known("p")(int)),
    Case("CAST(i AS VARCHAR)", lambda row: str(row["i"])),
    Case("CAST(d AS VARCHAR)", known("d")(str)),
    Case("CAST(i AS DOUBLE) * CAST(0.5 AS DOUBLE)", lambda row: row["i"] * 0.5),
    Case("f >= CAST(1.5 AS DOUBLE)", _f(lambda f: f >= 1.5)),
    Case("d < DATE '2025-07-03'", known("d")(lambda d: d < date(2025, 7, 3))),
    Case("d BETWEEN CAST('2017-01-01' AS DATE) AND e", _de(lambda d, e: date(2017, 1, 1) <= d <= e)),
    Case("date_diff('day', d, e)", _de(lambda d, e: (e - d).days)),
    Case("year(d)", known("d")(lambda d: d.year)),
    Case("coalesce(d, e, DATE '1900-01-01')", lambda row: row["d"] or row["e"] or date(1900, 1, 1)),
]


def filled(name: str, rows: list[Row]) -> list[Any]:
    """The values of a column that are not empty."""
    return [row[name] for row in rows if row[name] is not None]


def _fold(name: str, combine: Callable[[Any, Any], Any]) -> Callable[[list[Row]], Any]:
    def truth(rows: list[Row]) -> Any:
        values = filled(name, rows)
        result = values[0] if values else None
        for value in values[1:]:
            result = combine(result, value)
        return result

    return truth


def _joined(values: list[str]) -> str | None:
    return ";".join(sorted(values, key=str.encode)) if values else None


AGGREGATES = [
    Case("bit_or(a)", _fold("a", lambda x, y: x | y)),
    Case("bit_and(a)", _fold("a", lambda x, y: x & y)),
    Case("bit_or(1 << i)", _fold("i", lambda x, y: 0) and (lambda rows: sum({1 << row["i"] for row in rows}))),
    Case("bit_or(a) FILTER (WHERE p)", lambda rows: _fold("a", lambda x, y: x | y)([row for row in rows if row["p"]])),
    Case("coalesce(bit_and(b), 7)", lambda rows: 7 if not filled("b", rows) else _fold("b", lambda x, y: x & y)(rows)),
    Case("count(*)", len),
    Case("count(a)", lambda rows: len(filled("a", rows))),
    Case("count(DISTINCT d)", lambda rows: len(set(filled("d", rows)))),
    Case("count(*) FILTER (WHERE a > 0)", lambda rows: sum(a > 0 for a in filled("a", rows))),
    Case("sum(i)", lambda rows: sum(filled("i", rows))),
    Case("sum(b)", lambda rows: sum(filled("b", rows)) if filled("b", rows) else None),
    Case("min(s)", lambda rows: min(filled("s", rows), key=str.encode, default=None)),
    Case("max(d)", lambda rows: max(filled("d", rows), default=None)),
    Case("min(a)", lambda rows: min(filled("a", rows), default=None)),
    Case("max(f)", lambda rows: max(filled("f", rows), default=None)),
    Case("bool_and(p)", lambda rows: all(filled("p", rows)) if filled("p", rows) else None),
    Case("bool_or(p)", lambda rows: any(filled("p", rows)) if filled("p", rows) else None),
    Case("string_agg(s, ';' ORDER BY s)", lambda rows: _joined(filled("s", rows))),
    Case(
        "string_agg(DISTINCT CAST(d AS VARCHAR), ';' ORDER BY CAST(d AS VARCHAR))",
        lambda rows: _joined(list({str(d) for d in filled("d", rows)})),
    ),
    Case("array_agg(a ORDER BY a) FILTER (WHERE a IS NOT NULL)", lambda rows: sorted(filled("a", rows)) or None),
    Case(
        "array_agg(DISTINCT d ORDER BY d) FILTER (WHERE d IS NOT NULL)",
        lambda rows: sorted(set(filled("d", rows))) or None,
    ),
]


def _nulls_last(name: str, descending: bool = False) -> Callable[[Row], Any]:
    sign = -1 if descending else 1
    return lambda row: (row[name] is None, 0 if row[name] is None else sign * row[name])


def _ranked(rows: list[Row], row: Row, key: Callable[[Row], Any]) -> int:
    return sorted(rows, key=key).index(row) + 1


def _lag(rows: list[Row], row: Row) -> Any:
    before = [other for other in sorted(rows, key=lambda r: r["id"]) if other["id"] < row["id"]]
    return before[-1]["a"] if before else None


# Truth here is a function of the rows of the same group, and the row itself.
WINDOWS = [
    Case(
        "row_number() OVER (PARTITION BY g ORDER BY a, id)",
        lambda rows, row: _ranked(rows, row, lambda r: (_nulls_last("a")(r), r["id"])),
    ),
    Case(
        "row_number() OVER (PARTITION BY g ORDER BY a DESC, id)",
        lambda rows, row: _ranked(rows, row, lambda r: (_nulls_last("a", True)(r), r["id"])),
    ),
    Case(
        "row_number() OVER (PARTITION BY g ORDER BY a NULLS FIRST, id)",
        lambda rows, row: _ranked(rows, row, lambda r: (r["a"] is not None, r["a"] or 0, r["id"])),
    ),
    Case(
        "dense_rank() OVER (PARTITION BY g ORDER BY d)",
        lambda rows, row: (
            len(
                {
                    r["d"]
                    for r in rows
                    if (r["d"] is None, r["d"] or date.min) < (row["d"] is None, row["d"] or date.min)
                }
            )
            + 1
        ),
    ),
    Case("lag(a) OVER (PARTITION BY g ORDER BY id)", _lag),
    Case("count(*) OVER (PARTITION BY g)", lambda rows, row: len(rows)),
    Case(
        "sum(i) OVER (PARTITION BY g ORDER BY id)", lambda rows, row: sum(r["i"] for r in rows if r["id"] <= row["id"])
    ),
    Case("bit_or(a) OVER (PARTITION BY g)", lambda rows, row: _fold("a", lambda x, y: x | y)(rows)),
]

# Whole statements, with the rows they give.
STATEMENTS: dict[str, tuple[str, list[Row]]] = {
    "cte": (
        "WITH x AS (SELECT id FROM t WHERE a > 8), y AS (SELECT id + 1 AS n FROM x) SELECT n FROM y ORDER BY n",
        [{"n": 3}, {"n": 10}],
    ),
    "join": (
        "SELECT t.id, o.v FROM t JOIN o ON o.k = t.i ORDER BY t.id",
        [{"id": 1, "v": "one"}, {"id": 7, "v": "three"}],
    ),
    "join by brackets": (
        "SELECT t.id FROM t JOIN o ON (t.i & o.k) = o.k AND t.a > 0 ORDER BY t.id, o.k",
        [{"id": 1}, {"id": 6}, {"id": 9}, {"id": 9}],
    ),
    "left join": (
        "SELECT o.k, t.id FROM o LEFT JOIN t ON t.i = o.k ORDER BY o.k",
        [{"k": 1, "id": 1}, {"k": 3, "id": 7}, {"k": 99, "id": None}],
    ),
    "full join": (
        "SELECT o.k, n.k AS nk FROM o FULL JOIN n ON n.k = o.k ORDER BY o.k, n.k",
        [{"k": 1, "nk": None}, {"k": 3, "nk": 3}, {"k": 99, "nk": None}, {"k": None, "nk": 4}, {"k": None, "nk": None}],
    ),
    "using": (
        "SELECT k, o.v, n.w FROM o LEFT JOIN n USING (k) WHERE k < 50 ORDER BY k",
        [{"k": 1, "v": "one", "w": None}, {"k": 3, "v": "three", "w": "drie"}],
    ),
    "semi join": ("SELECT o.v FROM o SEMI JOIN n ON n.k = o.k", [{"v": "three"}]),
    "anti join": ("SELECT o.v FROM o ANTI JOIN n ON n.k = o.k ORDER BY o.v", [{"v": "many"}, {"v": "one"}]),
    "cross join": ("SELECT count(*) AS c FROM o CROSS JOIN n", [{"c": 9}]),
    "comma join": ("SELECT count(*) AS c FROM o, n WHERE n.k > o.k", [{"c": 3}]),
    "exists": ("SELECT o.k FROM o WHERE EXISTS (SELECT 1 FROM t WHERE t.i = o.k AND t.a > 0)", [{"k": 1}]),
    "in select": ("SELECT k FROM o WHERE k IN (SELECT k FROM n)", [{"k": 3}]),
    "not in select with an empty value is never true": ("SELECT k FROM o WHERE k NOT IN (SELECT k FROM n)", []),
    "scalar select": ("SELECT k FROM o WHERE k = (SELECT max(k) FROM o)", [{"k": 99}]),
    "union all": (
        "SELECT k FROM o UNION ALL SELECT k FROM n WHERE k = 3 ORDER BY k",
        [{"k": 1}, {"k": 3}, {"k": 3}, {"k": 99}],
    ),
    "union": ("SELECT k FROM o UNION SELECT k FROM n WHERE k = 3 ORDER BY k", [{"k": 1}, {"k": 3}, {"k": 99}]),
    "except": ("SELECT k FROM o EXCEPT SELECT k FROM n ORDER BY k", [{"k": 1}, {"k": 99}]),
    "intersect": ("SELECT k FROM o INTERSECT SELECT k FROM n", [{"k": 3}]),
    "distinct": ("SELECT DISTINCT g FROM t ORDER BY g", [{"g": 1}, {"g": 2}, {"g": 3}, {"g": 4}]),
    "having": (
        "SELECT g, count(*) AS c FROM t GROUP BY g HAVING count(*) > 2 ORDER BY g",
        [{"g": 1, "c": 3}, {"g": 2, "c": 3}],
    ),
    "group by expression": (
        "SELECT i & 1 AS odd, count(*) AS c FROM t GROUP BY i & 1 ORDER BY odd",
        [{"odd": 0, "c": 4}, {"odd": 1, "c": 5}],
    ),
    "no rows, one group": ("SELECT count(*) AS c, bit_or(a) AS o FROM t WHERE id > 99", [{"c": 0, "o": None}]),
    "no rows, no group": ("SELECT g, count(*) AS c FROM t WHERE id > 99 GROUP BY g", []),
    "empty values are last": ("SELECT a FROM t WHERE g = 2 ORDER BY a", [{"a": -7}, {"a": 5}, {"a": None}]),
    "and last going down": ("SELECT a FROM t WHERE g = 2 ORDER BY a DESC", [{"a": 5}, {"a": -7}, {"a": None}]),
    "limit": ("SELECT id FROM t ORDER BY id DESC LIMIT 2", [{"id": 9}, {"id": 8}]),
    "values": (
        "SELECT v.n, v.w FROM (VALUES (1, 'a'), (2, NULL)) AS v(n, w) ORDER BY v.n",
        [{"n": 1, "w": "a"}, {"n": 2, "w": None}],
    ),
    "star": ("SELECT o.* FROM o WHERE k = 1", [{"k": 1, "v": "one"}]),
    "select from select": ("SELECT x.c FROM (SELECT count(*) AS c FROM o) AS x", [{"c": 3}]),
    "words that are keywords": ('SELECT o.k AS "row", o.v AS "from" FROM o WHERE k = 1', [{"row": 1, "from": "one"}]),
    "split": (
        "SELECT t.id, w.item FROM t, unnest(string_split(t.s, ';')) AS w(item) WHERE t.id < 6 ORDER BY t.id, w.item",
        [
            {"id": 1, "item": "Aé"},
            {"id": 1, "item": "b"},
            {"id": 2, "item": ""},
            {"id": 3, "item": "x"},
            {"id": 3, "item": "x"},
            {"id": 3, "item": "y"},
            {"id": 4, "item": "ÿ"},
        ],
    ),
}
