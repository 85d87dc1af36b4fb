-- The distinct classes of evidence, numbered in an order that depends on the classes alone.
SELECT
  row_number() OVER (
    ORDER BY kind, received, party, from_party, items, day, purpose, dataset, outcome, method, supplied_by, until,
      born, abroad, deceased
  ) - 1 AS class,
  kind, received, party, from_party, items, day, purpose, dataset, outcome, method, supplied_by, until,
  born, abroad, deceased
FROM (
  SELECT DISTINCT
    kind, received, party, from_party, items, day, purpose, dataset, outcome, method, supplied_by, until,
    born, abroad, deceased
  FROM lines
) AS distinct_lines
