-- The marks of each person: every mark that any line of evidence sets.
SELECT e.person, @words(bit_or(c.m#) AS m#)
FROM evidence AS e
JOIN class_marks AS c ON c.class = e.class
GROUP BY e.person
