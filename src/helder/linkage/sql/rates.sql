-- How often a row that looks like a person is about somebody near them who need not be registered, per dataset. Counted by
-- a join of the rows whose valid number is nobody's in the register with the people they share name and address or birth
-- date with; a registered number on a person's own row is a mistake, and no stranger. Odds against the row being about the
-- rival, in bits; few such rows: the usual odds. Rows without a number may be about strangers more often than rows with
-- one: `excess` is how much more often, `strangers` how many there are for each that fits somebody. `sharing`: how often
-- such a row has the telephone number or e-mail address of who it is near.
WITH right_ones AS (
  SELECT e.record >> 40 AS dataset, count(*) AS found, count(*) FILTER (e.named) AS named,
    count(*) FILTER (e.named AND e.home) AS at_home,
    -- Of one initial nobody can say whether the name is the same.
    count(*) FILTER (e.named AND e.home AND (l.g1 IS NOT NULL OR length(l.ini) > 1)) AS told_apart
  FROM (SELECT record, contains(agrees, 'address') AS home,
          contains(agrees, 'surname') AND contains(agrees, 'birth_date') AND contains(agrees, 'given_name') AS named
        FROM h_exact) AS e
  JOIN h_leaked AS l ON l.unique_id = e.record
  WHERE l.nid_sure
  GROUP BY ALL
),
likely AS (
  SELECT record FROM {scored} GROUP BY record HAVING max(weight) >= 5
),
unregistered AS (
  SELECT l.* FROM h_residual AS l ANTI JOIN (SELECT nid FROM h_people WHERE nid_sure) AS r ON r.nid = l.nid
  WHERE l.nid_sure
),
strangers AS (
  SELECT l.unique_id >> 40 AS dataset,
    count(*) FILTER (l.nid_sure) AS numbered,
    count(*) FILTER (u.unique_id IS NOT NULL) AS unregistered,
    count(*) FILTER (NOT l.nid_sure AND k.record IS NULL) AS bare_strangers,
    count(*) FILTER (NOT l.nid_sure AND k.record IS NOT NULL) AS bare_found
  FROM h_residual AS l LEFT JOIN likely AS k ON k.record = l.unique_id
  LEFT JOIN unregistered AS u ON u.unique_id = l.unique_id
  GROUP BY ALL
),
numbered AS (
  SELECT * FROM unregistered WHERE sn IS NOT NULL AND ini IS NOT NULL
),
near AS (
  SELECT l.unique_id AS record, r.unique_id AS person FROM numbered AS l JOIN h_people AS r ON l.pc = r.pc AND l.hn = r.hn
  UNION
  SELECT l.unique_id, r.unique_id FROM numbered AS l JOIN h_people AS r ON l.st = r.st AND l.hn = r.hn AND l.ct = r.ct
  UNION
  SELECT l.unique_id, r.unique_id FROM numbered AS l JOIN h_people AS r ON l.bd = r.bd AND l.ini[1] = r.ini[1]
),
seen AS (
  SELECT record, coalesce({address_equal}, false) AS home, coalesce({birth_equal}, false) AS same_day,
    coalesce(NOT ({birth_equal} OR {birth_close} OR {birth_two_parts}), false) AS other_day,
    coalesce({given_shared} OR {initials_equal}, false) AS same_name,
    coalesce({given_clash}, false) OR NOT coalesce({initials_prefix}, true) AS other_name,
    {contact_known} AS reached, {contact_equal} AS same_contact
  FROM (
    SELECT n.record, {sides}
    FROM near AS n JOIN numbered AS l ON l.unique_id = n.record JOIN h_people AS r ON r.unique_id = n.person
    WHERE r.nid_sure AND l.nid <> r.nid
  )
  WHERE {surname_core}
),
others AS (
  -- A namesake elsewhere has a telephone of their own: with the person's, it is the person under a number that is nobody's.
  SELECT record >> 40 AS dataset, record, bool_or(home AND other_day AND other_name) AS relative,
    bool_or(home AND same_day AND other_name) AS twin, bool_or(home AND other_day AND same_name) AS same_name,
    bool_or(NOT home AND same_day AND NOT other_name AND NOT same_contact) AS namesake,
    bool_or(home AND other_name AND reached) AS reached, bool_or(home AND other_name AND same_contact) AS sharing
  FROM seen GROUP BY ALL
),
counted AS (
  SELECT dataset, count(*) FILTER (relative) AS relative, count(*) FILTER (twin) AS twin,
    count(*) FILTER (same_name) AS same_name, count(*) FILTER (namesake) AS namesake,
    count(*) FILTER (reached) AS reached, count(*) FILTER (sharing) AS sharing
  FROM others GROUP BY dataset
),
-- How often two of one household have one telephone number or e-mail address: in the register, of some of its homes.
homes AS (
  SELECT unique_id, pc, hn, snf, ph, em FROM h_people
  WHERE (ph IS NOT NULL OR em IS NOT NULL) AND hash(pc, hn) % (SELECT 1 + count(*) // 100000 FROM h_people) = 0
  QUALIFY count(*) OVER (PARTITION BY pc, hn) <= {crowd}
),
housemates AS (
  SELECT (count(*) FILTER ({contact_equal}) + {usual_rows} / 2) / (count(*) + {usual_rows}) AS share
  FROM (SELECT l.snf AS snf_l, r.snf AS snf_r, l.ph AS ph_l, r.ph AS ph_r, l.em AS em_l, r.em AS em_r
        FROM homes AS l JOIN homes AS r ON l.pc = r.pc AND l.hn = r.hn AND l.unique_id < r.unique_id)
  WHERE list_has_any(snf_l, snf_r) AND {contact_known}
),
odds AS (
  SELECT DISTINCT b.record >> 40 AS dataset, coalesce(s.bare_strangers, 0) AS bare_strangers, coalesce(s.bare_found, 0) AS bare_found,
    -- Rows with a number that exact matching left, and those whose number is nobody's, for each that it matched.
    (coalesce(s.numbered, 0) + 1) / (coalesce(r.found, 0) + 1) AS left_over,
    (coalesce(s.unregistered, 0) + {usual_strangers}) / (coalesce(r.found, 0) + 1) AS per_found,
    -- 1: no row has a number that would tell of strangers.
    {usual_rows} / (coalesce(s.unregistered, 0) + coalesce(r.found, 0) + {usual_rows}) AS blind
  FROM h_basis AS b
  LEFT JOIN strangers AS s ON s.dataset = b.record >> 40
  LEFT JOIN right_ones AS r ON r.dataset = b.record >> 40
),
datasets AS (
  -- As if twenty more bare rows were like the numbered ones: a single row says little. Where no number tells, as many
  -- strangers again are taken to be near somebody as are near nobody.
  SELECT dataset, per_found,
    greatest(1.0, (bare_strangers / left_over + 20) / (bare_found + 20)) AS excess,
    greatest(per_found * (1 - blind), (bare_strangers * (1 + blind) + 20 * per_found) / (bare_found + 20)) AS strangers
  FROM odds
)
SELECT d.dataset,
  h_odds(c.relative, r.at_home, {relative}, d.excess, d.per_found, d.strangers) AS relative,
  h_odds(c.twin, r.at_home, {twin}, d.excess, d.per_found, d.strangers) AS twin,
  h_odds(c.same_name, r.told_apart, {same_name}, d.excess, d.per_found, d.strangers) AS same_name,
  h_odds(c.namesake, r.named, {namesake}, d.excess, d.per_found, d.strangers) AS namesake,
  -- What is shared in the register is what is usual in the file.
  (coalesce(c.sharing, 0) + {usual_rows} * greatest(h.share, {shared_contact}))
    / (coalesce(c.reached, 0) + {usual_rows}) AS sharing
FROM datasets AS d CROSS JOIN housemates AS h
LEFT JOIN right_ones AS r ON r.dataset = d.dataset
LEFT JOIN counted AS c ON c.dataset = d.dataset
