"""Rows with given name and surname in each other's field: what the register calls a surname is one."""

from __future__ import annotations

from helder.linkage.db import Database, sql_file

# The given name is a surname in the register, and there oftener than a given name; no word of the surname is one.
_SWAPPED = """
SELECT r.unique_id AS record
FROM {rows} AS r
JOIN h_surnames AS s ON s.value = r.g1
LEFT JOIN h_givens AS g ON g.value = r.g1
WHERE s.bearers > coalesce(g.bearers, 0)
  AND r.unique_id NOT IN (
    SELECT w.unique_id FROM (SELECT unique_id, unnest(sn) AS word FROM {rows}) AS w JOIN h_surnames AS s ON s.value = w.word)
"""
_TURNED = (
    "(SELECT * REPLACE (surname AS given_names, given_names AS surname) FROM {leaked} "
    "WHERE given_names IS NOT NULL AND surname IS NOT NULL AND record IN (SELECT record FROM h_swapped))"
)


def turn_swapped_names(db: Database, rows: str, leaked: str) -> None:
    """Normalise again those of the normalised `rows` whose names are in the wrong field, the other way round.

    `leaked` has them as they were found. Needs the tables of `frequencies.value_tables`.
    """
    db.table("h_swapped", _SWAPPED.format(rows=rows))
    if not db.one("SELECT count(*) FROM h_swapped"):
        return
    db.table("h_turned", sql_file("normalise", source=_TURNED.format(leaked=leaked), key="record"))
    db.table(
        rows,
        f"SELECT * FROM {rows} WHERE unique_id NOT IN (SELECT unique_id FROM h_turned) "
        "UNION ALL BY NAME SELECT * FROM h_turned",
    )
    db.drop("h_swapped", "h_turned")
