-- Chance without state: a number in [0, 1) for a key and a stream, the same whatever the number of threads.
CREATE OR REPLACE TEMP MACRO mixed(k, stream) AS hash(xor((k)::UBIGINT, hash(stream || getvariable('seed'))));
CREATE OR REPLACE TEMP MACRO u(k, stream) AS (mixed(k, stream) >> 11)::DOUBLE / 9007199254740992.0;
CREATE OR REPLACE TEMP MACRO pick(k, stream, n) AS floor(u(k, stream) * (n))::BIGINT;
CREATE OR REPLACE TEMP MACRO chance(k, stream, p) AS u(k, stream) < (p);
-- A chance of assumptions.toml.
CREATE OR REPLACE TEMP MACRO given(name) AS getvariable(name);
-- What the register says of where somebody in this country lives.
CREATE OR REPLACE TEMP MACRO doubted(p) AS CASE
  WHEN chance(p, 'moved, where to', given('register_moved')) THEN 'VOW'
  WHEN chance(p, 'in question', given('register_address_in_question')) THEN 'in onderzoek' END;
CREATE OR REPLACE TEMP MACRO abroad(home) AS chance(home, 'abroad', 0.009);
-- Of an address abroad 'building / flat / street' the street alone, the building too, or all three.
CREATE OR REPLACE TEMP MACRO lines_abroad(lines, home) AS CASE
  WHEN chance(home, 'lines abroad', given('register_more_lines') / 3) THEN lines
  WHEN chance(home, 'lines abroad', given('register_more_lines'))
    THEN regexp_replace(lines, ' / .* / ', ' / ')
  ELSE regexp_extract(lines, '[^/]* / [^/]* / (.*)', 1) END;
-- A date that is not in a weekend: the next Monday.
CREATE OR REPLACE TEMP MACRO workday(d) AS
  (d)::DATE + CASE dayofweek(d) WHEN 0 THEN 1 WHEN 6 THEN 2 ELSE 0 END;
-- 'Anna Maria' becomes 'A.M.'.
CREATE OR REPLACE TEMP MACRO initials_of(names) AS
  list_aggregate(list_transform(string_split(names, ' '), lambda x: upper(x[1]) || '.'), 'string_agg', '');
-- One small mistake in a word of four letters or more, first letter kept: two letters swapped, one lost, one doubled,
-- or another spelling that sounds the same.
CREATE OR REPLACE TEMP MACRO place_in(w, k) AS 2 + pick(k, 'typo place', length(w) - 2);
CREATE OR REPLACE TEMP MACRO respelt(w) AS CASE
  WHEN contains(w, 'ij') THEN replace(w, 'ij', 'y')
  WHEN contains(w, 'y') THEN replace(w, 'y', 'ij')
  WHEN contains(w, 'ck') THEN replace(w, 'ck', 'k')
  WHEN contains(w, 'oe') THEN replace(w, 'oe', 'ou')
  WHEN contains(w, 'ei') THEN replace(w, 'ei', 'ij')
  WHEN contains(w, 'dt') THEN replace(w, 'dt', 't')
  WHEN contains(w, 'ss') THEN replace(w, 'ss', 's')
  WHEN contains(w, 'z') THEN replace(w, 'z', 's')
  WHEN contains(w, 'v') THEN replace(w, 'v', 'f')
  WHEN contains(w, 'aa') THEN replace(w, 'aa', 'a')
  WHEN contains(w, 's') THEN replace(w, 's', 'z')
  ELSE w || 's' END;
CREATE OR REPLACE TEMP MACRO typo(w, k) AS CASE
  WHEN w IS NULL OR length(w) < 4 THEN w || 'e'
  WHEN u(k, 'typo kind') < 0.20
    THEN left(w, place_in(w, k) - 1) || w[place_in(w, k) + 1] || w[place_in(w, k)] || substr(w, place_in(w, k) + 2)
  WHEN u(k, 'typo kind') < 0.45 THEN left(w, place_in(w, k) - 1) || substr(w, place_in(w, k) + 1)
  WHEN u(k, 'typo kind') < 0.60 THEN left(w, place_in(w, k)) || substr(w, place_in(w, k))
  ELSE respelt(w) END;
-- The digit at a place replaced by another digit.
CREATE OR REPLACE TEMP MACRO other_digit(d, k) AS ((d::INTEGER + 1 + pick(k, 'other digit', 9)) % 10)::VARCHAR;
CREATE OR REPLACE TEMP MACRO wrong_digit(t, i, k) AS left(t, i - 1) || other_digit(t[i], k) || substr(t, i + 1);
-- Another day of the same month: one digit of the day is wrong, and the day exists.
CREATE OR REPLACE TEMP MACRO wrong_day(t, k) AS CASE t[9]
  WHEN '3' THEN t[1:8] || '2' || t[10]
  WHEN '0' THEN t[1:9] || (1 + (t[10]::INTEGER + pick(k, 'wrong day', 8)) % 9)::VARCHAR
  ELSE t[1:9] || ((t[10]::INTEGER + 1 + pick(k, 'wrong day', 8)) % 9)::VARCHAR END;
-- The sum of the 11-test without the last digit, and whether nine digits pass.
CREATE OR REPLACE TEMP MACRO eleven(b) AS
  (9 * b[1]::INTEGER + 8 * b[2]::INTEGER + 7 * b[3]::INTEGER + 6 * b[4]::INTEGER
   + 5 * b[5]::INTEGER + 4 * b[6]::INTEGER + 3 * b[7]::INTEGER + 2 * b[8]::INTEGER) % 11;
-- Letters that cp1252 does not have, as a laboratory system of Western Europe writes them.
CREATE OR REPLACE TEMP MACRO western(t) AS
  translate(t, 'şŞğĞıİłŁńŃśŚźŹżŻćĆęĘąĄőŐűŰțȚșȘăĂěĚễầạỳĐặəƏọỌ', 'sSgGiIlLnNsSzZzZcCeEaAoOuUtTsSaAeEeaayDaeEoO');
