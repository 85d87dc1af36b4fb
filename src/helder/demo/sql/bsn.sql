-- Citizen service numbers that pass the 11-test and are marked as made up: they begin with 9, or (3 %) with 00, so that
-- there are numbers with leading zeros to lose. Test numbers of the Dutch state begin with 9999 and 0000 (RvIG's list);
-- a number with two leading zeros is shorter than any that was given out. No source that we found promises that no
-- number beginning with 9 will ever be given out.
SELECT row_number() OVER (ORDER BY i) - 1 AS p, body || (eleven(body))::VARCHAR AS bsn
FROM (
  SELECT body, min(i) AS i
  FROM (
    SELECT i, CASE WHEN chance(i, 'zeros', 0.03)
      THEN '00' || (1 + pick(i, 'first', 9))::VARCHAR || lpad(pick(i, 'digits', 100000)::VARCHAR, 5, '0')
      ELSE '9' || lpad(pick(i, 'digits', 10000000)::VARCHAR, 7, '0') END AS body
    FROM range(getvariable('tries')) AS tried(i)
  ) AS drawn
  WHERE body <> '99999999'
  GROUP BY body
) AS bodies
WHERE eleven(body) < 10
QUALIFY p < getvariable('everyone')
