-- Rows that may not be the only one of their person, as hashes: see rounds.doubles.
WITH kept AS (
  SELECT s.*, ltrim(regexp_replace(upper(coalesce(s.national_id, '')), '[^0-9A-Z]', '', 'g'), '0') AS number,
    lower(trim(coalesce(nullif(surname, ''), full_name, ''))) AS name,
    lower(trim(coalesce(nullif(given_names, ''), initials, ''))) AS given
  FROM standing AS s
),
marked AS (
  SELECT k.person,
    CASE WHEN k.number <> '' AND n.number IS NULL THEN hash(k.number) END AS number,
    CASE WHEN name <> '' AND given <> '' AND length(birth_date) = 10 AND substring(birth_date, 1, 4) <> '0000'
      AND substring(birth_date, 6, 2) <> '00' AND substring(birth_date, 9, 2) <> '00' AND place <> '' AND house <> ''
      THEN hash(name, given, birth_date, place, house, door) END AS likeness,
    hash(name, coalesce(birth_date, ''), place, house, door, written, deceased, secret, legal, address_state, abroad, staff,
      no_post, representative_name, representative_address, coalesce(a.profile, -1)) AS letter,
    coalesce(given_names, '') <> '' AS named,
    c.person IS NOT NULL AS in_round
  FROM kept AS k
  LEFT JOIN nobodys AS n ON n.number = k.number
  LEFT JOIN assessed AS a ON a.person = k.person
  LEFT JOIN (SELECT person FROM candidates WHERE moment = '') AS c ON c.person = k.person
)
SELECT person, number, likeness, letter, named, in_round FROM marked
WHERE number IN (SELECT number FROM marked WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1)
  OR likeness IN (SELECT likeness FROM marked WHERE likeness IS NOT NULL GROUP BY likeness HAVING count(*) > 1)
ORDER BY person
