-- What rules and doubles need of everyone in the register, without their names and addresses: a country's must fit in memory.
-- What the register or the newest answer says of death or secrecy counts.
WITH said AS (
  SELECT r.*, a.person IS NOT NULL AS asked, coalesce(a.fresh, FALSE) AS fresh,
    coalesce(a.outcome, '') AS outcome, coalesce(a.suspended, '') AS suspended,
    coalesce(a.investigated, FALSE) AS investigated, coalesce(a.not_there, FALSE) AS not_there,
    deceased_on IS NOT NULL OR coalesce(a.suspended, '') = 'deceased' AS deceased,
    coalesce(r.secret_address, FALSE) OR coalesce(a.secret, FALSE) AS secret,
    lower(trim(coalesce(r.address_status, ''))) AS status
  FROM addressed AS r LEFT JOIN newest AS a ON a.person = r.person
),
placed AS (
  SELECT person, language, birth_date, email, deceased, secret, postcode, house_number,
    coalesce(given_names, '') <> '' AS named,
    lower(trim(coalesce(nullif(surname, ''), full_name, ''))) AS name,
    lower(trim(coalesce(nullif(given_names, ''), initials, ''))) AS given,
    ltrim(regexp_replace(upper(coalesce(national_id, '')), '[^0-9A-Z]', '', 'g'), '0') AS number,
    lower(trim(coalesce(legal_status, ''))) NOT IN ('', 'none') AS legal,
    trim(coalesce(representative_name, '')) AS representative_name,
    trim(coalesce(representative_address, '')) AS representative_address,
    coalesce(staff, FALSE) AS staff, coalesce(no_post, FALSE) AS no_post,
    CASE
      WHEN not_there OR outcome = 'none' OR (suspended IN ('emigrated', 'non_resident') AND NOT fresh) THEN 'moved'
      WHEN investigated THEN 'in_question'
      WHEN suspended NOT IN ('', 'deceased', 'emigrated', 'non_resident') THEN 'in_question'
      WHEN asked AND outcome IN ('not_confirmed', 'other_person', 'invalid_number') AND {hold} THEN 'unconfirmed'
      WHEN asked AND outcome NOT IN ('', 'address', 'not_confirmed', 'other_person', 'invalid_number') THEN 'in_question'
      WHEN asked AND outcome IN ('', 'address') AND NOT fresh THEN 'in_question'
      WHEN NOT fresh AND status = 'moved' THEN 'moved'
      WHEN NOT fresh AND status NOT IN ('', 'ok') THEN 'in_question'
      WHEN coalesce(nullif(trim(street), ''), nullif(trim(location), ''), nullif(trim(address_lines), '')) IS NULL
        AND coalesce(nullif(trim(postcode), ''), nullif(trim(city), '')) IS NULL THEN 'none'
      ELSE 'ok' END AS address_state,
    {abroad} AS abroad,
    regexp_replace(upper(coalesce(postcode, '')), '[^0-9A-Z]', '', 'g') AS place,
    ltrim(regexp_extract(coalesce(house_number, ''), '[0-9]+'), '0') AS house,
    regexp_replace(upper(coalesce(regexp_replace(house_number, '^[^0-9]*[0-9]+', ''), '') || coalesce(house_letter, '')
      || coalesce(house_addition, '')), '[^0-9A-Z]', '', 'g') AS door,
    address_lines IS NOT NULL OR location IS NOT NULL AS described,
    regexp_replace(upper(coalesce(address_lines, '') || ' ' || coalesce(location, '') || ' ' || coalesce(street, '')),
      '[^0-9A-Z]', '', 'g') AS written,
    regexp_replace(upper(coalesce(representative_address, '')), '[^0-9A-Z]', '', 'g') AS representative_written
  FROM said
)
SELECT person, language, birth_date, deceased, secret, legal, staff, no_post, address_state, abroad, place, house, door, named, number,
  representative_name <> '' AND representative_address <> '' AS has_representative, representative_written,
  coalesce(regexp_matches(email, '^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$'), FALSE) AS email,
  -- Where a careful address may hide in what is written; the name of an ordinary street holds none.
  CASE WHEN representative_written <> '' OR described OR place = '' OR regexp_matches(written, '[0-9]{3}')
    THEN written ELSE '' END AS written,
  CASE WHEN name <> '' AND given <> '' AND length(birth_date) = 10 AND substring(birth_date, 1, 4) <> '0000'
    AND substring(birth_date, 6, 2) <> '00' AND substring(birth_date, 9, 2) <> '00' AND place <> '' AND house <> ''
    THEN hash(name, given, birth_date, place, house, door) END AS likeness,
  hash(name, coalesce(birth_date, ''), place, house, door, written, deceased, secret, legal, address_state, abroad, staff,
    no_post, representative_name, representative_address) AS letter
FROM placed
