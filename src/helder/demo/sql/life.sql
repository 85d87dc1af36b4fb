-- When everyone was born, and when they took part: women are invited in the years in which they become 30, 35 … 65.
-- Group 4 took part before 2017 only. Who shares a birthday shares a year that fits both their groups.
WITH older AS (
  SELECT anchor, bool_or(grp = 4) AS any4 FROM household WHERE role IN ('twin', 'double') GROUP BY anchor
),
years AS (
  SELECT h.*,
    CASE
      WHEN h.stranger THEN 1935 + pick(h.p, 'year', 70)
      WHEN h.role = 'mother' THEN 1954 + pick(h.anchor, 'year', 3)
      WHEN h.role IN ('twin', 'double') AND o.any4 THEN 1954 + pick(h.anchor, 'year', 3)
      WHEN h.role IN ('twin', 'double') THEN 1952 + pick(h.anchor, 'year', 44)
      WHEN h.role = 'twice' THEN 1952 + pick(h.anchor, 'year', 44)
      WHEN h.grp = 4 THEN CASE WHEN chance(h.p, 'at 65', 0.5) THEN 1949 ELSE 1954 END + pick(h.p, 'year', 3)
      WHEN h.role = 'daughter' THEN 1954 + pick(h.anchor, 'year', 3) + 22 + pick(h.p, 'daughter', 15)
      ELSE 1952 + pick(h.p, 'year', 44)
    END AS born,
    CASE WHEN h.role IN ('twin', 'double', 'twice') THEN h.anchor ELSE h.p END AS birthday
  FROM household AS h
  LEFT JOIN older AS o ON o.anchor = h.anchor AND h.role IN ('twin', 'double')
),
invited AS (
  SELECT *,
    CASE WHEN grp = 4 THEN born + CASE WHEN born < 1952 THEN 65 ELSE 60 END
      ELSE greatest(2017 + (born + 65 - 2017 + 50) % 5, born + 30) END AS first_year
  FROM years
),
visits AS (
  SELECT *,
    make_date(first_year, 1, 5) + pick(p, 'first visit', CASE first_year WHEN 2025 THEN 140 ELSE 330 END)::INTEGER
      AS visit1,
    CASE WHEN grp BETWEEN 1 AND 3 AND first_year + 5 <= 2025 AND first_year + 5 - born <= 65
      AND chance(p, 'came twice', given('sharing_came_twice'))
      THEN make_date(first_year + 5, 1, 5)
        + pick(p, 'second visit', CASE first_year WHEN 2020 THEN 140 ELSE 330 END)::INTEGER END AS visit2
  FROM invited
)
SELECT p, stranger, role, anchor, careful, home, grp, born, birthday,
  workday(CASE WHEN visit2 IS NOT NULL AND only_second THEN visit2 ELSE visit1 END) AS visit1,
  CASE WHEN NOT only_second THEN workday(visit2) END AS visit2
FROM (SELECT *, chance(p, 'only second', given('sharing_only_second')) AS only_second FROM visits) AS v
ORDER BY p
