-- Guarded pairs that nevertheless fit another person better: a twin, or a child of the same name.
SELECT DISTINCT e.record
FROM {exact} AS e
JOIN {people} AS o ON o.bd = e.bd_l
WHERE e.guarded AND e.doubtful AND o.unique_id <> e.person
  AND list_has_any(o.snf, e.snf_l) AND o.ini[1] = e.ini_l[1]
