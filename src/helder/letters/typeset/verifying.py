"""Every letter of a print file read back from its bytes: the right text, the right person, and nobody else.

The file is parsed by `reading`, its texts decoded by the fonts' own tables, its QR codes from their modules. What must
be there comes from the rows and documents. Nothing of what made the file is used, but the type `Letter`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from helder.domain.letters import Document
from helder.domain.manifest import PrintedLetter as Row
from helder.domain.sheet_code import return_code
from helder.letters.typeset.expecting import Expectation, squash
from helder.letters.typeset.extras import bars_of, sheet_code
from helder.letters.typeset.filling import Kind, Letter
from helder.letters.typeset.glyphs import Fonts
from helder.letters.typeset.house import PrintHouse
from helder.letters.typeset.page_text import Picture, Place, Shown, shown
from helder.letters.typeset.paper import Paper
from helder.letters.typeset.qr import QUIET
from helder.letters.typeset.qr_reading import read_symbols
from helder.letters.typeset.reading import Pdf, Ref, Stream, UnreadableError
from helder.letters.typeset.stamped_text import shown_each

PROBLEMS = {
    "file": "the file cannot be read as a PDF, or is not the file of the manifest",
    "count": "the file does not have the letters that it should have",
    "pages": "the pages are not those of the letter, in their order",
    "part": "the document part does not hold the pages of the letter",
    "text": "the text is not that of the variant",
    "address": "the address, or its bar code, is not the person's",
    "salutation": "the salutation is not the person's",
    "about": "the letter does not name the person whom it is about",
    "reference": "the reference is not the letter's on every page",
    "code": "the code is not the letter's",
    "qr": "the QR code does not lead where it should",
    "sheet": "the code of a sheet is not right",
    "surplus": "something stands on the page that does not belong there",
    "hash": "the manifest says otherwise",
    "manifest": "the manifest's line is not that of the letter",
}
"""What can be wrong with a letter. No more is said, so that no report holds personal data."""

_TOGETHER = 250
"""Letters whose pages are read at once: more makes nothing faster, and their operators are in memory."""
_PART = re.compile(rb"/Start (\d+) 0 R/End (\d+) 0 R")


class Wrong(NamedTuple):
    """A letter that is not right: its sequence number and which of `PROBLEMS`."""

    sequence: int
    problem: str


_UNREAD = Shown()


@dataclass(slots=True)
class _Page:
    """A page. `whole`: Typst set it; `shown`: what it shows, once `_Reading.show` looked and if it can be read."""

    number: int
    operators: bytes
    fonts: Fonts
    xobjects: dict[str, Any]
    whole: bool
    shown: Shown = _UNREAD


class _Claim(NamedTuple):
    """A letter that a file must hold, and where the manifest and the document parts say that it is."""

    sequence: int
    letter: Letter
    row: Row
    part: tuple[int, int]
    sides: Sequence[tuple[int, dict[str, Any]]]


class _ProblemError(Exception):
    """One of `PROBLEMS`."""


class Verifier:
    """Verifies files of one round."""

    def __init__(self, documents: Mapping[int, Document], paper: Paper, house: PrintHouse) -> None:
        self._expectations = {variant: Expectation(document, paper) for variant, document in documents.items()}
        self._paper = paper
        self.house = house

    def file(self, pdf: bytes, first: int, letters: Sequence[Letter], manifest: Sequence[Row]) -> list[Wrong]:
        """What is wrong with a print file that must hold these letters, as these lines of the manifest say."""
        try:
            return _Reading(self, Pdf(pdf)).all(first, letters, manifest)
        except (UnreadableError, KeyError, TypeError, AttributeError, ValueError, IndexError, RecursionError):
            # Damage can make an object of any type; the reader need not know which.
            return [Wrong(first, "file")]

    def single(self, pdf: bytes, letter: Letter) -> str:
        """What is wrong with a single letter; empty when nothing is."""
        try:
            return _Reading(self, Pdf(pdf)).single(letter)
        except (UnreadableError, KeyError, TypeError, AttributeError, ValueError, IndexError, RecursionError):
            return "file"

    def expectation(self, variant: int) -> Expectation:
        """What letters of a variant must say."""
        return self._expectations[variant]

    def wanted_code(self, letter: Letter) -> str:
        """What the QR code of a letter must say."""
        return self._paper.sender.lookup + letter.code.replace("-", "")

    @property
    def coded(self) -> bool:
        """Whether letters carry a code."""
        return bool(self._paper.sender.lookup)


class _Reading:
    """One file while it is read."""

    def __init__(self, verifier: Verifier, pdf: Pdf) -> None:
        self._verifier = verifier
        self._pdf = pdf
        self._pages = pdf.pages()
        self._fonts: dict[int, tuple[Fonts, dict[str, Any]]] = {}
        self._forms: dict[str, tuple[bytes, Shown]] = {}
        self._kinds: dict[Kind, tuple[str, ...]] = {}
        self._symbols: list[tuple[int, Picture, str, str]] = []

    def all(self, first: int, letters: Sequence[Letter], manifest: Sequence[Row]) -> list[Wrong]:
        parts = self._parts()
        if not len(letters) == len(manifest) == len(parts):
            return [Wrong(first, "count")]
        claims, page = [], 0
        for number, (letter, row, part) in enumerate(zip(letters, manifest, parts, strict=True)):
            end = page + row.sheets * self._verifier.house.pages_per_sheet
            claims.append(_Claim(first + number, letter, row, part, self._pages[page:end]))
            page = end
        wrong = [] if page == len(self._pages) else [Wrong(first, "count")]
        for start in range(0, len(claims), _TOGETHER):
            wrong += self._together(claims[start : start + _TOGETHER])
        return sorted(wrong + self._wrong_symbols())

    def _together(self, claims: Sequence[_Claim]) -> list[Wrong]:
        wrong: list[Wrong] = []

        def noting(sequence: int, work: Callable[..., list[_Page] | None], *given: Any) -> list[_Page] | None:
            try:
                return work(*given)
            except _ProblemError as problem:
                wrong.append(Wrong(sequence, str(problem)))
            except (UnreadableError, KeyError):
                wrong.append(Wrong(sequence, "file"))
            return None

        taken = [noting(claim.sequence, self._taken, claim) for claim in claims]
        self._show([page for pages in taken for page in pages or ()])
        for claim, pages in zip(claims, taken, strict=True):
            if pages is not None:
                noting(claim.sequence, self._letter, claim.letter, claim.row, pages)
        return wrong

    def _taken(self, claim: _Claim) -> list[_Page]:
        """The pages of a letter that are not empty backs, if they are where they must be."""
        row, sides = claim.row, claim.sides
        if (row.sequence, row.reference) != (claim.sequence, claim.letter.reference):
            raise _ProblemError("manifest")
        if len(sides) != row.sheets * self._verifier.house.pages_per_sheet or claim.part != (sides[0][0], sides[-1][0]):
            raise _ProblemError("part")
        if any("Contents" in page for _, page in sides[row.pages :]):
            raise _ProblemError("pages")
        return [self._page(*page) for page in sides[: row.pages]]

    def _show(self, pages: Sequence[_Page]) -> None:
        """Read what these pages show, all with the same fonts together."""
        of: dict[Fonts, list[_Page]] = {}
        for page in pages:
            of.setdefault(page.fonts, []).append(page)
        for fonts, same in of.items():
            for page, found in zip(same, shown_each([page.operators for page in same], fonts), strict=True):
                page.shown = found or _UNREAD

    def single(self, letter: Letter) -> str:
        """What is wrong with a file that must hold one letter and nothing else; empty when nothing is."""
        try:
            pages = [self._page(*page) for page in self._pages]
            self._show(pages)
            _need_read(pages)
            self._running(letter, pages, [[] for _ in pages])
            self._lone_symbol(letter, pages)
        except _ProblemError as problem:
            return str(problem)
        wrong = self._wrong_symbols()
        return wrong[0].problem if wrong else ""

    def _lone_symbol(self, letter: Letter, pages: Sequence[_Page]) -> None:
        """Note the QR code of a single letter, which must have one if letters have them."""
        pictures = [picture for page in pages for picture in (*page.shown.pictures, *self._images(page))]
        if len(pictures) != self._verifier.coded:
            raise _ProblemError("qr")
        self._symbols += [(1, picture, self._verifier.wanted_code(letter), "qr") for picture in pictures]

    def _parts(self) -> list[tuple[int, int]]:
        """First and last page of each document part."""
        root = self._pdf.get(self._pdf.get(self._pdf.trailer["Root"])["DPartRoot"])
        node = self._pdf.get(root["DPartRootNode"])
        return [self._ends(ref.number) for group in node["DParts"] for ref in group]

    def _ends(self, part: int) -> tuple[int, int]:
        # As a print file has it; parsing each of a million would take longer than reading the letters.
        found = _PART.search(self._pdf.source(part))
        if found:
            return int(found[1]), int(found[2])
        entries = self._pdf.get(Ref(part))
        return entries["Start"].number, entries["End"].number

    def _letter(self, letter: Letter, row: Row, pages: Sequence[_Page]) -> None:
        _need_read(pages)
        bars = bars_of(letter.address) if self._verifier.house.kix else ""
        if [page.shown.bars for page in pages] != [[bars] if bars else [], *([] for _ in pages[1:])]:
            raise _ProblemError("address")
        digest = hashlib.blake2b(digest_size=16)
        if pages[0].whole:
            self._whole(letter, row, pages, digest)
        else:
            self._stamped(letter, row, pages, digest)
        if digest.hexdigest() != row.hash:
            raise _ProblemError("hash")

    def _page(self, number: int, page: dict[str, Any]) -> _Page:
        contents = page["Contents"]
        streams = contents if isinstance(contents, list) else [contents]
        operators = b"\n".join([self._pdf.decoded(self._pdf.get(stream)) for stream in streams])
        where = page["Resources"]
        key = where.number if isinstance(where, Ref) else -number
        if key not in self._fonts:
            # All pages of a file share one dictionary, which names the pages of every variant: read once.
            entries = self._pdf.get(where)
            self._fonts[key] = Fonts(self._pdf, entries), entries.get("XObject", {})
        fonts, xobjects = self._fonts[key]
        return _Page(number, operators, fonts, xobjects, not operators.startswith(b"/V"))

    def _stamped(self, letter: Letter, row: Row, pages: Sequence[_Page], digest: Any) -> None:
        expectation = self._verifier.expectation(letter.variant)
        if any(len(page.shown.forms) != 1 for page in pages):
            raise _ProblemError("surplus")
        forms, kind = tuple(page.shown.forms[0] for page in pages), letter.kind
        if self._kinds.get(kind) != forms:
            self._learn(kind, expectation, forms, pages)
        for page, form in zip(pages, forms, strict=True):
            digest.update(self._forms[form][0])
            digest.update(page.operators[page.operators.index(b"\n") + 1 :])
        if expectation.address_zone(pages[0].shown) != [line for line in letter.address if line]:
            raise _ProblemError("address")
        coded, about = 0, expectation.about(letter)
        for index, page in enumerate(pages):
            expected = [expectation.footer(letter)]
            if index == 0:
                expected += [*filter(None, (*letter.address, about)), letter.reference, letter.salutation]
            expected += self._extras(letter, row, index)
            if self._note_symbols(letter, row, index, page):
                expected.append(letter.code)
                coded += 1
            _compare(letter, about, page.shown.texts, expected)
        if coded != self._verifier.coded:
            raise _ProblemError("qr")
        self._kinds[kind] = forms

    def _learn(self, kind: Kind, expectation: Expectation, forms: tuple[str, ...], pages: Sequence[_Page]) -> None:
        """Read the shared pages of a kind of letter until a letter on them is right; the same ever after."""
        if kind in self._kinds:
            raise _ProblemError("text")
        for form, page in zip(forms, pages, strict=True):
            if form not in self._forms:
                stream = self._pdf.get(page.xobjects[form])
                # What stands outside the box of a form is not painted (ISO 32000-1, 8.10.2).
                if not self._pdf.is_a4(stream.entries["BBox"]) or "Matrix" in stream.entries:
                    raise _ProblemError("text")
                operators = self._pdf.decoded(stream)
                fonts = Fonts(self._pdf, self._pdf.get(stream.entries["Resources"]))
                digest = hashlib.blake2b(operators, digest_size=16).digest()
                self._forms[form] = (digest, shown(operators, fonts))
        read = [self._forms[form][1] for form in forms]
        if not expectation.shared_is_right(["".join(one.texts) for one in read]):
            raise _ProblemError("text")
        if expectation.address_zone(read[0]) or any(one.forms or one.pictures for one in read):
            raise _ProblemError("surplus")

    def _whole(self, letter: Letter, row: Row, pages: Sequence[_Page], digest: Any) -> None:
        """A letter that Typst set; what the print house wants stands behind it on each page."""
        for page in pages:
            digest.update(page.operators)
        self._running(letter, pages, [self._extras(letter, row, index) for index in range(len(pages))])
        coded = sum(self._note_symbols(letter, row, index, page) for index, page in enumerate(pages))
        if coded != self._verifier.coded:
            raise _ProblemError("qr")

    def _running(self, letter: Letter, pages: Sequence[_Page], extras: Sequence[list[str]]) -> None:
        """The texts of a letter that are not in lines of their own, compared as one text."""
        expectation = self._verifier.expectation(letter.variant)
        running: list[list[tuple[str, Place]]] = []
        for page, last in zip(pages, extras, strict=True):
            texts = page.shown.texts
            if last and texts[-len(last) :] != last:
                raise _ProblemError("sheet")
            count = len(texts) - len(last)
            running.append(list(zip(texts[:count], page.shown.places[:count], strict=True)))
        if squash(*expectation.address_zone(pages[0].shown)) != squash(*letter.address):
            raise _ProblemError("address")
        if not expectation.whole_is_right(running, letter):
            raise _ProblemError("text")

    def _extras(self, letter: Letter, row: Row, index: int) -> list[str]:
        """What the print house has printed on a page, as texts."""
        house = self._verifier.house
        texts = [return_code(letter.reference)] if index == 0 and house.return_code else []
        if house.sheet_code.kind == "text" and index % house.pages_per_sheet == 0:
            texts.append(self._sheet_code(letter, row, index))
        return texts

    def _sheet_code(self, letter: Letter, row: Row, index: int) -> str:
        return sheet_code(letter.reference, row.sequence, index // self._verifier.house.pages_per_sheet + 1, row.sheets)

    def _note_symbols(self, letter: Letter, row: Row, index: int, page: _Page) -> bool:
        """Keep the QR codes of a page to be read with all others; whether the letter's own is among them."""
        house = self._verifier.house
        pictures = list(page.shown.pictures)
        if house.sheet_code.kind == "qr" and index % house.pages_per_sheet == 0:
            if not pictures:
                raise _ProblemError("sheet")
            self._symbols.append((row.sequence, pictures.pop(), self._sheet_code(letter, row, index), "sheet"))
        if page.whole:
            pictures += self._images(page)
        if len(pictures) > 1:
            raise _ProblemError("surplus")
        self._symbols += [(row.sequence, one, self._verifier.wanted_code(letter), "qr") for one in pictures]
        return bool(pictures)

    def _images(self, page: _Page) -> list[Picture]:
        """QR codes as grey pixels, which letters have that were taken over from Typst as they are."""
        found = []
        for name in page.shown.forms:
            image = self._pdf.get(page.xobjects[name])
            if not isinstance(image, Stream) or image.entries.get("Subtype") != "Image":
                raise _ProblemError("surplus")
            width = image.entries["Width"]
            pixels = np.frombuffer(self._pdf.decoded(image), np.uint8).reshape(width, width)
            inner = pixels[QUIET:-QUIET, QUIET:-QUIET] < 128
            found.append(Picture(width - 2 * QUIET, np.packbits(inner, axis=1).tobytes()))
        return found

    def _wrong_symbols(self) -> list[Wrong]:
        wrong = []
        kinds = {(picture.width, len(expected)) for _, picture, expected, _ in self._symbols}
        for width, length in kinds:
            same = [entry for entry in self._symbols if (entry[1].width, len(entry[2])) == (width, length)]
            size = width * -(-width // 8)
            if any(len(picture.bits) != size for _, picture, _, _ in same):
                raise UnreadableError("a QR code of another size")
            packed = np.frombuffer(b"".join(picture.bits for _, picture, _, _ in same), np.uint8)
            read = read_symbols(width, packed.reshape(len(same), size))
            for (sequence, _, expected, problem), text in zip(same, read, strict=True):
                if text != expected:
                    wrong.append(Wrong(sequence, problem))
        return wrong


def _need_read(pages: Sequence[_Page]) -> None:
    """Raises `UnreadableError` when a page could not be read."""
    if any(page.shown is _UNREAD for page in pages):
        raise UnreadableError("a page that cannot be read")


def _compare(letter: Letter, about: str, found: list[str], expected: list[str]) -> None:
    """Raises the problem that tells best how the texts of a page differ from those that must be there."""
    if sorted(found) == sorted(expected):
        return
    missing = list(expected)
    for text in found:
        if text in missing:
            missing.remove(text)
    own = {letter.salutation: "salutation", about: "about", letter.code: "code"}
    for text in missing:
        if text in own:
            raise _ProblemError(own[text])
        if letter.reference in text:
            raise _ProblemError("reference")
    raise _ProblemError("surplus")
