-- What the rules of rounds.policies look at, for everyone in the round; one column for each field of `Facts`.
WITH near_any AS (
  SELECT person, bool_or(shelter) AS shelter, bool_or(checked) AS checked, bool_or(representative) AS representative
  FROM near GROUP BY person
)
SELECT c.person, c.profile, c."group", c.letter, c.why, c.weakened,
  CASE WHEN s.language IN ({languages}) THEN s.language ELSE '{fallback}' END AS language,
  c.contradiction,
  coalesce(d.double, '') AS double,
  s.secret,
  coalesce(n.shelter, FALSE) AS shelter,
  coalesce(n.checked, FALSE) AS checked,
  s.deceased,
  CASE
    WHEN coalesce(TRY_CAST(substring(s.birth_date, 1, 4) AS INTEGER), 0) = 0 THEN 'unknown'
    WHEN (TRY_CAST(substring(s.birth_date, 1, 4) AS INTEGER) + {own_letter_from}) * 10000
      + coalesce(nullif(TRY_CAST(substring(s.birth_date, 6, 2) AS INTEGER), 0), 12) * 100
      + coalesce(nullif(TRY_CAST(substring(s.birth_date, 9, 2) AS INTEGER), 0), 31) > {day} THEN 'minor'
    ELSE 'own' END AS age,
  s.legal,
  s.has_representative AND NOT coalesce(n.representative, FALSE) AS represented,
  s.staff,
  c.in_scope,
  s.address_state AS "where",
  s.abroad,
  s.no_post,
  s.email,
  CASE WHEN b.step IN ('deceased', 'done') THEN b.step WHEN b.channel = 'email' THEN 'email'
    WHEN b.step = 'other_channel' THEN b.step ELSE '' END AS came_back
FROM candidates AS c JOIN standing AS s ON s.person = c.person
LEFT JOIN near_any AS n ON n.person = c.person
LEFT JOIN doubled AS d ON d.person = c.person
LEFT JOIN came_back AS b ON b.person = c.person
WHERE c.moment = ''
