-- Links that are evidence: accepted ones, and for a record under review every candidate that is nearly as likely
-- as the best (at least 1 in 100: 6.64 bits). An uncertain link rules nothing out, but its person may be told.
-- What a person decided is known since that day; until then the record was under review. Year 1 is "no such day".
SELECT record, person, outcome, coalesce(method, '') AS method,
  coalesce(decided_on, CAST('0001-01-01' AS DATE)) AS since, CAST('0001-01-01' AS DATE) AS until
FROM links
WHERE outcome = 'accepted'
UNION ALL
SELECT c.record, c.person, 'review' AS outcome, '' AS method,
  CAST('0001-01-01' AS DATE) AS since, coalesce(l.decided_on, CAST('0001-01-01' AS DATE)) AS until
FROM candidates AS c
JOIN links AS l ON l.record = c.record
JOIN candidates AS b ON b.record = c.record AND b.rank = 1
WHERE (l.outcome = 'review' OR l.decided_on IS NOT NULL) AND c.weight >= b.weight - CAST(6.64 AS DOUBLE)
