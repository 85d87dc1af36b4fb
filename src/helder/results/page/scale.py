"""From numbers to lengths and squares: pure functions, without a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from helder.results.page.numbers import Count


def linear(most: float, length: float) -> Callable[[float], float]:
    """A scale from 0..most to 0..length."""
    return lambda value: value / most * length if most else 0.0


def nice(most: float, steps: int = 5) -> list[int]:
    """Round axis marks from 0 to at least `most`, evenly: steps of 1, 2, 2.5 or 5 times a power of ten, never of half a person."""
    if most <= 0:
        return [0]
    power = 1.0
    while power * 10 * steps <= most:
        power *= 10
    steps_tried = (power * factor for factor in (1, 2, 2.5, 5, 10))
    step = next(int(size) for size in steps_tried if size.is_integer() and size * steps >= most)
    return [i * step for i in range(int(-(-most // step)) + 1)]


def unit(most: int, squares: int = 400) -> int:
    """How many one square stands for, so that `most` takes at most `squares`: 1, 2 or 5 times a power of ten."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if most <= size * factor * squares:
                return size * factor
        size *= 10


def squares(counts: Sequence[Count], each: int) -> list[int]:
    """How many squares each count gets, so that they add up to the whole rounded: largest remainder first.

    A suppressed count gets none: its size may not be read from the picture.
    """
    shown = [count or 0 for count in counts]
    parts = [count // each for count in shown]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-(shown[i] % each), i))
    for i in by_remainder[: round(sum(shown) / each) - sum(parts)]:
        parts[i] += 1
    return parts


def stacked(counts: Sequence[Count], length: Callable[[float], float]) -> list[tuple[float, float]]:
    """(start, width) of each part of a stacked bar; suppressed parts have no width."""
    ends = list(accumulate((count or 0 for count in counts), initial=0))
    return [(length(start), length(end) - length(start)) for start, end in pairwise(ends)]


def apart(wanted: Sequence[float], heights: Sequence[float], top: float = 0.0) -> list[float]:
    """Where labels of these heights begin, each as near to its wanted middle as can be without overlap, in order."""
    starts: list[float] = []
    floor = top
    for middle, height in zip(wanted, heights, strict=True):
        start = max(floor, middle - height / 2)
        starts.append(start)
        floor = start + height
    return starts
