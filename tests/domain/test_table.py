"""The shape of a published table: by what its rows are sorted."""

from __future__ import annotations

from dataclasses import replace

from helder.domain.round_tables import LETTERS, ROUND_PEOPLE
from helder.domain.tables import Column, Table

TABLE = Table(
    "seen", (Column("a", "text", ""), Column("b", "text", ""), Column("c", "text", "")), ("b",), personal=False
)


def test_rows_are_sorted_by_all_columns_so_that_equal_rows_give_equal_files():
    assert TABLE.sorting == ("b", "a", "c")


def test_where_no_two_rows_agree_in_the_order_nothing_more_is_compared():
    assert replace(TABLE, unique=True).sorting == ("b",)


def test_tables_of_a_round_name_a_column_that_no_two_rows_share():
    assert ROUND_PEOPLE.sorting == ("person",)
    assert LETTERS.sorting == ("sort", "reference")
