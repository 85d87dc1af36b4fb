"""The SQL that every engine runs alike: a small subset of DuckDB's, one SELECT per file.

sqlglot parses it; what is not on the allow-list is refused, because engines differ *silently* in what looks the same.
Spark runs text written from that parse, every operator in brackets, so that no rule of precedence matters; that DuckDB
reads the files as sqlglot does, `tests/exposure/test_statements.py` sees to. Where DuckDB and Spark differ in a function that is needed, it is allowed in one form only, and that form is
written for Spark by name (see `_for_spark`). `tests/engines/test_dialect.py` has a case for each allowed construct.

Whole numbers are 64-bit signed. Words use at most 63 bits, so they are never negative.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from helder.domain.errors import EngineError
from helder.engines.template import expand

Node: TypeAlias = exp.Expr

_STRUCTURE: tuple[type[Node], ...] = (
    *(exp.Select, exp.CTE, exp.With, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Order, exp.Ordered),
    *(exp.Limit, exp.Distinct, exp.Union, exp.Except, exp.Intersect, exp.Subquery, exp.Table, exp.TableAlias),
    *(exp.Column, exp.Identifier, exp.Alias, exp.Star, exp.Values, exp.Tuple, exp.Literal, exp.Boolean, exp.Null),
    *(exp.Paren, exp.DataType, exp.Var, exp.Filter, exp.Window, exp.Unnest),
)
_OPERATORS: tuple[type[Node], ...] = (
    *(exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between),
    *(exp.NullSafeEQ, exp.NullSafeNEQ, exp.Exists, exp.Case, exp.If, exp.Cast, exp.Add, exp.Sub, exp.Mul, exp.Neg),
    *(exp.IntDiv, exp.Mod, exp.DPipe, exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseXor, exp.BitwiseNot),
    *(exp.BitwiseLeftShift, exp.BitwiseRightShift),
)
_FUNCTIONS: tuple[type[Node], ...] = (
    *(exp.Coalesce, exp.Nullif, exp.Greatest, exp.Least, exp.Abs, exp.Length, exp.Substring, exp.Contains),
    *(exp.StartsWith, exp.Split, exp.DateDiff, exp.Year),
    *(exp.Count, exp.Sum, exp.Min, exp.Max, exp.LogicalAnd, exp.LogicalOr, exp.BitwiseAndAgg, exp.BitwiseOrAgg),
    *(exp.GroupConcat, exp.ArrayAgg, exp.RowNumber, exp.DenseRank, exp.Lag),
)
_ALLOWED = frozenset((*_STRUCTURE, *_OPERATORS, *_FUNCTIONS))
_ANONYMOUS = frozenset({"BIT_COUNT"})
_TYPES = frozenset({"SMALLINT", "INT", "BIGINT", "DOUBLE", "TEXT", "VARCHAR", "DATE", "BOOLEAN"})
_JOINS = frozenset({"", "INNER", "LEFT", "FULL", "CROSS", "SEMI", "ANTI"})
_BITS = (exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseXor, exp.BitwiseNot, exp.BitwiseLeftShift, exp.BitwiseRightShift)
_SHIFTS = (exp.BitwiseLeftShift, exp.BitwiseRightShift)
_PLAIN = (exp.Column, exp.Literal, exp.Paren, exp.Func, exp.Cast, exp.Case, exp.Subquery, exp.BitwiseNot)


def load(path: Path, **counts: int) -> str:
    """The SELECT in a file, its macros written out (`engines.template`), checked, as text for `Engine.run`."""
    return check(expand(path.read_text("utf-8"), counts, path.name), path.name)


def check(sql: str, where: str = "") -> str:
    """The same SELECT as both engines understand it, in DuckDB's words; raises `EngineError` when it is outside."""
    return _parsed(sql, where).sql("duckdb", identify=True)


@lru_cache(maxsize=256)
def to_spark(sql: str) -> str:
    """The same SELECT in Spark's words; raises `EngineError` when it is outside the dialect."""
    return _parsed(sql, "").transform(_for_spark).sql("spark", identify=True)


