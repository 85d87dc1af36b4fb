-- Guarded pairs that fit another person better: a twin born on the same day whose given names or initials are more like the
-- row's; or, where the row has no birth date, as well: somebody of the same household and surname whose initials the row
-- does not rule out.
SELECT DISTINCT record
FROM (
  SELECT e.record, e.fit, {given_fit} AS fit_of_other
  FROM (SELECT * FROM {exact} WHERE guarded AND outdone) AS e
  JOIN (SELECT unique_id, bd, snf, ini AS ini_r, g1 AS g1_r, gv AS gv_r FROM {people}) AS o ON o.bd = e.bd_l
  WHERE o.unique_id <> e.person AND list_has_any(o.snf, e.snf_l)
)
WHERE fit_of_other > fit
UNION
SELECT DISTINCT e.record
FROM {exact} AS e
JOIN {people} AS o ON o.pc = e.pc_r AND o.hn = e.hn_r
WHERE e.guarded AND e.birth = 'missing' AND o.unique_id <> e.person
  AND coalesce(list_has_any(o.snf, e.snf_l), true) AND coalesce(o.ini[1] = e.ini_l[1], true)
