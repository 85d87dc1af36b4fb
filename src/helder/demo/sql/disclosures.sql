-- What was sent about whom. Each visit gives a request, often earlier results, sometimes a correction; group 4's lines
-- are all smears via the GP before 2017. Some lines went after the theft, some to another laboratory.
WITH lines AS (
  SELECT p, person_id, grp, visit1, visit2,
    chance(p, 'self test', given('sharing_self_test_first')) AND grp <> 4 AS self1,
    chance(p, 'self test 2', given('sharing_self_test_second')) AS self2,
    unnest([0, 1, 2, 3, 4, 5, 6, 7]) AS line
  FROM person
  WHERE NOT stranger
),
sent AS (
  SELECT p, person_id, grp, line,
    CASE WHEN line < 3 OR line = 7 THEN self1 ELSE self2 END AS self_test,
    CASE line
      WHEN 0 THEN visit1
      WHEN 1 THEN visit1 + 2 + pick(p, 'later 1', 18)::INTEGER
      WHEN 2 THEN visit1 + 1 + pick(p, 'later 2', 55)::INTEGER
      WHEN 3 THEN visit2
      WHEN 4 THEN visit2 + 2 + pick(p, 'later 4', 18)::INTEGER
      WHEN 5 THEN visit2 + 1 + pick(p, 'later 5', 55)::INTEGER
      WHEN 6 THEN DATE '2025-07-08' + pick(p, 'later 6', 28)::INTEGER
      WHEN 7 THEN least(coalesce(visit2, visit1) + 400, DATE '2025-06-20') END AS day
  FROM lines
  WHERE CASE line
    WHEN 0 THEN grp BETWEEN 1 AND 4
    WHEN 1 THEN grp BETWEEN 1 AND 4 AND chance(p, 'results 1', given('sharing_results_first'))
    WHEN 2 THEN grp BETWEEN 1 AND 3 AND chance(p, 'correction 1', given('sharing_correction'))
    WHEN 3 THEN visit2 IS NOT NULL
    WHEN 4 THEN visit2 IS NOT NULL AND chance(p, 'results 2', given('sharing_results_second'))
    WHEN 5 THEN visit2 IS NOT NULL AND chance(p, 'correction 2', given('sharing_correction'))
    WHEN 6 THEN grp <> 4 AND chance(p, 'after the theft', 
      CASE grp WHEN 0 THEN given('sharing_after_theft_only') ELSE given('sharing_after_theft') END)
    WHEN 7 THEN chance(p, 'other laboratory', CASE grp WHEN 0 THEN given('sharing_other_laboratory') ELSE 0.01 END) END
)
SELECT person_id AS CLIENTNR, 'bvo' AS VAN, CASE line WHEN 7 THEN 'lab_north' ELSE 'lab' END AS NAAR,
  workday(day) AS DATUM,
  CASE
    WHEN line IN (1, 4) THEN 'birth_date;bsn;name;sex;test_result'
    WHEN line IN (2, 5) THEN 'address;birth_date;bsn;name'
    WHEN self_test THEN 'address;birth_date;bsn;name;sex;test_kind'
    ELSE 'address;birth_date;bsn;gp_name;name;sex;test_kind' END AS GEGEVENS,
  CASE
    WHEN grp = 4 AND line <> 7 THEN 'smear via the GP'
    WHEN line IN (1, 4) THEN 'earlier results'
    WHEN line IN (2, 5) THEN 'correction'
    WHEN self_test THEN 'self-test'
    ELSE 'smear via the GP' END AS DOEL,
  CASE WHEN grp = 4 AND line <> 7 THEN DATE '2025-08-29' END AS BEKEND_OP
FROM sent
ORDER BY p, line
