"""The code printed for scanners: a letter's reference with a check character, and what a scanner reads back.

The check character is ISO/IEC 7064 MOD 37,36 over the letters and digits of the reference: it finds every single wrong
character and nearly every two that changed places. After it a sheet code may have more (sequence, sheet/sheets).
"""

from __future__ import annotations

import re
from functools import lru_cache

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {sign: value for value, sign in enumerate(_SIGNS)}
_SCANNED = re.compile(r"([A-Z0-9-]{2,40})([A-Z0-9])")


@lru_cache(maxsize=4)  # a letter's is wanted for its return code and for each of its sheets
def check_character(reference: str) -> str:
    """The check character of a reference; marks such as '-' do not count. Raises `ValueError` without any sign."""
    values = [_VALUES[sign] for sign in reference.upper() if sign in _VALUES]
    if not values:
        raise ValueError("a reference needs a letter or digit")
    product = 36
    for value in values:
        product = ((product + value) % 36 or 36) * 2 % 37
    return _SIGNS[(37 - product) % 36]


def return_code(reference: str) -> str:
    """The reference as printed for returns: `REFERENCE-C` with its check character."""
    return f"{reference}-{check_character(reference)}"


def scanned_reference(scan: str) -> str | None:
    """The reference in a scanned code, in capitals; None when the check character says that it was read wrong.

    What follows after a space (sequence, sheet) is not part of the reference.
    """
    first = scan.strip().upper().split(" ")[0]
    match = _SCANNED.fullmatch(first)
    if not match or not any(sign in _SIGNS for sign in match[1]):
        return None
    reference = match[1].removesuffix("-")
    return reference if check_character(reference) == match[2] else None
