-- Guarded pairs that fit another person as well or better: a twin born on the same day, or, where the row has no birth
-- date, somebody of the same household and surname whose initials the row does not rule out.
SELECT DISTINCT e.record
FROM {exact} AS e
JOIN {people} AS o ON o.bd = e.bd_l
WHERE e.guarded AND e.doubtful AND o.unique_id <> e.person
  AND list_has_any(o.snf, e.snf_l) AND o.ini[1] = e.ini_l[1]
UNION
SELECT DISTINCT e.record
FROM {exact} AS e
JOIN {people} AS o ON o.pc = e.pc_r AND o.hn = e.hn_r
WHERE e.guarded AND e.birth = 'missing' AND o.unique_id <> e.person
  AND coalesce(list_has_any(o.snf, e.snf_l), true) AND coalesce(o.ini[1] = e.ini_l[1], true)
