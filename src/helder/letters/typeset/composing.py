"""Letters by Typst: whole accessible PDFs and pictures. The template is `letter.typ`."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from importlib.resources import files
from typing import Any, Literal, cast

import pikepdf
import typst

from helder.domain.errors import StorageError
from helder.domain.letters import Bullets, Document, Heading, Part
from helder.letters.typeset.paper import FONTS, PLACE, Paper, about_line, date_text, words_of
from helder.letters.typeset.qr import QUIET, Symbol

ADDRESS_LINES = 5
"""Lines of an address that a variant has room for; Typst makes room for more."""

ADDRESS_SIZES = (10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)
"""Type sizes of an address in points: the first is taken at which it fits its window."""
WRAPPING_SIZE = 8
"""From this size down a line that is too wide goes on on the next."""

ACCESSIBLE = ("ua-1", "a-2a")
_ISOLATES = re.compile("[\u2066-\u2069\u200e\u200f]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True)
class Lines:
    """What is about one person. `code` and its `symbol` are None when no code is printed, `about` is empty when the reader
    is whom the letter is about; `sizes` are those that the address may have.
    """

    address: tuple[str, ...]
    salutation: str
    reference: str
    code: str | None = None
    symbol: Symbol | None = None
    about: str = ""
    sizes: tuple[float, ...] = ADDRESS_SIZES


PLACES = Lines(
    tuple(f"{PLACE}A{n}{PLACE}" for n in range(ADDRESS_LINES)),
    f"{PLACE}SAL{PLACE}",
    f"{PLACE}REF{PLACE}",
    f"{PLACE}CODE{PLACE}",
    sizes=ADDRESS_SIZES[:1],
)
"""The names of the personal lines in their own places, for a variant that is still to be filled in."""
PLACES_NAMED = replace(PLACES, about=f"{PLACE}WHOM{PLACE}")
"""The same for letters that say whom they are about."""


class Composer:
    """Typst with the letter template. One for each process: it holds on to fonts and compiled layouts."""

    @cached_property
    def _compiler(self) -> typst.Compiler:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
        return typst.Compiler(root=str(FONTS.parent), font_paths=cast(Any, fonts))  # type: ignore[attr-defined]

    @cached_property
    def _template(self) -> str:
        return (files("helder.letters.typeset") / "letter.typ").read_text("utf-8")

    def pdf(self, document: Document, lines: Lines, paper: Paper, *, tagged: bool = True) -> bytes:
        """The letter as PDF/UA-1 and PDF/A-2a, or without tags for print. Raises `StorageError` if Typst refuses."""
        made = self._compile(
            document,
            lines,
            paper,
            format="pdf",
            pdf_standards=list(ACCESSIBLE) if tagged else ["1.7"],
            timestamp=paper.timestamp,
            pdf_tags=tagged,
        )
        return _no_stream_ends_in_a_return(cast(bytes, made))

    def pictures(
        self, document: Document, lines: Lines, paper: Paper, form: Literal["svg", "png"] = "png", ppi: float = 96
    ) -> list[bytes]:
        """The pages of the letter as pictures."""
        made = self._compile(document, lines, paper, format=form, **({"ppi": ppi} if form == "png" else {}))
        return [made] if isinstance(made, bytes) else cast(list[bytes], made)

    def _compile(self, document: Document, lines: Lines, paper: Paper, **how: Any) -> bytes | list[bytes] | None:
        letter = json.dumps(_letter(document, lines, paper), ensure_ascii=False)
        # Not by `sys_inputs`: with other inputs Typst sets every paragraph anew, also those that it has set before. JSON
        # has no control characters left; in quotes once more it is spelled as a string of Typst's is.
        source = f"#let d = json(bytes({json.dumps(letter, ensure_ascii=False)}))\n{self._template}"
        try:
            return self._compiler.compile(source.encode(), **how)
        except typst.TypstError as error:
            # What Typst says may quote the letter, which names a person.
            raise StorageError(
                "A letter could not be typeset.",
                where=f"letter {document.letter}, {document.language}",
                do="Look for a character that is in none of the fonts.",
            ) from (error if lines is PLACES else None)


def _no_stream_ends_in_a_return(made: bytes) -> bytes:
    """The same PDF; a stream that happens to end in 0x0D gets one more byte.

    Before `endstream` a reader may take that byte for the line's end, and the stream's length would be wrong (ISO
    19005-2, 6.1.7.1). A byte behind the end of deflated data means nothing.
    """
    with pikepdf.open(io.BytesIO(made)) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        ending = [one for one in streams if one.read_raw_bytes().endswith(b"\r")]
        if not ending:
            return made
        for one in ending:
            how: Any = {"filter": one.get("/Filter"), "decode_parms": one.get("/DecodeParms")}
            one.write(one.read_raw_bytes() + b"\0", **how)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
        return out.getvalue()


def _letter(document: Document, lines: Lines, paper: Paper) -> dict[str, Any]:
    plain = document.direction == "ltr"
    with_code = bool(paper.sender.lookup)
    return {
        "title": _printed(document.title, plain),
        "language": document.language,
        "rtl": not plain,
        "country": paper.sender.country,
        "parts": [_part(part, plain) for part in document.parts],
        "closing": _printed(document.closing, plain),
        "signed": [_printed(line, plain) for line in document.signed],
        "words": {k: v for k, v in words_of(document.language).items() if k != "months"},
        "sender": asdict(paper.sender),
        "date": date_text(paper.date, document.language),
        "look": {
            "size": paper.size,
            "specimen": paper.specimen,
            "window": asdict(paper.window),
            "address_sizes": lines.sizes,
            "wrapping_size": WRAPPING_SIZE,
        },
        "address": list(lines.address),
        "about": _printed(about_line(lines.about, document.language), plain) if lines.about else None,
        "salutation": _printed(lines.salutation, plain),
        "reference": lines.reference,
        "code": lines.code if with_code else None,
        "lookup": paper.sender.lookup.lower(),
        "qr": _pixels(lines.symbol) if with_code else None,
    }


def _printed(text: str, left_to_right: bool) -> str:
    """Text as set. Isolates around placeholders do nothing where all runs from left to right, and are left out."""
    return _ISOLATES.sub("", text) if left_to_right and not _RIGHT_TO_LEFT.search(text) else text


def printed(document: Document) -> list[str]:
    """The texts of a document in the order in which they stand in the letter, after the salutation."""
    plain = document.direction == "ltr"
    texts: list[str] = []
    for part in document.parts:
        shown = _part(part, plain)
        texts += shown["points"] if shown["kind"] == "list" else [shown["text"]]
    return texts


def _part(part: Part, plain: bool) -> Mapping[str, Any]:
    if isinstance(part, Heading):
        return {"kind": "heading", "text": _printed(part.text, plain)}
    if isinstance(part, Bullets):
        return {"kind": "list", "points": [_printed(point, plain) for point in part.points]}
    return {"kind": "paragraph", "text": _printed(" ".join(part.sentences), plain)}


def _pixels(symbol: Symbol | None) -> dict[str, Any]:
    """Grey pixels of a QR code with its quiet zone; one white pixel where none is known yet."""
    if symbol is None:
        return {"width": 1, "pixels": [255]}
    width = symbol.width + 2 * QUIET
    rows = [[255] * width for _ in range(width)]
    for y, row in enumerate(symbol.rows()):
        for x, dark in enumerate(row):
            rows[y + QUIET][x + QUIET] = 0 if dark else 255
    return {"width": width, "pixels": [pixel for row in rows for pixel in row]}
