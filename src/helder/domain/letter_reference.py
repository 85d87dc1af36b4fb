"""The signs of a letter's reference `XXXXXX-XXXXXX-C`, its check sign, and a reference as somebody types it from paper."""

from __future__ import annotations

from itertools import product

from helder.domain.sheet_code import check_character

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Thirty-two signs: no 0 and O, no 1 and I."""
_SIGNS = 12


def _double(value: int) -> int:
    """Times x in the field of 32 elements (x^5 + x^2 + 1)."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def _weights() -> list[bytes]:
    """For each place a table from sign to its part of the check: the sign's value times x to the power of the place."""
    tables, values = [], list(range(32))
    for _ in range(_SIGNS):
        values = [_double(value) for value in values]
        table = bytearray(256)
        for sign, value in zip(ALPHABET.encode(), values, strict=True):
            table[sign] = value
        tables.append(bytes(table))
    return tables


WEIGHTS = _weights()
"""What each sign adds to the check, by place."""
_SEPARATORS = frozenset(" -._/\u00a0\u2010\u2011\u2012\u2013\u2014")
_LOOK_ALIKE = {"0": "QD", "O": "QD", "1": "L7", "I": "L7"}
"""Signs that no reference has, and what somebody who typed them may have seen."""


def check_sign(signs: str) -> str:
    """The last sign of a reference, over the twelve before it.

    A weighted sum over the field of 32 elements with a different weight for each place: every single wrong sign is
    found, and every two that changed places.
    """
    total = 0
    for place, sign in enumerate(signs.encode()):
        total ^= WEIGHTS[place][sign]
    return ALPHABET[total]


def is_reference(text: str) -> bool:
    """Whether a text has the shape of a reference and its check sign is right."""
    parts = text.split("-")
    if [len(part) for part in parts] != [6, 6, 1] or not set("".join(parts)) <= set(ALPHABET):
        return False
    return check_sign(parts[0] + parts[1]) == parts[2]


def typed_reference(text: str) -> str | None:
    """The reference that somebody typed, with or without the check character of its return code; None when it is none.

    Capitals, spaces and dashes do not matter. A sign that no reference has is read as one that looks like it, when the
    checks leave only one.
    """
    signs = "".join(sign for sign in text.upper() if sign not in _SEPARATORS)
    if len(signs) not in (_SIGNS + 1, _SIGNS + 2) or not signs.isascii() or not signs.isalnum():
        return None
    read = product(*(_LOOK_ALIKE.get(sign, sign) for sign in signs[: _SIGNS + 1]))
    found = {one for one in map(_parted, read) if is_reference(one) and _closes(one, signs[_SIGNS + 1 :])}
    return found.pop() if len(found) == 1 else None


def _parted(signs: tuple[str, ...]) -> str:
    text = "".join(signs)
    return f"{text[:6]}-{text[6:_SIGNS]}-{text[_SIGNS:]}"


def _closes(reference: str, check: str) -> bool:
    """Whether this is the check character of its return code, in which O and 0, I and 1 do occur."""
    same = str.maketrans("OI", "01")
    return not check or check_character(reference).translate(same) == check.translate(same)
