-- Links that are evidence: accepted ones, and for a record under review every candidate that is nearly as likely
-- as the best (at least 1 in 100: 6.64 bits). An uncertain link rules nothing out, but its person may be told.
SELECT record, person, outcome, coalesce(method, '') AS method
FROM links
WHERE outcome = 'accepted'
UNION ALL
SELECT c.record, c.person, 'review' AS outcome, '' AS method
FROM candidates AS c
JOIN links AS l ON l.record = c.record
WHERE l.outcome = 'review' AND c.weight >= l.weight - CAST(6.64 AS DOUBLE)
