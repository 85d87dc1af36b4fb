"""The reference and the code of a letter: keyed, saying nothing of the person, without signs that look alike.

Both come from one keyed hash of round and person (BLAKE2b under a sub-key of the case): the same letter has the same
reference when it is made again, and who knows one of the two cannot tell the other.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence

import pyarrow as pa

from helder.domain.letter_reference import ALPHABET, WEIGHTS
from helder.engines.keys import Keys

_SIGNS = 12
_DIGEST = 15  # bytes: 24 signs of 5 bits, half for each


_BITS = {bit: bytes((byte << 8 >> 11 - bit) & 31 for byte in range(256)) for bit in range(-4, 8)}
"""By the bit of a byte at which a sign begins, counted from the left: from the byte to its part of the sign's value."""
_VALUES_TO_SIGNS = ALPHABET.encode() + bytes(224)


def references(keys: Keys, round: str, person_ids: Sequence[str]) -> tuple[pa.Array, pa.Array]:
    """Reference `XXXXXX-XXXXXX-C` and code `XXXX-XXXX-XXXX` of each person's letter in a round; 60 bits each."""
    begun = hashlib.blake2b(round.encode() + b"\0", digest_size=_DIGEST, key=keys.derive("letters of a round"))
    digests = []
    for id in person_ids:
        one = begun.copy()
        one.update(id.encode("utf-8", "surrogatepass"))
        digests.append(one.digest())
    count = len(digests)
    columns = _signs(b"".join(digests), count)
    first, second = columns[:_SIGNS], columns[_SIGNS:]
    check = _check(first, count)
    dash = b"-" * count
    made = _rows([*first[:6], dash, *first[6:], dash, check], count)
    codes = _rows([*second[:4], dash, *second[4:8], dash, *second[8:]], count)
    return made, codes


def _signs(digests: bytes, count: int) -> list[bytes]:
    """The signs of all digests, five bits each from the first (RFC 4648 with our alphabet); a column for each place."""
    bytes_of = [digests[place::_DIGEST] for place in range(_DIGEST)]
    columns = []
    for first in range(0, 8 * _DIGEST, 5):
        byte, bit = divmod(first, 8)
        values = int.from_bytes(bytes_of[byte].translate(_BITS[bit]))
        if bit > 3:  # the rest of the five is in the next byte
            values |= int.from_bytes(bytes_of[byte + 1].translate(_BITS[bit - 8]))
        columns.append(values.to_bytes(count).translate(_VALUES_TO_SIGNS))
    return columns


def _check(columns: Sequence[bytes], count: int) -> bytes:
    """The check signs of all references at once: columns of bytes, added as one long number each."""
    total = 0
    for table, column in zip(WEIGHTS, columns, strict=True):
        total ^= int.from_bytes(column.translate(table))
    return total.to_bytes(count).translate(_VALUES_TO_SIGNS)


def _rows(columns: Sequence[bytes], count: int) -> pa.Array:
    """Columns of signs as one text a row."""
    width = len(columns)
    buffer = bytearray(width * count)
    for place, column in enumerate(columns):
        buffer[place::width] = column
    ends = array("i", range(0, width * count + 1, width))
    return pa.StringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(buffer))
