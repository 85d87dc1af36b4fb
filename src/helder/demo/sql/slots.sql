-- Lists with weights become 4096 numbered slots a list, so that a draw is one equal join.
WITH entries AS (
  SELECT
    list, value,
    sum(weight) OVER (PARTITION BY list ORDER BY position) / sum(weight) OVER (PARTITION BY list) AS upto,
    weight / sum(weight) OVER (PARTITION BY list) AS share
  FROM weighted
)
SELECT list, value, slot
FROM (
  SELECT list, value, unnest(range(round((upto - share) * 4096)::BIGINT, round(upto * 4096)::BIGINT)) AS slot
  FROM entries
) AS filled
