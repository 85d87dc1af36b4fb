"""What the glyphs of a PDF's fonts stand for, by the fonts' own tables (ISO 32000-1, 9.10)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from helder.letters.typeset.reading import Pdf, Stream, UnreadableError, unhexed
from helder.letters.typeset.writing_order import as_painted

_BETWEEN = "\n"
_GLYPHS, _PRIVATE = 1 << 16, 0x100000
_THRICE = b"\xff\xff\xff"


class Font(NamedTuple):
    """A font: whether its glyphs are bars, and what they stand for.

    `characters` has a code point for each glyph, 0 for one that stands for nothing; glyphs that stand for several
    characters have a private code point, which `several` tells. `between` is a glyph to stand between texts.
    """

    bars: bool
    characters: NDArray[np.uint32]
    several: dict[int, str]
    between: bytes

    def text(self, codes: bytes) -> str:
        """The text of one string's bytes. Raises `UnreadableError` for a glyph that stands for nothing."""
        return self.texts(codes, 1)[0]

    def texts(self, codes: bytes, count: int) -> list[str]:
        """So many texts, which `between` separates, decoded together. Raises `UnreadableError` when one is none."""
        # Beside the byte that separates, half a glyph more in each of two strings could look like none.
        if count > 1 and not self.bars and _THRICE in codes:
            raise UnreadableError("strings that cannot be told apart")
        try:
            glyphs = np.frombuffer(codes, np.uint8 if self.bars else ">u2")
            shown: str = self.characters[glyphs].tobytes().decode("utf-32-le")
        except ValueError:
            raise UnreadableError("a text in an unknown font") from None
        if self.several:
            shown = shown.translate(self.several)
        texts = shown.split(_BETWEEN)
        if len(texts) != count or "\0" in shown:
            raise UnreadableError("a glyph that stands for nothing")
        return texts


class Fonts:
    """The fonts of a resource dictionary. Raises `UnreadableError` for one that does not say what its glyphs are."""

    def __init__(self, pdf: Pdf, resources: dict[str, Any]) -> None:
        self._fonts = {name: pdf.once(font, _font) for name, font in pdf.get(resources.get("Font", {})).items()}

    def __getitem__(self, name: str) -> Font:
        """The font of a name. Raises `UnreadableError`."""
        try:
            return self._fonts[name]
        except KeyError:
            raise UnreadableError("a text in an unknown font") from None

    def bars(self, name: str) -> bool:
        """Whether the glyphs of a font are bars: of one byte each."""
        return name in self._fonts and self._fonts[name].bars


def _font(pdf: Pdf, font: dict[str, Any]) -> Font:
    bars = font.get("Subtype") == "Type3"
    between = b"\xff" if bars else b"\xff\xff"
    characters, several = np.zeros(_GLYPHS, "<u4"), {}
    for glyph, text in _to_unicode(pdf, font).items():
        if len(text) != 1:
            several[_PRIVATE + glyph] = as_painted(text)
        if glyph < _GLYPHS:
            characters[glyph] = ord(text) if len(text) == 1 else _PRIVATE + glyph
    characters[int.from_bytes(between, "big")] = ord(_BETWEEN)
    return Font(bars, characters, several, between)


def _to_unicode(pdf: Pdf, font: dict[str, Any]) -> dict[int, str]:
    stream = pdf.get(font.get("ToUnicode"))
    if not isinstance(stream, Stream):
        raise UnreadableError("a font that does not say what its glyphs stand for")
    text = pdf.decoded(stream)
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.S):
        for code, characters in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = unhexed(characters).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.S):
        for low, high, first in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for code in range(int(low, 16), int(high, 16) + 1):
                found[code] = chr(int(first, 16) + code - int(low, 16))
    return found
