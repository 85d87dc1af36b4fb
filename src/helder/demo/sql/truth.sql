-- What only the maker knows: whose row it is. No stage reads this; the demo's page measures the links with it.
SELECT 'dataset1' AS dataset, row, CASE WHEN kind <> 'stranger' THEN person_id END AS person_id, kind, level,
  CASE WHEN grp > 0 THEN 'g' || grp END AS as_told
FROM dataset1
UNION ALL
SELECT 'dataset2', row, CASE WHEN kind <> 'stranger' THEN person_id END, kind, level, CASE WHEN grp > 0 THEN 'g' || grp END
FROM dataset2
ORDER BY dataset, row
