-- Who is in the round, and why. `moment` says of everyone in scope who is not, why not.
WITH last AS (
  SELECT * FROM told WHERE status = 'told' QUALIFY row_number() OVER (PARTITION BY keyed ORDER BY sequence DESC) = 1
),
known AS (
  SELECT a.person, a.profile, p."group", p.letter, p.in_scope, p.contradiction, p.met,
    coalesce(c.why, 'first') AS why, coalesce(c.weakened, '') AS weakened
  FROM assessed AS a JOIN round_profiles AS p ON p.profile = a.profile
  LEFT JOIN keyed AS k ON k.person = a.person
  LEFT JOIN last AS l ON l.keyed = k.keyed
  LEFT JOIN compared AS c ON c.worlds = l.worlds AND c.profile = a.profile
)
SELECT *, CASE
  WHEN NOT in_scope THEN CASE WHEN '{who}' <> 'new' AND why IN ('changed', 'weakened') THEN '' ELSE 'out_of_scope' END
  WHEN letter IS NULL THEN 'group_without_letter'
  WHEN NOT met THEN 'condition'
  WHEN '{who}' = 'new' AND why <> 'first' THEN 'already_told'
  WHEN '{who}' = 'changed' AND why NOT IN ('changed', 'weakened') THEN 'nothing_changed'
  ELSE '' END AS moment
FROM known
