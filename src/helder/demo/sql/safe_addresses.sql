-- Addresses where a letter may do harm, and those of which a named person has checked for somebody that it does none.
SELECT DISTINCT NULL::VARCHAR AS CLIENTNR, a.postcode AS POSTCODE, a.house_number AS HUISNR, a.house_addition AS TOEVOEGING,
  FALSE AS MAG_POST, NULL::VARCHAR AS NAGEKEKEN_DOOR, NULL::DATE AS NAGEKEKEN_OP
FROM person AS p
JOIN address AS a ON a.key = p.home
WHERE p.role = 'shelter'
UNION ALL
SELECT p.person_id, a.postcode, a.house_number, a.house_addition, TRUE, 'medewerker veilige adressen', DATE '2025-08-05'
FROM person AS p
JOIN address AS a ON a.key = p.home
WHERE p.secret_address AND NOT p.stranger AND p.role = 'single' AND p.careful = '' AND NOT abroad(p.home)
  AND chance(p.p, 'secret checked', given('register_secret_checked'))
ORDER BY ALL
