"""The made-up rows meet the real linkage: exact matching places exactly the rows that were placed in 2025."""

from __future__ import annotations

from collections import Counter

from helder.countries import country
from helder.demo import make_case, size
from helder.engines.keys import Keys
from helder.linkage import link
from helder.pipeline.inputs import put_leaked, put_people
from helder.pipeline.run import opened
from helder.pipeline.stages import sources


def test_exact_links_are_the_groups_as_told(tmp_path):
    counts = size(2_000)
    make_case(tmp_path, 2_000)
    with opened(tmp_path, Keys(bytes(32))) as run:
        results = sources(run, "as_told").results
        put_people(run.duck, run.case, results)
        put_leaked(run.duck, run.case, results)
        link(run.duck, country=country("nl"), exact_only=True)
        run.duck.read("truth", [tmp_path / "demo/truth.parquet"])
        rows = run.duck.rows(
            "SELECT k.dataset, l.outcome, t.kind, t.person_id = p.person_id AS right "
            "FROM links AS l JOIN leaked AS k ON k.record = l.record "
            "JOIN truth AS t ON t.dataset = k.dataset AND t.row = k.row "
            "LEFT JOIN people AS p ON p.person = l.person"
        )
    found = Counter((row["dataset"], row["outcome"]) for row in rows)
    assert (found["dataset1", "accepted"], found["dataset2", "accepted"]) == counts.groups[:2]
    assert (found["dataset1", "none"], found["dataset2", "none"]) == counts.unplaced
    assert all(row["kind"] == "exact" and row["right"] for row in rows if row["outcome"] == "accepted")
