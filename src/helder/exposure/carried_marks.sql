-- The marks of each person whose evidence changed. Who lost a line is looked at whole; who only gained lines has the
-- marks of before and those of the new lines.
SELECT person, @words(bit_or(m#) AS m#)
FROM (
  SELECT g.person, @words(c.m# AS m#)
  FROM gained AS g
  JOIN trace_marks AS c ON c.trace = g.trace
  UNION ALL
  SELECT t.person, @words(k.m# AS m#)
  FROM touched AS t
  ANTI JOIN lost AS l ON l.person = t.person
  JOIN kept AS k ON k.before = t.profile
  UNION ALL
  SELECT e.person, @words(c.m# AS m#)
  FROM evidence AS e
  SEMI JOIN lost AS l ON l.person = e.person
  JOIN class_marks AS c ON c.class = e.class
) AS all_marks
GROUP BY person
