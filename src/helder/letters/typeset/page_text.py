"""What stands on a page: its texts with their places, its pictures, and the forms that it calls (ISO 32000-1, 9.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from helder.letters.typeset.reading import Pdf, Stream, UnreadableError, literal, unhexed

Characters = Mapping[int, str]
_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|<[0-9A-Fa-f\s]*>"
_OPERATION = re.compile(
    rb"/(?P<form>\w+)\s+Do|/(?P<font>\w+)\s+(?P<size>[\d.]+)\s+Tf|(?P<matrix>(?:[-\d.]+\s+){6})(?P<how>Tm|cm)\b"
    rb"|\[(?P<strings>(?:" + _STRING + rb"|[^\]()<])*)\]\s*TJ|(?P<string>" + _STRING + rb")\s*Tj"
    rb"|/ActualText\s*(?P<actual>" + _STRING + rb")[^>]*>>\s*BDC\b|(?P<mark>\bBDC\b|\bBMC\b)|(?P<end>\bEMC\b)"
    rb"|BI/W (?P<width>\d+)/H \d+/IM true/D\[1 0\]/F/AHx ID (?P<bits>[0-9a-f]+)>\nEI|(?P<keep>\bq\b)|(?P<back>\bQ\b)",
    re.S,
)
# The lines of which a stamped page consists. Whatever else stands there sends the page the slow way.
_INNER = rb"(?:[^()\\]++|\\[()\\nr])*+"
_FORM = re.compile(rb"/(\w+) Do")
_LINE = re.compile(
    rb"0 g BT /(\w+) ([\d.]+) Tf 1 0 0 1 ([\d.]+) ([\d.]+) Tm \[((?:\(" + _INNER + rb"\)(?:-?[\d.]+(?=\())?)*)\]TJ ET"
)
_SYMBOL = re.compile(rb"q 0 g -?[\d.]+(?: -?[\d.]+){5} cm BI/W (\d+)/H \d+/IM true/D\[1 0\]/F/AHx ID ([0-9a-f]+)>")
_KERN = re.compile(rb"\)(?:-?[\d.]+)?\(")
_ESCAPE = re.compile(rb"\\(.)")
_ENDS = {b"n": b"\n", b"r": b"\r"}
_ONE = re.compile(_STRING, re.S)
_UNIT: tuple[float, ...] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Text(NamedTuple):
    """A text shown at a place, in points from the lower left corner."""

    text: str
    x: float
    y: float
    size: float


# Millions are made: by position, without a call of Python's own.
_made: Callable[[tuple[str, float, float, float]], Text] = partial(tuple.__new__, Text)


class Picture(NamedTuple):
    """A QR code: modules a side and packed rows."""

    width: int
    bits: bytes


@dataclass
class Shown:
    """All that an operators' stream shows."""

    texts: list[Text] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    bars: list[str] = field(default_factory=list)
    """The characters of bar codes."""


class Fonts:
    """What the glyphs of a resource dictionary's fonts stand for."""

    def __init__(self, pdf: Pdf, resources: dict[str, Any]) -> None:
        self._fonts = {name: pdf.once(font, _font) for name, font in pdf.get(resources.get("Font", {})).items()}

    def bars(self, font: str) -> bool:
        """Whether the glyphs of a font are bars: of one byte each."""
        return font in self._fonts and self._fonts[font].bars

    def texts(self, font: str, strings: Sequence[bytes]) -> list[str]:
        """The texts of literal strings as they stand in an array of TJ, all at once. Raises `UnreadableError`."""
        known = self._known(font)
        return known.texts(_unescaped(_KERN.sub(b"", known.between.join([one[1:-1] for one in strings]))), len(strings))

    def text(self, font: str, codes: bytes) -> str:
        """The text of one string's bytes. Raises `UnreadableError`."""
        return self._known(font).texts(codes, 1)[0]

    def _known(self, font: str) -> _Font:
        try:
            return self._fonts[font]
        except KeyError:
            raise UnreadableError("a text in an unknown font") from None


_BETWEEN = "\n"


class _Font(NamedTuple):
    """A font: whether its glyphs are bars, what they stand for, and a glyph it does not have, to stand between texts."""

    bars: bool
    characters: Characters
    between: bytes

    def texts(self, codes: bytes, count: int) -> list[str]:
        """So many texts. Raises `UnreadableError` for a glyph that stands for nothing."""
        try:
            shown = codes.decode("latin-1" if self.bars else "utf-16-be").translate(self.characters)
        except UnicodeDecodeError:
            raise UnreadableError("a text in an unknown font") from None
        texts = shown.split(_BETWEEN)
        if len(texts) != count or "\0" in shown:
            raise UnreadableError("a glyph that stands for nothing")
        return texts


