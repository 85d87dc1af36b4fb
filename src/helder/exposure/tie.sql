-- The tie between a person and the items: somebody is in the leaked data if and only if something of theirs was taken.
-- Where a slot has nothing left the party's slots stay as they are: that is a contradiction, and nothing follows from it.
WITH slotted AS (
  SELECT w.profile, s.party, s.slot, s.is_person, w.worlds
  FROM worlds AS w
  JOIN slots AS s ON s.slot = w.slot
),
whole AS (
  SELECT
    profile,
    party,
    max(CASE WHEN is_person = 1 THEN worlds ELSE 0 END) AS person,
    max(CASE WHEN worlds = 0 THEN 1 ELSE 0 END) AS empty,
    max(CASE WHEN is_person = 0 AND worlds <> 0 AND (worlds & {NOT_STOLEN}) = 0 THEN 1 ELSE 0 END) AS must,
    sum(CASE WHEN is_person = 0 AND (worlds & {STOLEN}) <> 0 THEN 1 ELSE 0 END) AS can
  FROM slotted
  GROUP BY profile, party
),
tied AS (
  SELECT
    profile,
    party,
    can,
    empty,
    CASE
      WHEN empty = 1 THEN person
      WHEN must = 1 THEN person & 2
      WHEN can = 0 THEN person & 1
      ELSE person
    END AS person
  FROM whole
)
SELECT
  s.profile,
  s.slot,
  CASE
    WHEN s.is_person = 1 THEN t.person
    WHEN t.empty = 1 OR t.person = 0 THEN s.worlds
    WHEN t.person = 1 THEN s.worlds & {NOT_STOLEN}
    WHEN t.person = 2 AND t.can = 1 AND (s.worlds & {STOLEN}) <> 0 THEN s.worlds & {STOLEN}
    ELSE s.worlds
  END AS worlds
FROM slotted AS s
JOIN tied AS t ON t.profile = s.profile AND t.party = s.party
