"""Rows with given name and surname in each other's place: what the register calls a surname is one."""

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
# A whole name in one field is parted at its comma, or else after its first word.
_TURNED = r"""
SELECT * EXCLUDE (whole) REPLACE (
  CASE WHEN whole IS NULL THEN given_names WHEN contains(whole, ',') THEN split_part(whole, ',', 2)
       ELSE split_part(whole, ' ', 1) END AS surname,
  CASE WHEN whole IS NULL THEN surname WHEN contains(whole, ',') THEN split_part(whole, ',', 1)
       ELSE regexp_replace(whole, '^\S+', '') END AS given_names)
FROM (SELECT *, CASE WHEN h_text(given_names) IS NULL THEN h_spaced(coalesce(h_text(surname), h_text(full_name))) END AS whole
      FROM {leaked} WHERE record IN (SELECT record FROM h_swapped))
WHERE whole IS NOT NULL OR h_text(surname) IS NOT NULL
"""


def turn_swapped_names(db: Database, rows: str, leaked: str) -> None:
    """Normalise again those of the normalised `rows` whose names are in the wrong place, the other way round.

    `leaked` has them as they were found. Needs the tables of `frequencies.value_tables`.
    """
    db.table("h_swapped", _SWAPPED.format(rows=rows))
    if not db.one("SELECT count(*) FROM h_swapped"):
        return
    db.table("h_turned", _TURNED.format(leaked=leaked))
    db.table("h_turned", sql_file("normalise", source="h_turned", key="record"))
    db.table(
        rows,
        f"SELECT * FROM {rows} WHERE unique_id NOT IN (SELECT unique_id FROM h_turned) "
        "UNION ALL BY NAME SELECT * FROM h_turned",
    )
    db.drop("h_swapped", "h_turned")
