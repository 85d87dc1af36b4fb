-- What the BRP answered about those who were asked. Of some who left it knows another address; of some nothing comes back.
WITH asked AS (
  SELECT person_id, home, doubted(p) AS doubt, p + 1099511627776 AS elsewhere,
    chance(p, 'unconfirmed', given('register_unconfirmed')) AS silent
  FROM person
  WHERE NOT stranger AND careful = '' AND role = 'single' AND NOT abroad(home)
    AND (doubted(p) IS NOT NULL OR chance(p, 'asked', given('register_asked')))
),
found AS (
  SELECT q.person_id, NOT q.silent AND a.key IS NOT NULL AS found, q.silent, coalesce(q.doubt = 'in onderzoek', FALSE) AS doubted, a.*
  FROM asked AS q
  LEFT JOIN address AS a ON a.key = CASE WHEN q.doubt = 'VOW' THEN q.elsewhere ELSE q.home END
)
SELECT person_id AS CLIENTNR, DATE '2025-08-05' AS GEVRAAGD_OP,
  CASE WHEN silent THEN 'not_confirmed' WHEN found THEN 'address' ELSE 'none' END AS UITKOMST,
  found AND doubted AS IN_ONDERZOEK,
  CASE WHEN found THEN street END AS STRAAT, CASE WHEN found THEN house_number END AS HUISNR,
  CASE WHEN found THEN house_addition END AS TOEVOEGING, CASE WHEN found THEN postcode END AS POSTCODE,
  CASE WHEN found THEN city END AS PLAATS
FROM found
ORDER BY person_id
