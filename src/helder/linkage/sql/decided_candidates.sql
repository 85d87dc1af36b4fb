-- CANDIDATES with those of rows that are reviews by a decision only: whom linkage accepts while a person decided
-- otherwise or is unsure, and whom an unsure person saw while linkage has nobody.
SELECT record, rank, person, weight, levels FROM candidates
UNION ALL
SELECT l.record, 1 AS rank, l.person, coalesce(l.weight, 0.0) AS weight, coalesce(l.levels, '') AS levels
FROM links AS l
JOIN decided_rows AS d ON d.record = l.record
WHERE l.outcome = 'accepted' AND d.person IS DISTINCT FROM l.person
UNION ALL
SELECT s.record, s.rank, s.person, 0.0 AS weight, '' AS levels
FROM decided_shown AS s
JOIN decided_rows AS d ON d.record = s.record
JOIN links AS l ON l.record = s.record
WHERE l.outcome = 'none' AND d.verdict = 'unsure'
