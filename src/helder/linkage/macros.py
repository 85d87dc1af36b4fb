"""A country's words as DuckDB macros (`h_…`): the only place where its lists become SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from helder.countries.base import Country

# Letters that do not fall apart into a letter and an accent.
_SEVERAL = {"œ": "oe", "æ": "ae", "ß": "ss", "þ": "th", "ĳ": "ij"}
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"}


def quote(text: str) -> str:
    """A text literal."""
    return "'" + text.replace("'", "''") + "'"


def _list(words: Iterable[str]) -> str:
    return "[" + ", ".join(quote(word) for word in words) + "]"


def _replaced(expression: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        expression = f"replace({expression}, {quote(old)}, {quote(new)})"
    return expression


def _either(words: Iterable[str]) -> str:
    """Words as a regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def macros(country: Country) -> dict[str, str]:
    """Signature to SQL expression, in an order in which each uses earlier ones only."""
    return {**_text(country), **_names(country), **_dates(country.months), **_numbers(country), **_places(country)}


def _text(country: Country) -> dict[str, str]:
    plain = f"translate(strip_accents(lower(x)), {quote('øłđðıħŋ')}, {quote('olddihn')})"
    null_words = ", ".join(quote(word) for word in country.null_words)
    return {
        # Empty, or a word for 'not known': NULL. Long text is cut: nobody's name needs more, and nothing may explode.
        "h_text(x)": f"CASE WHEN lower(trim(x)) IN ('', {null_words}) THEN NULL ELSE left(trim(x), 160) END",
        "h_latin(x)": f"CASE WHEN regexp_full_match(x, '[ -~]*') THEN lower(x) "
        f"ELSE {_replaced(plain, _SEVERAL.items())} END",
        "h_german(x)": f"h_latin({_replaced('lower(nfc_normalize(x))', _GERMAN.items())})",
        "h_words(x)": r"list_filter(string_split(regexp_replace(x, '[^\p{L}]+', ' ', 'g'), ' '), lambda w: w <> '')",
        "h_letters(x)": r"regexp_replace(h_latin(x), '[^\p{L}]', '', 'g')",
        "h_digits(x)": "regexp_replace(x, '[^0-9]', '', 'g')",
        "h_fold(x)": _replaced("x", country.folds),
        "h_set(x)": "CASE WHEN len(x) > 0 THEN list_sort(list_distinct(x)) END",
    }


def _names(country: Country) -> dict[str, str]:
    skipped = sorted({*country.prefixes, *country.titles})
    glued = _either(country.glued_prefixes)
    titles = _either(country.titles)
    return {
        "h_core(words)": f"list_filter(words, lambda w: length(w) > 1 AND NOT list_contains({_list(skipped)}, w))",
        "h_unglued(words)": "list_transform(words, lambda w: "
        + rf"regexp_replace(w, '^(?:{glued})(\p{{L}}{{3,}})$', '\1'))",
        "h_is_prefix(w)": f"list_contains({_list(country.prefixes)}, regexp_replace(lower(w), '[^a-z]', '', 'g'))",
        # 'v.d.' and 'v/d' become one word, salutations go, and a dot ends a word: 'A.B.Jansen' is 'A. B. Jansen'.
        "h_untitled(x)": r"regexp_replace(regexp_replace(x, '\be\s?/\s?v\b', ' ', 'gi'), "
        + rf"'(?i)\b(?:{titles})\b\.?', ' ', 'g')",
        "h_spaced(x)": r"trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(h_untitled(x), "
        r"'\bv\s?[./]\s?d\b\.?', ' vd ', 'g'), '(\S\s+)V\s?[./]\s?D\b\.?', '\1 vd ', 'g'), "
        r"'\.', '. ', 'g'), '\s+', ' ', 'g'))",
        "h_is_initial(w, mixed)": r"(regexp_matches(w, '^(?:\p{Lu}\p{Ll}{0,2}\.|\p{Lu}\.?)$') "
        r"OR (regexp_matches(w, '^\p{Ll}\.$') AND NOT h_is_prefix(w)) "
        r"OR (mixed AND regexp_matches(w, '^\p{Lu}{2,4}$')))",
        # 'Th.A.' is TA and 'Joh.' is J: a capital with small letters is one initial; prefixes in the field are dropped.
        "h_initials(x)": r"left(regexp_replace(upper(h_latin(regexp_replace(regexp_replace(x, "
        r"'\b(?:van|von|der|den|de|het|ten|ter|te|v\.?d\.?)\b', '', 'g'), "
        r"'(\p{Lu})\p{Ll}+', '\1', 'g'))), '[^\p{L}]', '', 'g'), 6)",
    }


