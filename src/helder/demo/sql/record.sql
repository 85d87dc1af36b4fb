-- What the laboratory had of somebody at the time: often a former address, or the name before a marriage.
-- A few unplaced rows have the whole number of somebody else of whom nothing else agrees (`another`).
-- Some exact rows have a `wrong` date of birth or none, but never where several people live: there a name and an address
-- do not tell who it is. They, and rows with a partial date, have name and address as in the register (not `sure`).
WITH crowded AS (
  SELECT a.postcode, a.house_number
  FROM person AS p
  JOIN address AS a ON a.key = p.home
  GROUP BY a.postcode, a.house_number
  HAVING count(*) > 1
),
chosen AS (
  SELECT h.*, p.* EXCLUDE (p),
    h.kind = 'exact' AND chance(h.key, 'wrong', given('records_wrong_birth_date')) AND c.postcode IS NULL AS wrong
  FROM hit AS h
  JOIN person AS p ON p.p = h.p
  JOIN address AS a ON a.key = p.home
  LEFT JOIN crowded AS c ON c.postcode = a.postcode AND c.house_number = a.house_number
),
drawn AS (
  SELECT *, NOT (wrong OR (kind = 'exact' AND birth_date LIKE '%-00')) AS sure
  FROM chosen
),
aged AS (
  SELECT *, sure AND (partner_surname IS NULL OR chance(key, 'before marriage', given('records_before_marriage'))) AS alone,
    CASE WHEN sure AND chance(key, 'former address', given('records_former_address'))
      AND chance(p, 'moved', given('records_moved'))
      THEN p + 1099511627776 ELSE home END AS lived,
    grp = 4 AS early,
    CASE WHEN kind <> 'exact' AND chance(key, 'another', getvariable('number_of_another'))
      THEN pick(key, 'who else', getvariable('register')) END AS other
  FROM drawn
)
SELECT d.p, d.key, d.kind, d.dataset, d.level, d.sure, d.wrong, d.grp, d.person_id, d.stranger,
  CASE WHEN d.surname[1] NOT IN (o.surname[1], coalesce(o.partner_surname[1], '')) AND d.given_names[1] <> o.given_names[1]
    AND coalesce(d.partner_surname[1], '-') NOT IN (o.surname[1], coalesce(o.partner_surname[1], ''))
    AND abs(d.born - o.born) BETWEEN 2 AND 8 AND d.birth_date[6:10] <> o.birth_date[6:10] THEN o.bsn END AS another,
  d.bsn, d.given_names, initials_of(d.given_names) AS initials, d.prefix, d.surname,
  CASE WHEN NOT d.alone THEN d.partner_prefix END AS partner_prefix,
  CASE WHEN NOT d.alone THEN d.partner_surname END AS partner_surname,
  d.sex, d.birth_date, coalesce(d.visit2, d.visit1) AS visited,
  a.street, a.house_number, a.house_addition, a.postcode, a.city,
  CASE WHEN chance(d.key, 'gp in row', given('records_gp')) THEN g.name END AS gp,
  CASE
    WHEN d.stranger AND chance(d.key, 'supplier', 0.35) THEN 'hospital'
    WHEN d.stranger THEN 'unknown'
    WHEN d.kind <> 'exact' AND chance(d.key, 'supplier', getvariable('other_client')) THEN 'hospital'
    WHEN d.kind <> 'exact' AND chance(d.key, 'supplier', given('records_unknown_supplier_unplaced')) THEN 'unknown'
    WHEN chance(d.key, 'supplier', given('records_unknown_supplier')) THEN 'unknown'
    ELSE 'own' END AS supplier,
  CASE WHEN chance(d.key, 'test kind in row', 
    CASE d.dataset WHEN 1 THEN given('records_kind_dataset1') ELSE given('records_kind_dataset2') END)
    THEN CASE WHEN chance(d.key, 'test kind', 0.3) AND NOT d.early THEN 'zelfafnameset'
      ELSE 'uitstrijkje' END END AS test_kind,
  CASE WHEN chance(d.key, 'result in row', 
    CASE WHEN d.early THEN given('records_result_before_2017') WHEN d.dataset = 1 THEN given('records_result_dataset1')
      ELSE given('records_result_dataset2') END)
    THEN ['hrHPV negatief', 'hrHPV negatief', 'hrHPV negatief', 'Pap 1', 'Pap 2', 'onbeoordeelbaar'][
      1 + pick(d.key, 'result', 6)] END AS result,
  CASE WHEN chance(d.key, 'phone in row', given('records_phone')) 
    THEN coalesce(d.phone, '06-0' || lpad(pick(d.p, 'phone', 10000000)::VARCHAR, 7, '0')) END AS phone,
  CASE WHEN chance(d.key, 'email in row', given('records_email')) 
    THEN coalesce(d.email, 'post' || d.p || '@post.example') END AS email,
  ['VGZ', 'CZ', 'Menzis', 'Zilveren Kruis', 'ONVZ', 'DSW'][1 + pick(d.key, 'insurer', 6)] AS insurer
FROM aged AS d
LEFT JOIN person AS o ON o.p = d.other
JOIN address AS a ON a.key = d.lived
JOIN gps AS g ON g.gp = (a.pc4 * 3 + pick(d.p, 'gp', 3)) % getvariable('gps')
