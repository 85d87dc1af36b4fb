"""What a print house has printed beside the letter: the code of each sheet, the code for returns, KIX bars."""

from __future__ import annotations

from collections.abc import Sequence

from helder.countries.nl.kix import kix_text
from helder.domain.sheet_code import return_code
from helder.letters.typeset.bars import bars_shown
from helder.letters.typeset.face import Face
from helder.letters.typeset.filling import PAGE_HEIGHT, POINTS, Letter, picture
from helder.letters.typeset.house import PrintHouse
from helder.letters.typeset.qr import QrTable

_SMALL = 6.5
_INSET_MM = 5.0
_RETURN_CODE_MM = 11.5
_ROOM_FOR_BARS = 4


def sheet_code(reference: str, sequence: int, sheet: int, sheets: int) -> str:
    """The code of a sheet: the reference with its check character, sequence in the round, this sheet and all sheets."""
    return f"{return_code(reference)} {sequence:08d} {sheet}/{sheets}"


def bars_of(address: Sequence[str]) -> str:
    """The characters of the KIX code under an address; empty when it has none or fills the window."""
    return kix_text(address) if len(address) <= _ROOM_FOR_BARS else ""


class Extras:
    """Writes them on the pages of a print file, as operators."""

    def __init__(self, house: PrintHouse, face: Face) -> None:
        self._house = house
        self._face = face
        self._tables: dict[int, QrTable] = {}
        window, code = house.window, house.sheet_code
        self._return_place = _place(window.x + _INSET_MM, window.y + _RETURN_CODE_MM)
        self._code_place = _place(code.x, code.y)

    def on_page(self, letter: Letter, sequence: int, page: int, sheets: int) -> bytes:
        """The operators for a page (from 0) of a letter; most pages of a duplex letter have none."""
        out = b""
        if page == 0 and self._house.return_code:
            out += self._text(self._return_place, return_code(letter.reference))
        if page == 0 and self._house.kix:
            out += self._bars(letter)
        if page % self._house.pages_per_sheet == 0 and self._house.sheet_code.kind != "none":
            sheet = page // self._house.pages_per_sheet + 1
            out += self._sheet(sheet_code(letter.reference, sequence, sheet, sheets))
        return out

    def _sheet(self, code: str) -> bytes:
        if self._house.sheet_code.kind == "text":
            return self._text(self._code_place, code)
        table = self._tables.setdefault(len(code), QrTable("", len(code)))
        wish = self._house.sheet_code
        form = picture(wish.x * POINTS, PAGE_HEIGHT - wish.y * POINTS, wish.side * POINTS, table.width)
        return form % table.symbols([code]).tobytes().hex().encode() + b"\n"

    def _text(self, place: bytes, text: str) -> bytes:
        return b"0 g BT /R %.1f Tf 1 0 0 1 %b Tm [%b]TJ ET\n" % (_SMALL, place, self._face.code(text))

    def _bars(self, letter: Letter) -> bytes:
        """Bars at the foot of the window, where an address of up to four lines leaves room."""
        text = bars_of(letter.address)
        window = self._house.window
        lowest = window.y + window.height - 2
        return bars_shown(text, (window.x + _INSET_MM) * POINTS, PAGE_HEIGHT - lowest * POINTS) if text else b""


def _place(x: float, y: float) -> bytes:
    return b"%.2f %.2f" % (x * POINTS, PAGE_HEIGHT - y * POINTS)
