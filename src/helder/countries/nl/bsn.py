"""The citizen service number (burgerservicenummer, BSN): nine digits and the 11-test.

Source: Wet algemene bepalingen burgerservicenummer; Logisch Ontwerp BSN, 'elfproef': 9a+8b+7c+6d+5e+4f+3g+2h-i is a
multiple of 11. The test finds every single wrong digit and every pair of neighbours swapped.
"""

from __future__ import annotations

from helder.countries.base import NationalId

LENGTH = 9
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes(number: str) -> bool:
    """Whether nine digits pass the 11-test."""
    if len(number) != LENGTH or not (number.isascii() and number.isdigit()):
        return False
    return int(number) > 0 and sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=True)) % 11 == 0


def _check_sql() -> str:
    """The 11-test over an integer `{n}`."""
    digits = [f"{weight} * ({{n}} // {10 ** (8 - place)} % 10)" for place, weight in enumerate(_WEIGHTS[:-1])]
    return f"({{n}} > 0 AND ({' + '.join(digits)} - {{n}} % 10) % 11 = 0)"


BSN = NationalId(
    length=LENGTH,
    shortest=7,
    check=passes,
    check_sql=_check_sql(),
)
