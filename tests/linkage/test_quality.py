"""Quality of links, by tables small enough to count by hand."""

import pytest

from helder.domain.intervals import clopper_pearson
from helder.linkage.quality import (
    Judged,
    curve,
    precision,
    rate,
    recall,
    recall_by_level,
    review_share,
    simulate_reviewers,
)

# person, truth, outcome, method, weight, level
RECORDS = [
    Judged(1, 1, "accepted", "exact", None, "none"),
    Judged(2, 2, "accepted", "exact", None, "mild"),
    Judged(3, 3, "accepted", "probabilistic", 20.0, "mild"),
    Judged(4, 4, "accepted", "probabilistic", 14.0, "heavy"),
    Judged(5, 6, "accepted", "probabilistic", 12.0, "heavy"),  # somebody else in the register
    Judged(7, None, "accepted", "probabilistic", 11.0, "none"),  # somebody outside it
    Judged(8, 8, "review", "probabilistic", 6.0, "heavy"),
    Judged(9, None, "review", "probabilistic", 3.0, "mild"),
    Judged(None, 10, "none", None, None, "heavy"),
    Judged(None, None, "none", None, None, "none"),
]


def test_precision_counts_accepted_links_only():
    assert (precision(RECORDS).hits, precision(RECORDS).trials) == (4, 6)


def test_precision_of_some_links():
    assert precision(RECORDS, lambda one: one.exact).value == 1.0
    assert precision(RECORDS, lambda one: one.automatic).value == 0.5


def test_recall_is_of_known_records_that_exact_matching_left():
    found = recall(RECORDS)  # 3, 4, 6, 8 and 10 are registered and left; 3 and 4 are found
    assert (found.hits, found.trials) == (2, 5)


def test_recall_by_level_of_damage():
    found = recall_by_level(RECORDS)
    assert {level: (one.hits, one.trials) for level, one in found.items()} == {
        "none": (0, 0),
        "mild": (1, 1),
        "heavy": (1, 4),
    }


def test_a_rate_has_the_exact_interval():
    one = rate(81, 263)
    assert (one.low, one.high) == clopper_pearson(81, 263)
    assert one.to_json() == {"hits": 81, "trials": 263, "rate": 0.307985, "interval": [0.252737, 0.367622]}


def test_without_trials_nothing_is_known():
    assert rate(0, 0).value is None
    assert (rate(0, 0).low, rate(0, 0).high) == (0.0, 1.0)
    assert rate(0, 0).to_json()["rate"] is None


def test_review_share_is_of_all_records():
    assert review_share(RECORDS) == 0.2
    assert review_share([]) == 0.0


@pytest.mark.parametrize(
    ("threshold", "right", "links"),
    [(20.5, 0, 0), (20.0, 1, 1), (12.0, 2, 3), (0.0, 3, 6)],
)
def test_a_lower_threshold_finds_more_and_errs_more(threshold, right, links):
    [point] = curve(RECORDS, [threshold])
    assert (point.precision.hits, point.precision.trials) == (right, links)
    assert (point.recall.hits, point.recall.trials) == (right, 5)


def test_reviewers_without_error_add_what_is_right_and_nothing_else():
    done = simulate_reviewers(RECORDS, 0.0, seed=1)
    assert (done.reviews, done.added, done.wrong) == (2, 1, 0)
    assert (done.recall.hits, done.recall.trials) == (3, 5)
    assert (done.precision.hits, done.precision.trials) == (3, 5)


def test_reviewers_who_always_err_refuse_the_right_and_accept_the_wrong():
    done = simulate_reviewers(RECORDS, 1.0, seed=1)
    assert (done.added, done.wrong) == (1, 1)
    assert done.recall.hits == 2


@pytest.mark.parametrize("error", [0.01, 0.02, 0.05])
def test_reviewers_err_at_the_stated_rate(error):
    reviews = [Judged(1, None, "review", "probabilistic", 5.0)] * 20_000
    done = simulate_reviewers(reviews, error, seed=7)
    low, high = clopper_pearson(done.wrong, done.reviews, 0.999)
    assert low <= error <= high


def test_a_simulation_can_be_repeated():
    many = RECORDS * 100
    assert simulate_reviewers(many, 0.05, seed=3) == simulate_reviewers(many, 0.05, seed=3)


def test_an_error_rate_is_a_share():
    with pytest.raises(ValueError, match="between 0 and 1"):
        simulate_reviewers(RECORDS, 1.5, seed=1)
