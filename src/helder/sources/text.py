"""Text files of any encoding as blocks of text: the encoding sniffed, bytes that do not fit it marked, never guessed.

The encoding is told by a byte-order mark, else by looking at the places all over the file that are not ASCII: a file
that is plain for its first gigabyte may still hold a single 'é'.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

from helder.domain.errors import SourceError
from helder.sources.eightbit import eight_bit, words
from helder.sources.stream import Doubt

DAMAGE = "\udcff"
"""Stands in decoded text for bytes that are not of the file's encoding; no codec ever produces it."""

_BLOCK = 2 << 20
_PIECES, _PIECE = 64, 2048
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = {"utf-32-le": "x000", "utf-32-be": "000x", "utf-16-le": "x0x0", "utf-16-be": "0x0x"}
_NOT_TEXT = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"})
_INNER = bytes(range(0x80, 0xC0))  # bytes that UTF-8 has only inside a character
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


def _mark_damage(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return DAMAGE, error.end


codecs.register_error("helder.damage", _mark_damage)


def known_encoding(name: str, where: str) -> str:
    """The codec's own name for an encoding that the case names; `SourceError` when there is no such encoding."""
    try:
        codec = codecs.lookup(name)
    except LookupError:
        codec = None
    if codec is None or not codec._is_text_encoding or codec.name in _NOT_TEXT:
        near = get_close_matches(name.lower(), ["utf-8", "utf-16", "cp1252", "latin-1", "cp850", "mac-roman"], n=1)
        hint = f"Did you mean '{near[0]}'?" if near else "Use a name such as utf-8, utf-16 or cp1252."
        raise SourceError(f"There is no encoding '{name}'.", where=where, do=hint)
    return codec.name


def sniff_encoding(path: Path) -> tuple[str, tuple[Doubt, ...]]:
    """The encoding of a text file, and what its bytes do not tell of it.

    By its mark, by its zero bytes (UTF-16, UTF-32), by what is not ASCII; plain is UTF-8.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        for mark, name in _MARKS:
            if head.startswith(mark):
                return name, ()
        if wide := _wide(head):
            return wide, ()
        file.seek(0)
        pieces = _odd_pieces(file)
        if not pieces:
            return "utf-8", ()
        good, damaged = _utf8_signs(pieces)
        if good > damaged:
            return "utf-8", ()
        file.seek(0)
        return eight_bit(words(file))


def _wide(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: which of every four bytes are zero, as they are in Western text."""
    quarter = len(head) // 4
    if quarter < 2:
        return ""
    zeros = [head[at::4].count(0) > quarter * 0.4 for at in range(4)]
    few = [head[at::4].count(0) < quarter * 0.05 for at in range(4)]
    for name, shape in _WIDE.items():
        if all(zeros[at] if sign == "0" else few[at] for at, sign in enumerate(shape)):
            return name
    return ""


def _odd_pieces(file: BinaryIO) -> list[bytes]:
    """Pieces around bytes that are not ASCII, spread over the file."""
    pieces: list[bytes] = []
    while len(pieces) < _PIECES and (block := file.read(_BLOCK)):
        if block.isascii():
            continue
        position = 0
        for _ in range(8):  # not all from one block: the next ones may tell more
            if not (found := _NOT_ASCII.search(block, position)):
                break
            line = block.rfind(b"\n", max(0, found.start() - _PIECE), found.start()) + 1
            position = found.start() + _PIECE
            pieces.append(block[line:position] if line else block[found.start() : position].lstrip(_INNER))
    return pieces


def _utf8_signs(pieces: list[bytes]) -> tuple[int, int]:
    """How many characters beyond ASCII the pieces hold when read as UTF-8, and how many places do not fit it."""
    good = damaged = 0
    for piece in pieces:
        text = codecs.getincrementaldecoder("utf-8")("helder.damage").decode(piece)  # a cut last character is no damage
        bad = text.count(DAMAGE)
        damaged += bad
        good += sum(not char.isascii() for char in text) - bad
    return good, damaged


def blocks(path: Path, encoding: str, size: int = _BLOCK) -> Iterator[tuple[str, int, bool]]:
    """The text of a file in blocks of about `size` bytes, how many bytes have been read, and whether that was all.

    Bytes that do not fit the encoding are marked `DAMAGE`; a byte-order mark at the beginning is left out.
    """
    decoder = codecs.getincrementaldecoder(encoding)("helder.damage")
    done = 0
    with path.open("rb") as file:
        while True:
            data = file.read(size)
            text = decoder.decode(data, final=not data)
            yield text if done else text.removeprefix("\ufeff"), done + len(data), not data
            done += len(data)
            if not data:
                return
