-- Every piece of evidence about a person as one line: disclosures of the register's people, and linked rows.
-- Empty dates are year 1 and empty texts '', so that lines of one class are equal on every engine.
SELECT
  p.person,
  'disclosure' AS kind,
  coalesce(d.received_on, d.source_received) AS received,
  d.to_party AS party,
  d.from_party AS from_party,
  d.items AS items,
  d.sent_on AS day,
  coalesce(d.purpose, '') AS purpose,
  '' AS dataset, '' AS outcome, '' AS method, '' AS supplied_by, CAST('0001-01-01' AS DATE) AS until,
  0 AS born, FALSE AS abroad, FALSE AS deceased,
  d.source, d.file, d.row
FROM disclosures AS d
JOIN people AS p ON p.person_id = d.person_id
UNION ALL
SELECT
  l.person,
  'link' AS kind,
  greatest(k.source_received, l.since) AS received,
  '' AS party, '' AS from_party,
  k.items AS items,
  coalesce(k.published_on, CAST('0001-01-01' AS DATE)) AS day,
  '' AS purpose,
  k.dataset AS dataset, l.outcome AS outcome, l.method AS method,
  coalesce(k.supplied_by, '') AS supplied_by, l.until AS until,
  0 AS born, FALSE AS abroad, FALSE AS deceased,
  k.source, k.file, k.row
FROM linked AS l
JOIN leaked AS k ON k.record = l.record
UNION ALL
SELECT
  p.person,
  'register' AS kind,
  CAST('0001-01-01' AS DATE) AS received,
  '' AS party, '' AS from_party, '' AS items,
  CAST('0001-01-01' AS DATE) AS day,
  '' AS purpose, '' AS dataset, '' AS outcome, '' AS method, '' AS supplied_by, CAST('0001-01-01' AS DATE) AS until,
  p.born, p.abroad, p.deceased,
  p.source, p.file, p.row
FROM people AS p
