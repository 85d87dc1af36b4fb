"""Takes a page that Typst made apart: what everyone gets as bytes, and the places of the personal lines.

Each text is written again in the letter font's own subset (`face`), at its absolute place, so that pieces can be put
together in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import pikepdf

from helder.letters.typeset.face import Faces, UnfitError
from helder.letters.typeset.paper import PLACE

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_SLOT = re.compile(f"(.*){PLACE}([A-Z0-9]+){PLACE}(.*)")
_PAINT = {"f", "f*", "S", "s", "B", "B*", "n", "b", "b*"}
_PATH = {"m", "l", "c", "v", "y", "h", "re", "w", "d", "J", "j", "M", "W", "W*"}


@dataclass(frozen=True)
class Slot:
    """Where a personal line goes: its name, what stands before and after it in the same line, and how it is set.

    `head` are the operators that set colour, font and place; the code's picture has none, its `box` is x, y, width and
    height in points.
    """

    name: str
    before: str = ""
    after: str = ""
    bold: bool = False
    size: float = 0.0
    head: bytes = b""
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


Piece: TypeAlias = bytes | Slot


@dataclass
class _State:
    ctm: Matrix = _UNIT
    fill: bytes = b"0 g"
    stroke: bytes = b"0 G"


@dataclass
class _Text:
    font: str = ""
    size: float = 0.0
    matrix: Matrix = _UNIT
    broken: bool = False


@dataclass
class _Reader:
    """Walks over the operators of one page."""

    faces: Faces
    fonts: Mapping[str, tuple[Mapping[int, str], bool]]
    tagged: bool
    pieces: list[Piece] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    text: _Text = field(default_factory=_Text)
    path: list[bytes] = field(default_factory=list)

    def put(self, piece: Piece) -> None:
        if isinstance(piece, bytes) and self.pieces and isinstance(self.pieces[-1], bytes):
            self.pieces[-1] += piece + b"\n"
        else:
            self.pieces.append(piece + b"\n" if isinstance(piece, bytes) else piece)

    def take(self, operands: list[Any], operator: str) -> None:
        if operator in _PATH:
            self.path.append(_unparsed(operands, operator))
        elif operator in _PAINT:
            self._paint(_unparsed(operands, operator))
        elif operator in ("TJ", "Tj"):
            self._show(operands[0] if operator == "TJ" else [operands[0]])
        elif operator in ("BDC", "BMC", "EMC"):
            self._mark(operands, operator)
        else:
            self._set(operands, operator)

    def _set(self, operands: list[Any], operator: str) -> None:
        state, text = self.state, self.text
        if operator == "q":
            self.stack.append(replace(state))
        elif operator == "Q":
            self.state = self.stack.pop()
        elif operator == "cm":
            state.ctm = _times(_matrix(operands), state.ctm)
        elif operator in ("scn", "sc", "g", "rg"):
            state.fill = _colour(operands, "g", "rg")
        elif operator in ("SCN", "SC", "G", "RG"):
            state.stroke = _colour(operands, "G", "RG")
        elif operator == "BT":
            self.text = _Text()
        elif operator == "Tf":
            text.font, text.size = str(operands[0]), float(operands[1])
        elif operator == "Tm":
            text.matrix = _matrix(operands)
        elif operator == "Do":
            self._picture()
        elif operator not in ("ET", "Tr", "cs", "CS", "gs", "i", "ri"):
            raise UnfitError(f"the operator {operator}")

    def _mark(self, operands: list[Any], operator: str) -> None:
        if len(operands) == 2 and "/ActualText" in operands[1]:
            raise UnfitError("a text that reads otherwise than it looks")
        if self.tagged:
            self.put(_unparsed(operands, operator))

    def _paint(self, paint: bytes) -> None:
        matrix = b" ".join(_number(v) for v in self.state.ctm)
        inner = b" ".join([*self.path, paint])
        self.put(b"q %b %b %b cm %b Q" % (self.state.fill, self.state.stroke, matrix, inner))
        self.path = []

    def _picture(self) -> None:
        a, _, _, d, x, y = self.state.ctm
        self.put(Slot("QR", box=(x, y, a, d)))

    def _show(self, strings: Iterable[Any]) -> None:
        characters, bold = self.fonts[self.text.font]
        face = self.faces.bold if bold else self.faces.regular
        shown, written = "", b""
        for part in strings:
            if isinstance(part, pikepdf.String | bytes):
                codes = bytes(part)
                run = "".join(characters[codes[n] << 8 | codes[n + 1]] for n in range(0, len(codes), 2))
                shown += run
                written += b"<%b>" % b"".join(b"%04x" % face.glyph(character) for character in run)
            else:
                written += _number(float(part))
        a, b, c, d, x, y = _times(self.text.matrix, self.state.ctm)
        place = b" ".join(_number(v) for v in (a, b, c, d, x, y))
        head = b"%b BT /%b %b Tf %b Tm " % (self.state.fill, b"B" if bold else b"R", _number(self.text.size), place)
        found = _SLOT.fullmatch(shown)
        if found:
            self.put(Slot(found[2], found[1], found[3], bold, self.text.size, head))
        else:
            self.put(head + b"[" + written + b"]TJ ET")


def dissect(page: pikepdf.Page, faces: Faces, *, tagged: bool) -> list[Piece]:
    """The pieces of a page in their order. Raises `UnfitError` when it holds what cannot be written again."""
    fonts = {
        name: (to_unicode(font), "Bold" in str(font.BaseFont)) for name, font in page.Resources.get("/Font", {}).items()
    }
    reader = _Reader(faces, fonts, tagged)
    for instruction in pikepdf.parse_content_stream(page):
        reader.take(list(instruction.operands), str(instruction.operator))
    return reader.pieces


def characters(page: pikepdf.Page) -> Iterator[tuple[bool, str]]:
    """The characters that the fonts of a page show, each with whether it is bold."""
    for font in page.Resources.get("/Font", {}).values():
        bold = "Bold" in str(font.BaseFont)
        yield from ((bold, character) for text in to_unicode(font).values() for character in text)


def to_unicode(font: Any) -> dict[int, str]:
    """What a font's glyphs stand for. Raises `UnfitError` when it is no plain letter font of ours."""
    if "NotoSans-" not in str(font.BaseFont):
        raise UnfitError("another font")
    text = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, char in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[int(code, 16)] = bytes.fromhex(char).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, char in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                found[code] = chr(int(char, 16) + code - int(first, 16))
    return found


def _unparsed(operands: list[Any], operator: str) -> bytes:
    return pikepdf.unparse_content_stream([(operands, pikepdf.Operator(operator))]).replace(b"\n", b" ")


def _colour(operands: list[Any], grey: str, rgb: str) -> bytes:
    return b" ".join(_number(float(v)) for v in operands) + b" " + (grey if len(operands) == 1 else rgb).encode()


def _matrix(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(v) for v in operands)
    return a, b, c, d, e, f


def _times(m: Matrix, n: Matrix) -> Matrix:
    """First m, then n (ISO 32000-1, 8.3.4)."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _number(value: float) -> bytes:
    """At most three decimals: a thousandth of a point, finer than any printer."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return b"0" if text in ("-0", "") else text.encode()
