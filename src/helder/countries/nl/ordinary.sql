-- Salutation and window of people with nothing unusual in name, address or language, as `forms` gives them; whoever is not here goes
-- through the rules. `people` has `person`, `language` and all of NameParts and PostalAddress as text, nothing empty.
WITH seen AS (
  SELECT *, concat('|', concat_ws('|', prefix, surname, partner_prefix, partner_surname), '|') AS names,
    concat('|', concat_ws('|', initials, given_names, street, house_letter, house_addition, city), '|') AS others
  FROM people
  WHERE language IN ('nl', 'en') AND sex IN ('F', 'M') AND title = '' AND partner_title = '' AND surname NOT IN ('', '.') AND partner_surname <> '.'
    AND name_use IN ('', 'own', 'partner', 'partner_own', 'own_partner')
    AND country IN ('', 'NL') AND designation = '' AND street_short = ''
    AND regexp_full_match(house_number, '[1-9][0-9]*')
    AND regexp_full_match(postcode, '[1-9][0-9]{3} ?[A-Za-z]{2}') AND upper(right(postcode, 2)) NOT IN ('SA', 'SD', 'SS')
    AND street <> '' AND city <> '' AND lower(street) NOT IN ({nowhere}) AND lower(city) NOT IN ({nowhere})
    AND left(house_letter, 1) NOT IN ('-', '/') AND left(house_addition, 1) NOT IN ('-', '/')
),
plain AS (
  -- Single spaces, no hyphen beside one, and only letters that every program makes a capital of in the same way.
  SELECT *, CASE WHEN partner_surname = '' OR name_use = '' THEN 'own' ELSE name_use END AS use,
    CASE WHEN prefix = '' THEN surname ELSE prefix || ' ' || surname END AS own,
    CASE WHEN partner_prefix = '' THEN partner_surname ELSE partner_prefix || ' ' || partner_surname END AS partner,
    house_letter || house_addition AS suffix, upper(postcode) AS code
  FROM seen
  WHERE regexp_full_match(names || others, '[A-Za-z0-9 .,''/|()&ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ-]*')
    AND NOT regexp_matches(names, '  |[|] | [|]|- | -|[|]-|-[|]') AND NOT regexp_matches(others, '  |[|] | [|]')
),
called AS (
  SELECT *, CASE use WHEN 'own' THEN own WHEN 'partner' THEN partner WHEN 'partner_own' THEN partner || '-' || own
      ELSE own || '-' || partner END AS called,
    CASE WHEN initials = '.' OR (initials = '' AND given_names = '.') THEN '' WHEN initials <> '' THEN initials || ' '
      WHEN given_names = '' THEN ''
      -- One letter and a full stop for each given name; a name of one letter stays as it is.
      ELSE rtrim(regexp_replace(given_names, '(\S)\S+ ?', '\1.', 'g')) || ' ' END AS letters
  FROM plain
),
written AS (
  SELECT *, CASE WHEN left(called, 2) = 'ij' THEN 'IJ' || substr(called, 3)
      ELSE upper(left(called, 1)) || substr(called, 2) END AS saluted,
    CASE WHEN left(letters || called, 2) = 'ij' THEN 'IJ' || substr(letters || called, 3)
      ELSE upper(left(letters || called, 1)) || substr(letters || called, 2) END AS addressee,
    street || ' ' || house_number || CASE WHEN suffix = '' THEN '' WHEN regexp_matches(suffix, '^[0-9]') THEN '-' || suffix
      ELSE ' ' || suffix END AS first_line,
    left(code, 4) || ' ' || right(code, 2) || '  ' || upper(city) AS second_line
  FROM called
)
SELECT person,
  CASE language WHEN 'nl' THEN CASE sex WHEN 'M' THEN 'Geachte heer ' ELSE 'Geachte mevrouw ' END || saluted
    ELSE CASE sex WHEN 'M' THEN 'Dear Mr ' ELSE 'Dear Ms ' END || saluted END AS salutation,
  addressee || chr(10) || first_line || chr(10) || second_line AS address
FROM written
