-- Everyone: first the people of the register, then the strangers. In every thousand of the register some live or belong
-- together; `anchor` is the person they share it with. The pairs of the first ten places show each kind once.
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
  SELECT p, row_number() OVER (ORDER BY mixed(p, 'group'), p) AS place
  FROM anchored
  WHERE NOT stranger
)
SELECT a.p, a.stranger, a.role, a.anchor,
  CASE WHEN a.role IN ('double', 'single') THEN a.p ELSE a.anchor END AS home,
  CASE WHEN r.place IS NULL THEN -1
    WHEN r.place <= getvariable('g1') THEN 1
    WHEN r.place <= getvariable('g2') THEN 2
    WHEN r.place <= getvariable('g3') THEN 3
    WHEN r.place <= getvariable('g4') THEN 4
    ELSE 0 END AS grp
FROM anchored AS a
LEFT JOIN ranked AS r ON r.p = a.p
ORDER BY a.p
