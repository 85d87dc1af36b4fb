"""Texts for the tests: the two model letters, and documents of a few sentences."""

from __future__ import annotations

from pathlib import Path

from helder.domain.letters import Document, Paragraph
from helder.letters.plain.pasted import document

HERE = Path(__file__).parent


def model(language: str) -> Document:
    """The model letter."""
    return document((HERE / f"model.{language}.md").read_text("utf-8"), language)


def letter(language: str, *sentences: str, title: str = "") -> Document:
    """A letter of one paragraph."""
    return Document("letter", language, "ltr", title, (Paragraph(sentences),), "", ())
