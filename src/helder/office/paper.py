"""A document to hand out: title, headings, text, flags and tables, written as accessible PDF (PDF/UA-1) or as ODT.

What people wrote is data for both writers, never markup.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from typing import cast

import typst

from helder.letters.typeset.paper import FONTS


@dataclass(frozen=True)
class Part:
    """A part: a "heading" of a level from 1, "text", a "flag" (what is wrong, set apart), or a "table" with a caption."""

    kind: str
    text: str
    level: int = 1
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass
class Paper:
    """A document in one language ('nl' or 'en'). `about` is the line below the title."""

    title: str
    about: str
    lang: str
    parts: list[Part] = field(default_factory=list)

    def heading(self, text: str, level: int = 1) -> None:
        """Add a heading."""
        self.parts.append(Part("heading", text, level))

    def text(self, text: str) -> None:
        """Add text; an empty line parts paragraphs."""
        self.parts += [Part("text", piece.strip()) for piece in text.split("\n\n") if piece.strip()]

    def flag(self, text: str) -> None:
        """Add what is wrong."""
        self.parts.append(Part("flag", text))

    def table(self, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table; its first column names its rows."""
        self.parts.append(Part("table", caption, heads=tuple(heads), rows=tuple(map(tuple, rows))))


def pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1: equal bytes for an equal paper."""
    inputs = {"paper": json.dumps(asdict(paper))}
    return cast(bytes, _compiler().compile(format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs))


@cache
def _compiler() -> typst.Compiler:
    template = files(__package__) / "paper.typ"
    return typst.Compiler(str(template), font_paths=[str(FONTS)], ignore_system_fonts=True)


def odt(paper: Paper) -> bytes:
    """The paper as OpenDocument text, to go on writing in."""
    # Slow to load, and most processes of the office never write one.
    from odfdo import Document, Header, Paragraph, Row, Style, Table

    document = Document("text")
    document.set_language({"nl": "nl-NL"}.get(paper.lang, "en-GB"))
    document.meta.title = paper.title
    document.insert_style(Style("paragraph", name="Flag", area="text", color="#a00000", bold=True), automatic=True)
    body = document.body
    body.clear()
    body.append(Header(1, paper.title))
    body.append(Paragraph(paper.about))
    for number, part in enumerate(paper.parts):
        if part.kind == "heading":
            body.append(Header(part.level + 1, part.text))
        elif part.kind == "table":
            body.append(Paragraph(part.text))
            table = Table(f"table{number}")
            for cells in (part.heads, *part.rows):
                row = Row()
                row.set_values(list(cells))
                table.append_row(row)
            body.append(table)
        else:
            body.append(Paragraph(part.text, style="Flag" if part.kind == "flag" else None))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
