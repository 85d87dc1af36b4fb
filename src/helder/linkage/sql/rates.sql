-- How often a row that looks like a person is about somebody near them, per dataset: counted among the rows with a valid
-- number, where the number tells. Odds against the row being about the rival, in bits; few such rows: the usual odds.
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
others AS (
  SELECT record >> 40 AS dataset, record,
    bool_or(home AND birth_date = 'other' AND clash) AS relative,
    bool_or(home AND same_day AND clash) AS twin,
    bool_or(home AND birth_date = 'other' AND same_name) AS same_name,
    bool_or(NOT home AND same_day AND (same_name OR given_name = 'initial')
      AND coalesce(address, 'other') IN ('other', 'city')) AS namesake
  FROM (
    SELECT record, birth_date, given_name, address,
      starts_with(surname, 'equal') AND coalesce(starts_with(address, 'equal'), false) AS home,
      starts_with(surname, 'equal') AND coalesce(starts_with(birth_date, 'equal'), false) AS same_day,
      given_name IN ('other', 'first_letter') AS clash,
      starts_with(given_name, 'equal') OR given_name IN ('nickname', 'initials') AS same_name
    FROM {scored} WHERE national_id = 'both_valid'
  )
  GROUP BY ALL
),
counted AS (
  SELECT dataset, count(*) FILTER (relative) AS relative, count(*) FILTER (twin) AS twin,
    count(*) FILTER (same_name) AS same_name, count(*) FILTER (namesake) AS namesake
  FROM others GROUP BY dataset
),
datasets AS (
  SELECT DISTINCT b.record >> 40 AS dataset,
    greatest(1.0, ((s.bare_strangers + 1) / (s.bare_found + 1)) / ((s.numbered + 1) / (coalesce(r.found, 0) + 1))) AS excess
  FROM h_basis AS b
  LEFT JOIN strangers AS s ON s.dataset = b.record >> 40
  LEFT JOIN right_ones AS r ON r.dataset = b.record >> 40
)
SELECT d.dataset,
  h_odds(c.relative, r.at_home, {relative}, d.excess) AS relative,
  h_odds(c.twin, r.at_home, {twin}, d.excess) AS twin,
  h_odds(c.same_name, r.at_home, {same_name}, d.excess) AS same_name,
  h_odds(c.namesake, r.elsewhere, {namesake}, d.excess) AS namesake
FROM datasets AS d
LEFT JOIN right_ones AS r ON r.dataset = d.dataset
LEFT JOIN counted AS c ON c.dataset = d.dataset
