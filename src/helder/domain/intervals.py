"""An interval for a share: what a count of successes says about the rate behind it.

Clopper, C. J. and Pearson, E. S. (1934), "The use of confidence or fiducial limits illustrated in the case of the
binomial", Biometrika 26. It never promises more than it holds, also where nothing went wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable


def _at_most(successes: int, trials: int, rate: float) -> float:
    """Chance of at most so many successes. The terms are summed on the shorter side, from the middle outwards."""
    if rate <= 0.0:
        return 1.0
    if rate >= 1.0:
        return float(successes >= trials)
    if successes > trials * rate:
        return 1.0 - _at_most(trials - successes - 1, trials, 1.0 - rate) if successes < trials else 1.0
    log_term = (
        math.lgamma(trials + 1)
        - math.lgamma(successes + 1)
        - math.lgamma(trials - successes + 1)
        + successes * math.log(rate)
        + (trials - successes) * math.log1p(-rate)
    )
    term = total = math.exp(log_term)
    odds = (1.0 - rate) / rate
    for count in range(successes, 0, -1):
        term *= count / (trials - count + 1) * odds
        total += term
        if term < total * 1e-17:
            break
    return min(1.0, total)


def _solve(falling: Callable[[float], float], target: float) -> float:
    """Where a function that falls from 1 to 0 passes `target`."""
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > target else (low, middle)
    return (low + high) / 2


def clopper_pearson(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Lower and upper end of the exact interval for a rate, after `successes` in `trials`.

    Without trials it is (0, 1): nothing is known. Raises `ValueError` when there are more successes than trials.
    """
    if not 0 <= successes <= trials:
        raise ValueError("successes must lie between 0 and trials")
    tail = (1.0 - confidence) / 2
    low = 0.0 if not successes else _solve(lambda rate: _at_most(successes - 1, trials, rate), 1.0 - tail)
    high = 1.0 if successes == trials else _solve(lambda rate: _at_most(successes, trials, rate), tail)
    return low, high
