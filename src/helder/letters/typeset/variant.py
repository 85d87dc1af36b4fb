"""A variant taken apart once, and made from then on by writing lines into it."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pikepdf

from helder.domain.letters import Document
from helder.letters.typeset.composing import ADDRESS_SIZES, PLACES, PLACES_NAMED, WRAPPING_SIZE, Composer, Lines
from helder.letters.typeset.dissecting import Piece, dissect
from helder.letters.typeset.face import Faces, TooWideError, UnfitError
from helder.letters.typeset.filling import Kind, Letter, Template, check_lines
from helder.letters.typeset.paper import PLACE, Paper
from helder.letters.typeset.qr import QrTable, Symbol

CODE_LENGTH = 12
"""Characters of a code without its hyphens."""
_SMALLER = [size for size in ADDRESS_SIZES[1:] if size >= WRAPPING_SIZE]


@dataclass(frozen=True)
class PrintPage:
    """A page of a variant for print: what is the same for all, deflated, its digest, and the lines."""

    shared: bytes
    digest: bytes
    template: Template


class Codes:
    """QR codes of the codes of a round; none when the paper has no look-up."""

    def __init__(self, paper: Paper) -> None:
        self.table = QrTable(paper.sender.lookup, CODE_LENGTH) if paper.sender.lookup else None

    @property
    def width(self) -> int:
        """Modules a side; 1 when no code is printed."""
        return self.table.width if self.table else 1

    def hexadecimal(self, codes: list[str]) -> list[bytes]:
        """The bits of each code's symbol as inline images want them. Raises `UnfitError` for an impossible code."""
        if self.table is None:
            return [b""] * len(codes)
        try:
            packed = self.table.symbols([code.replace("-", "") for code in codes])
        except KeyError:
            raise UnfitError("an impossible code") from None
        digits = packed.tobytes().hex().encode()
        step = 2 * packed.shape[1]
        return [digits[start : start + step] for start in range(0, len(digits), step)]

    def symbol(self, code: str) -> Symbol | None:
        """The symbol of one code."""
        return self.table.symbol(code.replace("-", "")) if self.table else None


def lines_of(letter: Letter, codes: Codes) -> Lines:
    """The lines of a letter as the template takes them."""
    symbol = codes.symbol(letter.code)
    return Lines(letter.address, letter.salutation, letter.reference, letter.code, symbol, letter.about)


def places_of(kind: Kind) -> Lines:
    """The places of the lines that letters of this kind have."""
    return PLACES_NAMED if kind.named else PLACES


class PrintVariants:
    """The variants of a round for print, each taken apart when first met."""

    def __init__(self, documents: Mapping[int, Document], paper: Paper, composer: Composer) -> None:
        self.faces = Faces.for_print()
        self.codes = Codes(paper)
        self.documents = documents
        self.paper = paper
        self.composer = composer
        self._pages: dict[Kind, tuple[PrintPage, ...] | None] = {}
        self._addresses: dict[float, Template] = {}

    def pages(self, kind: Kind) -> tuple[PrintPage, ...] | None:
        """The pages of a kind of letter; None when nothing can be stamped on it and Typst sets each letter whole."""
        if kind not in self._pages:
            try:
                self._pages[kind] = self._taken_apart(self.documents[kind.variant], places_of(kind))
            except UnfitError:
                self._pages[kind] = None
        return self._pages[kind]

    def stamped(self, letter: Letter, picture: bytes) -> list[bytes]:
        """The personal operators of each page. Raises `UnfitError` when Typst must set the letter whole."""
        check_lines(letter)
        pages = self.pages(letter.kind)
        if pages is None:
            raise UnfitError("a variant that cannot be stamped")
        try:
            return [page.template.fill(letter, picture) for page in pages]
        except TooWideError:
            return self._smaller(letter, picture, pages)

    def _smaller(self, letter: Letter, picture: bytes, pages: Sequence[PrintPage]) -> list[bytes]:
        """As `stamped`, with the address in smaller type, as letter.typ would set it on one line each."""
        for size in _SMALLER:
            address = self._address(size, letter.variant)
            try:
                return [page.template.with_address(address).fill(letter, picture) for page in pages]
            except TooWideError:
                continue
        raise TooWideError("too wide")

    def _address(self, size: float, variant: int) -> Template:
        """A first page with the address in this size. The address has the same place in every variant."""
        if size not in self._addresses:
            first, *_ = self._taken_apart(self.documents[variant], replace(PLACES, sizes=(size,)))
            self._addresses[size] = first.template
        return self._addresses[size]

    def whole(self, letter: Letter) -> pikepdf.Pdf:
        """The letter as Typst sets it, without tags."""
        document = self.documents[letter.variant]
        made = self.composer.pdf(document, lines_of(letter, self.codes), self.paper, tagged=False)
        return pikepdf.open(io.BytesIO(made))

    def rewritten(self, page: pikepdf.Page, letter: Letter, picture: bytes) -> bytes:
        """A page of a letter that Typst set whole, in the faces of the print file. Raises `UnfitError`."""
        return Template(dissect(page, self.faces, tagged=False), self.faces, self.paper, self.codes.width).fill(
            letter, picture
        )

    def _taken_apart(self, document: Document, places: Lines) -> tuple[PrintPage, ...]:
        stampable(document)
        made = self.composer.pdf(document, places, self.paper, tagged=False)
        with pikepdf.open(io.BytesIO(made)) as pdf:
            return tuple(self._page(dissect(page, self.faces, tagged=False)) for page in pdf.pages)

    def _page(self, pieces: list[Piece]) -> PrintPage:
        shared = b"".join(piece for piece in pieces if isinstance(piece, bytes))
        slots = [piece for piece in pieces if not isinstance(piece, bytes)]
        template = Template(slots, self.faces, self.paper, self.codes.width)
        return PrintPage(zlib.compress(shared, 9), hashlib.blake2b(shared, digest_size=16).digest(), template)


def stampable(document: Document) -> None:
    """Raises `UnfitError` for a document on which nothing can be stamped: from right to left, or with places in it."""
    if document.direction != "ltr" or PLACE in repr(document):
        raise UnfitError("a document that cannot be stamped")
