"""From a letter and what a reader reads of it to the document that is printed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from helder.domain.letters import Bullets, Document, Heading, Paragraph, Part
from helder.letters.audience import Audience, Circumstance, Item
from helder.letters.facts import filled, printed
from helder.letters.lexicon import Lexicon, lexicon
from helder.letters.load import Letter
from helder.letters.model import Texts


class Renderer:
    """One letter in one language. Raises `KeyError` for a text or fact that the check would have named as missing."""

    def __init__(self, letter: Letter, language: str) -> None:
        self.letter = letter
        self.language = language
        self.texts = letter.texts.get(language, Texts())
        self.words = lexicon(language) or _plain()
        self.direction = self.texts.direction or self.words.direction
        self.facts = {id: printed(fact, language, self.words) for id, fact in letter.facts.items()}

        self.fill = cache(self._fill)

    def _fill(self, text: str) -> str:
        """A text with its facts."""
        return filled(text, self.facts, self.words)

    def document(self, audience: Audience, items: Sequence[Item], reader: Circumstance) -> Document:
        """The document for a reader."""
        shown = set(audience.shown(audience.view(items), reader))
        parts: list[Part] = []
        for section in self.letter.sections:
            blocks = [id for id in section.blocks if id in shown]
            if blocks and section.heading:
                parts.append(Heading(self.fill(self.texts.headings[section.id])))
            for id in blocks:
                _join(parts, self._block(id, audience.listed(id, items)))
        return Document(
            self.letter.id,
            self.language,
            self.direction,
            self.fill(self.texts.title or ""),
            tuple(parts),
            self.fill(self.texts.closing or ""),
            tuple(map(self.fill, self.texts.signed or ())),
        )

    def _block(self, id: str, items: Sequence[str]) -> list[Part]:
        block = self.letter.blocks[id]
        said = tuple(self.fill(self.texts.sentences[sentence]) for sentence in block.says)
        if block.form == "bullets":
            return [Bullets(said)]
        listed = [Bullets(tuple(self.fill(self.texts.items[item]) for item in items))] if items else []
        return [Paragraph(said), *listed]


def _join(parts: list[Part], more: list[Part]) -> None:
    """Add parts; sentences in a row are one paragraph, points in a row one list, but an item list ends its block."""
    for part in more:
        last = parts[-1] if parts else None
        alone = len(more) == 1
        if alone and isinstance(part, Bullets) and isinstance(last, Bullets):
            parts[-1] = Bullets((*last.points, *part.points))
        elif isinstance(part, Paragraph) and isinstance(last, Paragraph):
            parts[-1] = Paragraph((*last.sentences, *part.sentences))
        else:
            parts.append(part)


def _plain() -> Lexicon:
    """Numbers and dates for a language that has no file yet: those of English."""
    found = lexicon("en")
    assert found is not None
    return found
