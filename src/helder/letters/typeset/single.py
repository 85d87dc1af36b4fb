"""Single letters, accessible (PDF/UA-1, PDF/A-2a): not kept but made again, the same bytes each time.

Of each variant everything but the personal lines is written once. Making a letter is then filling in a few small
streams, and the table of where they are.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf

from helder.domain.letters import Document
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.dissecting import Piece, characters, dissect
from helder.letters.typeset.face import CODES, REPERTOIRES, Faces, UnfitError
from helder.letters.typeset.filling import Kind, Letter, Template, check_lines
from helder.letters.typeset.metadata import metadata
from helder.letters.typeset.objects import HEADER, object_stream, stream
from helder.letters.typeset.paper import Paper
from helder.letters.typeset.variant import Codes, lines_of, places_of, stampable

_MARK = "/HelderPlace"
_ABOUT = "/HelderAbout"
_LEVEL = 1
"""Of zlib and not of ISA-L, which deflates as the processor allows: a letter must come out the same on another machine."""
_NEAR = 600
"""Shared operators between two lines, in bytes, that are rather made again each time than kept in a stream apart."""


@dataclass(frozen=True)
class _Skeleton:
    """A variant but for its personal streams: the file up to them, and what comes after."""

    start: bytes
    streams: tuple[tuple[int, Template], ...]
    table: bytes
    trailer: bytes
    number: int


class Singles:
    """Makes single letters of one round on one paper."""

    def __init__(self, documents: Mapping[int, Document], paper: Paper, composer: Composer) -> None:
        self._documents = documents
        self._paper = paper
        self._composer = composer
        self._codes = Codes(paper)
        self._skeletons: dict[tuple[Kind, str], _Skeleton | None] = {}

    def make(self, letter: Letter) -> bytes:
        """The letter as a PDF. Raises `StorageError` when Typst refuses it."""
        picture = self._codes.hexadecimal([letter.code])[0]
        for repertoire in REPERTOIRES:
            try:
                return self._stamped(letter, picture, repertoire)
            except UnfitError:
                continue
        return self._composer.pdf(self._documents[letter.variant], lines_of(letter, self._codes), self._paper)

    def _stamped(self, letter: Letter, picture: bytes, repertoire: str) -> bytes:
        check_lines(letter)
        key = letter.kind, repertoire
        if key not in self._skeletons:
            self._skeletons[key] = self._built(*key)
        skeleton = self._skeletons[key]
        if skeleton is None:
            raise UnfitError("a variant that cannot be stamped")
        return _filled(skeleton, letter, picture)

    def _built(self, kind: Kind, repertoire: str) -> _Skeleton | None:
        document = self._documents[kind.variant]
        try:
            stampable(document)
            made = self._composer.pdf(document, places_of(kind), self._paper)
            with pikepdf.open(io.BytesIO(made)) as pdf:
                faces = _faces(pdf, repertoire)
                pages = [_parts(dissect(page, faces, tagged=True)) for page in pdf.pages]
                return _Building(pdf, document, faces, self._paper, self._codes.width).skeleton(pages)
        except UnfitError:
            return None


def _faces(pdf: pikepdf.Pdf, repertoire: str) -> Faces:
    """The letter font cut to what the variant shows, and for the personal lines to a repertoire."""
    shown = [pair for page in pdf.pages for pair in characters(page)]
    regular = "".join(character for bold, character in shown if not bold)
    heavy = "".join(character for bold, character in shown if bold)
    return Faces.of(repertoire + regular, CODES + heavy)


def _parts(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Runs of pieces, each a content stream: shared ones are one piece of bytes, personal ones hold slots."""
    parts: list[list[Piece]] = []
    for position, piece in enumerate(pieces):
        inside = 0 < position < len(pieces) - 1 and isinstance(piece, bytes) and len(piece) < _NEAR
        personal = not isinstance(piece, bytes) or inside
        if personal and parts and not _shared(parts[-1]):
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return parts


def _shared(part: Sequence[Piece]) -> bool:
    return all(isinstance(piece, bytes) for piece in part)


