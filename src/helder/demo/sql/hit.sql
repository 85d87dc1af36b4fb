-- Which leaked rows there are: about whom, in which dataset, and how much they are damaged. Exact rows are those of
-- groups 1 and 2; the others are the rows that nobody could place, and are never about who is `careful`.
WITH ranks AS (
  SELECT p, grp, row_number() OVER (PARTITION BY grp > 2 ORDER BY careful <> '', mixed(p, 'row'), p) AS place
  FROM person
  WHERE grp > 0
),
unplaced AS (
  SELECT p, 'never confirmed' AS kind FROM ranks WHERE grp > 2 AND place <= getvariable('never_confirmed')
  UNION ALL
  SELECT p, 'second row' FROM ranks WHERE grp <= 2 AND place <= getvariable('second_row')
  UNION ALL
  SELECT p, 'stranger' FROM person WHERE stranger
),
ordered AS (
  SELECT p, kind,
    row_number() OVER (ORDER BY mixed(p, 'dataset'), p) AS place,
    row_number() OVER (ORDER BY mixed(p, 'level'), p) AS level_place
  FROM unplaced
)
SELECT p, kind, 2 * p + 1 AS key,
  CASE WHEN place <= getvariable('unplaced1') THEN 1 ELSE 2 END AS dataset,
  CASE WHEN level_place <= getvariable('light') THEN 'light'
    WHEN level_place <= getvariable('light') + getvariable('moderate') THEN 'moderate'
    ELSE 'severe' END AS level
FROM ordered
UNION ALL
SELECT p, 'exact', 2 * p, grp, 'none' FROM person WHERE grp IN (1, 2)
