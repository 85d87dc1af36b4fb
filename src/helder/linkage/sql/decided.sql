-- LINKS: one row for every record. Exact links as they are; for the rest the best candidate and what became of it.
WITH ranked AS (
  SELECT *, row_number() OVER (PARTITION BY record ORDER BY weight DESC, person) AS rank FROM {rivals}
),
-- How far ahead of the next the best one is. By `fair`, too: there a number counts no more than it can be borrowed.
best AS (
  SELECT r.*, round(least(r.weight - n.weight, r.fair - n.fair), 2) AS margin
  FROM ranked AS r
  LEFT JOIN (SELECT record, max(weight) AS weight, max(fair) AS fair FROM ranked WHERE rank > 1 GROUP BY record) AS n
    ON n.record = r.record
  WHERE r.rank = 1
),
judged AS (
  SELECT *,
    CASE
      WHEN coalesce(margin, 99) < {margin} THEN 'two-candidates'
      -- A number that is equal or nearly so makes a candidate. It links nobody unless name, birth date or address agree too.
      WHEN national_id IN ('equal', 'one_slip', 'two_slips')
        AND greatest(surname_bits, 0) + greatest(given_name_bits, 0) + greatest(birth_date_bits, 0)
          + greatest(address_bits, 0) < 6 THEN 'weak'
      WHEN strength >= {accept} THEN NULL
      ELSE rival
    END AS hindered
  FROM best
),
-- Of the links that nothing hinders, the strongest for which the expected share of wrong ones is small enough. Counted in
-- billionths, so that order cannot matter.
risky AS (
  SELECT record, sum(risk) OVER so_far / count(*) OVER so_far > {wrong_share} * 1e9 AS too_many
  FROM (SELECT record, strength, round(1e9 / (1 + pow(2.0, strength)))::BIGINT AS risk FROM judged WHERE hindered IS NULL)
  WINDOW so_far AS (ORDER BY strength DESC)
),
doubted AS (
  SELECT j.*, CASE WHEN r.too_many THEN j.rival ELSE j.hindered END AS doubt
  FROM judged AS j LEFT JOIN risky AS r ON r.record = j.record
),
outcomes AS (
  SELECT *,
    CASE WHEN doubt IS NULL THEN 'accepted'
         WHEN strength >= {review} THEN 'review' ELSE 'none' END AS wished
  FROM doubted
),
-- No more reviews than people can do: the likeliest first.
queue AS (
  SELECT record, row_number() OVER (ORDER BY strength DESC, record) AS place FROM outcomes WHERE wished = 'review'
),
settled AS (
  SELECT o.*, CASE WHEN q.place > {reviews} THEN 'none' ELSE o.wished END AS outcome
  FROM outcomes AS o LEFT JOIN queue AS q ON q.record = o.record
)
SELECT b.record,
  CASE WHEN e.person IS NOT NULL THEN e.person WHEN s.outcome IN ('accepted', 'review') THEN s.person END AS person,
  CASE WHEN e.person IS NOT NULL THEN 'accepted' ELSE coalesce(s.outcome, 'none') END AS outcome,
  CASE WHEN e.person IS NOT NULL THEN 'exact' WHEN s.outcome IN ('accepted', 'review') THEN 'probabilistic' END AS method,
  CASE WHEN e.person IS NULL THEN s.weight END AS weight,
  CASE WHEN e.person IS NULL THEN s.margin END AS margin,
  e.agrees,
  CASE WHEN e.person IS NULL THEN concat_ws(';', {levels}) END AS levels,
  CASE WHEN e.person IS NOT NULL OR s.outcome = 'accepted' THEN NULL
       WHEN NOT b.linkable THEN 'no-basis'
       WHEN s.record IS NULL THEN 'no-candidate'
       WHEN s.outcome = 'review' THEN s.doubt
       WHEN s.wished = 'review' THEN 'too-many-reviews'
       WHEN s.national_id = 'equal' AND coalesce(s.doubt, '') <> 'two-candidates' THEN 'number-only'
       ELSE 'weak' END AS reason
FROM h_basis AS b
LEFT JOIN h_exact AS e ON e.record = b.record
LEFT JOIN settled AS s ON s.record = b.record
