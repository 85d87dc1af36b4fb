-- One shape for register and leaked rows: what may identify a person, cleaned so that equal people look equal.
-- {source}: the table, {key}: its number. Lists are sorted; NULL is 'says nothing'.
-- Every step works on columns of the step before: nested macros would repeat their arguments without end.
-- Many share a birth date, street, town, practice or surname: each is read once, not once for every row.
WITH births AS (
  SELECT written, h_sane(born) AS born
  FROM (SELECT written, h_date(parts) AS born
        FROM (SELECT written, h_date_parts(text) AS parts
              FROM (SELECT written, h_date_text(text) AS text
                    FROM (SELECT DISTINCT birth_date AS written, h_text(birth_date) AS text FROM {source}))))
),
streets AS (
  SELECT written, pc, hn, nullif(h_fold(st), '') AS st
  FROM (SELECT written, h_postcode(street) AS pc, nullif(regexp_extract(street, '\p{L}\D*\s([0-9]{1,5})', 1), '') AS hn,
          h_street(h_latin(regexp_replace(street, '\s+[0-9].*$', ''))) AS st
        FROM (SELECT DISTINCT street AS written, h_dated_street(h_text(street)) AS street FROM {source}))
),
cities AS (
  SELECT written, pc, nullif(h_fold(ct), '') AS ct
  FROM (SELECT written, pc, h_place(ct) AS ct
        FROM (SELECT written, h_postcode(city) AS pc, h_letters(h_latin(h_unposted(city))) AS ct
              FROM (SELECT DISTINCT city AS written, h_text(city) AS city FROM {source})))
),
practices AS (
  SELECT written, nullif(h_fold(h_practice(h_latin(gp_name))), '') AS gp
  FROM (SELECT DISTINCT gp_name AS written, h_text(gp_name) AS gp_name FROM {source})
),
given AS (
  SELECT {key} AS unique_id, h_number(h_text(national_id)) AS number,
    h_text(full_name) AS full_name, h_text(given_names) AS given_names, h_text(initials) AS initials,
    h_text(prefix) AS prefix, h_text(surname) AS surname,
    h_text(partner_prefix) AS partner_prefix, h_text(partner_surname) AS partner_surname,
    upper(left(h_text(sex), 1)) AS sex, h_text(house_number) AS house_number, upper(h_text(postcode)) AS postcode,
    h_text(phone) AS phone, h_text(email) AS email, birth_date, street, city, gp_name
  FROM {source}
),
-- A whole name in one field: the field for it, or a surname field that holds initials or a comma while theirs is empty.
whole AS (
  SELECT *,
    CASE
      WHEN surname IS NULL THEN h_spaced(full_name)
      WHEN initials IS NULL AND given_names IS NULL AND regexp_matches(surname, ',|\p{Lu}\.') THEN h_spaced(surname)
    END AS whole
  FROM given
),
pieces AS (
  SELECT *,
    regexp_matches(whole, '\p{Ll}{3}') AS mixed,
    contains(whole, ',') AS comma,
    string_split(trim(replace(whole, ',', ' , ')), ' ') AS piece
  FROM whole
),
sorted AS (
  SELECT *,
    list_filter(piece, lambda w: regexp_matches(w, '\p{L}') AND NOT list_contains(initial_pieces, w)) AS word_pieces,
    CASE WHEN comma THEN split_part(whole, ',', 1) END AS before_comma,
    CASE WHEN comma THEN split_part(whole, ',', 2) END AS after_comma
  FROM (SELECT *, list_filter(piece, lambda w: h_is_initial(w, mixed)) AS initial_pieces FROM pieces)
),
-- 'JANSEN AB': capitals without a comma may end in initials.
trailed AS (
  SELECT * REPLACE (
    CASE WHEN initialled THEN word_pieces[-1:] ELSE initial_pieces END AS initial_pieces,
    CASE WHEN initialled THEN word_pieces[:-2] ELSE word_pieces END AS word_pieces),
    CASE WHEN initialled THEN h_letters(h_latin(word_pieces[-1])) END AS trailing_word
  FROM (
    SELECT *, coalesce(NOT mixed AND NOT comma AND len(initial_pieces) = 0 AND len(word_pieces) >= 2
      AND h_is_trailing(word_pieces[-1]), false) AS initialled
    FROM sorted
  )
),
-- Where the surname begins among the words: at the first prefix after the first word, else at the last word.
cut AS (
  SELECT *,
    coalesce(list_position(list_transform(word_pieces[2:], lambda w: h_is_prefix(w)), true), len(word_pieces) - 1)
      AS given_words
  FROM trailed
),
split AS (
  SELECT * EXCLUDE (surname, given_names, initials),
    CASE
      WHEN whole IS NULL THEN surname
      WHEN comma THEN before_comma
      WHEN len(initial_pieces) > 0 THEN list_aggregate(word_pieces, 'string_agg', ' ')
      WHEN given_words > 0 THEN list_aggregate(word_pieces[given_words + 1:], 'string_agg', ' ')
      ELSE whole
    END AS surname,
    CASE
      WHEN whole IS NULL OR given_names IS NOT NULL THEN given_names
      WHEN comma THEN list_aggregate(list_filter(string_split(after_comma, ' '),
        lambda w: NOT h_is_prefix(w) AND NOT list_contains(initial_pieces, w)), 'string_agg', ' ')
      WHEN len(initial_pieces) = 0 AND given_words > 0
        THEN list_aggregate(word_pieces[:given_words], 'string_agg', ' ')
    END AS given_names,
    CASE
      WHEN initials IS NOT NULL THEN initials
      WHEN len(initial_pieces) > 0 THEN list_aggregate(initial_pieces, 'string_agg', '')
      -- 'JANSEN, AB': a prefix in capitals is none ('BERG, VAN DEN').
      WHEN comma AND NOT mixed AND NOT h_is_prefix(regexp_extract(after_comma, '^ *([A-Z]{1,3})(?: |$)', 1))
        THEN nullif(regexp_extract(after_comma, '^ *([A-Z]{1,3})(?: |$)', 1), '')
    END AS initials,
    -- 'Jansen Anna' without a comma may be either way round, and 'AB' a surname after all.
    CASE WHEN initialled THEN trailing_word
      WHEN whole IS NOT NULL AND NOT comma AND len(initial_pieces) = 0 AND given_words = len(word_pieces) - 1
      THEN nullif(h_letters(h_latin(word_pieces[1])), '') END AS other_surname
  FROM cut
),
fields AS (
  SELECT *,
    concat_ws('-', concat_ws(' ', prefix, surname), nullif(concat_ws(' ', partner_prefix, partner_surname), ''))
      AS names,
    -- Initials written in the field for given names, and the other way round.
    CASE WHEN regexp_matches(given_names, '\p{L}{2}') AND NOT regexp_matches(given_names, '^(\p{Lu}\.)+') THEN given_names
         WHEN regexp_matches(initials, '\p{L}\p{Ll}{2}') AND NOT regexp_matches(initials, '\.') THEN initials END AS given_text,
    CASE WHEN initials IS NULL AND regexp_matches(given_names, '^(\p{Lu}\.)+|^\p{L}$') THEN given_names
         WHEN regexp_matches(initials, '\p{L}\p{Ll}{2}') AND NOT regexp_matches(initials, '\.') THEN NULL
         ELSE initials END AS initial_text
  FROM split
),
plain AS (
  SELECT *, h_latin(names) AS names_text, h_latin(given_text) AS given_plain, h_capitals(initial_text) AS capitals,
    CASE WHEN NOT regexp_full_match(names, '[ -~]*') THEN h_german(names) END AS german_text
  FROM fields
),
words AS (
  SELECT *,
    h_words(names_text) AS name_words,
    list_transform(string_split(names_text, '-'), lambda part: regexp_replace(part, '[^\p{L}]', '', 'g')) AS joined,
    CASE WHEN german_text IS NULL THEN [] ELSE h_words(german_text) END AS german,
    h_core(h_words(given_plain)) AS given_list, h_initials(capitals) AS written_initials
  FROM plain
),
core AS (
  SELECT *, h_core(name_words) AS core_words FROM words
),
cores AS (
  SELECT *,
    CASE WHEN len(core_words) > 0 THEN core_words
      -- Some surnames have one letter; a letter with a dot is an initial.
      WHEN contains(names_text, '.') THEN list_filter(name_words, lambda w: length(w) > 1)
      WHEN len(list_filter(name_words, lambda w: length(w) = 1)) > 0 THEN list_filter(name_words, lambda w: length(w) = 1)[:1]
      ELSE name_words END AS core,
    given_list[1] AS g1
  FROM core
),
variants AS MATERIALIZED (
  SELECT *,
    h_set(list_concat(list_concat(core, list_filter(joined, lambda w: length(w) > 1)), list_concat(
      list_concat(h_unglued(core), h_core(german)), CASE WHEN other_surname IS NULL THEN [] ELSE [other_surname] END))) AS variant
  FROM cores
),
sounds AS (
  SELECT variant, h_set(list_transform(variant, lambda w: h_fold(w))) AS sound FROM (SELECT DISTINCT variant FROM variants)
),
placed AS (
  SELECT v.*, s.st, s.hn AS street_number, c.ct, h_valid(v.number) AS valid, h_padded(v.number) AS padded,
    coalesce(h_postcode(v.postcode), c.pc, s.pc, h_postcode(v.house_number)) AS pc
  FROM variants AS v
  LEFT JOIN streets AS s ON s.written = v.street
  LEFT JOIN cities AS c ON c.written = v.city
)
SELECT v.unique_id,
  CASE WHEN v.valid THEN v.padded END AS nid,
  CASE WHEN length(v.number) BETWEEN 5 AND 12 AND NOT h_filler(v.number) THEN v.padded END AS digits,
  coalesce(v.valid, false) AS nid_ok,
  -- Where numbers have a check, one that passes was written right; elsewhere a valid number may still be a slip.
  coalesce(v.valid AND h_checked(), false) AS nid_sure,
  h_set(v.core)[:4] AS sn,
  v.variant[:10] AS snv,
  f.sound[:10] AS snf,
  nullif(coalesce(v.written_initials,
    left(upper(list_aggregate(list_transform(v.given_list, lambda w: w[1]), 'string_agg', '')), 6)), '') AS ini,
  v.g1,
  h_set(list_concat(v.given_list[:4], coalesce(n.groups, [])))[:8] AS gv,
  b.born AS bp,
  CASE WHEN NOT contains(b.born, '-00') AND b.born >= '1' THEN b.born END AS bd,
  v.pc,
  coalesce(h_area(v.pc), h_area(regexp_replace(v.postcode, '[^A-Z0-9]', '', 'g'))) AS area,
  coalesce(nullif(regexp_extract(v.house_number, '^\D{0,3}([0-9]{1,5})', 1), ''), v.street_number,
    nullif(regexp_extract(v.postcode, '[A-Z]{2}[ ,-]+([0-9]{1,5})', 1), '')) AS hn,
  v.st, v.ct, p.gp, h_phone(v.phone) AS ph, h_email(v.email) AS em,
  CASE v.sex WHEN 'V' THEN 'F' WHEN 'W' THEN 'F' WHEN '2' THEN 'F' WHEN '1' THEN 'M' ELSE v.sex END AS sex
FROM placed AS v
LEFT JOIN sounds AS f ON f.variant = v.variant
LEFT JOIN births AS b ON b.written = v.birth_date
LEFT JOIN practices AS p ON p.written = v.gp_name
LEFT JOIN h_nicknames AS n ON n.name = v.g1
