"""The letter font in a PDF: a subset of it, the glyphs of a text, and the objects that describe it.

Typst embeds the glyphs of one letter. Names need more than that, so pages carry a subset of our own, whose glyphs
HarfBuzz places as Typst does.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import uharfbuzz as hb

from helder.letters.typeset.objects import stream
from helder.letters.typeset.paper import FONTS

ASCII = "".join(map(chr, range(0x20, 0x7F)))
CODES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
DUTCH = ASCII + "ÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜàáâäçèéêëìíîïñòóôöùúûüß’•"
EASTERN = DUTCH + "ĄąĆćČčĐđĘęĞğİıŁłŃńŐőŚśŞşŠšŰűŹźŻżŽžĂăȘșȚț"
NORTHERN = DUTCH + "ĆćČčĐđŠšŽžÃãÅåÆæÐðÕõØøÝýÞþŒœĀāĒēĚěĢģĪīĮįĶķĻļŇňŅņŌōŘřŤťŪūŮůŲųŴŵŶŷĖėĠġĦħ"
_EUROPEAN = (*range(0xA0, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2028))
LATIN = DUTCH + "".join(map(chr, _EUROPEAN)).replace("\u00ad", "") + "€əɨʒʹʺʻʼʾʿˈˊˋˌ"
"""What is stamped. With combining sequences, which Typst sets whole, this covers the Latin letters and signs in names (DIN 91379)."""
REPERTOIRES = (DUTCH, EASTERN, NORTHERN, LATIN)
"""For single letters, which carry only the smallest that has all their characters."""

_NAMES = {False: "NotoSans-Regular", True: "NotoSans-Bold"}
_CACHED_WORDS = 40_000
_NOT_EMBEDDED = ("GPOS", "GSUB", "GDEF", "cmap", "name", "OS/2", "post", "kern", "DSIG")
_BOX = struct.Struct(">4h")


class UnfitError(Exception):
    """A text that cannot be stamped: no glyph, a mark to be placed, too wide, or too many lines. Never says the text."""


class TooWideError(UnfitError):
    """A text that is wider than its place."""


class _Glyph(NamedTuple):
    """A glyph in its place: inside a string, with the kern behind it, and how far it moves on, in units of the font."""

    text: bytes
    advance: int


@dataclass(frozen=True)
class _Subset:
    embedded: bytes
    shaping: bytes
    glyphs: dict[str, int]
    advances: list[int]
    scale: float
    descriptor: str


class Face:
    """One weight of the letter font, cut down to some characters. Texts become arguments of the operator TJ."""

    def __init__(self, characters: Iterable[str], *, bold: bool, tag: str) -> None:
        self.bold = bold
        self._cut = _cut("".join(sorted(set(characters) | {" "})), bold)
        self._name = f"{tag}+{_NAMES[bold]}"
        self._shaper = hb.Font(hb.Face(self._cut.shaping))
        self._words: dict[str, tuple[bytes, float]] = {}
        self._pairs: dict[str, _Glyph] = {}
        self._codes = {character: _code(glyph) for character, glyph in self._cut.glyphs.items()}
        self._space = self._shaped(" ")

    def text(self, text: str, widest: float) -> bytes:
        """The strings and kerns of a text, at most `widest` thousandths of the type size wide. Raises `UnfitError`."""
        words, width = self._words, -self._space[1]
        pieces = []
        for word in text.split(" "):
            shaped = words.get(word)
            if shaped is None:
                shaped = self._remember(word)
            pieces.append(shaped[0])
            width += shaped[1] + self._space[1]
        if width > widest:
            raise TooWideError("too wide")
        return b"(%b)" % self._space[0].join(pieces)

    def code(self, text: str) -> bytes:
        """The string of a reference or code, not kerned: each occurs once, so remembering them would only take room."""
        try:
            return b"(%b)" % b"".join([self._codes[character] for character in text])
        except KeyError:
            raise UnfitError("no glyph") from None

    def glyph(self, character: str) -> int:
        """The number of the glyph of a character. Raises `UnfitError`."""
        try:
            return self._cut.glyphs[character]
        except KeyError:
            raise UnfitError("no glyph") from None

    def _remember(self, word: str) -> tuple[bytes, float]:
        if len(self._words) >= _CACHED_WORDS:
            self._words.clear()
        shaped = self._words[word] = self._shaped(word)
        return shaped

    def _shaped(self, word: str) -> tuple[bytes, float]:
        """The inside of strings with kerns between them, and the width in thousandths of the size.

        The font places a letter by itself and the next one alone, so HarfBuzz is asked for each pair once and not for
        each word: names and streets hardly repeat. What it makes one glyph of, or places by a mark, it is asked whole.
        """
        pairs, glyphs = self._pairs, []
        for start in range(len(word)):
            pair = word[start : start + 2]
            glyph = pairs.get(pair)
            if glyph is None:
                placed = self._placed(pair)
                if len(placed) != len(pair):
                    glyphs = self._placed(word)
                    break
                glyph = pairs[pair] = placed[0]
            glyphs.append(glyph)
        return b"".join([glyph.text for glyph in glyphs]), sum([glyph.advance for glyph in glyphs]) * self._cut.scale

    def _placed(self, text: str) -> list[_Glyph]:
        """The glyphs of a text by HarfBuzz. Raises `UnfitError`."""
        # HarfBuzz shows nothing for what may be left away, such as a soft hyphen: Typst knows when to show it.
        if not self._cut.glyphs.keys() >= set(text):
            raise UnfitError("no glyph")
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if buffer.direction == "rtl":
            raise UnfitError("written from right to left")
        hb.shape(self._shaper, buffer, {"kern": True, "liga": False})
        scale, glyphs = self._cut.scale, []
        for info, position in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True):
            if info.codepoint == 0 or position.x_offset or position.y_offset or position.y_advance:
                raise UnfitError("no glyph, or a mark to be placed")
            kern = self._cut.advances[info.codepoint] - position.x_advance
            moved = f"){round(kern * scale, 2):g}(".encode() if kern else b""
            glyphs.append(_Glyph(_code(info.codepoint) + moved, position.x_advance))
        return glyphs

    def objects(self, number: int) -> dict[int, bytes]:
        """Five PDF objects (Type0 font, CIDFontType2, descriptor, font file, ToUnicode), numbered from `number`."""
        cut, name = self._cut, self._name
        widths = " ".join(f"{round(advance * cut.scale, 3):g}" for advance in cut.advances)
        program, characters = self._deflated
        return {
            number: f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{number + 1} 0 R]"
            f"/ToUnicode {number + 4} 0 R>>".encode(),
            number + 1: f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)"
            f"/Ordering(Identity)/Supplement 0>>/FontDescriptor {number + 2} 0 R/CIDToGIDMap/Identity/DW 1000"
            f"/W[0[{widths}]]>>".encode(),
            number + 2: f"<</Type/FontDescriptor/FontName/{name}/Flags 4{cut.descriptor}"
            f"/FontFile2 {number + 3} 0 R>>".encode(),
            number + 3: stream(b"/Length1 %d/Filter/FlateDecode" % len(cut.embedded), program),
            number + 4: stream(b"/Filter/FlateDecode", characters),
        }

    @cached_property
    def _deflated(self) -> tuple[bytes, bytes]:
        """The font file and its table of characters, which are the same in every file."""
        return zlib.compress(self._cut.embedded, 9), zlib.compress(_to_unicode(self._cut.glyphs), 9)


@dataclass(frozen=True)
class Faces:
    """The two weights of the letter font in a file."""

    regular: Face
    bold: Face

    @classmethod
    def for_print(cls) -> Faces:
        """As print files embed them: once a file, for every name that can be stamped."""
        return cls.of(LATIN, LATIN)

    @classmethod
    def of(cls, regular: str, bold: str) -> Faces:
        """For these characters."""
        return cls(Face(regular, bold=False, tag="HELDRA"), Face(bold, bold=True, tag="HELDRB"))


_ESCAPED = {sign: b"\\" + bytes([sign]) for sign in b"()\\"} | {0x0A: b"\\n", 0x0D: b"\\r"}


def _code(glyph: int) -> bytes:
    """A glyph in a literal string (ISO 32000-1, 7.3.4.2): half as long as in hexadecimal, and faster to deflate."""
    return b"".join(_ESCAPED.get(byte, bytes([byte])) for byte in glyph.to_bytes(2, "big"))


@cache
def _cut(characters: str, bold: bool) -> _Subset:
    face = hb.Face(hb.Blob.from_file_path(str(FONTS / f"{_NAMES[bold]}.ttf")))
    wanted = _wanted(("name", "DSIG"), hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE)
    wanted.unicode_set.update(map(ord, characters))
    features = wanted.layout_feature_tag_set
    features.clear()
    features.update(map(_tag, ("kern", "mark", "mkmk", "ccmp")))
    shaping = hb.subset(face, wanted)
    font = hb.Font(shaping)
    scale = 1000 / shaping.upem
    return _Subset(
        _without_layout(shaping),
        shaping.blob.data,
        {chr(code): font.get_nominal_glyph(code) for code in sorted(shaping.unicodes)},
        [font.get_glyph_h_advance(glyph) for glyph in range(shaping.glyph_count)],
        scale,
        _descriptor(font, scale, bold),
    )


def _without_layout(face: Any) -> bytes:
    """The font as a PDF embeds it: pages tell glyphs by number, in their places."""
    wanted = _wanted(_NOT_EMBEDDED, hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NOTDEF_OUTLINE)
    wanted.glyph_set.update(range(face.glyph_count))
    return bytes(hb.subset(face, wanted).blob.data)


def _wanted(without: Iterable[str], flags: Any) -> Any:
    wanted = hb.SubsetInput()
    wanted.flags = flags
    wanted.drop_table_tag_set.update(map(_tag, without))
    return wanted


def _tag(name: str) -> int:
    """The number of a table or feature (OpenType, Data types: Tag)."""
    return int.from_bytes(name.encode(), "big")


def _descriptor(font: Any, scale: float, bold: bool) -> str:
    metric, head = font.get_metric_position, font.face.reference_table("head").data
    box = " ".join(str(round(v * scale)) for v in _BOX.unpack_from(head, 36))  # OpenType, head: xMin to yMax
    ascent, descent = metric(hb.OTMetricsTag.HORIZONTAL_ASCENDER), metric(hb.OTMetricsTag.HORIZONTAL_DESCENDER)
    return (
        f"/FontBBox[{box}]/ItalicAngle 0/Ascent {round(ascent * scale)}/Descent {round(descent * scale)}"
        f"/CapHeight {round(metric(hb.OTMetricsTag.CAP_HEIGHT) * scale)}/StemV {165 if bold else 94}"
    )


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    """A CMap from glyphs to characters (ISO 32000-1, 9.10.3); of two characters with one glyph the lower one."""
    characters: dict[int, str] = {}
    for character, glyph in glyphs.items():
        if glyph not in characters or ord(character) < ord(characters[glyph]):
            characters[glyph] = character
    entries = sorted(characters.items())
    blocks = []
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines = "".join(f"<{glyph:04x}> <{char.encode('utf-16-be').hex()}>\n" for glyph, char in block)
        blocks.append(f"{len(block)} beginbfchar\n{lines}endbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{''.join(blocks)}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
