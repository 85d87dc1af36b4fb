-- Addresses to be careful with, in one spelling; `person` when a named person has checked them for that person.
SELECT r.person, a.may_send AND r.person IS NOT NULL AND coalesce(trim(a.checked_by), '') <> '' AS checked,
  regexp_replace(upper(a.postcode), '[^0-9A-Z]', '', 'g') AS place,
  ltrim(regexp_extract(a.house_number, '[0-9]+'), '0') AS house,
  regexp_replace(upper(coalesce(regexp_replace(a.house_number, '^[^0-9]*[0-9]+', ''), '') || coalesce(a.house_addition, '')),
    '[^0-9A-Z]', '', 'g') AS door
FROM safe AS a LEFT JOIN register AS r ON r.person_id = a.person_id
