-- LINKS: one row for every record. Exact links as they are; for the rest the best candidate and what became of it.
WITH ranked AS (
  SELECT *,
    row_number() OVER (PARTITION BY record ORDER BY weight DESC, person) AS rank,
    round(weight - lead(weight) OVER (PARTITION BY record ORDER BY weight DESC, person), 2) AS margin
  FROM {rivals}
),
judged AS (
  SELECT *,
    CASE
      WHEN coalesce(margin, 99) < {margin} THEN 'two-candidates'
      -- A number that is nearly right makes a candidate. It links nobody unless name, birth date or address agree too.
      WHEN national_id IN ('one_slip', 'two_slips')
        AND greatest(surname_bits, 0) + greatest(given_name_bits, 0) + greatest(birth_date_bits, 0)
          + greatest(address_bits, 0) < 6 THEN 'weak'
      WHEN strength >= {accept} THEN NULL
      WHEN strength = round(weight, 2) THEN 'weak'
      WHEN strength = round({slack} + against_relative, 2) THEN 'relative'
      WHEN strength = round({slack} + against_twin, 2) THEN 'twin'
      WHEN strength = round({slack} + against_same_name, 2) THEN 'same-name'
      ELSE 'namesake'
    END AS doubt
  FROM ranked WHERE rank = 1
),
outcomes AS (
  SELECT *,
    CASE WHEN doubt IS NULL THEN 'accepted'
         WHEN strength >= {review} THEN 'review' ELSE 'none' END AS wished
  FROM judged
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
