-- Everyone: first the people of the register, then the strangers. In every thousand of the register some live or belong
-- together; `anchor` is the person they share it with. The pairs of the first ten places show each kind once.
-- The last of group 3 have something that letters must be `careful` with: see assumptions.toml.
WITH placed AS (
  SELECT p, p % 1000 AS place, p - p % 2 AS pair, p >= getvariable('register') AS stranger
  FROM range(getvariable('everyone')) AS everyone(p)
),
roles AS (
  SELECT *, CASE
    WHEN stranger AND chance(p, 'relative', getvariable('stranger_relative')) THEN 'relative'
    WHEN stranger THEN 'single'
    WHEN place < 2 OR place BETWEEN 10 AND 13 THEN 'twin'
    WHEN place < 4 OR place BETWEEN 14 AND 43 THEN CASE WHEN p % 2 = 0 THEN 'mother' ELSE 'daughter' END
    WHEN place < 6 OR place BETWEEN 44 AND 49 THEN 'sister'
    WHEN place < 8 OR place BETWEEN 50 AND 69 THEN 'housemate'
    WHEN place < 10 OR place BETWEEN 70 AND 71 THEN 'double'
    WHEN place BETWEEN 80 AND 89 AND p // 1000 % 40 = 0 THEN 'shelter'
    ELSE 'single' END AS role
  FROM placed
),
anchored AS (
  SELECT p, stranger, role, CASE role
    WHEN 'relative' THEN pick(p, 'relative of', getvariable('register'))
    WHEN 'shelter' THEN p - place + 80
    WHEN 'single' THEN p
    ELSE pair END AS anchor
  FROM roles
),
ranked AS (
  SELECT p, role, row_number() OVER (ORDER BY mixed(p, 'group'), p) AS place
  FROM anchored
  WHERE NOT stranger
),
last_ones AS (
  SELECT p, row_number() OVER (ORDER BY place DESC) - 1 AS back FROM ranked
  WHERE place BETWEEN getvariable('g3') - 2 * getvariable('careful_twice') AND getvariable('g3') AND role = 'single'
  QUALIFY back < getvariable('careful_twice')
),
chosen AS (
  SELECT l.p, o.p AS other, CASE
    WHEN l.back < getvariable('careful_no_address') THEN 'no address'
    WHEN l.back < getvariable('careful_no_postcode') THEN 'no postcode'
    WHEN l.back < getvariable('careful_child') THEN 'child'
    WHEN l.back < getvariable('careful_in_window') THEN 'in window'
    WHEN o.p IS NULL THEN 'single'
    WHEN (l.back - getvariable('careful_in_window')) % 2 = 0 THEN 'first'
    ELSE 'twice' END AS careful
  FROM last_ones AS l
  LEFT JOIN last_ones AS o ON (o.back - getvariable('careful_in_window')) // 2 = (l.back - getvariable('careful_in_window')) // 2
    AND o.p <> l.p AND least(o.back, l.back) >= getvariable('careful_in_window')
),
known AS (
  SELECT a.p, a.stranger, coalesce(c.careful, '') AS careful,
    CASE WHEN c.careful = 'twice' THEN 'twice' ELSE a.role END AS role,
    CASE WHEN c.careful = 'twice' THEN c.other ELSE a.anchor END AS anchor
  FROM anchored AS a LEFT JOIN chosen AS c ON c.p = a.p
)
SELECT a.p, a.stranger, a.role, a.anchor, a.careful,
  CASE WHEN a.role IN ('double', 'single') THEN a.p ELSE a.anchor END AS home,
  CASE WHEN r.place IS NULL THEN -1
    WHEN r.place <= getvariable('g1') THEN 1
    WHEN r.place <= getvariable('g2') THEN 2
    WHEN r.place <= getvariable('g3') THEN 3
    WHEN r.place <= getvariable('g4') THEN 4
    ELSE 0 END AS grp
FROM known AS a
LEFT JOIN ranked AS r ON r.p = a.p
ORDER BY a.p
