"""How rare values are in the register: bands for the levels, and exact chances that two people share a value."""

from __future__ import annotations

from helder.linkage.db import Database
from helder.linkage.levels import BIRTH_BAND, CROWD, GIVEN_BANDS, SURNAME_BANDS

# Every value with the number of people who have it, and its band.
_VALUES = {
    "h_surnames": (
        "SELECT word AS value, count(*) AS bearers FROM (SELECT unnest(sn) AS word FROM {people}) GROUP BY word",
        SURNAME_BANDS,
    ),
    "h_givens": ("SELECT g1 AS value, count(*) AS bearers FROM {people} WHERE g1 IS NOT NULL GROUP BY g1", GIVEN_BANDS),
    "h_births": (
        "SELECT bd AS value, count(*) AS bearers FROM {people} WHERE bd IS NOT NULL GROUP BY bd",
        (BIRTH_BAND,),
    ),
    "h_homes": (
        "SELECT hash(pc, hn) AS value, count(*) AS bearers FROM {people} WHERE pc IS NOT NULL AND hn IS NOT NULL GROUP BY 1",
        (),
    ),
}


def value_tables(db: Database, people: str) -> None:
    """Make h_surnames, h_givens, h_births and h_homes (value, bearers, band): band 0 is the rarest."""
    count = int(db.one(f"SELECT count(*) FROM {people}")) or 1
    for name, (select, bands) in _VALUES.items():
        steps = " ".join(f"WHEN bearers < {limit * count!r} THEN {band}" for band, limit in enumerate(bands))
        band = f"CASE {steps} ELSE {len(bands)} END"
        if name == "h_homes":
            band = f"CASE WHEN bearers <= {CROWD} THEN 0 ELSE 1 END"
        db.table(name, f"SELECT *, {band} AS band FROM ({select.format(people=people)})")


def with_bands(source: str, key: str) -> str:
    """SELECT the rows of a normalised table with the columns that the levels need beside its own; `key` renumbers."""
    return f"""
    WITH words AS (SELECT unique_id, unnest(sn) AS word FROM {source}),
    banded AS (
      SELECT w.unique_id, list(w.word) FILTER (s.band = 0) AS sn0, list(w.word) FILTER (s.band = 1) AS sn1,
        list(w.word) FILTER (s.band = 2) AS sn2
      FROM words AS w JOIN h_surnames AS s ON s.value = w.word GROUP BY w.unique_id
    )
    SELECT t.* REPLACE ({key} AS unique_id), b.sn0, b.sn1, b.sn2, g.band AS g1b,
      coalesce(d.band = 1, false) AS bdc, coalesce(h.band = 1, false) AS crowded
    FROM {source} AS t
    LEFT JOIN banded AS b ON b.unique_id = t.unique_id
    LEFT JOIN h_givens AS g ON g.value = t.g1
    LEFT JOIN h_births AS d ON d.value = t.bd
    LEFT JOIN h_homes AS h ON h.value = hash(t.pc, t.hn)
    """


_LEVELS = {
    "surname": ("h_surnames", ("equal_rare", "equal_seldom", "equal_usual", "equal_common")),
    "given_name": ("h_givens", ("equal_rare", "equal_usual", "equal_common")),
    "birth_date": ("h_births", ("equal", "equal_common")),
    "address": ("h_homes", ("equal", "equal_crowded")),
}


def shares_and_chances(db: Database) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Per comparison and 'equal' level: the share of people with values that rare, and the chance that two people drawn
    at random share such a value. Both are counted, not sampled: sampling never meets the rare ones."""
    shares: dict[str, dict[str, float]] = {}
    chances: dict[str, dict[str, float]] = {}
    for comparison, (table, levels) in _LEVELS.items():
        found = db.rows(
            f"SELECT band, sum(bearers)::DOUBLE, sum(bearers::DOUBLE * (bearers - 0.5)) FROM {table} GROUP BY band"
        )
        bearers = {band: float(total) for band, total, _ in found}
        pairs = {band: float(both) for band, _, both in found}
        everyone = sum(bearers.values()) or 1.0
        shares[comparison] = {level: max(bearers.get(band, 0.0) / everyone, 1e-6) for band, level in enumerate(levels)}
        # A value that one person of the register has may be a stranger's too: as if half a person more had it.
        chances[comparison] = {
            level: max(pairs.get(band, 0.0), 0.5) / max(everyone * (everyone - 1), 1.0)
            for band, level in enumerate(levels)
        }
    return shares, chances
