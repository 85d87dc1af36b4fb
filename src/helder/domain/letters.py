"""What a letter is made of once its words are chosen: a document that is the same for everyone who gets the variant.

`letters` writes documents, typesetting turns them into pages. What differs from person to person stands outside the
document: the address, the salutation, whom it is about, the reference, the code (`domain.round_tables.LETTERS`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


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

    def as_dict(self) -> dict[str, Any]:
        """The document as JSON can hold it; `from_dict` reads it back."""
        kinds = [{"kind": type(part).__name__.lower(), **vars(part)} for part in self.parts]
        return {**vars(self), "parts": kinds}

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Document:
        """The document that `as_dict` wrote."""
        parts = tuple(_part(dict(part)) for part in said["parts"])
        return cls(**{**said, "parts": parts, "signed": tuple(said["signed"])})

    @property
    def digest(self) -> str:
        """SHA-256 of all that is printed, in hexadecimal: the same words give the same digest."""
        text = json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _part(said: dict[str, Any]) -> Part:
    match said.pop("kind"):
        case "heading":
            return Heading(**said)
        case "paragraph":
            return Paragraph(tuple(said["sentences"]))
        case _:
            return Bullets(tuple(said["points"]))
