-- Everyone's names, sex, date of birth, number and what else a register knows of a person, but for the address.
WITH born AS (
  -- A key is computed before it is joined on: DuckDB would make a cross join of an expression with IN.
  SELECT *, pick(
    CASE WHEN role IN ('twin', 'sister', 'double', 'twice', 'daughter', 'mother', 'relative') THEN anchor ELSE p END,
    'origin', 4096) AS origin_slot
  FROM life
),
drawn AS (
  SELECT l.* EXCLUDE (origin_slot),
    o.value.text AS origin,
    -- Daughters have their mother's partner's surname; twins, sisters, relatives and doubles share a surname.
    CASE WHEN l.role IN ('twin', 'sister', 'double', 'twice', 'daughter', 'relative') THEN l.anchor ELSE l.p END AS family,
    CASE WHEN l.role IN ('double', 'twice') THEN l.anchor ELSE l.p END AS named,
    CASE WHEN l.stranger AND chance(l.p, 'sex', 0.45) THEN 'M'
      WHEN l.stranger OR u(l.p, 'sex') < 0.985 THEN 'F'
      WHEN u(l.p, 'sex') < 0.994 THEN 'M'
      WHEN u(l.p, 'sex') < 0.997 THEN 'X' END AS sex,
    l.role = 'mother' OR chance(l.p, 'has partner', 0.62) AS has_partner
  FROM born AS l
  JOIN slots AS o ON o.list = 'origin' AND o.slot = l.origin_slot
),
keyed AS (
  SELECT *,
    CASE WHEN role = 'daughter' THEN 'partner' ELSE 'surname' END AS stream,
    origin || CASE WHEN sex = 'M' THEN ' M 1900'
      WHEN origin <> 'dutch' OR born < 1960 THEN ' F 1900'
      WHEN born < 1975 THEN ' F 1960' WHEN born < 1987 THEN ' F 1975' ELSE ' F 1987' END AS cohort,
    -- Twins never have the same first name.
    (pick(CASE role WHEN 'twin' THEN anchor ELSE named END, 'given', 4096)
      + CASE WHEN role = 'twin' AND p <> anchor THEN 2048 ELSE 0 END) % 4096 AS given_slot,
    CASE WHEN role = 'daughter' THEN u(family, 'partner') ELSE u(family, 'surname') END AS surname_chance,
    u(p, 'partner') AS partner_chance,
    origin <> 'dutch' AND role <> 'daughter' AND chance(family, 'rare letters', given('register_rare_letters')) AS rare_letters,
    -- The Dutch have many rare surnames: seven in ten draws come from the long list.
    origin = 'dutch' AND CASE WHEN role = 'daughter' THEN chance(family, 'partner rare', 0.7)
      ELSE chance(family, 'surname rare', 0.7) END AS surname_rare,
    origin = 'dutch' AND chance(p, 'partner rare', 0.7) AS partner_rare,
    CASE WHEN origin <> 'dutch' AND chance(p, 'marries out', 0.15) THEN 'dutch' ELSE origin END AS partner_origin
  FROM drawn
),
named AS (
  SELECT k.*,
    CASE WHEN k.surname_rare THEN r1.surname WHEN k.rare_letters THEN s3.value.text ELSE s1.value.text END AS surname,
    CASE WHEN k.surname_rare THEN r1.prefix WHEN k.rare_letters THEN '' ELSE s1.value.prefix END AS prefix,
    CASE WHEN k.partner_rare THEN r2.surname ELSE s2.value.text END AS partner,
    CASE WHEN k.partner_rare THEN r2.prefix ELSE s2.value.prefix END AS partner_prefix,
    g1.value.text AS given1, g2.value.text AS given2, g3.value.text AS given3,
    greatest(coalesce(k.visit2, k.visit1), DATE '2017-06-01') AS alive_on,
    CASE WHEN k.origin = 'dutch' THEN u(k.named, 'given names') ELSE u(k.named, 'given names') * 0.45 END AS many
  FROM keyed AS k
  JOIN slots AS s1 ON s1.list = 'surname ' || k.origin AND s1.slot = floor(k.surname_chance * 4096)::BIGINT
  JOIN slots AS s2 ON s2.list = 'surname ' || k.partner_origin AND s2.slot = floor(k.partner_chance * 4096)::BIGINT
  JOIN slots AS s3 ON s3.list = 'surname rare letters' AND s3.slot = floor(k.surname_chance * 4096)::BIGINT
  JOIN rare AS r1 ON r1.rare = floor(pow(k.surname_chance, 1.8) * getvariable('rare'))::BIGINT
  JOIN rare AS r2 ON r2.rare = floor(pow(k.partner_chance, 1.8) * getvariable('rare'))::BIGINT
  JOIN slots AS g1 ON g1.list = 'given ' || k.cohort AND g1.slot = k.given_slot
  JOIN slots AS g2 ON g2.list = 'given ' || k.cohort AND g2.slot = pick(k.named, 'given 2', 4096)
  JOIN slots AS g3 ON g3.list = 'given ' || k.cohort AND g3.slot = pick(k.named, 'given 3', 4096)
)
SELECT n.p, n.stranger, n.role, n.anchor, n.careful, n.home, n.grp, n.visit1, n.visit2, n.born, n.origin,
  'C' || lpad(((n.p * 736481777 + 413158523) % 999999937)::VARCHAR, 9, '0') AS person_id,
  b.bsn,
  CASE WHEN n.many < 0.35 OR n.given2 = n.given1 THEN n.given1
    WHEN n.many < 0.80 OR n.given3 IN (n.given1, n.given2) THEN n.given1 || ' ' || n.given2
    ELSE n.given1 || ' ' || n.given2 || ' ' || n.given3 END AS given_names,
  nullif(n.prefix, '') AS prefix,
  n.surname,
  CASE WHEN n.has_partner THEN nullif(n.partner_prefix, '') END AS partner_prefix,
  CASE WHEN n.has_partner THEN n.partner END AS partner_surname,
  CASE WHEN NOT n.has_partner OR u(n.p, 'name use') < 0.38 THEN 'own'
    WHEN u(n.p, 'name use') < 0.52 THEN 'partner'
    WHEN u(n.p, 'name use') < 0.95 THEN 'partner_own'
    ELSE 'own_partner' END AS name_use,
  n.sex,
  -- Some who came from abroad have no full date of birth, or 1 January or 1 July.
  CASE WHEN n.origin IN ('turkish', 'moroccan', 'surinamese', 'other') AND u(n.birthday, 'partial') < 0.11 THEN
      CASE WHEN u(n.birthday, 'partial') < 0.001 AND n.role = 'single' THEN '0000-00-00'
        WHEN u(n.birthday, 'partial') < 0.004 
          THEN n.born || '-' || lpad((1 + pick(n.birthday, 'month', 12))::VARCHAR, 2, '0') || '-00'
        WHEN u(n.birthday, 'partial') < 0.035 THEN n.born || '-00-00'
        WHEN u(n.birthday, 'partial') < 0.080 THEN n.born || '-01-01'
        ELSE n.born || '-07-01' END
    ELSE (make_date(n.born, 1, 1) + pick(n.birthday, 'day', 365)::INTEGER)::VARCHAR END AS birth_date,
  CASE WHEN chance(n.p, 'language', given('register_own_language'))
      AND (o.language <> 'ar' OR chance(n.p, 'reads Arabic', given('register_arabic')))
    THEN o.language ELSE 'nl' END AS language,
  CASE WHEN chance(n.p, 'has phone', 0.45) THEN '06-0' || lpad(pick(n.p, 'phone', 10000000)::VARCHAR, 7, '0') END AS phone,
  CASE WHEN chance(n.p, 'has email', 0.50) THEN
    lower(regexp_replace(strip_accents(western(n.given1[1] || '.' || n.surname)), '[^A-Za-z.]', '', 'g'))
      || pick(n.p, 'mail number', 9000)::VARCHAR || '@post.example' END AS email,
  CASE WHEN chance(n.p, 'deceased', CASE WHEN n.grp = 4 THEN 0.06 ELSE 0.012 END)
    THEN n.alive_on + pick(n.p, 'deceased on', DATE '2025-08-01' - n.alive_on)::INTEGER END AS deceased_on,
  n.role = 'shelter' OR chance(n.p, 'secret', 0.006) AS secret_address
FROM named AS n
JOIN bsn AS b ON b.p = n.p
JOIN origins AS o ON o.origin = n.origin
ORDER BY n.p
