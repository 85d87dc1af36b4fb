-- How often a row that looks like a person is about somebody near them, per dataset: counted among the rows with a valid
-- number that is not that person's. Odds against the row being about the rival, in bits; few such rows: the usual odds.
-- Rows without a number may be about strangers more often than rows with one: `excess` is how much more often.
WITH right_ones AS (
  SELECT record >> 40 AS dataset, count(*) AS found,
    count(*) FILTER (contains(agrees, 'surname') AND contains(agrees, 'address')) AS at_home,
    count(*) FILTER (contains(agrees, 'surname') AND contains(agrees, 'birth_date') AND contains(agrees, 'given_name')
      AND NOT contains(agrees, 'address')) AS elsewhere
  FROM h_exact GROUP BY ALL
),
likely AS (
  SELECT record FROM {scored} GROUP BY record HAVING max(weight) >= 5
),
strangers AS (
  SELECT l.unique_id >> 40 AS dataset,
    count(*) FILTER (l.nid_ok) AS numbered,
    count(*) FILTER (NOT l.nid_ok AND k.record IS NULL) AS bare_strangers,
    count(*) FILTER (NOT l.nid_ok AND k.record IS NOT NULL) AS bare_found
  FROM h_residual AS l LEFT JOIN likely AS k ON k.record = l.unique_id
  GROUP BY ALL
),
numbered AS (
  SELECT * FROM h_residual WHERE nid_ok
),
near AS (
  SELECT l.unique_id AS record, true AS home, {sides}
  FROM numbered AS l JOIN h_people AS r ON l.pc = r.pc AND l.hn = r.hn
  WHERE r.nid_ok AND l.nid <> r.nid AND list_has_any(l.sn, r.sn)
  UNION ALL
  SELECT l.unique_id AS record, false AS home, {sides}
  FROM numbered AS l JOIN h_people AS r ON l.bd = r.bd
  WHERE r.nid_ok AND l.nid <> r.nid AND list_has_any(l.sn, r.sn) AND coalesce(l.area <> r.area, true)
),
flags AS (
  SELECT record, home,
    coalesce({birth_equal}, false) AS same_day,
    NOT coalesce({birth_equal}, true) AND NOT coalesce({birth_close}, false) AS other_day,
    coalesce(NOT ({given_agrees}), false) AS other_name,
    coalesce({given_agrees}, false) AS same_name
  FROM near
),
counted AS (
  SELECT record >> 40 AS dataset,
    count(DISTINCT record) FILTER (home AND other_day AND other_name) AS relative,
    count(DISTINCT record) FILTER (home AND same_day AND other_name) AS twin,
    count(DISTINCT record) FILTER (home AND other_day AND same_name) AS same_name,
    count(DISTINCT record) FILTER (NOT home AND same_name) AS namesake
  FROM flags GROUP BY ALL
),
datasets AS (
  SELECT DISTINCT b.record >> 40 AS dataset,
    greatest(1.0, ((s.bare_strangers + 1) / (s.bare_found + 1)) / ((s.numbered + 1) / (coalesce(r.found, 0) + 1))) AS excess
  FROM h_basis AS b
  LEFT JOIN strangers AS s ON s.dataset = b.record >> 40
  LEFT JOIN right_ones AS r ON r.dataset = b.record >> 40
)
SELECT d.dataset, d.excess, c.* EXCLUDE (dataset) REPLACE (
  h_odds(c.relative, r.at_home, {relative}, d.excess) AS relative,
  h_odds(c.twin, r.at_home, {twin}, d.excess) AS twin,
  h_odds(c.same_name, r.at_home, {same_name}, d.excess) AS same_name,
  h_odds(c.namesake, r.elsewhere, {namesake}, d.excess) AS namesake)
FROM datasets AS d
LEFT JOIN right_ones AS r ON r.dataset = d.dataset
LEFT JOIN counted AS c ON c.dataset = d.dataset
