-- Each person's profile: all that is published about a person.
SELECT m.person, p.profile
FROM marks AS m
JOIN profiles AS p ON @words_and(p.m# = m.m#)
