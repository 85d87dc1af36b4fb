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
        "h_letters(x)": r"regexp_replace(x, '[^\p{L}]', '', 'g')",
        "h_digits(x)": "regexp_replace(x, '[^0-9]', '', 'g')",
        "h_fold(x)": _replaced("x", country.folds),
        # The nearest two words of two lists, 0 to 1; most lists have one word.
        "h_nearest(a, b)": "CASE WHEN len(a) = 1 AND len(b) = 1 THEN jaro_winkler_similarity(a[1], b[1]) "
        "ELSE list_max(list_transform(a, lambda v: "
        "list_max(list_transform(b, lambda w: jaro_winkler_similarity(v, w))))) END",
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
        # Two capitals, or three or four that nobody can pronounce; 'BOS' and 'VOS' are names.
        "h_is_trailing(w)": r"(regexp_full_match(w, '\p{Lu}{2}|[B-DF-HJ-NP-TV-XZ]{3,4}') AND NOT h_is_prefix(w))",
        # 'Th.A.' is TA and 'Joh.' is J: a capital with small letters is one initial; prefixes in the field are dropped.
        "h_capitals(x)": r"regexp_replace(regexp_replace(x, "
        r"'\b(?:van|von|der|den|de|het|ten|ter|te|v\.?d\.?)\b', '', 'g'), '(\p{Lu})\p{Ll}+', '\1', 'g')",
        "h_initials(x)": r"left(regexp_replace(upper(h_latin(x)), '[^\p{L}]', '', 'g'), 6)",
    }


def _dates(months: Mapping[str, int]) -> dict[str, str]:
    """Any notation to 'YYYY-MM-DD' with 00 and 0000 for unknown parts; NULL when it is no date.

    Three steps, each over a column of the step before: an expression that repeats its argument doubles with each nesting.
    """
    numbered = _replaced(
        r"regexp_replace(lower(x), '([a-z]{3})[a-z]*\.?', ' \1 ', 'g')",
        ((name, f"{number:02d}") for name, number in months.items()),
    )
    return {
        "h_date_text(x)": f"CASE WHEN regexp_matches(x, '[A-Za-z]{{3}}') THEN trim({numbered}) ELSE trim(x) END",
        "h_date_parts(x)": _date_parts(),
        "h_date(p)": "CASE WHEN p IS NULL OR p.y = '' THEN NULL ELSE (CASE WHEN length(p.y) > 2 THEN lpad(p.y, 4, '0') "
        "WHEN p.y > '25' THEN '19' || p.y ELSE '20' || p.y END) || '-' || lpad(p.m, 2, '0') || '-' || lpad(p.d, 2, '0') END",
        "h_sane(x)": "CASE WHEN (x[1:4] BETWEEN '1850' AND '2099' OR x[1:4] = '0000') AND x[6:7] <= '31' "
        "AND x[9:10] <= '31' AND x NOT IN ('0000-00-00', '1900-01-01', '1899-12-30', '1899-12-31') THEN x END",
    }


def _date_parts() -> str:
    """A struct of year, month and day as text, by the first notation that fits."""
    notations = (
        (r"^(?P<y>\d{4})[-/. ](?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})(?:$|[T ])", "ymd"),
        (r"^(?P<d>\d{1,2})[-/. ]+(?P<m>\d{1,2})[-/. ]+(?P<y>\d{4}|\d{2})(?:$|[T ])", "dmy"),
        (r"^(?P<y>18[5-9]\d|19\d\d|20\d\d)(?P<m>0\d|1[0-2])(?P<d>[0-2]\d|3[01])$", "ymd"),
        (r"^(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d{4})$", "dmy"),
        (r"^(?P<m>\d{1,2})[-/. ]+(?P<y>\d{4})$", "my"),
        (r"^(?P<y>\d{4})(?:[-/. ]+(?P<m>\d{1,2}))?$", "ym"),
    )
    cases = []
    for pattern, order in notations:
        plain = pattern.replace("?P<y>", "").replace("?P<m>", "").replace("?P<d>", "")
        found = {part: f"regexp_extract(x, '{plain}', {order.index(part) + 1})" for part in order}
        parts = ", ".join(f"{part} := {found.get(part, quote('00'))}" for part in "ymd")
        cases.append(f"WHEN regexp_matches(x, '{plain}') THEN struct_pack({parts})")
    # A bare number of five digits is a spreadsheet's date: days since 30 December 1899.
    day = "strftime(DATE '1899-12-30' + try_cast(x AS INTEGER), '%{}')"
    serial = f"struct_pack(y := {day.format('Y')}, m := {day.format('m')}, d := {day.format('d')})"
    return f"CASE WHEN x IS NULL THEN NULL {' '.join(cases)} WHEN regexp_full_match(x, '\\d{{5}}') THEN {serial} END"


def _numbers(country: Country) -> dict[str, str]:
    number = country.national_id
    never = ", ".join(quote(one) for one in number.never) or "''"
    padded = f"lpad(d, {number.length}, '0')" if number.has_check else "d"
    check = number.check_sql.format(n="try_cast(d AS BIGINT)")
    codes = "|".join(f"(?:00|\\+){code}" for code in country.phone_prefixes) or "(?:never)"
    return {
        "h_number(x)": "nullif(ltrim(h_digits(regexp_replace(x, '\\.0$', '')), '0'), '')",
        # A number of one digit, or one that the country never gave out, stands for 'not known'.
        "h_filler(d)": f"({padded} IN ({never}) OR regexp_full_match(d, '{'|'.join(f'{digit}+' for digit in range(10))}'))",
        "h_valid(d)": f"(length(d) BETWEEN {number.shortest} AND {number.length} AND NOT h_filler(d) AND {check})",
        "h_checked()": "true" if number.has_check else "false",
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
    years = r"(?:1[5-9]|20)\d\d ?[-/] ?(?:1[5-9]|20)\d\d"
    streets = _replaced(streets, country.street_words)
    cities = " ".join(f"WHEN {quote(other)} THEN {quote(name)}" for other, name in country.city_aliases.items())
    practice = _either(country.practice_words) or "(?:never)"
    return {
        "h_postcode(x)": f"nullif({joined}, '')",
        "h_unposted(x)": f"regexp_replace(upper(x), {quote(pattern)}, '')",
        "h_area(x)": f"CASE WHEN length(x) >= {country.postcode.area} THEN left(x, {country.postcode.area}) END",
        # 'Plein 1940-1945': the years are part of the name, not a house number, so they become letters.
        "h_dated_street(x)": f"CASE WHEN regexp_matches(x, '{years}') "
        f"THEN replace(x, regexp_extract(x, '{years}'), translate(regexp_extract(x, '{years}'), '0123456789-/ ', 'abcdefghij')) "
        "ELSE x END",
        "h_street(x)": streets,
        "h_place(x)": f"CASE x {cities} ELSE x END" if cities else "x",
        "h_practice(x)": f"regexp_replace(regexp_replace(x, '\\b(?:{practice})\\b', '', 'g'), "
        r"'[^\p{L}0-9]', '', 'g')",
    }
