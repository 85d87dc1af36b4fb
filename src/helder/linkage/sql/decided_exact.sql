-- LINKS when only exact links are made: every record has one row, whatever became of it.
SELECT b.record, e.person,
  CASE WHEN e.person IS NULL THEN 'none' ELSE 'accepted' END AS outcome,
  CASE WHEN e.person IS NOT NULL THEN 'exact' END AS method,
  NULL::DOUBLE AS weight, NULL::DOUBLE AS margin, e.agrees, NULL::VARCHAR AS levels,
  CASE WHEN e.person IS NULL THEN CASE WHEN b.linkable THEN 'not-exact' ELSE 'no-basis' END END AS reason
FROM h_basis AS b
LEFT JOIN h_exact AS e ON e.record = b.record
