"""A document from text that somebody pastes: Markdown or plain text, one paragraph or list point a block."""

from __future__ import annotations

import re
from collections import Counter

from helder.domain.letters import Bullets, Document, Heading, Paragraph, Part
from helder.letters.plain.lines import split, words

_PLACE = re.compile(r"\{\{.*?\}\}|\{[\w.]+\}")
_HEADING, _POINT = re.compile(r"#{1,6}\s+"), re.compile(r"(?:[-*•–]|\d+[.)])\s+")
_TELLS = {
    "nl": frozenset(
        ["de", "het", "een", "van", "en", "wij", "u", "uw", "niet", "is", "zijn", "dat", "met", "voor", "op"]
    ),
    "en": frozenset(
        ["the", "a", "of", "and", "we", "you", "your", "not", "is", "are", "that", "with", "for", "to", "on"]
    ),
}


def document(text: str, language: str | None = None) -> Document:
    """The document that a text makes. Markdown's headings and lists are known; a blank line ends a paragraph.

    Placeholders (`{{name}}`) count as one word. Without a language it is Dutch or English, whichever has more of its little words.
    """
    text = _PLACE.sub("00", text.replace("\r\n", "\n")).replace("**", "").replace("__", "")
    parts: list[Part] = []
    paragraph: list[str] = []
    for line in [*map(str.strip, text.split("\n")), ""]:
        heading, point = _HEADING.match(line), _POINT.match(line)
        if line and not heading and not point:
            paragraph.append(line)
            continue
        if paragraph:
            parts.append(Paragraph(split(" ".join(paragraph))))
            paragraph.clear()
        if heading:
            parts.append(Heading(line[heading.end() :]))
        elif point:
            _point(parts, line[point.end() :])
    return Document("pasted", language or guess(text), "ltr", "", tuple(parts), "", ())


def guess(text: str) -> str:
    """`nl` or `en`, by the little words of each."""
    seen = Counter(words(text.lower()))
    return max(_TELLS, key=lambda language: sum(seen[word] for word in _TELLS[language]))


def _point(parts: list[Part], point: str) -> None:
    """Points that follow each other are one list."""
    last = parts[-1] if parts else None
    if isinstance(last, Bullets):
        parts[-1] = Bullets((*last.points, point))
    else:
        parts.append(Bullets((point,)))
