"""How often the demo's links are right: compared with the truth that only made-up people have.

No stage reads the truth. Linkage was trained on other made-up people, so these are held-out figures; they hold for
the assumed damage (`assumptions.toml`) and say nothing about real people.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helder.domain.intervals import clopper_pearson
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.results.open import Results

_JUDGED = """
SELECT l.outcome, coalesce(l.method, '') AS method, t.level AS level,
  coalesce(l.reason, '') = 'no-basis' AS barred,
  count(*) AS records,
  sum(CASE WHEN t.person_id IS NOT NULL THEN 1 ELSE 0 END) AS known,
  sum(CASE WHEN t.person_id = p.person_id THEN 1 ELSE 0 END) AS good
FROM links AS l
JOIN leaked AS k ON k.record = l.record
JOIN truth AS t ON t.dataset = k.dataset AND t.row = k.row
LEFT JOIN people AS p ON p.person = l.person
GROUP BY l.outcome, l.method, t.level, coalesce(l.reason, '') = 'no-basis'
"""


def measure(results: Results, keys: Keys, truth: Path) -> dict[str, Any]:
    """Precision of accepted links by method with a 95 % interval, and recall of what exact matching left.

    `one_in`: at most one in so many automatic links that exact matching did not make is wrong (upper end of the
    interval).
    """
    engine = DuckEngine(keys)
    try:
        people = next(iter(results.case.sources("people")))
        engine.read("people", results.published(f"source-{people}", "people"))
        engine.read("links", results.published("decided", "links"))
        parts = []
        for id, source in results.case.sources("leaked").items():
            engine.read(f"leak_{id}", results.published(f"source-{id}", "leaked"))
            parts.append(f"SELECT record, row, '{source.dataset or id}' AS dataset FROM leak_{id}")
        engine.view("leaked", " UNION ALL ".join(parts))
        engine.read("truth", [truth])
        rows: list[dict[str, Any]] = engine.rows(_JUDGED)
    finally:
        engine.close()
    return {
        "exact": _precision(rows, "exact"),
        "probabilistic": _precision(rows, "probabilistic"),
        "recall_of_rest": _recall(rows),
    }


def _precision(rows: list[dict[str, Any]], method: str) -> dict[str, Any]:
    links = sum(row["records"] for row in rows if row["outcome"] == "accepted" and row["method"] == method)
    good = sum(row["good"] for row in rows if row["outcome"] == "accepted" and row["method"] == method)
    if not links:
        return {"links": 0, "wrong": 0}
    low, high = clopper_pearson(good, links)
    return {
        "links": links,
        "wrong": links - good,
        "precision": round(good / links, 6),
        "interval": [round(low, 6), round(high, 6)],
        "one_in": int(1 / (1 - low)) if low < 1 else links,
    }


def _recall(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Of records that exact matching left and that are about somebody in the register: the share linked rightly.

    Rows of another client's that may not be linked at all are left out.
    """
    found: dict[str, Any] = {}
    rest = [row for row in rows if row["method"] != "exact" and not row["barred"]]
    for level in sorted({row["level"] for row in rest if row["level"]}):
        known = sum(row["known"] for row in rest if row["level"] == level)
        good = sum(row["good"] for row in rest if row["level"] == level and row["outcome"] == "accepted")
        if known:
            found[level] = {"records": known, "linked": good, "recall": round(good / known, 4)}
    return found
