-- People whose address is on the list, or cannot be told from one on it; and who was checked at this very address.
SELECT s.person,
  bool_or(NOT c.checked) AS shelter,
  bool_or(c.checked AND c.person = s.person AND c.place = s.place AND c.house = s.house AND c.door = s.door) AS checked,
  FALSE AS representative
FROM standing AS s JOIN careful AS c ON c.place = s.place AND (c.house = s.house OR s.house = '' OR c.house = '')
WHERE s.place <> '' GROUP BY s.person
UNION ALL
SELECT s.person, bool_or(contains(s.written, c.place)) AS shelter, FALSE AS checked,
  bool_or(contains(s.representative_written, c.place)) AS representative
FROM standing AS s JOIN (SELECT DISTINCT place FROM careful WHERE place <> '' AND NOT checked) AS c
  ON contains(s.written, c.place) OR contains(s.representative_written, c.place)
WHERE s.written <> '' OR s.representative_written <> ''
GROUP BY s.person
