"""Links of made-up people whom nothing was trained or tuned on. Small and fixed; `python -m bench.linkage` measures more.

Seeds are fixed and linkage is deterministic, so these either always hold or never.
"""

import pytest

from helder.linkage.quality import precision, recall_by_level, review_share
from linkage.generators import heldout_case, measure_case

pytestmark = pytest.mark.slow

CASES = ((911, 0.0), (912, 0.1), (913, 0.4))
PEOPLE = 3_000


@pytest.fixture(scope="module")
def cases():
    """Records by share of strangers."""
    found = {}
    for seed, strangers in CASES:
        made = heldout_case.make(seed, PEOPLE, PEOPLE, strangers=strangers)
        found[strangers], _ = measure_case.judged(made)
    return found


@pytest.fixture(scope="module")
def pooled(cases):
    return [one for records in cases.values() for one in records]


def test_no_exact_link_is_wrong(pooled):
    exact = precision(pooled, lambda one: one.exact)
    assert exact.trials > 2_000
    assert exact.hits == exact.trials


def test_of_automatic_links_998_in_1000_are_right(pooled):
    automatic = precision(pooled, lambda one: one.automatic)
    assert automatic.trials > 1_500
    assert automatic.value >= 0.998


def test_four_in_five_moderately_damaged_rows_are_found(pooled):
    assert recall_by_level(pooled)["moderate"].value >= 0.80  # 0.877 when written


def test_more_damage_is_found_less_often(pooled):
    found = recall_by_level(pooled)
    assert found["none"].value > found["moderate"].value > found["heavy"].value


@pytest.mark.parametrize("strangers", [strangers for _, strangers in CASES])
def test_reviewers_get_at_most_one_row_in_twenty(cases, strangers):
    assert review_share(cases[strangers]) <= 0.05
