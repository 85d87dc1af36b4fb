"""What must stand in a letter, from its row, its document and the paper: worked out anew, not from what made it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from helder.domain.letters import Document
from helder.letters.typeset.composing import printed
from helder.letters.typeset.filling import PAGE_HEIGHT, POINTS, Letter
from helder.letters.typeset.page_text import Place, Shown
from helder.letters.typeset.paper import Paper, about_line, date_text, words_of
from helder.letters.typeset.right_to_left import UNREAD, Line, stand_in_lines

_SPECIMEN = "SPECIMEN"
_RETURN_LINE_MM = 12.5


def squash(*texts: str) -> str:
    """Texts as one, without what typesetting may change: spaces, line ends, list marks, how accents are coded."""
    return UNREAD.sub("", unicodedata.normalize("NFC", "".join(texts)))


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

    def about(self, letter: Letter) -> str:
        """The line that says whom the letter is about, as it is stamped; empty when that is its reader."""
        return f"{self.words['about']}: {letter.about}" if letter.about else ""

    def shared_is_right(self, pages: Sequence[str]) -> bool:
        """Whether the shared texts of a variant's pages are all that must stand there, and nothing else."""
        return self._right(pages, None)

    def whole_is_right(self, pages: Sequence[Sequence[tuple[str, Place]]], letter: Letter) -> bool:
        """Whether the texts of a letter that was set whole, with their places, are all that must stand there, and nothing else."""
        if self.document.direction == "rtl":
            return self._reads_from_right(pages, letter)
        return self._right(["".join([text for text, _ in page]) for page in pages], letter)

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
        feet = [squash(*self._foot(n, len(pages), letter)) for n in range(1, len(pages) + 1)]
        head = _SPECIMEN if self.paper.specimen else ""
        texts = [squash(page) for page in pages]
        if not all(text.startswith(head) for text in texts):
            return False
        texts = [text.removeprefix(head) for text in texts]
        expected = squash(*(line.text for line in self._whole(letter)))
        # Each page ends with its own number of all pages, so that none is missing, doubled or misplaced.
        if not all(text.endswith(foot) for text, foot in zip(texts, feet, strict=True)):
            return False
        return "".join(text.removesuffix(foot) for text, foot in zip(texts, feet, strict=True)) == expected

    def _reads_from_right(self, pages: Sequence[Sequence[tuple[str, Place]]], letter: Letter) -> bool:
        """As `_right`, for writing that stands on paper otherwise than it is read: each line in its own order."""
        head = [_SPECIMEN] if self.paper.specimen else []
        running: list[tuple[str, Place, int]] = []
        for number, page in enumerate(pages, 1):
            found = [(said, place, number) for text, place in page if (said := squash(text))]
            if [text for text, *_ in found[: len(head)]] != head:
                return False
            # The foot is painted last; each page has its own number of all pages.
            foot = [Line(text) for text in self._foot(number, len(pages), letter)]
            start = _foot_start(found)
            if not stand_in_lines(found[start:], foot):
                return False
            running += found[len(head) : start]
        return stand_in_lines(running, self._whole(letter))

    def _foot(self, page: int, pages: int, letter: Letter | None) -> tuple[str, str]:
        """What stands at the foot of a page."""
        return self.footer(letter) if letter else "", f"{self.words['page']} {page} {self.words['of']} {pages}"

    def _whole(self, letter: Letter | None) -> list[Line]:
        """All that stands above the feet, in the order in which it is set: what begins on a line of its own."""
        sender, words, document = self.paper.sender, self.words, self.document
        coded = bool(sender.lookup)
        latin = [sender.name, *sender.lines, sender.return_line, *(letter.address if letter else ())]
        beside = [words["date"], date_text(self.paper.date, document.language), words["reference"]]
        texts = [*beside, letter.reference if letter else "", document.title]
        texts += [about_line(letter.about, document.language)] if letter and letter.about else []
        texts += [letter.salutation if letter else "", *printed(document)]
        code = [letter.code if letter else "", sender.lookup.lower()] if coded else []
        return [
            *(Line(text, rtl=False) for text in latin),
            *map(Line, texts),
            *map(Line, [f"{words['code']}:"] if coded else []),
            *(Line(text, rtl=False) for text in code),
            *map(Line, (document.closing, *document.signed)),
        ]


def _foot_start(found: Sequence[tuple[str, Place, int]]) -> int:
    """Where the foot of a page begins among its texts: those painted last, on the lowest line."""
    start = len(found)
    while start and abs(found[start - 1][1].y - found[-1][1].y) < found[-1][1].size / 2:
        start -= 1
    return start
