-- The newest answer about the address of each person who was looked up again; `fresh`: it gives an address, taken whole.
SELECT person, lower(coalesce(outcome, '')) AS outcome, lower(coalesce(suspended, '')) AS suspended,
  coalesce(investigated, FALSE) AS investigated, coalesce(not_there, FALSE) AS not_there, coalesce(secret, FALSE) AS secret,
  coalesce(outcome, '') IN ('', 'address') AND coalesce(
    nullif(street, ''), nullif(location, ''), nullif(postcode, ''), nullif(city, ''), nullif(address_lines, '')
  ) IS NOT NULL AS fresh,
  {address}
FROM answers QUALIFY row_number() OVER (PARTITION BY person ORDER BY checked_on DESC, rank DESC) = 1
