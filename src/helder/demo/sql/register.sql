-- The register as the screening organisation keeps it.
SELECT p.person_id AS CLIENTNR, p.bsn AS BSN, p.given_names AS VOORNAMEN, initials_of(p.given_names) AS VOORLETTERS,
  p.prefix AS VOORVOEGSEL, p.surname AS GESLACHTSNAAM,
  p.partner_prefix AS PARTNER_VOORVOEGSEL, p.partner_surname AS PARTNER_NAAM,
  CASE p.name_use WHEN 'own' THEN 'E' WHEN 'partner' THEN 'P' WHEN 'partner_own' THEN 'V' ELSE 'N' END AS NAAMGEBRUIK,
  CASE p.sex WHEN 'F' THEN 'V' WHEN 'M' THEN 'M' WHEN 'X' THEN 'X' END AS GESLACHT,
  p.birth_date AS GEBOORTEDATUM,
  CASE WHEN f.value IS NULL THEN a.street END AS STRAAT,
  CASE WHEN f.value IS NULL THEN a.house_number END AS HUISNR,
  CASE WHEN f.value IS NULL THEN a.house_addition END AS TOEVOEGING,
  CASE WHEN f.value IS NULL THEN a.postcode END AS POSTCODE,
  CASE WHEN f.value IS NULL THEN a.city END AS PLAATS,
  f.value.prefix[1:2] AS LAND,
  replace(f.value.text, '{n}', (1 + pick(p.home, 'number abroad', 140))::VARCHAR)
    || ' / ' || f.value.prefix[3:] AS ADRES_BUITENLAND,
  p.phone AS TELEFOON, p.email AS EMAIL,
  CASE WHEN f.value IS NULL AND NOT chance(p.p, 'no gp', 0.04) THEN g.name END AS HUISARTS,
  CASE WHEN f.value IS NOT NULL THEN NULL
    WHEN chance(p.p, 'moved, where to', given('register_moved')) THEN 'VOW'
    WHEN chance(p.p, 'in question', given('register_address_in_question')) THEN 'in onderzoek' END AS ADRESSTATUS,
  CASE WHEN chance(p.p, 'protected', given('register_protected'))
    THEN ['bewind', 'bewind', 'mentorschap', 'curatele'][1 + pick(p.p, 'how protected', 4)] END AS BESCHERMING,
  chance(p.p, 'staff', given('register_staff')) AS MEDEWERKER,
  chance(p.p, 'no post', given('register_no_post')) AS GEEN_POST,
  p.deceased_on AS OVERLEDEN_OP, p.secret_address AS GEHEIM_ADRES, p.language AS TAAL
FROM (
  SELECT *, CASE WHEN chance(home, 'abroad', 0.009) THEN pick(home, 'which country', 4096) END AS abroad
  FROM person
  WHERE NOT stranger
) AS p
JOIN address AS a ON a.key = p.home
LEFT JOIN slots AS f ON f.list = 'abroad' AND f.slot = p.abroad
JOIN gps AS g ON g.gp = (a.pc4 * 3 + pick(p.p, 'gp', 3)) % getvariable('gps')
ORDER BY p.p
