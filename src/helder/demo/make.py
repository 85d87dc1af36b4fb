"""Making the reference case: a complete case folder with made-up people, at any size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from helder.demo.files import Made, mark, write_texts
from helder.demo.population import STEPS, Population
from helder.demo.size import size

SEED = 20250706
Progress = Callable[[str, float], None]
"""Called with what is being made and the share done, 0 to 1."""


def make_case(folder: Path, people: int = 941_000, seed: int = SEED, progress: Progress | None = None) -> None:
    """Write the reference case with `people` made-up people in scope into `folder`.

    The same `people` and `seed` give the same bytes. Raises `CaseError` when `people` is too small or too large, or
    the folder holds something that is not a made-up case; `StorageError` when it cannot be written.
    """
    counts = size(people)
    write_texts(folder, counts, seed)
    report = progress or (lambda step, done: None)
    with Population(counts, seed) as population:
        for done, step in enumerate(STEPS):
            report(step.what, done / len(STEPS))
            population.make(step, folder)
    mark(folder, Made(people, seed, whole=True))
    report("", 1.0)
