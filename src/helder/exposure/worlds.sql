-- The worlds left in each slot of each profile: the AND of all rules whose marks the profile meets,
-- but those that a person has set aside for the profile's contradiction.
SELECT p.profile, r.slot, bit_and(r.leaves) AS worlds
FROM profiles AS p
JOIN rules AS r ON @words_and((p.m# & r.when#) = r.when#) AND @words_and((p.m# & r.unless#) = 0)
LEFT JOIN set_aside AS x ON x.profile = p.profile AND x.rule = r.rule
WHERE x.rule IS NULL
GROUP BY p.profile, r.slot
