-- National numbers that stand more than once in the register.
SELECT number FROM standing WHERE number <> '' GROUP BY number HAVING count(*) > 1
