"""Which pairs to compare: records and people that share one of several keys, never more than can be borne.

A key that many people share (a filler date, a nursing home, the commonest name) is left out, commonest first, when it
would make too many pairs; such a record is still found by its other keys.
"""

from __future__ import annotations

from dataclasses import dataclass

from helder.linkage.db import Database

SLIPS = "damerau_levenshtein(l.digits, r.digits) <= 2"


@dataclass(frozen=True)
class Rule:
    """Keys that must be equal, over a side's columns; `each` unnests a list into column `each`; `where` is checked
    on the pair (aliases l and r)."""

    keys: tuple[str, ...]
    each: str = ""
    left: str = ""
    where: str = ""


RULES = (
    Rule(("nid",)),
    Rule(("left(digits, 5)",), left="NOT nid_sure", where=SLIPS),
    Rule(("right(digits, 5)",), left="NOT nid_sure", where=SLIPS),
    Rule(("bd", "ini[1]")),
    Rule(("bd", "area")),
    Rule(("bd", "each"), each="snf"),
    Rule(("pc", "hn")),
    Rule(("st", "hn", "ct")),
    Rule(("each", "bp[1:4]", "ini[1]"), each="snf"),
    Rule(("each", "area", "ini[1]"), each="snf"),
    Rule(("each", "pc"), each="snf"),
    Rule(("each", "bd[6:10]", "ini[1]"), each="snf"),
    Rule(("each", "st", "ct"), each="snf"),
    Rule(("bd[6:10]", "area", "ini[1]")),
    Rule(("each", "gp", "ini[1]"), each="snf"),
    Rule(("ph",)),
    Rule(("em",)),
)
# A date with day and month swapped meets the register's date as it stands.
SWAPPED = "bp[1:5] || bp[9:10] || '-' || bp[6:7]"


@dataclass(frozen=True)
class Limits:
    """At most `block` people share a key; at most `per_record` pairs per record from one rule, on average."""

    block: int = 400
    per_record: int = 25


def candidate_pairs(db: Database, leaked: str, people: str, into: str, limits: Limits | None = None) -> int:
    """Make table `into` (record, person) of distinct pairs that share a key; return how many."""
    limits = limits or Limits()
    records = int(db.one(f"SELECT count(*) FROM {leaked}"))
    budget = limits.per_record * records + 1000
    db.table(into, "SELECT 0::BIGINT AS record, 0::BIGINT AS person WHERE false")
    for number, rule in enumerate(RULES):
        db.table(f"h_block_{number}", _pairs(rule, leaked, people, limits.block, budget))
    swapped = Rule(("key", "each"), each="snf")
    turned = f"(SELECT *, {SWAPPED} AS key FROM {leaked} WHERE bp[9:10] <= '12' AND bp[9:10] <> bp[6:7])"
    db.table("h_block_swap", _pairs(swapped, turned, f"(SELECT *, bd AS key FROM {people})", limits.block, budget))
    names = [*(f"h_block_{number}" for number in range(len(RULES))), "h_block_swap"]
    db.table(into, " UNION ".join(f"SELECT record, person FROM {name}" for name in names))
    db.drop(*names)
    return int(db.one(f"SELECT count(*) FROM {into}"))


def _side(rule: Rule, source: str, where: str) -> str:
    unnested = f"(SELECT *, unnest({rule.each}) AS each FROM {source})" if rule.each else source
    present = " AND ".join(f"{key} IS NOT NULL" for key in rule.keys)
    kept = f"unique_id, hash({', '.join(rule.keys)}) AS k" + (", digits" if rule.where else "")
    return f"SELECT {kept} FROM {unnested} WHERE {present} AND {where or 'true'}"


def _pairs(rule: Rule, leaked: str, people: str, block: int, budget: int) -> str:
    """One SELECT: both sides' keys, the sizes of blocks, and the pairs of blocks that are small enough."""
    return f"""
    WITH l AS MATERIALIZED ({_side(rule, leaked, rule.left)}),
    r AS MATERIALIZED (SELECT * FROM ({_side(rule, people, "")}) WHERE k IN (SELECT k FROM l)),
    load AS (
      SELECT k, right_size, sum(left_size * right_size) OVER (ORDER BY right_size, k) AS total
      FROM (SELECT k, count(*) AS right_size FROM r GROUP BY k)
      JOIN (SELECT k, count(*) AS left_size FROM l GROUP BY k) USING (k)
      WHERE right_size <= {block}
    )
    SELECT DISTINCT l.unique_id AS record, r.unique_id AS person
    FROM l JOIN r ON l.k = r.k
    WHERE l.k IN (SELECT k FROM load WHERE total <= {budget}) AND {rule.where or "true"}
    """
