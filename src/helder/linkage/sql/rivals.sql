-- Every scored pair with its strength: odds, in bits, that the row is about this person and about nobody else, whether
-- registered or not. A relative shares surname and address, a twin also the birth date, a child named after a parent also
-- the name, a namesake name and birth date. Against each stands what the row and the person agree on beyond that, and how
-- rare such people are among rows (rates.sql). The odds of all of them are added up.
WITH personal AS (
  SELECT *,
    weight - national_id_bits AS other_bits,
    -- An equal number that was not enough for an exact link may have been borrowed from a relative, or invented. It says
    -- nothing where a relative is known whom the row fits as well.
    CASE national_id
      WHEN 'equal' THEN CASE WHEN record IN (SELECT record FROM h_better) THEN 0.0 ELSE least(national_id_bits, {borrowed}) END
      WHEN 'both_valid' THEN least(national_id_bits, -{mistaken}) ELSE national_id_bits END AS number_bits,
    coalesce(address IN ('equal', 'equal_crowded', 'nearly', 'street', 'area'), false)
      OR coalesce(contact = 'equal', false) OR coalesce(gp_name = 'equal', false)
      OR coalesce(national_id IN ('equal', 'one_slip', 'two_slips'), false) AS placed
  FROM {scored}
),
against AS (
  SELECT p.*,
    -- A household may share a telephone number or an e-mail address: `sharing` is how often.
    CASE contact WHEN 'equal' THEN least(contact_bits, -log2(r.sharing), {own_contact})
      WHEN 'other' THEN least(contact_bits - log2(1 - r.sharing), 0.0) ELSE 0.0 END AS own_contact,
    other_bits + CASE WHEN national_id = 'equal' THEN national_id_bits ELSE number_bits END - CASE WHEN placed THEN 0 ELSE {caution} END AS against_anybody,
    CASE WHEN national_id = 'equal' THEN other_bits - ({prior}) + {invented} ELSE 99 END AS against_invented,
    given_name_bits + birth_date_bits + number_bits + sex_bits + own_contact + r.relative AS against_relative,
    -- Most twins are of one sex: the same sex says little, another sex much.
    given_name_bits + number_bits + least(sex_bits, {twin_sex}) + own_contact + r.twin AS against_twin,
    birth_date_bits + number_bits + own_contact + r.same_name AS against_same_name,
    address_bits + gp_name_bits + contact_bits + CASE WHEN national_id = 'equal' THEN national_id_bits ELSE number_bits END + r.namesake AS against_namesake
  FROM personal AS p JOIN {rates} AS r ON r.dataset = p.record >> 40
)
SELECT *, weight - national_id_bits + number_bits AS fair,
  CASE least(against_relative, against_twin, against_same_name, against_namesake, against_anybody, against_invented)
    WHEN against_relative THEN 'relative' WHEN against_twin THEN 'twin' WHEN against_same_name THEN 'same-name'
    WHEN against_namesake THEN 'namesake' ELSE 'weak' END AS rival,
  round(-log2(pow(2.0, -against_anybody) + pow(2.0, -against_invented) + pow(2.0, -against_relative)
    + pow(2.0, -against_twin) + pow(2.0, -against_same_name) + pow(2.0, -against_namesake)), 2) AS strength
FROM against
