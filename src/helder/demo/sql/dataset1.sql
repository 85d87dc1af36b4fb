-- Dataset 1 as the laboratory exported it: columns of its own, dates as dd-mm-yyyy, Western letters only.
-- The posted sample is of recent visits.
WITH shuffled AS (
  SELECT *,
    row_number() OVER (ORDER BY mixed(key, 'order'), key) AS row,
    row_number() OVER (ORDER BY year(visited) < given('records_posted_from_year'), mixed(key, 'posted'), key)
      <= getvariable('posted') AS posted
  FROM damaged
  WHERE dataset = 1
)
SELECT row, person_id, kind, level, grp,
  40000000 + row * 3 AS RECORDNR, bsn AS BSN,
  CASE WHEN chance(key, 'capitals', 0.12) THEN upper(western(surname)) ELSE western(surname) END AS ACHTERNAAM,
  prefix AS VOORVOEGSEL, western(initials) AS VOORLETTERS, western(given_name) AS VOORNAAM,
  western(partner_surname) AS PARTNERNAAM, partner_prefix AS PARTNER_VV,
  CASE sex WHEN 'F' THEN 'V' ELSE sex END AS GESLACHT,
  birth_date[9:10] || '-' || birth_date[6:7] || '-' || birth_date[1:4] AS GEB_DATUM,
  western(street) AS STRAAT, house_number AS HUISNUMMER, house_addition AS TOEVOEGING,
  postcode AS POSTCODE, city AS WOONPLAATS,
  western(gp) AS HUISARTS, test_kind AS ONDERZOEK, result AS UITSLAG,
  insurer AS VERZEKERAAR, western(requester) AS AANVRAGER,
  phone AS TELEFOON, email AS EMAIL,
  CASE supplier WHEN 'own' THEN 'BVO-NL' WHEN 'hospital' THEN 'ZKH-LINDE' END AS OPDRACHTGEVER,
  CASE WHEN posted THEN '06-07-2025' END AS GEZIEN_OP
FROM shuffled
ORDER BY row
