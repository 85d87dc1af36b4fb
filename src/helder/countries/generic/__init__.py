"""Any country: no check on the national number, English words, nothing assumed about postcodes."""

from __future__ import annotations

from helder.countries.base import Country, NationalId, Postcode, words

_MONTHS = {
    name: number for number, name in enumerate(words("jan feb mar apr may jun jul aug sep oct nov dec"), start=1)
}

COUNTRY = Country(
    code="generic",
    national_id=NationalId(
        length=12, shortest=5, check=lambda number: True, check_sql="{n} > 0", has_check=False
    ),
    postcode=Postcode(pattern=r"([A-Z0-9]{3,5})[ -]?([A-Z0-9]{0,4})", groups=2, area=3),
    prefixes=("van", "von", "der", "den", "de", "da", "di", "du", "del", "la", "le", "el", "al", "st", "mc", "o", "d"),
    glued_prefixes=("mac", "mc"),
    titles=("mr", "mrs", "ms", "miss", "dr", "prof", "sir"),
    null_words=("unknown", "none", "null", "n/a", "na", "nil", "x", "xx", "xxx", "?", "-", "--", "."),
    unknown_words=("unknown", "none", "null", "n/a", "na", "nil", "?", "."),
    months=_MONTHS,
    folds=(
        ("sch", "s"), ("sh", "s"), ("ph", "f"), ("ck", "k"), ("th", "t"), ("ae", "e"), ("oe", "e"), ("ie", "i"),
        ("ee", "i"), ("ea", "i"), ("ou", "u"), ("oo", "u"), ("y", "i"), ("c", "k"), ("q", "k"), ("z", "s"),
        ("w", "v"), ("nn", "n"), ("ss", "s"), ("ll", "l"), ("tt", "t"), ("rr", "r"), ("mm", "m"), ("pp", "p"),
        ("kk", "k"), ("ff", "f"), ("bb", "b"), ("dd", "d"), ("gg", "g"),
    ),
    street_words=(("street", "st"), ("road", "rd"), ("avenue", "ave"), ("place", "pl"), ("crescent", "cr")),
)  # fmt: skip
