"""How good links are, held against a truth that only made-up or labelled rows have. Linkage itself never reads it.

Rates carry the exact interval of Clopper and Pearson (1934; `domain.intervals`), 95 % unless told otherwise.
Weights are in bits (log2 of the odds), shares between 0 and 1.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from helder.domain.intervals import clopper_pearson


@dataclass(frozen=True)
class Judged:
    """One record: what linkage made of it and whom it is really about.

    `person` is the linked person, or the best candidate of a review; `truth` is empty for somebody outside the
    register. `outcome` and `method` are as in the table LINKS; `weight` is in bits. `level` is how damaged the row is.
    """

    person: int | None
    truth: int | None
    outcome: str
    method: str | None = None
    weight: float | None = None
    level: str = ""

    @property
    def right(self) -> bool:
        """Whether `person` is whom the record is about."""
        return self.person is not None and self.person == self.truth

    @property
    def exact(self) -> bool:
        """Linked by a valid number and a second attribute."""
        return self.method == "exact"

    @property
    def automatic(self) -> bool:
        """Linked without a person looking, where exact matching had not."""
        return self.outcome == "accepted" and self.method == "probabilistic"


@dataclass(frozen=True)
class Rate:
    """`hits` of `trials`, with the ends of the interval for the rate behind them."""

    hits: int
    trials: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The observed rate; None without trials."""
        return self.hits / self.trials if self.trials else None

    def to_json(self) -> dict[str, int | float | list[float] | None]:
        """As plain values, six decimals."""
        value = self.value
        return {
            "hits": self.hits,
            "trials": self.trials,
            "rate": None if value is None else round(value, 6),
            "interval": [round(self.low, 6), round(self.high, 6)],
        }


def rate(hits: int, trials: int, confidence: float = 0.95) -> Rate:
    """A rate with its Clopper-Pearson interval."""
    return Rate(hits, trials, *clopper_pearson(hits, trials, confidence))


def precision(records: Iterable[Judged], counted: Callable[[Judged], bool] | None = None) -> Rate:
    """Of the accepted links, or those of them that are `counted`: the share that is right."""
    links = [one for one in records if one.outcome == "accepted" and (counted is None or counted(one))]
    return rate(sum(one.right for one in links), len(links))


def recall(records: Iterable[Judged]) -> Rate:
    """Of the records about somebody registered that exact matching left: the share linked rightly and automatically."""
    rest = [one for one in records if one.truth is not None and not one.exact]
    return rate(sum(one.automatic and one.right for one in rest), len(rest))


def recall_by_level(records: Sequence[Judged]) -> dict[str, Rate]:
    """`recall` for every level of damage that occurs, in the order of first occurrence."""
    levels = dict.fromkeys(one.level for one in records)
    return {level: recall([one for one in records if one.level == level]) for level in levels}


def review_share(records: Sequence[Judged]) -> float:
    """The share of all records, exact links among them, that is put to reviewers."""
    return sum(one.outcome == "review" for one in records) / len(records) if records else 0.0


@dataclass(frozen=True)
class Point:
    """Precision and recall of the records exact matching left, were links accepted from `threshold` bits on."""

    threshold: float
    precision: Rate
    recall: Rate


def curve(records: Sequence[Judged], thresholds: Iterable[float]) -> list[Point]:
    """Precision and recall by threshold, over the weight alone.

    Give it records whose `person` and `weight` are the best candidate's, whatever became of them. An exact link does
    not count. Records without a candidate count as not found.
    """
    rest = [one for one in records if not one.exact]
    known = sum(one.truth is not None for one in rest)
    points = []
    for threshold in thresholds:
        taken = [one for one in rest if one.person is not None and one.weight is not None and one.weight >= threshold]
        good = sum(one.right for one in taken)
        points.append(Point(threshold, rate(good, len(taken)), rate(good, known)))
    return points


@dataclass(frozen=True)
class Reviewed:
    """What reviewers who err at `error` (share of decisions) add to the automatic links.

    `added` counts the links they accept, `wrong` those of them that are wrong; `precision` and `recall` are of
    automatic and reviewed links together, beyond the exact ones.
    """

    error: float
    reviews: int
    added: int
    wrong: int
    precision: Rate
    recall: Rate


def simulate_reviewers(records: Sequence[Judged], error: float, seed: int) -> Reviewed:
    """Reviewers say yes or no to the best candidate of every review, and are wrong with chance `error`, either way.

    An erring reviewer accepts a wrong candidate or refuses a right one. Errors are drawn independently from `seed`.
    That real reviewers err at such a rate, and not together on the same hard rows, is an assumption.
    """
    if not 0.0 <= error <= 1.0:
        raise ValueError("error must lie between 0 and 1")
    dice = random.Random(seed)  # noqa: S311 - a simulation, not a secret
    after: list[Judged] = []
    added = wrong = 0
    for one in records:
        if one.outcome != "review":
            after.append(one)
            continue
        yes = one.right != (dice.random() < error)
        added += yes
        wrong += yes and not one.right
        after.append(replace(one, outcome="accepted" if yes else "none"))
    reviews = sum(one.outcome == "review" for one in records)
    return Reviewed(error, reviews, added, wrong, precision(after, lambda one: not one.exact), recall(after))
