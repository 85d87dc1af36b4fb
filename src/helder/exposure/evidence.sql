-- All evidence about people in one narrow table; what a line means stands in its class.
SELECT l.person, c.class, l.source, l.file, l.row
FROM lines AS l
JOIN classes AS c
  ON c.kind = l.kind AND c.received = l.received AND c.party = l.party AND c.from_party = l.from_party
  AND c.items = l.items AND c.day = l.day AND c.purpose = l.purpose AND c.dataset = l.dataset
  AND c.outcome = l.outcome AND c.method = l.method AND c.supplied_by = l.supplied_by AND c.until = l.until
  AND c.born = l.born AND c.abroad = l.abroad AND c.deceased = l.deceased
