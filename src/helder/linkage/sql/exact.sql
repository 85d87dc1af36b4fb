-- Pairs with one valid national number, and what else agrees. A number that two people of the register have is nobody's.
WITH shared AS (
  SELECT nid FROM {people} WHERE nid IS NOT NULL GROUP BY nid HAVING count(*) > 1
),
pairs AS (
  SELECT l.unique_id AS record, r.unique_id AS person, {sides}
  FROM {leaked} AS l
  JOIN {people} AS r ON l.nid = r.nid
  WHERE l.nid_ok AND l.nid NOT IN (SELECT nid FROM shared)
),
flags AS (
  SELECT record, person, bd_l, snf_l, ini_l, g1_l, gv_l, pc_r, hn_r,
    CASE WHEN bp_l IS NULL OR bp_r IS NULL THEN 'missing' WHEN {birth_equal} THEN 'equal'
         WHEN {birth_close} THEN 'close' ELSE 'clash' END AS birth,
    CASE WHEN sn_l IS NULL OR sn_r IS NULL THEN 'missing' WHEN {surname_agrees} THEN 'equal' ELSE 'clash' END AS surname,
    CASE WHEN ini_l IS NULL OR ini_r IS NULL THEN 'missing'
         WHEN ({given_shared}) OR {initials_equal} THEN 'equal'
         WHEN {initials_prefix} AND NOT {given_clash} THEN 'close'
         -- Other names under one initial may be one person's: people are called otherwise than they are registered.
         -- An initial among the others is hers only where no name speaks against it: her brother B. beside A.B.
         WHEN {first_initial} OR ({initials_among} AND NOT {given_clash}) THEN 'unclear' ELSE 'clash' END AS given,
    {given_fit} AS fit,
    CASE WHEN (pc_l IS NULL AND st_l IS NULL) OR (pc_r IS NULL AND st_r IS NULL) THEN 'missing'
         WHEN {address_equal} THEN 'equal' ELSE 'clash' END AS address,
    coalesce(sex_l <> sex_r AND sex_l IN ('F', 'M') AND sex_r IN ('F', 'M'), false) AS other_sex
  FROM pairs
)
SELECT *,
  CASE birth
    -- A twin shares all but the given name.
    WHEN 'equal' THEN given <> 'clash' AND NOT (given = 'unclear' AND other_sex)
    -- A sister or brother may be born on a date that is one slip away.
    WHEN 'close' THEN (surname = 'equal' AND given IN ('equal', 'close', 'missing'))
      OR (address = 'equal' AND given IN ('equal', 'close'))
    WHEN 'missing' THEN given <> 'clash' AND NOT other_sex
      AND (surname = 'equal' OR (surname = 'missing' AND address = 'equal'))
    -- Another birth date: the row may carry a relative's number, and a relative shares surname, address, even initials.
    ELSE false
  END AS guarded,
  fit < CASE WHEN g1_l IS NULL THEN 3 ELSE 4 END AS outdone
FROM flags
