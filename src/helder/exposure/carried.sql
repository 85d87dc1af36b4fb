-- Each person's profile: found anew where the evidence changed, else the one of before under its number of today.
SELECT m.person, p.profile
FROM marks AS m
JOIN profiles AS p ON @words_and(p.m# = m.m#)
UNION ALL
SELECT b.person, n.profile
FROM assessed_before AS b
ANTI JOIN touched AS t ON t.person = b.person
JOIN renumbered AS n ON n.before = b.profile
