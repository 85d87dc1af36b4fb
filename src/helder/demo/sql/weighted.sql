-- Everything that is drawn by weight: one list per kind of thing, and per origin for names.
SELECT 'origin' AS list, position, {'text': origin, 'prefix': '', 'number': position} AS value, weight FROM origins
UNION ALL
SELECT 'surname ' || origin, position, {'text': surname, 'prefix': coalesce(prefix, ''), 'number': 0}, weight FROM surnames
UNION ALL
SELECT 'given ' || cohort, position, {'text': name, 'prefix': '', 'number': 0}, weight
FROM (SELECT *, origin || ' ' || sex || ' ' || born_from AS cohort FROM given_names) AS given
UNION ALL
SELECT 'city', position, {'text': city, 'prefix': pc4_from::VARCHAR, 'number': pc4_until}, weight FROM places
UNION ALL
SELECT 'abroad', position, {'text': concat_ws(' / ', building, flat, street), 'prefix': country || city, 'number': 0}, weight FROM foreign_places
