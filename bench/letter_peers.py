"""The same letter by other programs, as their users do it: one document at a time, from its texts to a PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape
from typing import Any

from helder.domain.letters import Bullets, Document, Heading
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.filling import Letter
from helder.letters.typeset.making import Edition
from helder.letters.typeset.paper import FONTS
from helder.letters.typeset.variant import Codes, lines_of

Maker = Callable[[Letter], bytes]
_STYLE = f"""
@font-face {{ font-family: N; src: url(file:{FONTS}/NotoSans-Regular.ttf) }}
@font-face {{ font-family: N; font-weight: bold; src: url(file:{FONTS}/NotoSans-Bold.ttf) }}
@page {{ size: A4; margin: 45mm 22mm 24mm 25mm; @bottom-right {{ content: counter(page) " / " counter(pages) }} }}
body {{ font: 11pt/1.35 N }} h1 {{ font-size: 13pt }} h2 {{ font-size: 11pt }} address {{ height: 42mm; font-style: normal }}
"""


def typst_alone(edition: Edition) -> Maker:
    """Typst with our template, tagged, each letter whole."""
    composer, codes = Composer(), Codes(edition.paper)

    def make(letter: Letter) -> bytes:
        return composer.pdf(edition.documents[letter.variant], lines_of(letter, codes), edition.paper)

    return make


def weasyprint(edition: Edition) -> Maker:
    """WeasyPrint on a page of HTML a letter, as GOV.UK Notify does it; without tags and without a QR code."""
    import weasyprint  # type: ignore[import-untyped]
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

    fonts = FontConfiguration()
    style = weasyprint.CSS(string=_STYLE, font_config=fonts)

    def make(letter: Letter) -> bytes:
        page = _html(edition.documents[letter.variant], letter)
        made: bytes = weasyprint.HTML(string=page).write_pdf(stylesheets=[style], font_config=fonts)
        return made

    return make


def reportlab(edition: Edition) -> Maker:
    """ReportLab's Platypus, a document a letter; without tags and without a QR code."""
    from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
    from reportlab.platypus import Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]

    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"NotoSans-{name}.ttf")))
    styles = {tag: ParagraphStyle(tag, fontName="Bold", fontSize=11, leading=15) for tag in ("h1", "h2")}
    plain = ParagraphStyle("p", fontName="Regular", fontSize=11, leading=15, spaceAfter=5)

    def make(letter: Letter) -> bytes:
        out = io.BytesIO()
        flow: list[Any] = [
            Paragraph(escape(text), styles.get(tag, plain))
            for tag, text in _texts(edition.documents[letter.variant], letter)
        ]
        SimpleDocTemplate(out, pagesize=A4, pageCompression=1).build(flow)
        return out.getvalue()

    return make


def _texts(document: Document, letter: Letter) -> list[tuple[str, str]]:
    """The texts of a letter, each with the HTML element that it is."""
    texts = [("div", line) for line in letter.address]
    texts += [("p", letter.reference), ("h1", document.title), ("p", letter.salutation)]
    for part in document.parts:
        if isinstance(part, Heading):
            texts.append(("h2", part.text))
        elif isinstance(part, Bullets):
            texts += [("li", point) for point in part.points]
        else:
            texts.append(("p", " ".join(part.sentences)))
    return [*texts, ("p", letter.code), ("p", document.closing), *(("p", line) for line in document.signed)]


def _html(document: Document, letter: Letter) -> str:
    inside = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in _texts(document, letter))
    return f'<html lang="{document.language}"><title>{escape(document.title)}</title><body>{inside}</body></html>'


PEERS: dict[str, Callable[[Edition], Maker]] = {
    "Typst alone": typst_alone,
    "WeasyPrint": weasyprint,
    "ReportLab": reportlab,
}
