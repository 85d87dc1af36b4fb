-- Every scored pair with its strength: the weight, or less when another explanation of the row fits nearly as well.
-- A relative shares surname and address, a twin also the birth date, a child named after a parent also the name, a
-- namesake name and birth date. What the row and the person agree on beyond that must outweigh how common such people are.
WITH personal AS (
  SELECT *,
    -- A number that is equal but was not enough for an exact link may be a relative's: it proves nothing about the person.
    CASE WHEN national_id = 'equal' THEN 0.0 ELSE national_id_bits END AS number_bits,
    coalesce(address IN ('equal', 'equal_crowded', 'nearly', 'street', 'area'), false)
      OR coalesce(contact = 'equal', false) OR coalesce(gp_name = 'equal', false)
      OR coalesce(national_id IN ('one_slip', 'two_slips'), false) AS placed
  FROM {scored}
),
rivals AS (
  SELECT p.*,
    given_name_bits + birth_date_bits + number_bits + sex_bits + r.relative AS against_relative,
    given_name_bits + number_bits + r.twin AS against_twin,
    birth_date_bits + number_bits + r.same_name AS against_same_name,
    -- Nothing but name and birth date: as sure as such rows turn out to be, and never surer than the names are rare.
    CASE WHEN placed THEN weight ELSE least(weight - {caution} - {slack}, r.namesake) END AS against_namesake
  FROM personal AS p JOIN {rates} AS r ON r.dataset = p.record >> 40
)
SELECT *,
  round(least(weight, {slack} + least(against_relative, against_twin, against_same_name, against_namesake)), 2) AS strength
FROM rivals
