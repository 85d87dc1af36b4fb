-- LINKS with the decisions of people put over it. A person's word wins, also over what linkage would accept by now.
-- A decision that only confirms what linkage accepts changes nothing about since when the link is known.
SELECT l.record,
  CASE WHEN d.verdict = 'unsure' THEN coalesce(l.person, s.person)
       WHEN d.verdict IS NOT NULL THEN d.person ELSE l.person END AS person,
  CASE d.verdict WHEN 'accepted' THEN 'accepted' WHEN 'none' THEN 'none' WHEN 'unsure' THEN 'review'
       ELSE l.outcome END AS outcome,
  CASE d.verdict WHEN 'none' THEN NULL WHEN 'unsure' THEN 'probabilistic'
       WHEN 'accepted' THEN CASE WHEN l.method = 'exact' AND l.person = d.person THEN 'exact' ELSE 'decision' END
       ELSE l.method END AS method,
  CASE WHEN d.verdict = 'accepted' AND d.person IS DISTINCT FROM l.person THEN c.weight ELSE l.weight END AS weight,
  l.margin,
  CASE WHEN d.verdict IS NULL OR d.person = l.person THEN l.agrees END AS agrees,
  CASE WHEN d.verdict = 'accepted' AND d.person IS DISTINCT FROM l.person THEN c.levels ELSE l.levels END AS levels,
  CASE d.verdict WHEN 'accepted' THEN NULL WHEN 'none' THEN 'decided' WHEN 'unsure' THEN 'unsure'
       ELSE l.reason END AS reason,
  CASE WHEN d.verdict IN ('accepted', 'none') AND NOT (l.outcome = 'accepted' AND coalesce(d.person = l.person, false))
       THEN d.on_day END AS decided_on
FROM links AS l
LEFT JOIN decided_rows AS d ON d.record = l.record
LEFT JOIN decided_shown AS s ON s.record = l.record AND s.rank = 1
LEFT JOIN candidates AS c ON c.record = l.record AND c.person = d.person
