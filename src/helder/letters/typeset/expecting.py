"""What must stand in a letter, from its row, its document and the paper: worked out anew, not from what made it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from helder.domain.letters import Document
from helder.letters.typeset.composing import printed
from helder.letters.typeset.filling import PAGE_HEIGHT, POINTS, Letter
from helder.letters.typeset.page_text import Shown
from helder.letters.typeset.paper import Paper, date_text, words_of

_SPECIMEN = "SPECIMEN"
_NOT_READ = re.compile("[\\s•\u00ad\u200b-\u200f\u2066-\u2069]+")
_LAM, _ALEFS = "\u0644", "\u0627\u0622\u0623\u0625"
_RETURN_LINE_MM = 12.5


def squash(*texts: str) -> str:
    """Texts as one, without what typesetting may change: spaces, line ends, list marks, how accents are coded."""
    return _NOT_READ.sub("", unicodedata.normalize("NFC", "".join(texts)))


@dataclass(frozen=True)
class Expectation:
    """What the letters of one variant must say."""

    document: Document
    paper: Paper

    @cached_property
    def words(self) -> dict[str, str]:
        """The words of the paper in the letter's language."""
        return {name: word for name, word in words_of(self.document.language).items() if isinstance(word, str)}

    def footer(self, letter: Letter) -> str:
        """The reference at the foot of each page."""
        return f"{self.words['reference']}: {letter.reference}"

    def shared_is_right(self, pages: Sequence[str]) -> bool:
        """Whether the shared texts of a variant's pages are all that must stand there, and nothing else."""
        return self._right(pages, None)

    def whole_is_right(self, pages: Sequence[str], letter: Letter) -> bool:
        """Whether the texts of a letter that was set whole are all that must stand there, and nothing else."""
        return self._right(pages, letter)

    def address_zone(self, page: Shown) -> list[str]:
        """The texts in the part of the window where the address stands, from top to bottom.

        What stands within half a line of what came before belongs to its line: marks are set a little higher or lower.
        """
        left, right, bottom, top = self._zone
        lines: list[tuple[float, str]] = []
        for text, (x, y, size) in zip(page.texts, page.places, strict=True):
            if not (left < x < right and bottom < y < top):
                continue
            if lines and abs(lines[-1][0] - y) < size / 2:
                lines[-1] = (lines[-1][0], lines[-1][1] + text)
            else:
                lines.append((y, text))
        return [line for _, line in sorted(lines, key=lambda one: -one[0])]

    @cached_property
    def _zone(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of that part, in points."""
        window = self.paper.window
        top, bottom = (PAGE_HEIGHT - below * POINTS for below in (window.y + _RETURN_LINE_MM, window.y + window.height))
        return window.x * POINTS, (window.x + window.width) * POINTS, bottom, top

    def _right(self, pages: Sequence[str], letter: Letter | None) -> bool:
        words = self.words
        footer = self.footer(letter) if letter else ""
        feet = [squash(footer, f"{words['page']} {n} {words['of']} {len(pages)}") for n in range(1, len(pages) + 1)]
        head = _SPECIMEN if self.paper.specimen else ""
        texts = [squash(page) for page in pages]
        if not all(text.startswith(head) for text in texts):
            return False
        texts = [text.removeprefix(head) for text in texts]
        expected = self._whole(letter)
        if self.document.direction == "rtl":
            return _same_letters("".join(texts), expected + "".join(feet))
        # Each page ends with its own number of all pages, so that none is missing, doubled or misplaced.
        if not all(text.endswith(foot) for text, foot in zip(texts, feet, strict=True)):
            return False
        return "".join(text.removesuffix(foot) for text, foot in zip(texts, feet, strict=True)) == expected

    def _whole(self, letter: Letter | None) -> str:
        sender, words, document = self.paper.sender, self.words, self.document
        coded = bool(sender.lookup)
        texts = [
            sender.name,
            *sender.lines,
            sender.return_line,
            *(letter.address if letter else ()),
            words["date"],
            date_text(self.paper.date, document.language),
            words["reference"],
            letter.reference if letter else "",
            document.title,
            letter.salutation if letter else "",
            *printed(document),
            *((f"{words['code']}:", letter.code if letter else "", sender.lookup.lower()) if coded else ()),
            document.closing,
            *document.signed,
        ]
        return squash(*texts)


def _same_letters(found: str, expected: str) -> bool:
    """Whether two texts have the same letters, each as often: written from right to left they stand as the eye sees them.

    A letter and the mark that it carries may each say that they are both, so those may occur once more; a lam and an alef
    are one sign, which then says the alef once more too.
    """
    surplus, missing = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
    carried = Counter[str]()
    for before, mark, after in zip(expected, expected[1:], expected[2:] + " ", strict=False):
        if unicodedata.combining(mark):
            carried.update((before, mark, after) if before == _LAM and after in _ALEFS else (before, mark))
    return not missing and surplus <= carried
