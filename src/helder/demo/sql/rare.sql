-- Rare surnames, put together from a stem and an ending with a prefix that suits it; the first are the least rare.
SELECT row_number() OVER (ORDER BY hash(stem || prefix || ending || getvariable('seed'))) - 1 AS rare,
  CASE prefix WHEN '.' THEN '' ELSE prefix END AS prefix,
  stem || ending AS surname
FROM (SELECT text AS stem FROM rare_surnames WHERE kind = 'stem') AS stems
CROSS JOIN (
  SELECT text AS ending, unnest(string_split(prefixes, ';')) AS prefix FROM rare_surnames WHERE kind = 'suffix'
) AS endings