def _parsed(sql: str, where: str) -> Node:
    try:
        statements = sqlglot.parse(sql, read="duckdb")
    except SqlglotError as error:
        raise EngineError(f"This is not SQL: {str(error).splitlines()[0]}", where=where) from None
    tree = statements[0] if len(statements) == 1 else None
    if not isinstance(tree, exp.Select | exp.SetOperation):
        raise EngineError("Expected one SELECT.", where=where)
    for node in tree.walk():
        if reason := _refusal(node):
            raise EngineError(f"Not in the dialect: {reason}: {_shown(node)}.", where=where)
    return tree.transform(_explicit)


def _shown(node: Node) -> str:
    text = node.sql("duckdb")
    return text if len(text) < 80 else text[:77] + "..."


def _refusal(node: Node) -> str:
    """Why a node is refused; empty when it is not."""
    if isinstance(node, exp.Anonymous):
        return "" if node.name.upper() in _ANONYMOUS else "this function"
    if type(node) not in _ALLOWED:
        return f"{type(node).__name__}"
    for kinds, rule in _RULES:
        if isinstance(node, kinds) and (reason := rule(node)):
            return str(reason)
    return ""


def _join(node: Node) -> str:
    words = {str(node.args.get(word) or "").upper() for word in ("side", "kind", "method")}
    return "" if words <= _JOINS else "this kind of join"


def _limit(node: Node) -> str:
    return "" if node.parent and node.parent.args.get("order") else "LIMIT without ORDER BY"


def _window(node: Node) -> str:
    if node.args.get("spec"):
        return "a window's frame"
    ranked = isinstance(node.this, exp.RowNumber | exp.DenseRank | exp.Lag)
    return "a rank without ORDER BY" if ranked and not node.args.get("order") else ""


def _rank(node: Node) -> str:
    return "" if isinstance(node.parent, exp.Window) else "a rank without OVER"


def _cast(node: Node) -> str:
    name = node.args["to"].this.name
    if name not in _TYPES or node.args["to"].expressions:
        return "a cast to this type"
    if name == "DATE" and not (node.this.is_string and _is_date(node.this.name)):
        return "a cast to DATE of anything but a text like '2025-07-06'"
    return ""


def _is_date(text: str) -> bool:
    return len(text) == 10 and all(c == "-" if i in (4, 7) else c in "0123456789" for i, c in enumerate(text))


def _literal(node: Node) -> str:
    if node.args["is_string"] or node.name.isdigit():
        return ""
    double = isinstance(node.parent, exp.Cast) and node.parent.args["to"].this.name == "DOUBLE"
    return "" if double else "a number with a fraction outside CAST(... AS DOUBLE)"


def _divisor(node: Node) -> str:
    by = node.expression
    return (
        "" if isinstance(by, exp.Literal) and by.name.strip("0") else "division by anything but a number other than 0"
    )


def _bits(node: Node) -> str:
    operands = [value for value in (node.this, node.args.get("expression")) if value is not None]
    chain = isinstance(node, exp.BitwiseAnd | exp.BitwiseOr | exp.BitwiseXor)
    clear = all(isinstance(value, _PLAIN) or (chain and type(value) is type(node)) for value in operands)
    return "" if clear else "operands of bit operators must be in brackets"


def _difference(node: Node) -> str:
    return "" if str(node.args.get("unit") or "").strip("'").upper() == "DAY" else "a date_diff in anything but 'day'"


def _text_list(node: Node) -> str:
    value, order = _aggregated(node)
    if not order or order != value:
        return "string_agg not ordered by what it lists"
    return "string_agg with FILTER" if isinstance(node.parent, exp.Filter) else ""


def _sorted_list(node: Node) -> str:
    value, order = _aggregated(node)
    filtered = isinstance(node.parent, exp.Filter)
    where = node.parent.expression.this if filtered and node.parent else None
    without_nulls = where.this.unnest() if isinstance(where, exp.Not) else None
    tested = isinstance(without_nulls, exp.Is) and without_nulls.this == value
    if order and order == value and tested:
        return ""
    return "array_agg in any form but array_agg(x ORDER BY x) FILTER (WHERE x IS NOT NULL)"