@dataclass
class _Building:
    pdf: pikepdf.Pdf
    document: Document
    faces: Faces
    paper: Paper
    qr_width: int

    def skeleton(self, pages: Sequence[Sequence[list[Piece]]]) -> _Skeleton:
        """The skeleton of a variant whose pages consist of these content streams."""
        marks: dict[str, Template | None] = {"R": None, "B": None}
        fonts = pikepdf.Dictionary({f"/{name}": self._mark(name) for name in ("R", "B")})
        for number, (page, parts) in enumerate(zip(self.pdf.pages, pages, strict=True)):
            streams: list[pikepdf.Object] = []
            for index, part in enumerate(parts):
                if _shared(part):
                    streams.append(self.pdf.make_stream(b"".join(piece for piece in part if isinstance(piece, bytes))))
                else:
                    name = f"{number}.{index}"
                    marks[name] = Template(part, self.faces, self.paper, self.qr_width)
                    streams.append(self._mark(name))
            page.obj["/Contents"] = pikepdf.Array(streams)
            page.obj["/Resources"] = pikepdf.Dictionary({"/Font": fonts})
        # Under a name of our own: pikepdf writes to what is called metadata.
        del self.pdf.Root["/Metadata"]
        self.pdf.Root[_ABOUT] = self._mark("XMP")
        del self.pdf.trailer["/Info"]
        return self._written(marks)

    def _mark(self, name: str) -> pikepdf.Object:
        """Stands for an object that is not there yet."""
        return self.pdf.make_indirect(pikepdf.Dictionary({_MARK: pikepdf.String(name)}))

    def _written(self, marks: Mapping[str, Template | None]) -> _Skeleton:
        out = io.BytesIO()
        self.pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            recompress_flate=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            deterministic_id=True,
        )
        with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
            places, plain, streams = _sorted(pdf)
            root = pdf.Root.objgen[0]
            plain[root] = plain[root].replace(_ABOUT.encode(), b"/Metadata")
            following = len(pdf.objects) + 1
        for name, face in (("R", self.faces.regular), ("B", self.faces.bold)):
            for number, body in face.objects(following).items():
                target = places[name] if number == following else number
                (streams if body.endswith(b"endstream") else plain)[target] = body
            following += 5
        author, day = self.paper.sender.name, self.paper.date
        streams[places["XMP"]] = metadata(self.document.title, self.document.language, author, day)
        personal = tuple((places[name], template) for name, template in marks.items() if template is not None)
        return _assembled(plain, streams, personal, following, b"/Root %d 0 R" % root)


def _sorted(pdf: pikepdf.Pdf) -> tuple[dict[str, int], dict[int, bytes], dict[int, bytes]]:
    """The objects of a file: places to fill, plain ones and streams, by number."""
    places: dict[str, int] = {}
    plain: dict[int, bytes] = {}
    streams: dict[int, bytes] = {}
    for thing in pdf.objects:
        number = thing.objgen[0]
        if isinstance(thing, pikepdf.Stream):
            entries = pikepdf.Dictionary({k: v for k, v in thing.stream_dict.items() if k != "/Length"})
            streams[number] = stream(entries.unparse()[2:-2].strip(), thing.read_raw_bytes())
        elif isinstance(thing, pikepdf.Dictionary) and _MARK in thing:
            places[str(thing[_MARK])] = number
        else:
            plain[number] = thing.unparse(resolved=True)
    return places, plain, streams


_ROW = 7
"""Bytes of an entry in the table of objects: its kind, four for the place, two for the index."""


def _assembled(
    plain: Mapping[int, bytes],
    streams: Mapping[int, bytes],
    personal: tuple[tuple[int, Template], ...],
    holder: int,
    trailer: bytes,
) -> _Skeleton:
    """All shared objects as the beginning of a file, with the table of where they are."""
    number = holder + 1
    table = bytearray(_ROW * (number + 1))
    parts = [HEADER % b"1.7"]
    position = len(parts[0])
    for of, body in [*sorted(streams.items()), (holder, object_stream(sorted(plain.items())))]:
        whole = b"%d 0 obj\n%b\nendobj\n" % (of, body)
        table[of * _ROW : of * _ROW + _ROW] = _entry(1, position)
        parts.append(whole)
        position += len(whole)
    for index, of in enumerate(sorted(plain)):
        table[of * _ROW : of * _ROW + _ROW] = _entry(2, holder, index)
    table[:_ROW] = _entry(0, 0, 65535)
    ends = b"/Type/XRef/Size %d/W[1 4 2]%b" % (number + 1, trailer)
    return _Skeleton(b"".join(parts), personal, bytes(table), ends, number)


def _filled(skeleton: _Skeleton, letter: Letter, picture: bytes) -> bytes:
    table = bytearray(skeleton.table)
    parts = [skeleton.start]
    position = len(skeleton.start)
    for number, template in skeleton.streams:
        body = stream(b"/Filter/FlateDecode", zlib.compress(template.fill(letter, picture), _LEVEL))
        whole = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        table[number * _ROW : number * _ROW + _ROW] = _entry(1, position)
        parts.append(whole)
        position += len(whole)
    number = skeleton.number
    table[number * _ROW : number * _ROW + _ROW] = _entry(1, position)
    mark = hashlib.blake2b(letter.reference.encode(), digest_size=16).hexdigest().encode()
    entries = b"%b/ID[<%b><%b>]/Filter/FlateDecode" % (skeleton.trailer, mark, mark)
    parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, stream(entries, zlib.compress(table, 6))))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % position)
    return b"".join(parts)


def _entry(kind: int, place: int, index: int = 0) -> bytes:
    return bytes([kind]) + place.to_bytes(4, "big") + index.to_bytes(2, "big")
