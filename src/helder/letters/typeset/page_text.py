"""What stands on a page: its texts with their places, its pictures, and the forms that it calls (ISO 32000-1, 9.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from helder.letters.typeset.glyphs import Fonts
from helder.letters.typeset.reading import literal
from helder.letters.typeset.writing_order import as_painted

_DEEP = 32


def _string() -> bytes:
    """A string in parentheses or in hexadecimal. In parentheses it may hold others in pairs (ISO 32000-1, 7.3.4.2): a glyph whose
    number is that of a parenthesis is written as one, and one that stands deeper than `_DEEP` is not found.
    """
    inner = rb"\\."
    for _ in range(_DEEP):
        inner = rb"\\.|\((?:[^()\\]|" + inner + rb")*+\)"
    return rb"\((?:[^()\\]|" + inner + rb")*+\)|<[0-9A-Fa-f\s]*>"


_STRING = _string()
_OPERATION = re.compile(
    rb"/(?P<form>\w+)\s+Do|/(?P<font>\w+)\s+(?P<size>[\d.]+)\s+Tf|(?P<matrix>(?:[-\d.]+\s+){6})(?P<how>Tm|cm)\b"
    rb"|\[(?P<strings>(?:" + _STRING + rb"|[^\]()<])*)\]\s*TJ|(?P<string>" + _STRING + rb")\s*Tj"
    rb"|/ActualText\s*(?P<actual>" + _STRING + rb")[^>]*>>\s*BDC\b|(?P<mark>\bBDC\b|\bBMC\b)|(?P<end>\bEMC\b)"
    rb"|BI/W (?P<width>\d+)/H \d+/IM true/D\[1 0\]/F/AHx ID (?P<bits>[0-9a-f]+)>\nEI|(?P<keep>\bq\b)|(?P<back>\bQ\b)",
    re.S,
)
_ONE = re.compile(_STRING, re.S)
_MARKED = re.compile(r".[\u0300-\u036f]+", re.S)
_UNIT: tuple[float, ...] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Place(NamedTuple):
    """Where a text begins, in points from the lower left corner, and its size."""

    x: float
    y: float
    size: float


class Picture(NamedTuple):
    """A QR code: modules a side and packed rows."""

    width: int
    bits: bytes


@dataclass(eq=False)
class Shown:
    """All that an operators' stream shows."""

    texts: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    """Of each text."""
    pictures: list[Picture] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    bars: list[str] = field(default_factory=list)
    """The characters of bar codes."""

    def add(self, text: str, place: Place) -> None:
        """A text, without the letter before it when it begins with that letter's mark: each glyph then says that it is both."""
        marked, before = _MARKED.match(text), self.texts[-1] if self.texts else ""
        if marked and before.endswith(marked[0]) and abs(self.places[-1].y - place.y) < place.size / 2:
            text = text[marked.end() :]
            if not text:
                return
        self.texts.append(text)
        self.places.append(place)

    def replace(self, actual: str, start: int) -> None:
        """Texts from `start` whose glyphs stand for something together read as that (ISO 32000-1, 14.9.4)."""
        if 0 <= start < len(self.texts):
            self.texts[start:] = [actual]
            del self.places[start + 1 :]


def shown(operators: bytes, fonts: Fonts) -> Shown:
    """What operators show. Raises `UnreadableError`."""
    out, font, size, place = Shown(), "", 0.0, _UNIT
    matrix, kept = _UNIT, []
    marks: list[tuple[str, int]] = []
    for found in _OPERATION.finditer(operators):
        kind = found.lastgroup
        if kind == "size":
            font, size = found["font"].decode(), float(found["size"])
        elif kind == "how":
            numbers = tuple(map(float, found["matrix"].split()))
            if found["how"] == b"Tm":
                place = numbers
            else:
                matrix = _times(numbers, matrix)
        elif kind in ("strings", "string"):
            codes = b"".join([_codes(one) for one in _ONE.findall(found[kind])])
            if codes and fonts[font].bars:
                out.bars.append(fonts[font].text(codes))
            elif codes:
                whole = place if matrix is _UNIT else _times(place, matrix)
                # Where glyphs stand for something together, one of them may stand for nothing by itself.
                said = "" if any(start >= 0 for _, start in marks) else fonts[font].text(codes)
                out.add(said, Place(whole[4], whole[5], size))
        elif kind == "form":
            out.forms.append(found["form"].decode())
        elif kind == "bits":
            out.pictures.append(Picture(int(found["width"]), bytes.fromhex(found["bits"].decode())))
        elif kind == "actual":
            marks.append((as_painted(_utf16(_codes(found["actual"]))), len(out.texts)))
        elif kind == "mark":
            marks.append(("", -1))
        elif kind == "end":
            out.replace(*(marks.pop() if marks else ("", -1)))
        elif kind == "keep":
            kept.append(matrix)
        elif kept:
            matrix = kept.pop()
    return out


def _utf16(string: bytes) -> str:
    return (
        string.removeprefix(b"\xfe\xff").decode("utf-16-be")
        if string.startswith(b"\xfe\xff")
        else string.decode("latin-1")
    )


def _codes(string: bytes) -> bytes:
    return bytes.fromhex(string[1:-1].decode()) if string.startswith(b"<") else literal(string, 1)[0]


def _times(m: tuple[float, ...], n: tuple[float, ...]) -> tuple[float, ...]:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
