"""One person's lines written into the pages of a variant."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import NamedTuple

from helder.letters.typeset.composing import ADDRESS_LINES
from helder.letters.typeset.dissecting import Piece, Slot
from helder.letters.typeset.face import Face, Faces, UnfitError
from helder.letters.typeset.paper import Paper
from helder.letters.typeset.qr import QUIET

POINTS = 72 / 25.4
"""Points in a millimetre."""
PAGE_HEIGHT = 841.89
BODY_MM = 163.0
"""Width of the running text, as in letter.typ."""
_INSET_MM = 8.0
_END = b"]TJ ET\n"


class Kind(NamedTuple):
    """Letters whose pages differ in nothing but their lines: those of a variant, `named` if one says whom it is about."""

    variant: int
    named: bool


class Letter(NamedTuple):
    """One row of LETTERS, as typesetting needs it. `about` is empty when the reader is whom it is about."""

    reference: str
    code: str
    salutation: str
    address: tuple[str, ...]
    variant: int
    about: str = ""

    @property
    def kind(self) -> Kind:
        """What decides everything on its pages but the lines themselves."""
        return Kind(self.variant, bool(self.about))


class _Field(NamedTuple):
    name: str
    before: str
    after: str
    head: bytes
    face: Face
    widest: float


class Template:
    """Operators with holes for one person's lines."""

    def __init__(self, pieces: Sequence[Piece], faces: Faces, paper: Paper, qr_width: int) -> None:
        pattern, fields = b"", []
        for piece in pieces:
            if isinstance(piece, bytes):
                pattern += piece.replace(b"%", b"%%")
            elif piece.name == "QR":
                pattern += _picture(piece, qr_width)
                fields.append(_Field("QR", "", "", b"", faces.regular, 0))
            else:
                pattern += b"%b"
                fields.append(_field(piece, faces, paper))
        self._pattern = pattern
        self._fields = fields

    def fill(self, letter: Letter, picture: bytes) -> bytes:
        """The operators with the lines of a letter; `picture` is its QR code in hexadecimal. Raises `UnfitError`."""
        return self._pattern % tuple([self._value(field, letter, picture) for field in self._fields])

    def with_address(self, other: Template) -> Template:
        """The same, with the lines of the address as another has them."""
        own = {field.name: field for field in other._fields if field.name.startswith("A")}
        made = copy(self)
        made._fields = [own.get(field.name, field) for field in self._fields]
        return made

    @staticmethod
    def _value(field: _Field, letter: Letter, picture: bytes) -> bytes:
        name = field.name
        if name == "QR":
            return picture
        if name == "REF":
            return field.head + field.face.code(letter.reference) + _END
        if name == "CODE":
            return field.head + field.face.code(letter.code) + _END
        if name == "SAL":
            text = letter.salutation
        elif name == "WHOM":
            text = letter.about
        else:
            line = int(name[1:])
            if line >= len(letter.address):
                return b""
            text = letter.address[line]
        return field.head + field.face.text(field.before + text + field.after, field.widest) + _END


def check_lines(letter: Letter) -> None:
    """Raises `UnfitError` when a variant has no room for the address."""
    if len(letter.address) > ADDRESS_LINES:
        raise UnfitError("too many lines")


def _field(slot: Slot, faces: Faces, paper: Paper) -> _Field:
    face = faces.bold if slot.bold else faces.regular
    room = (paper.window.width - _INSET_MM if slot.name.startswith("A") else BODY_MM) * POINTS
    head = slot.head + b"["
    if slot.name in ("REF", "CODE"):
        head += face.text(slot.before, float("inf"))
    return _Field(slot.name, slot.before, slot.after, head, face, room * 1000 / slot.size)


def _picture(slot: Slot, width: int) -> bytes:
    """A picture of one bit a module, without its quiet zone, as an inline image that paints where a bit is 1."""
    x, y, across, up = slot.box
    module = across / (width + 2 * QUIET)
    return picture(x + QUIET * module, y + QUIET * up / (width + 2 * QUIET), width * module, width) + b"\n"


def picture(x: float, y: float, side: float, width: int) -> bytes:
    """Operators that paint a symbol with its lower left corner at x, y, `side` points wide; a hole for its bits."""
    return b"q 0 g %.3f 0 0 %.3f %.3f %.3f cm BI/W %d/H %d/IM true/D[1 0]/F/AHx ID %%b>\nEI Q" % (
        side,
        side,
        x,
        y,
        width,
        width,
    )