def _dates(months: Mapping[str, int]) -> dict[str, str]:
    """Any notation to 'YYYY-MM-DD' with 00 and 0000 for unknown parts; NULL when it is no date."""
    numbered = _replaced(
        "regexp_replace(lower(x), '([a-z]{3})[a-z]*\\.?', ' \\1 ', 'g')",
        ((name, f"{number:02d}") for name, number in months.items()),
    )
    return {
        "h_date_text(x)": f"CASE WHEN regexp_matches(x, '[A-Za-z]{{3}}') THEN trim({numbered}) ELSE trim(x) END",
        "h_date(y, m, d)": "lpad(y, 4, '0') || '-' || lpad(m, 2, '0') || '-' || lpad(d, 2, '0')",
        "h_century(y)": "CASE WHEN length(y) <> 2 THEN y WHEN try_cast(y AS INTEGER) > 25 THEN '19' || y "
        "ELSE '20' || y END",
        "h_part(x, p, i)": "regexp_extract(x, p, i)",
        "h_sane(x)": "CASE WHEN (x[1:4] BETWEEN '1850' AND '2099' OR x[1:4] = '0000') AND x[6:7] <= '31' "
        "AND x[9:10] <= '31' AND x NOT IN ('0000-00-00', '1900-01-01', '1899-12-30', '1899-12-31') THEN x END",
        "h_eight(x)": "CASE WHEN x[1:4] BETWEEN '1850' AND '2099' AND x[5:6] <= '12' AND x[7:8] <= '31' "
        "THEN h_date(x[1:4], x[5:6], x[7:8]) ELSE h_date(x[5:8], x[3:4], x[1:2]) END",
        "h_birth(x)": _birth(),
    }


def _birth() -> str:
    iso = r"^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:$|[T ].*)"
    dmy = r"^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})(?:$|[ T].*)"
    my = r"^(\d{1,2})[-/. ]+(\d{4})$"
    ym = r"^(\d{4})[-/. ]+(\d{1,2})$"
    return f"""CASE
      WHEN x IS NULL THEN NULL
      WHEN regexp_matches(x, '{iso}') THEN
        h_sane(h_date(h_part(x, '{iso}', 1), h_part(x, '{iso}', 2), h_part(x, '{iso}', 3)))
      WHEN regexp_matches(x, '{dmy}') THEN
        h_sane(h_date(h_century(h_part(x, '{dmy}', 3)), h_part(x, '{dmy}', 2), h_part(x, '{dmy}', 1)))
      WHEN regexp_full_match(x, '\\d{{8}}') THEN h_sane(h_eight(x))
      WHEN regexp_full_match(x, '\\d{{4}}') THEN h_sane(x || '-00-00')
      WHEN regexp_matches(x, '{my}') THEN h_sane(h_date(h_part(x, '{my}', 2), h_part(x, '{my}', 1), '00'))
      WHEN regexp_matches(x, '{ym}') THEN h_sane(h_date(h_part(x, '{ym}', 1), h_part(x, '{ym}', 2), '00'))
      WHEN regexp_full_match(x, '\\d{{5}}') THEN
        h_sane(strftime(DATE '1899-12-30' + try_cast(x AS INTEGER), '%Y-%m-%d'))
    END"""


def _numbers(country: Country) -> dict[str, str]:
    number = country.national_id
    never = ", ".join(quote(one) for one in number.never) or "''"
    padded = f"lpad(d, {number.length}, '0')" if number.has_check else "d"
    check = number.check_sql.format(n="try_cast(d AS BIGINT)")
    codes = "|".join(f"(?:00|\\+){code}" for code in country.phone_prefixes) or "(?:never)"
    return {
        "h_number(x)": "nullif(ltrim(h_digits(regexp_replace(x, '\\.0$', '')), '0'), '')",
        "h_valid(d)": f"(length(d) BETWEEN {number.shortest} AND {number.length} AND {padded} NOT IN ({never}) "
        f"AND NOT regexp_full_match({padded}, '{'|'.join(f'{digit}+' for digit in range(10))}') AND {check})",
        "h_padded(d)": padded,
        "h_phone(x)": f"CASE WHEN length(h_digits(x)) >= 9 THEN "
        f"right(h_digits(regexp_replace(x, '^ *(?:{codes})', '')), 9) END",
        "h_email(x)": r"CASE WHEN regexp_matches(x, '^[^@\s]+@[^@\s]+\.[^@\s]+$') THEN lower(x) END",
    }


def _places(country: Country) -> dict[str, str]:
    pattern = country.postcode.pattern
    joined = " || ".join(
        f"regexp_extract(upper(x), {quote(pattern)}, {group})" for group in range(1, country.postcode.groups + 1)
    )
    streets = "h_letters(x)"
    streets = _replaced(streets, country.street_words)
    cities = " ".join(f"WHEN {quote(other)} THEN {quote(name)}" for other, name in country.city_aliases.items())
    practice = _either(country.practice_words) or "(?:never)"
    return {
        "h_postcode(x)": f"nullif({joined}, '')",
        "h_unposted(x)": f"regexp_replace(upper(x), {quote(pattern)}, '')",
        "h_area(x)": f"CASE WHEN length(x) >= {country.postcode.area} THEN left(x, {country.postcode.area}) END",
        "h_street(x)": f"nullif(h_fold({streets}), '')",
        "h_city(x)": f"nullif(h_fold(CASE h_letters(x) {cities} ELSE h_letters(x) END), '')"
        if cities
        else "nullif(h_fold(h_letters(x)), '')",
        "h_practice(x)": f"nullif(h_fold(regexp_replace(regexp_replace(h_latin(x), '\\b(?:{practice})\\b', '', 'g'), "
        r"'[^\p{L}0-9]', '', 'g')), '')",
    }
