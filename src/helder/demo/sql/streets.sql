-- Made-up street names, in an order of chance.
SELECT row_number() OVER (ORDER BY hash(n.text || e.text || getvariable('seed'))) - 1 AS street, n.text || e.text AS name
FROM (SELECT text FROM street_parts WHERE kind = 'name') AS n
CROSS JOIN (SELECT text FROM street_parts WHERE kind = 'ending') AS e
