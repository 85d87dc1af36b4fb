-- The register as the screening organisation keeps it.
SELECT p.person_id AS CLIENTNR, CASE WHEN p.careful <> 'twice' THEN p.bsn END AS BSN, p.given_names AS VOORNAMEN, initials_of(p.given_names) AS VOORLETTERS,
  p.prefix AS VOORVOEGSEL, p.surname AS GESLACHTSNAAM,
  p.partner_prefix AS PARTNER_VOORVOEGSEL, p.partner_surname AS PARTNER_NAAM,
  CASE p.name_use WHEN 'own' THEN 'E' WHEN 'partner' THEN 'P' WHEN 'partner_own' THEN 'V' ELSE 'N' END AS NAAMGEBRUIK,
  CASE p.sex WHEN 'F' THEN 'V' WHEN 'M' THEN 'M' WHEN 'X' THEN 'X' END AS GESLACHT,
  CASE WHEN p.careful = 'child' THEN '2014' || p.birth_date[5:] ELSE p.birth_date END AS GEBOORTEDATUM,
  CASE WHEN p.careful = 'in window' THEN 'Hospicelaan' WHEN p.here THEN a.street END AS STRAAT,
  CASE WHEN p.here THEN a.house_number END AS HUISNR,
  CASE WHEN p.here THEN a.house_addition END AS TOEVOEGING,
  CASE WHEN p.here AND p.careful <> 'no postcode' THEN a.postcode END AS POSTCODE,
  CASE WHEN p.here THEN a.city END AS PLAATS,
  f.value.prefix[1:2] AS LAND,
  replace(replace(lines_abroad(f.value.text, p.home), '{n}', (1 + pick(p.home, 'number abroad', 140))::VARCHAR),
      '{m}', (1 + pick(p.home, 'flat abroad', 24))::VARCHAR)
    || ' / ' || f.value.prefix[3:] AS ADRES_BUITENLAND,
  p.phone AS TELEFOON, p.email AS EMAIL,
  CASE WHEN f.value IS NULL AND NOT chance(p.p, 'no gp', 0.04) THEN g.name END AS HUISARTS,
  CASE WHEN p.here THEN doubted(p.p) END AS ADRESSTATUS,
  p.protected AS BESCHERMING,
  CASE WHEN p.protected = 'bewind' THEN 'Bewindvoering Voorbeeld' WHEN p.protected = 'curatele' THEN 'Curatele Voorbeeld' END
    AS VERTEGENWOORDIGER,
  CASE WHEN p.protected IN ('bewind', 'curatele') THEN 'Voorbeeldkade ' || (1 + pick(p.p, 'acting', 90)) || ' / 3500 XX  UTRECHT' END
    AS VERTEGENWOORDIGER_ADRES,
  chance(p.p, 'staff', given('register_staff')) AS MEDEWERKER,
  chance(p.p, 'no post', given('register_no_post')) AS GEEN_POST,
  p.deceased_on AS OVERLEDEN_OP, p.secret_address AS GEHEIM_ADRES, p.language AS TAAL
FROM (
  SELECT *, CASE WHEN chance(p, 'protected', given('register_protected'))
      THEN ['bewind', 'bewind', 'mentorschap', 'curatele'][1 + pick(p, 'how protected', 4)] END AS protected,
    CASE WHEN abroad(home) AND careful = '' THEN pick(home, 'which country', 4096) END AS abroad,
    careful <> 'no address' AND NOT (abroad(home) AND careful = '') AS here
  FROM person
  WHERE NOT stranger
) AS p
JOIN address AS a ON a.key = p.home
LEFT JOIN slots AS f ON f.list = 'abroad' AND f.slot = p.abroad
JOIN gps AS g ON g.gp = (a.pc4 * 3 + pick(p.p, 'gp', 3)) % getvariable('gps')
ORDER BY p.p
