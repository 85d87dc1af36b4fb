"""What stamped pages show, hundreds of them at once: a country has millions, and Python's time goes into calls.

A page whose operators are not all of the few kinds that stamping writes is read as any other page is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from helder.letters.typeset.glyphs import Fonts
from helder.letters.typeset.page_text import Picture, Place, Shown, shown
from helder.letters.typeset.reading import UnreadableError

# A line of text is a head, strings in brackets with kerns between them, and an end; heads are few.
_OPEN, _END = b"[(", b")]TJ ET"
_BEFORE_END = -len(_END)
_HEAD = re.compile(rb"0 g BT /(\w+) (\d+\.?\d*) Tf 1 0 0 1 (\d+\.?\d*) (\d+\.?\d*) Tm ")
_KERN = re.compile(rb"\)(?<!\\\))-?[\d.]*+\(")
_FORM = re.compile(rb"/(\w+) Do")
_SYMBOL = re.compile(rb"q 0 g -?[\d.]+(?: -?[\d.]+){5} cm BI/W (\d+)/H \d+/IM true/D\[1 0\]/F/AHx ID ([0-9a-f]++)>")
_ESCAPES = {b"\\(": b"(", b"\\)": b")", b"\\n": b"\n", b"\\r": b"\r"}


class _Head(NamedTuple):
    """What stands before the strings of a line; `strings` are those of all lines in that font, in their order."""

    font: str
    place: Place
    strings: list[bytes]


def shown_each(pages: Sequence[bytes], fonts: Fonts) -> list[Shown | None]:
    """What each of these pages with the same fonts shows; None for one that cannot be read."""
    strings: dict[str, list[bytes]] = {}
    heads: dict[bytes, _Head | None] = {}
    read = [_lines(page, heads, strings) for page in pages]
    texts = {font: iter(_texts(fonts, font, own)) for font, own in strings.items()}
    bars = {font for font in strings if fonts.bars(font)}
    out = []
    for operators, (page, lines) in zip(pages, read, strict=True):
        stamped = _fill(page, [(next(texts[head.font]), head) for head in lines], bars)
        out.append(stamped or _any(operators, fonts))
    return out


def _lines(
    operators: bytes, heads: dict[bytes, _Head | None], strings: dict[str, list[bytes]]
) -> tuple[Shown | None, list[_Head]]:
    """What a page shows beside texts, None when that is not what stamping writes; its lines, their strings put aside."""
    page, lines = Shown(), []
    good = True
    for line in operators.split(b"\n"):
        start, _, inside = line.partition(_OPEN)
        if inside.endswith(_END):
            if start not in heads:
                heads[start] = _head(start, strings)
            head = heads[start]
            if head:
                lines.append(head)
                head.strings.append(inside[:_BEFORE_END])
            else:
                good = False
        elif line and line != b"EI Q":
            good = good and _beside(line, page)
    return (page if good else None), lines


def _beside(line: bytes, page: Shown) -> bool:
    """Put a call of a form or a symbol on a page; False when the line is neither."""
    if found := _FORM.fullmatch(line):
        page.forms.append(found[1].decode())
    elif (found := _SYMBOL.fullmatch(line)) and len(found[2]) % 2 == 0:
        page.pictures.append(Picture(int(found[1]), bytes.fromhex(found[2].decode())))
    else:
        return False
    return True


def _head(start: bytes, strings: dict[str, list[bytes]]) -> _Head | None:
    found = _HEAD.fullmatch(start)
    if found is None:
        return None
    font = found[1].decode()
    return _Head(font, Place(float(found[3]), float(found[4]), float(found[2])), strings.setdefault(font, []))


def _texts(fonts: Fonts, font: str, strings: Sequence[bytes]) -> list[str] | list[str | None]:
    """The texts of strings in one font, decoded together; if that cannot be, each by itself, and None for what is none."""
    try:
        return fonts[font].texts(_meant(fonts[font].between.join(strings)), len(strings))
    except UnreadableError:
        return [_text(fonts, font, one) for one in strings]


def _text(fonts: Fonts, font: str, string: bytes) -> str | None:
    try:
        return fonts[font].texts(_meant(string), 1)[0]
    except UnreadableError:
        return None


def _meant(inside: bytes) -> bytes:
    """The bytes of strings without kerns and escapes (ISO 32000-1, 7.3.4.2). Raises `UnreadableError` for others."""
    parts = []
    # Behind the split every backslash that is left begins an escape of its own.
    for part in inside.split(b"\\\\"):
        plain = _KERN.sub(b"", part)
        if b"(" in plain or b")" in plain or b"\\" in plain:
            counts = [plain.count(escape) for escape in _ESCAPES]
            if [plain.count(sign) for sign in (b"(", b")", b"\\")] != [*counts[:2], sum(counts)]:
                raise UnreadableError("a string that is not as stamping writes it")
            for escape, meant in _ESCAPES.items():
                plain = plain.replace(escape, meant)
        parts.append(plain)
    return b"\\".join(parts)


def _fill(page: Shown | None, lines: Sequence[tuple[str | None, _Head]], bars: set[str]) -> Shown | None:
    """A page with its lines; None when one of them is no text."""
    if page is None:
        return None
    for text, head in lines:
        if text is None:
            return None
        if head.font in bars:
            page.bars.append(text)
        elif text:
            page.texts.append(text)
            page.places.append(head.place)
    return page


def _any(operators: bytes, fonts: Fonts) -> Shown | None:
    try:
        return shown(operators, fonts)
    except (UnreadableError, ValueError):
        return None