def _font(pdf: Pdf, font: dict[str, Any]) -> _Font:
    bars = font.get("Subtype") == "Type3"
    between = b"\xff" if bars else b"\xff\xff"
    characters = _to_unicode(pdf, font)
    characters[int.from_bytes(between, "big")] = _BETWEEN
    return _Font(bars, characters, between)


class _Nothing(dict[int, str]):
    """A glyph that is not in the font's table becomes a zero, which no text has."""

    def __missing__(self, key: int) -> str:
        return "\0"


def _to_unicode(pdf: Pdf, font: dict[str, Any]) -> dict[int, str]:
    stream = pdf.get(font.get("ToUnicode"))
    if not isinstance(stream, Stream):
        raise UnreadableError("a font that does not say what its glyphs stand for")
    text = pdf.decoded(stream)
    found = _Nothing()
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.S):
        for code, characters in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = unhexed(characters).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.S):
        for low, high, first in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for code in range(int(low, 16), int(high, 16) + 1):
                found[code] = chr(int(first, 16) + code - int(low, 16))
    return found


def shown(operators: bytes, fonts: Fonts) -> Shown:
    """What operators show. Raises `UnreadableError`."""
    return _stamped(operators, fonts) or _any(operators, fonts)


def _stamped(operators: bytes, fonts: Fonts) -> Shown | None:
    """What a stamped page shows; None when a line is not one of those that stamping writes."""
    out = Shown()
    # What stands between the lines, then of each line the font, its size, the place and the strings.
    parts = _LINE.split(operators)
    for line in b"\n".join(parts[::6]).split(b"\n"):
        if not line or line == b"EI Q":
            continue
        if found := _FORM.fullmatch(line):
            out.forms.append(found[1].decode())
        elif found := _SYMBOL.fullmatch(line):
            out.pictures.append(Picture(int(found[1]), bytes.fromhex(found[2].decode())))
        else:
            return None
    lines = list(zip(*(parts[place::6] for place in range(1, 6)), strict=True))
    for name in sorted(set(parts[1::6])):
        own = [line for line in lines if line[0] == name]
        texts = fonts.texts(name.decode(), [line[4] for line in own])
        if fonts.bars(name.decode()):
            out.bars += texts
        else:
            out.texts += [
                _made((text, float(x), float(y), float(size)))
                for text, (_, size, x, y, _) in zip(texts, own, strict=True)
                if text
            ]
    return out


def _unescaped(inside: bytes) -> bytes:
    """The bytes of literal strings with the escapes of a stamped line (ISO 32000-1, 7.3.4.2)."""
    if b"\\" not in inside:
        return inside
    if b"\\\\" in inside:
        return _ESCAPE.sub(lambda found: _ENDS.get(found[1], found[1]), inside)
    return inside.replace(b"\\(", b"(").replace(b"\\)", b")").replace(b"\\n", b"\n").replace(b"\\r", b"\r")


def _any(operators: bytes, fonts: Fonts) -> Shown:
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
            if codes and fonts.bars(font):
                out.bars.append(fonts.text(font, codes))
            elif codes:
                whole = place if matrix is _UNIT else _times(place, matrix)
                # Where glyphs stand for something together, one of them may stand for nothing by itself.
                said = "" if any(start >= 0 for _, start in marks) else fonts.text(font, codes)
                text = Text(said, whole[4], whole[5], size)
                if not out.texts or (text := _but_for_a_mark(out.texts[-1], text)).text or not said:
                    out.texts.append(text)
        elif kind == "form":
            out.forms.append(found["form"].decode())
        elif kind == "bits":
            out.pictures.append(Picture(int(found["width"]), bytes.fromhex(found["bits"].decode())))
        elif kind == "actual":
            marks.append((_utf16(_codes(found["actual"])), len(out.texts)))
        elif kind == "mark":
            marks.append(("", -1))
        elif kind == "end":
            _replace(out.texts, *(marks.pop() if marks else ("", -1)))
        elif kind == "keep":
            kept.append(matrix)
        elif kept:
            matrix = kept.pop()
    return out


_MARKED = re.compile(r".[\u0300-\u036f]+", re.S)


def _but_for_a_mark(before: Text, text: Text) -> Text:
    """A text without the letter before it, when it begins with that letter's mark: each glyph then says that it is both."""
    marked = _MARKED.match(text.text)
    if marked and before.text.endswith(marked[0]) and abs(before.y - text.y) < text.size / 2:
        return text._replace(text=text.text[marked.end() :])
    return text


def _replace(texts: list[Text], actual: str, start: int) -> None:
    """Texts whose glyphs stand for something together read as that (ISO 32000-1, 14.9.4)."""
    if 0 <= start < len(texts):
        texts[start:] = [texts[start]._replace(text=actual)]


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
