-- Everyone in the register as letters need them: the newest answer about their address, taken whole, over the register's.
-- What any of the two says of death or secrecy counts.
WITH newest AS (
  SELECT * FROM answers QUALIFY row_number() OVER (PARTITION BY person ORDER BY checked_on DESC, rank DESC) = 1
),
said AS (
  SELECT r.*, a.person IS NOT NULL AS asked, lower(coalesce(a.outcome, '')) AS outcome,
    lower(coalesce(a.suspended, '')) AS suspended,
    coalesce(a.investigated, FALSE) AS investigated, coalesce(a.not_there, FALSE) AS not_there,
    coalesce(a.outcome, '') IN ('', 'address') AND coalesce(
      nullif(a.street, ''), nullif(a.location, ''), nullif(a.postcode, ''), nullif(a.city, ''), nullif(a.address_lines, '')
    ) IS NOT NULL AS fresh,
    coalesce(a.secret, FALSE) AS answered_secret,
    a.street AS a_street, a.house_number AS a_house_number, a.house_letter AS a_house_letter,
    a.house_addition AS a_house_addition, a.designation AS a_designation, a.location AS a_location,
    a.street_short AS a_street_short, a.postcode AS a_postcode, a.city AS a_city, a.country AS a_country,
    a.address_lines AS a_address_lines
  FROM register AS r LEFT JOIN newest AS a ON a.person = r.person
),
placed AS (
  SELECT person, person_id, national_id, full_name, given_names, initials, prefix, surname, partner_prefix,
    partner_surname, sex, birth_date, email, name_use, title, partner_title, partnership, language,
    {address},
    deceased_on IS NOT NULL OR suspended = 'deceased' AS deceased,
    coalesce(secret_address, FALSE) OR answered_secret AS secret,
    lower(trim(coalesce(legal_status, ''))) NOT IN ('', 'none') AS legal,
    trim(coalesce(representative_name, '')) AS representative_name,
    trim(coalesce(representative_address, '')) AS representative_address,
    coalesce(staff, FALSE) AS staff, coalesce(no_post, FALSE) AS no_post,
    asked, outcome, suspended, investigated, not_there, fresh,
    lower(trim(coalesce(address_status, ''))) AS address_status
  FROM said
)
SELECT * EXCLUDE (asked, outcome, suspended, investigated, not_there, fresh, address_status),
  CASE
    WHEN not_there OR outcome = 'none' OR (suspended IN ('emigrated', 'non_resident') AND NOT fresh) THEN 'moved'
    WHEN investigated THEN 'in_question'
    WHEN suspended NOT IN ('', 'deceased', 'emigrated', 'non_resident') THEN 'in_question'
    WHEN asked AND outcome IN ('not_confirmed', 'other_person', 'invalid_number') AND {hold} THEN 'unconfirmed'
    WHEN asked AND outcome NOT IN ('', 'address', 'not_confirmed', 'other_person', 'invalid_number') THEN 'in_question'
    WHEN asked AND outcome IN ('', 'address') AND NOT fresh THEN 'in_question'
    WHEN NOT fresh AND address_status = 'moved' THEN 'moved'
    WHEN NOT fresh AND address_status NOT IN ('', 'ok') THEN 'in_question'
    WHEN coalesce(nullif(trim(street), ''), nullif(trim(location), ''), nullif(trim(address_lines), '')) IS NULL
      AND coalesce(nullif(trim(postcode), ''), nullif(trim(city), '')) IS NULL THEN 'none'
    ELSE 'ok' END AS address_state,
  upper(trim(coalesce(country, ''))) NOT IN ('', '{home}') AS abroad,
  regexp_replace(upper(coalesce(postcode, '')), '[^0-9A-Z]', '', 'g') AS place,
  ltrim(regexp_extract(coalesce(house_number, ''), '[0-9]+'), '0') AS house,
  regexp_replace(upper(coalesce(regexp_replace(house_number, '^[^0-9]*[0-9]+', ''), '') || coalesce(house_letter, '')
    || coalesce(house_addition, '')), '[^0-9A-Z]', '', 'g') AS door,
  regexp_replace(upper(coalesce(address_lines, '') || ' ' || coalesce(location, '') || ' ' || coalesce(street, '')),
    '[^0-9A-Z]', '', 'g') AS written,
  regexp_replace(upper(representative_address), '[^0-9A-Z]', '', 'g') AS representative_written
FROM placed
