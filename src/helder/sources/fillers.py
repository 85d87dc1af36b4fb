"""Values that stand where nothing is known: what was read stays in the row, and is not an item that was stolen.

Exports write a word for NULL, people type one, and forms that demand a number get one that nobody has.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from helder.countries.base import Country

PLACEHOLDERS = ("\\N", "(null)", "(NULL)", "(Null)", "<null>", "<NULL>", "<Null>", "[null]", "[NULL]")
"""What databases write for NULL: never anybody's value, so empty in every column."""
_EXPORTED = ("nan", "NaN", "<na>", "#n/a", *(word.lower() for word in PLACEHOLDERS))
_SHORT_WORDS_MEAN = ("sex", "initials", "country")
"""Fields in which 'X' or 'NA' is a value."""


def is_filler(values: pa.Array, field: str, country: Country) -> pa.Array:
    """Which values of an identity field, or of an item ('' as field), only say that there is none."""
    plain = field and field not in _SHORT_WORDS_MEAN
    words = (*_EXPORTED, *(country.null_words if plain else country.unknown_words))
    # All ways of writing them are looked for: to lower every value costs several times as much.
    ways = {way for word in words for way in (word, word.upper(), word.capitalize(), word.title())}
    found = pc.is_in(values, value_set=pa.array(sorted(ways), pa.string()))
    if field == "national_id":
        found = pc.or_(found, pc.fill_null(pc.match_substring_regex(values, _numbers(country)), False))
    return found


def _numbers(country: Country) -> str:
    """A number of one digit repeated, or one that the country never gave out, however it is parted."""
    sign = "[ ./-]*"
    repeated = [f"(?:{digit}{sign})+" for digit in range(10)]
    never = ["0*" + sign.join(["", *number.lstrip("0"), ""]) for number in country.national_id.never]
    return rf"^{sign}(?:{'|'.join([*repeated, *never])})(?:\.0)?$"
