"""PostNL's KIX, a bar code of four heights from postcode and house number (PostNL, "KIX code").

Each character is four bars, of which two go up and two go down, as in Royal Mail's 4-state code but without start, stop
and check character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

KIX_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HALVES = ("0011", "0101", "0110", "1001", "1010", "1100")
_POSTCODE = re.compile(r"(\d{4}) ?([A-Z]{2})  ?\S")
_HOUSE = re.compile(r"\D+ (\d{1,5})(?:[ -]?([A-Za-z][A-Za-z ]{0,5}))?")


def kix_text(lines: Sequence[str]) -> str:
    """The characters of an address as printed; empty when it has none or when its house number is not plain.

    A line with two numbers (a street named after a year, a floor) is left without: a wrong code delays more than none.
    """
    if len(lines) < 2:
        return ""
    postcode, house = _POSTCODE.match(lines[-1]), _HOUSE.fullmatch(lines[-2])
    if not postcode or not house:
        return ""
    addition = "".join((house[2] or "").upper().split())
    return f"{postcode[1]}{postcode[2]}{house[1]}" + (f"X{addition}" if addition else "")


def kix_bars(text: str) -> list[tuple[bool, bool]]:
    """The bars of a text: whether each goes up and whether it goes down; all have a short middle."""
    bars = []
    for character in text:
        upper, lower = divmod(KIX_CHARACTERS.index(character), 6)
        bars += [(up == "1", down == "1") for up, down in zip(_HALVES[upper], _HALVES[lower], strict=True)]
    return bars
