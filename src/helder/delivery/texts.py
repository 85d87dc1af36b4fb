"""A letter as plain text, for e-mail: the same words as on paper, in the same order."""

from __future__ import annotations

from collections.abc import Iterator

from helder.domain.letters import Bullets, Document, Heading


def plain_text(document: Document, salutation: str, reference: str) -> str:
    """The text: salutation, parts, closing, who signs, and the reference. Lines are as long as their paragraph.

    It names nobody whom it is about: no e-mail goes to who acts for somebody (`rounds.policies`), so that is its reader.
    """
    return "\n\n".join((salutation, *_parts(document), document.closing, "\n".join(document.signed), reference)) + "\n"


def _parts(document: Document) -> Iterator[str]:
    for part in document.parts:
        if isinstance(part, Heading):
            yield part.text.upper()
        elif isinstance(part, Bullets):
            yield "\n".join(f"- {point}" for point in part.points)
        else:
            yield " ".join(part.sentences)
