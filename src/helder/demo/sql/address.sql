-- Addresses by key: a household's now, and (key + 2**40) a person's former one. A postcode lies in one street of one
-- place; a street's name is used once in a place.
WITH keys AS (
  SELECT DISTINCT home AS key FROM household
  UNION ALL
  SELECT p + 1099511627776 AS key FROM household WHERE chance(p, 'moved', given('records_moved'))
),
drawn AS (
  SELECT k.key, c.value.text AS city,
    c.value.prefix::INTEGER AS pc4_from,
    c.value.prefix::INTEGER + pick(k.key, 'pc4', c.value.number - c.value.prefix::INTEGER + 1) AS pc4,
    pick(k.key, 'street', 12) AS street,
    1 + floor(pow(u(k.key, 'house'), 1.7) * 160)::BIGINT AS house
  FROM keys AS k
  JOIN slots AS c ON c.list = 'city' AND c.slot = pick(k.key, 'city', 4096)
)
SELECT d.key, s.name AS street, d.house::VARCHAR AS house_number,
  CASE WHEN chance(d.key, 'addition', 0.09)
    THEN ['A', 'B', 'C', 'bis', 'hs', '2', 'III', 'a'][1 + pick(d.key, 'which addition', 8)] END AS house_addition,
  d.pc4::VARCHAR || 'ABCDEGHJKLMN'[1 + d.street]
    || 'ABCDEGHJKLNPRTVWXZ'[1 + 2 * (d.house // 20) % 18 + d.house % 2] AS postcode,
  d.city, d.pc4
FROM drawn AS d
JOIN streets AS s ON s.street = (
  (d.pc4 - d.pc4_from) * 12 + d.street + pick(d.pc4_from, 'streets of', 100000)) % getvariable('streets')
