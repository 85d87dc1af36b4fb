"""KIX bars as a font: a glyph for each character, so that a letter holds the characters and not their sixty bars.

A Type 3 font (ISO 32000-1, 9.6.5): its glyphs are drawn once a print file, and say which characters they are.
"""

from __future__ import annotations

from functools import cache

from helder.countries.nl.kix import KIX_CHARACTERS, kix_bars
from helder.letters.typeset.objects import stream

# In mm. KIX: 22 bars an inch, bars of 0.5 mm; a full bar is 5 mm, the middle 1.25 mm.
_PITCH, _BAR, _REACH, _MIDDLE = 25.4 / 22, 0.5, 1.875, 1.25
_MM = 72 / 25.4
_SIZE = 10
"""Of the font in points, so that a unit of its glyphs is a point."""


def bars_shown(text: str, x: float, y: float) -> bytes:
    """Operators that print a KIX code with its lower left corner at x, y in points."""
    return b"0 g BT /K %d Tf 1 0 0 1 %.2f %.2f Tm [(%b)]TJ ET\n" % (_SIZE, x, y, text.encode())


@cache
def font_objects(number: int) -> tuple[bytes, ...]:
    """The font's objects, numbered from `number`: the font itself, its ToUnicode, then its glyphs."""
    first, last = ord(KIX_CHARACTERS[0]), ord(KIX_CHARACTERS[-1])
    procedures = "".join(f"/k{sign} {number + 2 + index} 0 R" for index, sign in enumerate(KIX_CHARACTERS))
    names = "".join(f" {ord(sign)}/k{sign}" for sign in KIX_CHARACTERS)
    widths = " ".join([f"{4 * _PITCH * _MM:.3f}"] * (last - first + 1))
    height = (2 * _REACH + _MIDDLE) * _MM
    font = (
        f"<</Type/Font/Subtype/Type3/FontBBox[0 0 {4 * _PITCH * _MM:.3f} {height:.3f}]"
        f"/FontMatrix[{1 / _SIZE} 0 0 {1 / _SIZE} 0 0]/CharProcs<<{procedures}>>"
        f"/Encoding<</Type/Encoding/Differences[{names}]>>/FirstChar {first}/LastChar {last}/Widths[{widths}]"
        f"/Resources<<>>/ToUnicode {number + 1} 0 R>>"
    )
    return font.encode(), stream(b"", _to_unicode()), *(stream(b"", _glyph(sign)) for sign in KIX_CHARACTERS)


def _glyph(sign: str) -> bytes:
    """The four bars of a character, its lowest point at 0."""
    parts = [f"{4 * _PITCH * _MM:.3f} 0 0 0 {4 * _PITCH * _MM:.3f} {(2 * _REACH + _MIDDLE) * _MM:.3f} d1"]
    for index, (up, down) in enumerate(kix_bars(sign)):
        bottom = 0 if down else _REACH
        top = _MIDDLE + (2 if up else 1) * _REACH
        box = (index * _PITCH, bottom, _BAR, top - bottom)
        parts.append(" ".join(f"{value * _MM:.3f}" for value in box) + " re")
    return " ".join([*parts, "f"]).encode()


def _to_unicode() -> bytes:
    lines = "".join(f"<{ord(sign):02x}> <{ord(sign):04x}>\n" for sign in KIX_CHARACTERS)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /KIX def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{len(KIX_CHARACTERS)} beginbfchar\n{lines}endbfchar\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
