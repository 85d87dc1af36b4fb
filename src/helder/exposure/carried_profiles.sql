-- All profiles: of the people whose evidence changed, and of those who keep the profile they had (`kept`).
SELECT row_number() OVER (ORDER BY @words(m#)) - 1 AS profile, @words(m#), people
FROM (
  SELECT @words(m#), CAST(sum(people) AS BIGINT) AS people
  FROM (
    SELECT @words(m#), count(*) AS people FROM marks GROUP BY @words(m#)
    UNION ALL
    SELECT @words(m#), people FROM kept WHERE people > 0
  ) AS both_kinds
  GROUP BY @words(m#)
) AS distinct_marks
