"""Small numbers are hidden, and nobody gets them back: not by sums, not by subtraction, not by knowing the rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helder.results.suppress import LEAST, SPREAD, Cells, hide, possible, publish


def listed(*sizes: int) -> Cells[str]:
    """One list of cells, and its total."""
    cells = {str(number): frozenset({number}) for number in range(len(sizes))}
    return Cells(sizes, {**cells, "all": frozenset(range(len(sizes)))})


def table(rows: list[list[int]]) -> Cells[str]:
    """A cross table with the sums of its rows and columns, and its total."""
    width = len(rows[0])
    places = list(product(range(len(rows)), range(width)))
    cells = {f"{row},{column}": frozenset({row * width + column}) for row, column in places}
    for row in range(len(rows)):
        cells[f"row {row}"] = frozenset(row * width + column for column in range(width))
    for column in range(width):
        cells[f"column {column}"] = frozenset(row * width + column for row in range(len(rows)))
    cells["all"] = frozenset(range(len(places)))
    return Cells([size for row in rows for size in row], cells)


def test_numbers_from_eleven_are_published_as_they_are():
    assert publish(listed(11, 200, 3000), "seed") == {"0": 11, "1": 200, "2": 3000, "all": 3211}


def test_a_zero_is_published():
    assert publish(listed(0, 200, 300), "seed")["0"] == 0


def test_a_small_number_is_hidden_with_another_so_that_the_total_does_not_give_it_back():
    shown = publish(listed(5, 200, 300), "seed")
    assert shown["0"] is None
    assert [shown["1"], shown["2"]].count(None) == 1
    assert shown["all"] == 505


def test_in_a_cross_table_no_row_or_column_gives_a_small_number_back():
    shown = publish(table([[5, 50, 60], [70, 80, 90]]), "seed")
    hidden = {cell for cell, number in shown.items() if number is None}
    assert "0,0" in hidden
    assert len(hidden) >= 4


def test_what_remains_when_one_number_is_subtracted_from_another_counts_as_a_number():
    """Of 105 on the list 100 are in group 2, which lies within it: the other five must not be told."""
    cells = Cells([100, 5, 300], {"list": frozenset({0, 1}), "group 2": frozenset({0}), "all": frozenset({0, 1, 2})})
    shown = publish(cells, "seed")
    assert shown["list"] is None or shown["group 2"] is None


def test_of_a_handful_of_people_not_even_the_total_is_published():
    assert set(publish(listed(3, 4), "seed").values()) == {None}


def test_when_nothing_else_helps_nothing_is_published():
    shown = publish(listed(1, 11), "seed")
    assert shown["0"] is None
    assert shown["1"] is None
    nearly = listed(1, 1, 1, 9)
    assert set(publish(nearly, "seed").values()) == {None} or all(
        high - low >= SPREAD for low, high in possible(nearly, hide(nearly, "seed")).values()
    )


def test_what_is_hidden_for_a_reason_from_elsewhere_is_protected_like_a_small_number():
    shown = publish(listed(100, 200, 300), "seed", also={"1"})
    assert shown["1"] is None
    assert list(shown.values()).count(None) == 2


def test_the_same_seed_hides_the_same_and_another_seed_may_not():
    cells = listed(5, 100, 110, 120, 130)
    assert len({hide(cells, "one") for _ in range(5)}) == 1
    assert len({hide(cells, str(seed)) for seed in range(20)}) > 1


def test_a_dear_number_is_hidden_only_where_nothing_else_would_do():
    cells = listed(5, 900)
    cells = Cells([*cells.atoms, 20], {**cells.cells, "others": frozenset({2})})
    seeds = [str(seed) for seed in range(40)]
    assert any("all" in hide(cells, seed) for seed in seeds)
    assert not any("all" in hide(cells, seed, dear={"all"}) for seed in seeds)
    assert "all" in hide(listed(3, 4), "seed", dear={"all"})


counts = st.one_of(st.just(0), st.integers(1, 10), st.integers(11, 400))
lists = st.lists(counts, min_size=2, max_size=7).map(lambda sizes: listed(*sizes))
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=2, max_size=4).map(table)
)


@st.composite
def overlapping(draw: st.DrawFn) -> Cells[str]:
    """Any cells over any atoms: tables that share atoms in all ways."""
    sizes = draw(st.lists(counts, min_size=2, max_size=6))
    atoms = st.frozensets(st.integers(0, len(sizes) - 1), min_size=1)
    cells = draw(st.lists(atoms, min_size=1, max_size=8, unique=True))
    return Cells(sizes, {f"cell {number}": cell for number, cell in enumerate(cells)})


some_cells = st.one_of(lists, tables, overlapping())


@given(some_cells, st.text(max_size=3))
def test_no_small_number_is_published(cells, seed):
    assert all(number is None or number == 0 or number >= LEAST for number in publish(cells, seed).values())


@given(some_cells)
def test_no_difference_of_two_published_numbers_within_each_other_is_small(cells):
    shown = publish(cells, "seed")
    for inner, few in shown.items():
        for outer, many in shown.items():
            if few and many and cells.cells[inner] <= cells.cells[outer]:
                assert many == few or many - few >= LEAST


@given(some_cells)
def test_published_numbers_are_true(cells):
    assert all(number in (None, cells.value(cell)) for cell, number in publish(cells, "seed").items())


@given(some_cells)
def test_every_hidden_number_can_be_ten_numbers_for_who_knows_all_that_is_published(cells):
    for low, high in possible(cells, hide(cells, "seed")).values():
        assert high - low >= SPREAD


def moved(cells: Cells[str], shown: dict[str, int | None], most: int) -> Iterator[tuple[int, ...]]:
    """Every way to fill the atoms that agrees with what is published: an attack that shares no code with the rule."""
    total = sum(cells.atoms)
    for sizes in product(range(total + 1), repeat=len(cells.atoms) - 1):
        last = total - sum(sizes)
        if last < 0:
            continue
        filled = (*sizes, last)
        agrees = all(
            (number is None and sum(filled[atom] for atom in cells.cells[name]) > 0)
            or number == sum(filled[atom] for atom in cells.cells[name])
            for name, number in shown.items()
        )
        if agrees:
            most -= 1
            yield filled
            if not most:
                return


@settings(max_examples=40, deadline=None)
@given(
    st.one_of(
        st.lists(st.integers(0, 16), min_size=2, max_size=3).map(lambda sizes: listed(*sizes)),
        st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2).map(table),
    ).filter(lambda cells: LEAST <= sum(cells.atoms) <= 36)
)
def test_trying_every_possibility_finds_ten_values_for_each_hidden_number(cells):
    shown = publish(cells, "seed")
    hidden = [name for name, number in shown.items() if number is None]
    if not hidden or shown["all"] is None:
        return
    values = defaultdict(set)
    for filled in moved(cells, shown, most=10**6):
        for name in hidden:
            values[name].add(sum(filled[atom] for atom in cells.cells[name]))
    assert all(len(values[name]) > SPREAD for name in hidden)


@pytest.mark.parametrize("total", [25, 33, 45, 60])
def test_knowing_the_rule_does_not_help(total):
    """Who knows the rule tries which numbers lead to just what was published, whatever the seed. Without the seed the
    cheapest cell would always be hidden: of (10, 25, 25) only (10, 25, x) fits, and ten would be told."""
    published = defaultdict(list)
    for first in range(total + 1):
        for second in range(total - first + 1):
            sizes = (first, second, total - first - second)
            for seed in range(24):
                published[tuple(publish(listed(*sizes), str(seed)).items())].append(sizes)
    for shown, fitting in published.items():
        for position, (name, number) in enumerate(shown):
            if name != "all" and number is None:
                assert len({sizes[position] for sizes in fitting}) >= 5
