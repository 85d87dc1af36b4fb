"""The made-up people meet the whole rule: what was told in 2025 comes out again, and all evidence says more and nothing wrong."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest

from helder.demo.measured import measure
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.pipeline.run import run
from helder.results.counts import records, summary
from helder.results.open import Results

KEYS = Keys(bytes(32))
DATASETS = ("dataset1", "dataset2")


@dataclass(frozen=True)
class Assessed:
    """Both assessments of the 20,000 people, and how often the links are right."""

    as_told: Results
    current: Results
    measured: dict[str, Any]


@pytest.fixture(scope="module")
def assessed(case) -> Assessed:
    for name in ("as_told", "current"):
        run(case.folder, KEYS, assessment=name)
    current = Results.open(case.folder, "current")
    return Assessed(
        Results.open(case.folder, "as_told"), current, measure(current, KEYS, case.folder / "demo" / "truth.parquet")
    )


def test_exact_links_alone_are_the_groups_as_told(case, assessed):
    told = summary(assessed.as_told)
    assert tuple(told["groups"].values()) == case.counts.groups
    placed = tuple(records(assessed.as_told, dataset, outcome="accepted") for dataset in DATASETS)
    assert placed == case.counts.groups[:2]
    unplaced = tuple(records(assessed.as_told, dataset, outcome="none") for dataset in DATASETS)
    assert unplaced == case.counts.unplaced
    assert told["unlinked"] == sum(unplaced)


def test_every_exact_link_is_of_a_row_that_was_made_to_be_exact(case, assessed):
    with closing(DuckEngine(KEYS)) as engine:
        engine.read("links", assessed.as_told.published("decided", "links"))
        for id in DATASETS:
            engine.read(id, assessed.as_told.published(f"source-{id}", "leaked"))
        engine.read("truth", [case.folder / "demo" / "truth.parquet"])
        leaked = " UNION ALL ".join(f"SELECT record, row, '{id}' AS dataset FROM {id}" for id in DATASETS)
        kinds = engine.rows(
            f"SELECT DISTINCT t.kind FROM links AS l JOIN ({leaked}) AS k ON k.record = l.record "
            "JOIN truth AS t ON t.dataset = k.dataset AND t.row = k.row WHERE l.method = 'exact'"
        )
    assert [row["kind"] for row in kinds] == ["exact"]


@pytest.mark.parametrize("reading", ["as_told", "current"])
def test_every_record_and_everybody_is_counted_once(case, assessed, reading):
    counted = summary(getattr(assessed, reading))
    assert counted["records"] == counted["linked"] + counted["unlinked"] + counted["review"] == case.counts.rows
    assert counted["people"] == sum(counted["groups"].values()) == case.counts.people
    assert all(sum(states.values()) == case.counts.people for states in counted["states"].values())


def test_no_exact_link_is_wrong_and_of_the_others_hardly_one(assessed):
    exact, others = assessed.measured["exact"], assessed.measured["probabilistic"]
    assert exact["links"] and exact["wrong"] == 0
    assert others["links"] > 1_000 and others["wrong"] <= 0.002 * others["links"]


def test_most_of_what_exact_matching_left_is_found(assessed):
    assert assessed.measured["recall_of_rest"]["moderate"]["recall"] >= 0.80
