-- People with equal marks have one profile, numbered in the order of the marks.
SELECT row_number() OVER (ORDER BY @words(m#)) - 1 AS profile, @words(m#), people
FROM (SELECT @words(m#), count(*) AS people FROM marks GROUP BY @words(m#)) AS distinct_marks
