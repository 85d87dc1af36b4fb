-- The rows as found: the record with its damage. A row nobody could place never has its person's whole number: it is
-- missing, somebody else's, mistyped (one digit, or two neighbours swapped: the 11-test finds both) or cut
-- to six digits at most.
WITH chances AS (
  SELECT r.*, l.* EXCLUDE (level),
    r.level <> 'none' AND NOT (r.stranger AND chance(r.key, 'keeps number', getvariable('stranger_keeps_number'))) AS unsure,
    r.supplier <> 'own' AS elsewhere,
    r.birth_date LIKE '%-00%' AS partial,
    2 + pick(r.key, 'digit', 7) AS at_digit
  FROM record AS r
  JOIN levels AS l ON l.level = r.level
),
named AS (
  SELECT *,
    partner_surname IS NOT NULL AND chance(key, 'partner only',
      CASE WHEN level = 'none' AND sure THEN given('records_partner_name_only') ELSE partner_name_only END) AS as_partner,
    level <> 'none' AND chance(key, 'birth missing', birth_missing) OR wrong AND chance(key, 'no birth', 0.7) AS no_birth,
    chance(key, 'address missing', address_missing) AS no_address
  FROM chances
)
SELECT p, key, kind, dataset, level, grp, person_id, supplier, visited,
  CASE
    WHEN unsure AND another IS NOT NULL THEN another
    WHEN NOT unsure THEN CASE
      WHEN bsn LIKE '00%' AND chance(key, 'zeros lost', given('records_zeros_lost')) THEN ltrim(bsn, '0')
      WHEN u(key, 'number form') < 0.04 THEN bsn[1:4] || ' ' || bsn[5:6] || ' ' || bsn[7:9]
      WHEN u(key, 'number form') < 0.07 THEN bsn[1:4] || '.' || bsn[5:6] || '.' || bsn[7:9]
      ELSE bsn END
    WHEN u(key, 'number') < number_missing THEN NULL
    WHEN u(key, 'number') < number_missing + number_cut THEN ltrim(bsn[1:6], '0')
    WHEN chance(key, 'swapped', 0.5) AND bsn[at_digit] <> bsn[at_digit + 1]
      THEN left(bsn, at_digit - 1) || bsn[at_digit + 1] || bsn[at_digit] || substr(bsn, at_digit + 2)
    ELSE wrong_digit(bsn, at_digit + 1, key) END AS bsn,
  CASE WHEN chance(key, 'initials missing', initials_missing) THEN NULL
    WHEN chance(key, 'first initial', CASE WHEN level = 'none' AND sure THEN 0.10 ELSE first_initial_only END)
      THEN left(initials, 2)
    -- 'MS' without dots may be a salutation: rows that need their name to link keep the dots.
    WHEN sure AND chance(key, 'no dots', 0.12) THEN replace(initials, '.', '')
    ELSE initials END AS initials,
  CASE WHEN elsewhere AND chance(key, 'first name', 0.3) THEN string_split(given_names, ' ')[1] END AS given_name,
  CASE WHEN chance(key, 'no surname', surname_missing) THEN NULL
    WHEN as_partner THEN partner_prefix ELSE prefix END AS prefix,
  CASE WHEN chance(key, 'no surname', surname_missing) THEN NULL
    WHEN chance(key, 'misspelt', surname_misspelt) THEN typo(CASE WHEN as_partner THEN partner_surname ELSE surname END, key)
    WHEN as_partner THEN partner_surname ELSE surname END AS surname,
  CASE WHEN as_partner OR chance(key, 'no surname', surname_missing) THEN NULL ELSE partner_prefix END AS partner_prefix,
  CASE WHEN as_partner OR chance(key, 'no surname', surname_missing) THEN NULL ELSE partner_surname END AS partner_surname,
  CASE WHEN NOT chance(key, 'no sex', sex_missing) THEN sex END AS sex,
  CASE
    WHEN no_birth THEN NULL
    WHEN partial THEN birth_date
    WHEN (wrong OR chance(key, 'birth swapped', birth_swapped)) 
      AND birth_date[9:10] <= '12' AND birth_date[9:10] <> birth_date[6:7]
      THEN birth_date[1:5] || birth_date[9:10] || '-' || birth_date[6:7]
    WHEN chance(key, 'birth digit', birth_digit) AND birth_date NOT LIKE '%-02-29'
      THEN CASE WHEN chance(key, 'birth year', 0.4) THEN wrong_digit(birth_date, 4, key) ELSE wrong_day(birth_date, key) END
    WHEN chance(key, 'birth year only', birth_year_only) THEN birth_date[1:4] || '-00-00'
    ELSE birth_date END AS birth_date,
  CASE WHEN NOT no_address THEN street END AS street,
  CASE WHEN NOT no_address AND NOT chance(key, 'no house', house_missing) THEN house_number END AS house_number,
  CASE WHEN NOT no_address AND NOT chance(key, 'no house', house_missing) THEN house_addition END AS house_addition,
  CASE WHEN no_address THEN NULL
    WHEN chance(key, 'postcode digit', postcode_digit) THEN wrong_digit(postcode, 4, key)
    WHEN chance(key, 'postcode space', 0.3) THEN postcode[1:4] || ' ' || postcode[5:6]
    ELSE postcode END AS postcode,
  CASE WHEN NOT no_address THEN CASE WHEN chance(key, 'city capitals', 0.1) THEN upper(city) ELSE city END END AS city,
  CASE WHEN NOT chance(key, 'no gp', gp_missing) THEN gp END AS gp,
  test_kind, result,
  CASE WHEN elsewhere THEN phone END AS phone,
  CASE WHEN elsewhere THEN email END AS email,
  CASE WHEN elsewhere AND chance(key, 'insurer in row', given('records_insurer')) THEN insurer END AS insurer,
  CASE WHEN elsewhere AND chance(key, 'requester in row', given('records_requester')) THEN gp END AS requester
FROM named
