"""Train the shipped model on the training generator: `python bench/linkage/train_default.py` rewrites default_model.json.

m comes from true pairs of records that the exact pass leaves, at all levels of damage and without strangers; u and the
shares come from the registers. The held-out generator is never used here.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import duckdb
import training_case

import helder.linkage
from helder.countries import country
from helder.linkage import linking
from helder.linkage.db import Database
from helder.linkage.exact import exact_links
from helder.linkage.frequencies import value_tables
from helder.linkage.levels import COMPARISONS
from helder.linkage.model import Model, default_model
from helder.linkage.splinking import score
from helder.linkage.training import learn_chances

SEEDS = (101, 102, 103)
PEOPLE, ROWS = 60_000, 20_000
OUT = Path(helder.linkage.__file__).with_name("default_model.json")


def count_levels(seed: int, model: Model) -> tuple[dict[str, Counter[str]], Model]:
    """How often true pairs reach each level, and the model with this register's chances."""
    case = training_case.make(seed, PEOPLE, ROWS, strangers=0.0, exact=0.5)
    connection = duckdb.connect()
    db = Database(connection)
    for name in ("people", "leaked", "truth"):
        connection.register(name, getattr(case, name))
    db.speak(country("nl"))
    linking._normalise(db, "people", "leaked", None)
    exact_links(db, "h_people", "h_leaked", "h_exact")
    db.table("h_residual", "SELECT * FROM h_leaked WHERE unique_id NOT IN (SELECT record FROM h_exact)")
    value_tables(db, "h_people")
    nodes = linking._nodes(db)
    model = learn_chances(db, model.with_prior(0.5, PEOPLE), "h_residual", "h_people", nodes)
    db.table(
        "h_true",
        "SELECT -(record + 1) AS join_key_l, person AS join_key_r, '0' AS match_key FROM truth "
        "WHERE record NOT IN (SELECT record FROM h_exact)",
    )
    score(db, model, nodes, "h_true", "h_true_scored")
    counts = {
        one.name: Counter(dict(db.rows(f"SELECT {one.name}, count(*) FROM h_true_scored GROUP BY 1")))
        for one in COMPARISONS
    }
    return counts, model


def main() -> None:
    """Count over all seeds and write the model."""
    model = default_model()
    total: dict[str, Counter[str]] = {one.name: Counter() for one in COMPARISONS}
    for seed in SEEDS:
        counts, model = count_levels(seed, model)
        for name, found in counts.items():
            total[name] += found
    m: dict[str, dict[str, float]] = {}
    for one in COMPARISONS:
        group = {level.name: level.group for level in one.levels}
        seen = dict.fromkeys(group.values(), 20.0)
        for level, number in total[one.name].items():
            if level is not None:
                seen[group[level]] += number
        m[one.name] = {name: number / sum(seen.values()) for name, number in seen.items()}
    model = replace(
        model, m=m, trained_on=f"bench/linkage training generator, seeds {SEEDS}, {PEOPLE} people"
    ).with_prior(0.5, PEOPLE)
    OUT.write_text(json.dumps(model.to_json(), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
