"""QR codes by table look-up: at a fixed version and mask a symbol is an affine function over GF(2) of its data bits.

A symbol is data bits and the check bits of a Reed-Solomon code, which is linear, XOR a mask and function patterns,
which are constant (ISO/IEC 18004:2015, clauses 7.3 to 7.8). So a symbol is that of a base text XOR one table entry for
each pair of characters. The tables are built from symbols that segno makes, which is also the oracle of the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import segno
from numpy.typing import NDArray

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_INDEX = {character: number for number, character in enumerate(ALPHANUMERIC)}
_MASK = 2
QUIET = 4
"""Modules of white around a symbol (ISO/IEC 18004, clause 9.1)."""

Bits = NDArray[np.uint8]


@dataclass(frozen=True)
class Symbol:
    """One symbol: `width` modules a side, its rows packed into bytes, the highest bit first, 1 is dark."""

    width: int
    packed: bytes

    def rows(self) -> list[list[bool]]:
        """The modules, row by row."""
        a_row = -(-self.width // 8)
        bits = np.unpackbits(np.frombuffer(self.packed, np.uint8).reshape(self.width, a_row), axis=1)
        return [[bool(bit) for bit in row[: self.width]] for row in bits]


class QrTable:
    """Symbols of `prefix` followed by `length` characters, all of the alphanumeric mode; error correction level M."""

    def __init__(self, prefix: str, length: int) -> None:
        self.prefix = prefix
        self.length = length
        probe = segno.make(prefix + "0" * length, error="m", mode="alphanumeric", boost_error=False, micro=False)
        assert isinstance(probe.version, int)
        self.version = probe.version
        self.width = 17 + 4 * self.version

    def symbols(self, texts: Sequence[str]) -> NDArray[np.uint8]:
        """One row of packed bytes for each text, each text `length` characters. Raises KeyError for other characters."""
        base, tables = self._tables
        codes = self._values(texts)
        out = np.broadcast_to(base, (len(texts), base.size)).copy()
        for pair, table in enumerate(tables):
            out ^= table[codes[:, pair]]
        return out

    def symbol(self, text: str) -> Symbol:
        """One symbol."""
        return Symbol(self.width, self.symbols([text]).tobytes())

    def _values(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """The numbers of the pairs of characters in which something varies."""
        lookup = np.full(128, -1, np.int32)
        for character, number in _INDEX.items():
            lookup[ord(character)] = number
        whole = [self.prefix[self._first :] + text for text in texts]
        if any(len(text) != self._varying for text in whole):
            raise KeyError("a code of another length")
        letters = np.frombuffer("".join(whole).encode("ascii", "replace"), np.uint8).reshape(len(texts), self._varying)
        numbers = lookup[letters]
        if (numbers < 0).any():
            raise KeyError("a character that this mode of QR codes does not have")
        if self._varying % 2:
            lone = numbers[:, -1:]
            return np.concatenate([numbers[:, :-1:2] * 45 + numbers[:, 1::2], lone], axis=1)
        return numbers[:, 0::2] * 45 + numbers[:, 1::2]

    @property
    def _first(self) -> int:
        """Where the first pair that varies begins: pairs are counted from the start of the text."""
        return len(self.prefix) // 2 * 2

    @property
    def _varying(self) -> int:
        return len(self.prefix) + self.length - self._first

    @cached_property
    def _tables(self) -> tuple[Bits, list[Bits]]:
        pairs = -(-self._varying // 2)
        zero = ["00"] * (self._varying // 2) + ["0"] * (self._varying % 2)
        base = self._made(zero)
        tables = []
        for pair in range(pairs):
            two = len(zero[pair]) == 2
            size, width = (45 * 45, 11) if two else (45, 6)
            table = np.zeros((size, base.size), np.uint8)
            values = np.arange(size)
            for bit in range(width):
                value = 1 << bit
                text = ALPHANUMERIC[value // 45] + ALPHANUMERIC[value % 45] if two else ALPHANUMERIC[value]
                flipped = self._made([*zero[:pair], text, *zero[pair + 1 :]]) ^ base
                table[(values >> bit & 1).astype(bool)] ^= flipped
            tables.append(table)
        return base, tables

    def _made(self, varying: Sequence[str]) -> Bits:
        text = self.prefix[: self._first] + "".join(varying)
        made = segno.make(
            text, error="m", version=self.version, mode="alphanumeric", mask=_MASK, boost_error=False, micro=False
        )
        matrix = np.array([[module & 1 for module in row] for row in made.matrix], np.uint8)
        return np.packbits(matrix, axis=1).reshape(-1)
