"""A print file: thousands of letters in one PDF that share fonts and text, a document part for each letter.

PDF 1.6 with the document parts (DPart, ISO 32000-2, 14.12) that PDF/VT uses, so that print houses can take out, order
and count single letters. It is neither claimed nor checked to be PDF/VT or PDF/X: everything is in grey, DeviceGray,
without an output intent.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from helder.letters.typeset import bars, objects
from helder.letters.typeset.embedding import embed
from helder.letters.typeset.extras import Extras
from helder.letters.typeset.face import UnfitError
from helder.letters.typeset.filling import Kind, Letter
from helder.letters.typeset.house import PrintHouse
from helder.letters.typeset.objects import HEADER, cross_reference, deflate, object_stream, stream
from helder.letters.typeset.variant import PrintVariants

_NODE = 200
"""Letters under one node of the page tree, and in one object stream."""
_BOX = b"[0 0 595.276 841.89]"


class Printed(NamedTuple):
    """One letter in a print file. `digest` says what is on its pages; see `letter_digest`."""

    reference: str
    pages: int
    sheets: int
    digest: bytes
    whole: bool


class PrintFile(NamedTuple):
    """A print file and what is in it."""

    pdf: bytes
    letters: tuple[Printed, ...]


class _Page(NamedTuple):
    contents: int
    """Number of the stream; 0 for an empty back."""
    resources: int


class _Form(NamedTuple):
    call: bytes
    digest: bytes


class Printer:
    """Makes print files of one round for one print house. The same rows give the same bytes."""

    def __init__(self, variants: PrintVariants, house: PrintHouse) -> None:
        self._variants = variants
        self._house = house
        self._extras = Extras(house, variants.faces.regular)

    def file(self, name: str, first: int, letters: Sequence[Letter]) -> PrintFile:
        """The print file `name` of these letters, the first of which has the sequence number `first`."""
        return _Writing(self._variants, self._house, self._extras, name, first).whole(letters)


class _Writing:
    """One print file while it is written. Objects are numbered in the order in which they are put."""

    def __init__(self, variants: PrintVariants, house: PrintHouse, extras: Extras, name: str, first: int) -> None:
        self._variants, self._house, self._extras = variants, house, extras
        self._name, self._first = name.encode(), first
        self._parts = [HEADER % b"1.6"]
        self._position = len(self._parts[0])
        self._offsets = [0]
        self._inside: dict[int, tuple[int, int]] = {}
        self._forms: dict[Kind, list[_Form]] = {}
        self._pages: list[list[_Page]] = []
        self._inserts: dict[int, bytes] = {}
        self._fonts = b""
        self._shared: dict[bytes, int] = {}

    def put(self, body: bytes) -> int:
        """Write an object; its number."""
        number = len(self._offsets)
        whole = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self._offsets.append(self._position)
        self._parts.append(whole)
        self._position += len(whole)
        return number

    def put_once(self, body: bytes) -> int:
        """As `put`; an object of which the file has the same already is not written again."""
        digest = hashlib.blake2b(body, digest_size=16).digest()
        if digest not in self._shared:
            self._shared[digest] = self.put(body)
        return self._shared[digest]

    def reserve(self) -> int:
        """A number for an object that goes into an object stream later."""
        self._offsets.append(0)
        return len(self._offsets) - 1

    def whole(self, letters: Sequence[Letter]) -> PrintFile:
        catalog, tree, parts, resources, node = (self.reserve() for _ in range(5))
        self._fonts = self._put_fonts()
        forms = self._put_forms(letters)
        pictures = self._variants.codes.hexadecimal([letter.code for letter in letters])
        done = [
            self._letter(letter, pictures[number], self._first + number, resources)
            for number, letter in enumerate(letters)
        ]
        kids = self._put_pages(tree, parts, node, letters)
        count = sum(map(len, self._pages))
        shared = b"<</Font<<%b>>/XObject<<%b>>>>" % (self._fonts, forms)
        self._put_together(
            [
                (catalog, b"<</Type/Catalog/Pages %d 0 R/DPartRoot %d 0 R>>" % (tree, parts)),
                (tree, b"<</Type/Pages/Count %d/MediaBox%b/Kids[%b]>>" % (count, _BOX, _references(kids))),
                (parts, b"<</Type/DPartRoot/DPartRootNode %d 0 R/RecordLevel 1/NodeNameList[/Batch/Letter]>>" % node),
                (resources, shared),
            ]
        )
        return PrintFile(self._closed(catalog), tuple(done))

    def _put_fonts(self) -> bytes:
        numbers = []
        for face in (self._variants.faces.regular, self._variants.faces.bold):
            first = len(self._offsets)
            for body in face.objects(first).values():
                self.put(body)
            numbers.append(first)
        entries = b"/R %d 0 R/B %d 0 R" % tuple(numbers)
        if self._house.kix:
            entries += b"/K %d 0 R" % len(self._offsets)
            for body in bars.font_objects(len(self._offsets)):
                self.put(body)
        return entries

    def _put_forms(self, letters: Sequence[Letter]) -> bytes:
        """What is the same for all letters of a kind, once a page."""
        entries = []
        resources = self.put(b"<</Font<<%b>>>>" % self._fonts)
        for kind in sorted({letter.kind for letter in letters}):
            self._forms[kind] = []
            for page in self._variants.pages(kind) or ():
                head = b"/Type/XObject/Subtype/Form/BBox%b/Resources %d 0 R/Filter/FlateDecode" % (_BOX, resources)
                number = self.put(stream(head, page.shared))
                entries.append(b"/V%d %d 0 R" % (number, number))
                self._forms[kind].append(_Form(b"/V%d Do\n" % number, page.digest))
        return b"".join(entries)

    def _letter(self, letter: Letter, picture: bytes, sequence: int, resources: int) -> Printed:
        whole = False
        try:
            contents = self._variants.stamped(letter, picture)
            forms = self._forms[letter.kind]
            pages = [
                (form.call + content, form.digest, resources) for form, content in zip(forms, contents, strict=True)
            ]
        except UnfitError:
            whole = True
            pages = [(content, b"", own or resources) for content, own in self._set_whole(letter, picture)]
        sheets = self._house.sheets(len(pages))
        digest = hashlib.blake2b(digest_size=16)
        numbered = []
        for index, (content, form_digest, used) in enumerate(pages):
            content += self._extras.on_page(letter, sequence, index, sheets)
            digest.update(form_digest)
            digest.update(content[content.index(b"\n") + 1 :] if form_digest else content)
            # Whole pages are long and take Typst many milliseconds: a fifth smaller for one more.
            deflated = objects.whole(zlib.compress(content, 6)) if whole else deflate(content)
            number = self.put(b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(deflated), deflated))
            numbered.append(_Page(number, used))
        printed = Printed(letter.reference, len(pages), sheets, digest.digest(), whole)
        numbered += [_Page(0, resources)] * (sheets * self._house.pages_per_sheet - len(pages))
        self._pages.append(numbered)
        return printed

    def _set_whole(self, letter: Letter, picture: bytes) -> list[tuple[bytes, int]]:
        """A letter that cannot be stamped: its pages as Typst sets them, and their resources unless they are ours."""
        with self._variants.whole(letter) as pdf:
            try:
                return [(self._variants.rewritten(page, letter, picture), 0) for page in pdf.pages]
            except UnfitError:
                return [embed(page, self.put_once, self._fonts) for page in pdf.pages]

    def _put_pages(self, tree: int, root: int, node: int, letters: Sequence[Letter]) -> list[int]:
        """Pages and document parts, in object streams; gives the nodes of the page tree."""
        kids, document_parts = [], []
        for start in range(0, len(self._pages), _NODE):
            group = self._pages[start : start + _NODE]
            parent, bodies, numbers = self.reserve(), [], []
            for index, pages in enumerate(group, start):
                part = self.reserve()
                own = [self.reserve() for _ in pages]
                for number, page in zip(own, pages, strict=True):
                    contents = b"/Contents %d 0 R" % page.contents if page.contents else b""
                    bodies.append(
                        (
                            number,
                            b"<</Type/Page/Resources %d 0 R/Parent %d 0 R/DPart %d 0 R%b>>"
                            % (page.resources, parent, part, contents),
                        )
                    )
                about = self._about(letters[index], self._first + index)
                bodies.append(
                    (part, b"<</Parent %d 0 R/Start %d 0 R/End %d 0 R/DPM%b>>" % (node, own[0], own[-1], about))
                )
                numbers += own
                document_parts.append(part)
            body = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (tree, len(numbers), _references(numbers))
            self._put_together([*bodies, (parent, body)])
            kids.append(parent)
        about = b"<</HLD_Batch(%b)/HLD_Letters %d>>" % (self._name, len(letters))
        body = b"<</Parent %d 0 R/DPM%b/DParts[[%b]]>>" % (root, about, _references(document_parts))
        self._put_together([(node, body)])
        return kids

    def _about(self, letter: Letter, sequence: int) -> bytes:
        """What a document part tells the print house of its letter: reference, sequence and inserts."""
        inserts = self._inserts.get(letter.variant)
        if inserts is None:
            document = self._variants.documents[letter.variant]
            names = "+".join(i.name for i in self._house.inserts if i.goes_with(document.letter, document.language))
            inserts = self._inserts[letter.variant] = b"/HLD_Inserts(%b)" % names.encode() if names else b""
        return b"<</HLD_Ref(%b)/HLD_Seq %d%b>>" % (letter.reference.encode(), sequence, inserts)

    def _put_together(self, objects: list[tuple[int, bytes]]) -> None:
        holder = self.put(object_stream(objects, deflate))
        for index, (number, _) in enumerate(objects):
            self._inside[number] = (holder, index)

    def _closed(self, catalog: int) -> bytes:
        info = self.put(b"<</Title(%b)/Producer(Helder)>>" % self._name)
        mark = hashlib.blake2b(self._name, digest_size=16).hexdigest().encode()
        trailer = b"/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (catalog, info, mark, mark)
        number, start = len(self._offsets), self._position
        self._parts.append(cross_reference(np.array(self._offsets), self._inside, trailer, number, start))
        return b"".join(self._parts)


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
