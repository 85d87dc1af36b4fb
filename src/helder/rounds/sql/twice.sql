-- Rows that may not be the only one of their person, as hashes: see rounds.doubles.
WITH marked AS (
  SELECT s.person, CASE WHEN s.number <> '' AND n.number IS NULL THEN s.number END AS number, s.likeness, s.letter, s.named
  FROM standing AS s LEFT JOIN nobodys AS n ON n.number = s.number
),
repeated AS (
  SELECT * FROM marked
  WHERE number IN (SELECT number FROM marked WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1)
    OR likeness IN (SELECT likeness FROM marked WHERE likeness IS NOT NULL GROUP BY likeness HAVING count(*) > 1)
)
SELECT r.person, CASE WHEN r.number IS NOT NULL THEN hash(r.number) END AS number, r.likeness,
  hash(r.letter, coalesce(a.profile, -1)) AS letter, r.named, coalesce(c.moment = '', FALSE) AS in_round,
  coalesce(c.moment = 'already_told', FALSE) AS told
FROM repeated AS r
LEFT JOIN assessed AS a ON a.person = r.person
LEFT JOIN candidates AS c ON c.person = r.person
ORDER BY r.person
