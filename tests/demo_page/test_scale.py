"""From numbers to lengths, squares and places for labels."""

import itertools

from hypothesis import example, given
from hypothesis import strategies as st

from helder.results.page.scale import apart, linear, nice, squares, stacked, unit

counts = st.lists(st.one_of(st.none(), st.integers(0, 2_000_000)), min_size=1, max_size=8)


def test_a_scale_runs_from_nothing_to_everything():
    length = linear(941_000, 800)
    assert (length(0), length(941_000), length(470_500)) == (0, 800, 400)


def test_a_scale_of_nothing_draws_nothing():
    assert linear(0, 800)(5) == 0


def test_axis_marks_are_round():
    assert nice(941_000) == [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]
    assert nice(19_000) == [0, 5_000, 10_000, 15_000, 20_000]
    assert nice(3) == [0, 1, 2, 3]
    assert nice(0) == [0]


@given(st.integers(1, 10**9), st.integers(1, 8))
@example(11, 5)  # steps of 2.5 would stand unevenly at whole numbers
def test_axis_marks_reach_the_largest_number_in_few_steps(most, steps):
    marks = nice(most, steps)
    assert marks[0] == 0
    assert marks[-1] >= most
    assert len(marks) <= steps + 2
    assert len({b - a for a, b in itertools.pairwise(marks)}) == 1


def test_a_square_stands_for_a_round_number():
    assert (unit(320_000), unit(6_801), unit(50), unit(0)) == (1_000, 20, 1, 1)


@given(st.integers(0, 10**9))
def test_there_are_never_too_many_squares(most):
    assert most / unit(most) <= 400


@given(counts, st.sampled_from([1, 20, 1000]))
@example([350_701, 1_399_277, 175_352], 20)  # fractions that add up to more than a half
def test_squares_add_up_to_the_whole(some, each):
    parts = squares(some, each)
    assert sum(parts) == round(sum(n or 0 for n in some) / each)
    assert all(abs(part - (n or 0) / each) <= 1 for part, n in zip(parts, some, strict=True))


def test_a_hidden_count_gets_no_square():
    assert squares([3000, None, 2000], 1000) == [3, 0, 2]


def test_parts_of_a_bar_follow_each_other():
    assert stacked([10, None, 30], linear(40, 80)) == [(0, 20), (20, 0), (20, 60)]


def test_labels_stand_at_their_middle_where_there_is_room():
    assert apart([50, 200], [20, 40]) == [40, 180]


def test_labels_that_would_overlap_move_down():
    assert apart([50, 52, 54], [20, 20, 20], top=45) == [45, 65, 85]
