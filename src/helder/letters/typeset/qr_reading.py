"""Reads QR codes back from their modules, many at a time (ISO/IEC 18004:2015, clauses 7.3 to 7.9).

Shares nothing with the tables that made them: function patterns are compared with segno's, codewords must be words of
the Reed-Solomon code (all syndromes zero, so nothing needs correcting), and the data bits are decoded.
Versions 1 to 3 at level M, which have one block.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import segno
from numpy.typing import NDArray

_CHARACTERS = np.array(list("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
_DATA = {1: (16, 10), 2: (28, 16), 3: (44, 26)}
_MASK = 2
_MODE = 0b0010

Modules = NDArray[np.bool_]


class _Plan(NamedTuple):
    fixed: Modules
    pattern: Modules
    order: NDArray[np.intp]
    flips: Modules
    data: int
    check: int


def read_symbols(width: int, packed: NDArray[np.uint8]) -> list[str]:
    """The text of each symbol of so many modules; empty when it is not perfect. `packed`: symbols × bytes."""
    if width not in (17 + 4 * version for version in _DATA):
        return [""] * len(packed)
    plan = _plan((width - 17) // 4)
    rows = packed.reshape(len(packed), width, -1)
    modules = np.unpackbits(rows, axis=2)[:, :, :width].astype(bool).reshape(len(packed), -1)
    good = (modules[:, plan.fixed.reshape(-1)] == plan.pattern).all(axis=1)
    bits = modules[:, plan.order] ^ plan.flips
    words = np.packbits(bits[:, : 8 * (plan.data + plan.check)], axis=1)
    good &= _is_word(words, plan.check)
    return [text if fine else "" for text, fine in zip(_texts(bits), good.tolist(), strict=True)]


@cache
def _plan(version: int) -> _Plan:
    width = 17 + 4 * version
    fixed = np.zeros((width, width), bool)
    fixed[:9, :9] = fixed[:9, -8:] = fixed[-8:, :9] = True
    fixed[6, :] = fixed[:, 6] = True
    if version > 1:
        fixed[width - 9 : width - 4, width - 9 : width - 4] = True
    sample = segno.make(
        "0", error="m", version=version, mode="alphanumeric", mask=_MASK, boost_error=False, micro=False
    )
    pattern = np.array([[module & 1 for module in row] for row in sample.matrix], bool)[fixed]
    places = [(y, x) for y, x in _zigzag(width) if not fixed[y, x]]
    order = np.array([y * width + x for y, x in places])
    flips = np.array([x % 3 == 0 for _, x in places])
    return _Plan(fixed, pattern, order, flips, *_DATA[version])


def _zigzag(width: int) -> list[tuple[int, int]]:
    """The order in which modules are filled: two columns at a time from the right, up and down by turns."""
    places = []
    rights = [*range(width - 1, 6, -2), 5, 3, 1]
    for turn, right in enumerate(rights):
        ys = range(width - 1, -1, -1) if turn % 2 == 0 else range(width)
        places += [(y, x) for y in ys for x in (right, right - 1)]
    return places


def _is_word(words: NDArray[np.uint8], check: int) -> Modules:
    """Whether codewords are words of the code: zero at each root of its generator (GF(256), polynomial 0x11D)."""
    exponent, logarithm = _field()
    length = words.shape[1]
    good = np.ones(len(words), bool)
    for root in range(check):
        powers = np.array([root * (length - 1 - position) % 255 for position in range(length)])
        terms = np.where(words == 0, 0, exponent[(logarithm[words] + powers) % 255])
        good &= np.bitwise_xor.reduce(terms, axis=1) == 0
    return good


@cache
def _field() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    exponent, logarithm, value = np.zeros(255, np.int64), np.zeros(256, np.int64), 1
    for power in range(255):
        exponent[power], logarithm[value] = value, power
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return exponent, logarithm


def _texts(bits: Modules) -> list[str]:
    """The texts of symbols whose one segment is alphanumeric; empty for others."""
    mode, counts = _numbers(bits, 0, 4), _numbers(bits, 4, 9)
    count = int(counts[0]) if len(counts) else 0
    if 13 + count // 2 * 11 + count % 2 * 6 > bits.shape[1]:
        return [""] * len(bits)
    columns, place = [], 13
    for _ in range(count // 2):
        pair = np.minimum(_numbers(bits, place, 11), 45 * 45 - 1)
        columns += [pair // 45, pair % 45]
        place += 11
    if count % 2:
        columns.append(np.minimum(_numbers(bits, place, 6), 44))
    right = (mode == _MODE) & (counts == count)
    letters = _CHARACTERS[np.stack(columns, axis=1)] if columns else np.empty((len(bits), 0), str)
    return ["".join(row) if fine else "" for row, fine in zip(letters.tolist(), right.tolist(), strict=True)]


def _numbers(bits: Modules, start: int, width: int) -> NDArray[np.int64]:
    value = np.zeros(len(bits), np.int64)
    for position in range(start, start + width):
        value = value << 1 | bits[:, position]
    return value
