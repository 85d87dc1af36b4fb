"""Link one held-out case in this process and print what came of it as a line of JSON.

Linkage sees the register and the leaked rows; the truth is only held against what came out.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

import duckdb
import heldout_case
from tables import Case

from helder.countries import country
from helder.linkage import LinkSettings, link, linking
from helder.linkage.quality import Judged

# What links would be accepted from so many bits on, all rules in force: a chart needs a few.
SWEEP = sorted({0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0, LinkSettings().accept})
MIXES: dict[str, dict[str, Any]] = {
    "even": {},
    "damaged": {"levels": heldout_case.LEVELS[2:]},
    "light": {"levels": heldout_case.LEVELS[:2]},
    "numberless": {"numbered": 0.0},
}

_JUDGED = """
SELECT l.person, t.person AS truth, l.outcome, l.method, l.weight, t.level
FROM {links} AS l JOIN truth AS t USING (record) ORDER BY record
"""


# Right automatic links, all of them, and the registered records that exact matching left.
_COUNTED = """
SELECT count(*) FILTER (automatic AND person = truth), count(*) FILTER (automatic),
  count(*) FILTER (truth IS NOT NULL AND method IS DISTINCT FROM 'exact')
FROM (SELECT l.person, t.person AS truth, l.method,
        l.outcome = 'accepted' AND l.method = 'probabilistic' AS automatic
      FROM h_links AS l JOIN truth AS t USING (record))
"""


class Lender:
    """The least that linkage asks of an engine."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection


class Sweep:
    """While it lasts, linkage also decides at the thresholds of SWEEP, on the same scores; `counts` is what came of it."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}
        self.seconds = self.processor_seconds = 0.0
        self._usual = linking.decide

    def __enter__(self) -> Sweep:
        linking.decide = self._decide
        return self

    def __exit__(self, *_: object) -> None:
        linking.decide = self._usual

    def _decide(self, db: Any, scored: str, settings: LinkSettings, prior: float) -> None:
        started, processor = time.perf_counter(), time.process_time()
        for bits in SWEEP:
            self._usual(db, scored, LinkSettings(accept=bits, review=bits, wrong_share=1.0), prior)
            self.counts[f"{bits:g}"] = list(db.rows(_COUNTED)[0])
        self.seconds, self.processor_seconds = time.perf_counter() - started, time.process_time() - processor
        self._usual(db, scored, settings, prior)


def judged(case: Case, settings: LinkSettings | None = None) -> tuple[list[Judged], float]:
    """Link a case; what became of every record, and the seconds linkage took."""
    connection = duckdb.connect(config={"threads": 2})
    for name in ("people", "leaked", "truth"):
        connection.register(name, getattr(case, name))
    started = time.perf_counter()
    link(Lender(connection), country=country("nl"), settings=settings)
    seconds = time.perf_counter() - started
    found = [Judged(*row) for row in connection.execute(_JUDGED.format(links="links")).fetchall()]
    connection.close()
    return found, seconds


def main(seed: int, people: int, rows: int, strangers: float, mix: str) -> None:
    """Measure one case. Peak memory is of the whole process: `generator_mb` is what it was before linkage."""
    case = heldout_case.make(seed, people, rows, strangers=strangers, **MIXES[mix])
    before, processor = _peak(), time.process_time()
    with Sweep() as sweep:
        found, seconds = judged(case)
    spent = time.process_time() - processor - sweep.processor_seconds
    line = {
        "seed": seed, "people": people, "rows": len(found), "strangers": strangers, "mix": mix,
        "seconds": round(seconds - sweep.seconds, 1), "processor_seconds": round(spent, 1),
        "peak_mb": _peak(), "generator_mb": before, "sweep": sweep.counts,
        "records": [[one.person, one.truth, one.outcome, one.method, one.weight, one.level] for one in found],
    }  # fmt: skip
    print(json.dumps(line))


def _peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    seed, people, rows, strangers, mix = sys.argv[1:]
    main(int(seed), int(people), int(rows), float(strangers), mix)
