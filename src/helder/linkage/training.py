"""Learning the model from the case's own data: chances by counting, agreement of true pairs by EM over whole records.

A record is about one person or about nobody in the register. So the likelihood of a record with candidates i is
(1 - p) + p/N · Σ 2^(evidence of i), and EM maximises it over all records; nothing labelled is needed. Splink's own EM looks
at pairs one by one, crashes when a probability underflows, and drives unseen levels to absurd weights; this one starts
from the shipped model, counts it as `PRIOR_PAIRS` observed pairs, and clamps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from helder.linkage.db import Database
from helder.linkage.frequencies import shares_and_chances
from helder.linkage.levels import COMPARISONS
from helder.linkage.model import Model
from helder.linkage.splinking import score

ROUNDS = 12
SAMPLE_RECORDS = 25_000
RANDOM_PAIRS = 250_000
PRIOR_PAIRS = 400.0
ENOUGH_MATCHES = 300.0
ENOUGH_PEOPLE = 2_000

NAMES = ", ".join(one.name for one in COMPARISONS)
# A pair that fails this is not taken for a match in training, however much of a household's it shares.
PLAUSIBLE = (
    "coalesce(given_name, 'none') NOT IN ('other', 'first_letter') AND coalesce(birth_date, 'none') NOT IN ('other')"
    " OR national_id IN ('equal', 'one_slip')"
)

Pattern = tuple[str | None, ...]


@dataclass
class Patterns:
    """Distinct combinations of levels, and in the database the pairs that show them."""

    of: dict[int, Pattern]
    plausible: frozenset[int]


def learn_chances(db: Database, model: Model, leaked: str, people: str, nodes: str) -> Model:
    """u of every level, for this register: counted for shared values, by a fixed sample of pairs for the rest."""
    count = int(db.one(f"SELECT count(*) FROM {people}"))
    records = int(db.one(f"SELECT count(*) FROM {leaked}"))
    if count < ENOUGH_PEOPLE or records == 0:
        return model
    shares, chances = shares_and_chances(db)
    each = max(1, min(RANDOM_PAIRS // records, count // 2))
    db.table(
        "h_random",
        f"""
        SELECT -(l.unique_id + 1) AS join_key_l, r.unique_id AS join_key_r, '0' AS match_key
        FROM (SELECT unique_id, unnest(range({each})) AS nth FROM {leaked} ORDER BY hash(unique_id) LIMIT {RANDOM_PAIRS})
          AS l
        JOIN (SELECT unique_id, row_number() OVER (ORDER BY unique_id) - 1 AS place FROM {people}) AS r
          ON r.place = (hash(l.unique_id, l.nth) % {count})::BIGINT
        """,
    )
    score(db, model, nodes, "h_random", "h_random_scored")
    u: dict[str, dict[str, float]] = {}
    for one in COMPARISONS:
        found = db.rows(
            f"SELECT {one.name}, count(*) FROM h_random_scored WHERE weight < 0 AND {one.name} IS NOT NULL GROUP BY 1"
        )
        seen = {str(level): int(number) for level, number in found}
        total = sum(seen.values())
        old = model.u[one.name]
        # The shipped chance counts for ten thousand pairs, so that a level never met keeps a sober one.
        u[one.name] = {name: (seen.get(name, 0) + 0.5 + 1e4 * old[name]) / (total + 1e4 + 1) for name in one.names}
        u[one.name].update(chances.get(one.name, {}))
    # Chances about numbers are arithmetic, the same everywhere.
    u["national_id"].update({name: model.u["national_id"][name] for name in ("equal", "one_slip", "two_slips")})
    db.drop("h_random", "h_random_scored")
    return replace(model, u=u, share={**model.share, **shares}, people=count)


def learn_matches(db: Database, model: Model, scored: str, records: int) -> Model:
    """m of every family and the share of records with a match, by EM over the pairs `scored` of that many records.

    The m of the model are kept when there are too few matches to learn from; the share is always estimated.
    """
    patterns = _patterns(db, scored)
    shipped = model
    for _ in range(ROUNDS):
        expected = _expect(db, patterns, model)
        matches = sum(expected.values())
        share = min(max(matches / max(records, 1), 0.001), 0.98)
        model = replace(model, match_share=round(share, 4))
        if matches >= ENOUGH_MATCHES:
            model = replace(model, m=_maximise(patterns, expected, shipped))
    db.drop("h_pattern", "h_seen")
    return model


def _patterns(db: Database, sample: str) -> Patterns:
    db.table(
        "h_pattern",
        f"SELECT row_number() OVER (ORDER BY {NAMES})::INTEGER AS pattern, {NAMES}, {PLAUSIBLE} AS plausible "
        f"FROM (SELECT DISTINCT {NAMES} FROM {sample})",
    )
    same = " AND ".join(f"s.{one.name} IS NOT DISTINCT FROM p.{one.name}" for one in COMPARISONS)
    db.table("h_seen", f"SELECT s.record, p.pattern FROM {sample} AS s JOIN h_pattern AS p ON {same} WHERE p.plausible")
    rows = db.rows(f"SELECT pattern, plausible, {NAMES} FROM h_pattern ORDER BY pattern")
    return Patterns({row[0]: tuple(row[2:]) for row in rows}, frozenset(row[0] for row in rows if row[1]))


def _expect(db: Database, patterns: Patterns, model: Model) -> dict[int, float]:
    """How many true matches each pattern is expected to hold. Counted in millionths, so that order cannot matter."""
    weights = model.weights()
    values = []
    for number in sorted(patterns.plausible):
        levels = zip(COMPARISONS, patterns.of[number], strict=True)
        bits = model.prior + sum(weights[one.name][level] for one, level in levels if level is not None)
        values.append({"pattern": number, "odds": 2.0 ** min(bits, 60.0)})
    if not values:
        return {}
    db.load("h_odds", values)
    found = db.rows(
        """
        SELECT pattern, sum(round(1e6 * odds / (1 + everyone))::BIGINT)
        FROM (SELECT s.record, s.pattern, o.odds, sum(o.odds) OVER (PARTITION BY s.record) AS everyone
              FROM h_seen AS s JOIN h_odds AS o USING (pattern))
        GROUP BY pattern
        """
    )
    return {int(pattern): float(total) / 1e6 for pattern, total in found}


def _maximise(patterns: Patterns, expected: Mapping[int, float], shipped: Model) -> dict[str, dict[str, float]]:
    """Expected levels of true pairs, with the shipped model counted as PRIOR_PAIRS pairs."""
    m: dict[str, dict[str, float]] = {}
    for place, one in enumerate(COMPARISONS):
        group = {level.name: level.group for level in one.levels}
        seen = dict.fromkeys(shipped.m[one.name], 0.0)
        for number, total in expected.items():
            level = patterns.of[number][place]
            if level is not None:
                seen[group[level]] += total
        everything = sum(seen.values()) + PRIOR_PAIRS
        m[one.name] = {name: (seen[name] + PRIOR_PAIRS * shipped.m[one.name][name]) / everything for name in seen}
    return m