def _aggregated(node: Node) -> tuple[Node | None, Node | None]:
    """What an aggregate lists, and by what (ascending) it is ordered."""
    order = node.this if isinstance(node.this, exp.Order) else None
    if order is None or len(order.expressions) != 1 or order.expressions[0].args.get("desc"):
        return None, None
    value = order.this
    if isinstance(value, exp.Distinct) and len(value.expressions) == 1:
        value = value.expressions[0]
    return value, order.expressions[0].this


_RULES: tuple[tuple[Any, Any], ...] = (
    (exp.With, lambda node: "WITH RECURSIVE" if node.args.get("recursive") else ""),
    (exp.Star, lambda node: "* with changes" if any(node.args.values()) else ""),
    (exp.Group, lambda node: "" if node.expressions and set(node.args) <= {"expressions"} else "this GROUP BY"),
    (exp.Distinct, lambda node: "DISTINCT ON" if node.args.get("on") else ""),
    (exp.Select, lambda node: "QUALIFY, SAMPLE or the like" if _odd(node) else ""),
    (exp.Unnest, lambda node: "" if _is_split(node) else "UNNEST of anything but string_split(...)"),
    (exp.Split, lambda node: "" if isinstance(node.parent, exp.Unnest) else "string_split outside UNNEST"),
    (exp.Join, _join),
    (exp.Limit, _limit),
    (exp.Window, _window),
    ((exp.RowNumber, exp.DenseRank, exp.Lag), _rank),
    (exp.Cast, _cast),
    (exp.Literal, _literal),
    ((exp.IntDiv, exp.Mod), _divisor),
    (_BITS, _bits),
    (exp.DateDiff, _difference),
    (exp.GroupConcat, _text_list),
    (exp.ArrayAgg, _sorted_list),
)
_CLAUSES = {
    "expressions",
    "distinct",
    "with_",
    "from_",
    "joins",
    "where",
    "group",
    "having",
    "order",
    "limit",
    "with",
    "from",
}


def _odd(node: Node) -> bool:
    return any(value for clause, value in node.args.items() if clause not in _CLAUSES)


def _is_split(node: Node) -> bool:
    return len(node.expressions) == 1 and isinstance(node.expressions[0], exp.Split) and bool(node.args.get("alias"))


def _explicit(node: Node) -> Node:
    """Brackets round every operator inside another, and 64 bits for what is shifted."""
    if isinstance(node, _SHIFTS) and not _is_bigint(node.this):
        node.set("this", exp.cast(node.this, "BIGINT"))
    if isinstance(node, exp.Binary | exp.Unary | exp.Between | exp.In) and not isinstance(node, exp.Paren | exp.Dot):
        for name in ("this", "expression"):
            value = node.args.get(name)
            if isinstance(value, exp.Binary | exp.Unary | exp.Between | exp.In) and not isinstance(value, exp.Paren):
                node.set(name, exp.paren(value, copy=False))
    return node


def _is_bigint(node: Node) -> bool:
    return isinstance(node, exp.Cast) and node.args["to"].this.name == "BIGINT"


def _for_spark(node: Node) -> Node:
    """The functions that Spark has by another name or meaning, in the form that means the same."""
    if isinstance(node, exp.Filter) and isinstance(node.this, exp.ArrayAgg):
        return _sorted_values(node.this, lambda values: values)
    if isinstance(node, exp.GroupConcat):  # Spark's own LISTAGG(DISTINCT) fails beside COUNT(DISTINCT)
        return _sorted_values(node, lambda values: exp.func("ARRAY_JOIN", values, node.args["separator"].copy()))
    return node


def _sorted_values(node: Node, finish: Callable[[Node], Node]) -> Node:
    """What the aggregate lists, sorted, without empty values; NULL when nothing is left, as in DuckDB."""
    value, _ = _aggregated(node)
    assert value is not None
    collect = "COLLECT_SET" if isinstance(node.this.this, exp.Distinct) else "COLLECT_LIST"
    some = exp.GT(this=exp.Count(this=value.copy()), expression=exp.Literal.number(0))
    return exp.Case().when(some, finish(exp.func("ARRAY_SORT", exp.func(collect, value.copy()))))
