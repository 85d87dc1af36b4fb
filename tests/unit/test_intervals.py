"""Clopper-Pearson intervals against published values and their own definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helder.domain.intervals import clopper_pearson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),
        (10, 10, 0.6915, 1.0),
        (5, 10, 0.1871, 0.8129),
        (1, 20, 0.0013, 0.2487),
        (81, 263, 0.2527, 0.3676),  # Agresti and Coull's worked kind of example, by R's binom.test
        (0, 0, 0.0, 1.0),
    ],
)
def test_known_intervals(successes, trials, low, high):
    assert clopper_pearson(successes, trials) == pytest.approx((low, high), abs=6e-4)


def test_nothing_wrong_in_many_is_the_rule_of_three():
    low, high = clopper_pearson(100_000, 100_000)
    assert high == 1.0
    assert 1 - low == pytest.approx(3.689 / 100_000, rel=0.01)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_mirrors(pair):
    successes, trials = pair
    low, high = clopper_pearson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    mirrored = clopper_pearson(trials - successes, trials)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_more_successes_than_trials_is_refused():
    with pytest.raises(ValueError):
        clopper_pearson(2, 1)
