-- National numbers that stand more than once in the register.
SELECT number FROM (
  SELECT ltrim(regexp_replace(upper(coalesce(national_id, '')), '[^0-9A-Z]', '', 'g'), '0') AS number FROM standing
) AS n WHERE number <> '' GROUP BY number HAVING count(*) > 1
