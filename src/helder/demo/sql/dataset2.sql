-- Dataset 2: another system of the laboratory, with the whole name in one column and dates as yyyymmdd.
WITH shuffled AS (
  SELECT *, row_number() OVER (ORDER BY mixed(key, 'order'), key) AS row
  FROM damaged
  WHERE dataset = 2
),
named AS (
  SELECT *,
    concat_ws(' ', prefix, surname) AS own_name,
    nullif(concat_ws(' ', partner_prefix, partner_surname), '') AS partner_name,
    u(key, 'name form') AS form
  FROM shuffled
)
SELECT row, person_id, kind, level, grp,
  'P' || lpad((row * 7)::VARCHAR, 8, '0') AS id,
  nullif(CASE
    -- 'Jong-Bakker, A.M. de', 'A.M. de Jong', 'A.M. Bakker-de Jong', 'de Jong, A.M.'
    WHEN surname IS NULL THEN initials
    WHEN form < 0.55 THEN surname || coalesce('-' || partner_name, '')
      || CASE WHEN initials IS NULL AND prefix IS NULL THEN '' ELSE ', ' || concat_ws(' ', initials, prefix) END
    WHEN form < 0.80 THEN concat_ws(' ', initials, coalesce(partner_name || '-', '') || own_name)
    WHEN form < 0.90 THEN CASE sex WHEN 'M' THEN 'Dhr. ' WHEN 'F' THEN 'Mw. ' ELSE '' END
      || concat_ws(' ', initials, own_name)
    ELSE concat_ws(', ', own_name, coalesce(given_name, initials)) END, '') AS naam,
  CASE sex WHEN 'F' THEN 'vrouw' WHEN 'M' THEN 'man' WHEN 'X' THEN 'x' END AS sekse,
  replace(birth_date, '-', '') AS gebdat,
  bsn AS burgerservicenr,
  street AS straat, concat_ws(' ', house_number, house_addition) AS nr, postcode AS pc, city AS plaats,
  gp AS ha, test_kind AS test, result AS uitkomst, insurer AS verz, requester AS aanvr, phone AS tel, email AS mail,
  CASE supplier WHEN 'own' THEN 'bvo' WHEN 'hospital' THEN 'linde' END AS klant
FROM named
ORDER BY row
