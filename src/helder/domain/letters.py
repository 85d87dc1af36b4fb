"""What a letter is made of once its words are chosen: a document that is the same for everyone who gets the variant.

`letters` writes documents, typesetting turns them into pages. What differs from person to person stands outside the
document: the address, the salutation, the reference, the code (`domain.round_tables.LETTERS`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Heading:
    """A heading of a section."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; sentences in order, each ready to print."""

    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Bullets:
    """A list; each point one or more sentences, or the name of an item."""

    points: tuple[str, ...]


Part = Heading | Paragraph | Bullets


@dataclass(frozen=True)
class Document:
    """One variant of a letter in one language, whole but for the personal lines.

    `title` is the subject line and the title of the PDF; `parts` come after the salutation; `closing` stands under
    them with the `signed` lines. `direction` is the direction of the writing.
    """

    letter: str
    language: str
    direction: Literal["ltr", "rtl"]
    title: str
    parts: tuple[Part, ...]
    closing: str
    signed: tuple[str, ...]
