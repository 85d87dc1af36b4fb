"""The sealed file format: AES-256-GCM in chunks, read at random; equal bytes for equal content and key.

    file   = header (32 bytes), then records
    header = magic "HELDSEAL", version, log2 of the chunk size, 6 zero bytes, key id (16 bytes)
    record = nonce (12 bytes), ciphertext, tag (16 bytes)

Every record but the last holds one whole chunk. Its associated data are the header, its index, whether it is the last,
and the nonce of the record before it: records can be neither moved, dropped, cut off nor taken from another file. The
nonce is synthetic: the first 96 bits of HMAC-SHA256 over the same associated data and the plaintext, so one nonce never
serves two plaintexts.
See docs/adr/0001-sealed-files.md for why, and for what it gives away.
"""

from __future__ import annotations

import hmac
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from helder.domain.errors import KeyFileError, StorageError
from helder.engines.keys import Keys

MAGIC = b"HELDSEAL"
VERSION = 1
CHUNK_LOG2 = 18
_HEADER = struct.Struct("<8sBB6x16s")
HEADER_BYTES = _HEADER.size
NONCE_BYTES = 12
OVERHEAD = NONCE_BYTES + 16
FIRST = bytes(NONCE_BYTES)
_PLACE = struct.Struct("<QB12s")
_RECOMPUTE = "Remove the result and run again: it is computed anew from the sources."


def damaged(where: str, why: str) -> StorageError:
    """The one error for a sealed file that is not what was written."""
    return StorageError(f"A sealed file is damaged: {why}.", where=where, do=_RECOMPUTE)


@dataclass(frozen=True)
class Layout:
    """Where the chunks of a sealed file of `size` bytes lie."""

    chunk: int
    chunks: int
    plain: int

    @classmethod
    def of(cls, chunk: int, size: int, where: str) -> Layout:
        """The layout that a file of this size must have; raises `StorageError` when there is none."""
        body = size - HEADER_BYTES
        chunks = -(-body // (chunk + OVERHEAD))
        plain = body - chunks * OVERHEAD
        tail = body - (chunks - 1) * (chunk + OVERHEAD) - OVERHEAD
        if chunks < 1 or tail < (0 if chunks == 1 else 1):
            raise damaged(where, "it is cut short")
        return cls(chunk, chunks, plain)

    def span(self, index: int) -> tuple[int, int]:
        """Offset and length, in the file, of record `index`."""
        offset = HEADER_BYTES + index * (self.chunk + OVERHEAD)
        last = index == self.chunks - 1
        return offset, (self.plain - index * self.chunk if last else self.chunk) + OVERHEAD


def place_of(header: bytes, index: int, last: bool, before: bytes) -> bytes:
    """The associated data of a record."""
    return header + _PLACE.pack(index, last, before)


class Sealer:
    """Seals and opens the records of files under one key. Used by several threads at once."""

    def __init__(self, keys: Keys, chunk_log2: int = CHUNK_LOG2) -> None:
        self._cipher = AESGCM(keys.derive("seal"))
        self._nonce_key = keys.derive("seal nonce")
        self._key_id = keys.key_id
        self.chunk = 1 << chunk_log2
        self.header = _HEADER.pack(MAGIC, VERSION, chunk_log2, keys.key_id)

    def seal(self, index: int, last: bool, before: bytes, plain: bytes | bytearray) -> bytes:
        """One record, after one with the nonce `before` (for the first: `FIRST`)."""
        place = place_of(self.header, index, last, before)
        mac = hmac.new(self._nonce_key, place, "sha256")
        mac.update(plain)
        nonce = mac.digest()[:NONCE_BYTES]
        return nonce + self._cipher.encrypt(nonce, plain, place)

    def open(self, place: bytes, record: bytes, where: str) -> bytes:
        """The plaintext of one record; raises `StorageError` unless it is what was sealed at this place."""
        try:
            return self._cipher.decrypt(record[:NONCE_BYTES], memoryview(record)[NONCE_BYTES:], place)
        except (InvalidTag, ValueError):
            raise damaged(where, "a part of it is not what was written, or it is cut short") from None

    def check_header(self, header: bytes, where: str) -> int:
        """The chunk size of a file with this header; raises `KeyFileError` when another key sealed it."""
        if len(header) < HEADER_BYTES or not is_sealed(header):
            raise damaged(where, "it does not begin as a sealed file")
        _, version, chunk_log2, key_id = _HEADER.unpack(header)
        if version != VERSION or not 8 <= chunk_log2 <= 24:
            raise damaged(where, "it has a version that this program does not know")
        if not hmac.compare_digest(key_id, self._key_id):
            raise KeyFileError(
                "The key does not open this file: it was sealed with another key.",
                where=where,
                do="Use the key with which the case was run.",
            )
        return 1 << int(chunk_log2)


def is_sealed(start: bytes) -> bool:
    """Whether a file that begins with these bytes is a sealed one."""
    return start.startswith(MAGIC)
