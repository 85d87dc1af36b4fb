"""How many pages documents take on a paper, of those that may need a second sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from helder.domain.letters import Document
from helder.letters.typeset.composing import Composer, Lines, printed
from helder.letters.typeset.filling import Kind
from helder.letters.typeset.paper import Paper
from helder.letters.typeset.variant import places_of

SIDES = 2
"""Pages that one sheet holds."""
_ENOUGH = 40
"""So many in a row that fit, from the longest down, and shorter ones are taken to fit too: setting hundreds takes many seconds."""
_LINE = 90
"""Characters of a line, about."""


def beyond_a_sheet(documents: Sequence[Document], paper: Paper, named: Collection[str] = ()) -> dict[int, int]:
    """The pages of each document that takes more than one sheet, by its number. Raises `StorageError` as `Composer.pdf`.

    `named` are the letters of which a line says whom they are about.
    """
    found = dict[int, int]()
    languages = defaultdict[str, list[int]](list)
    for number in sorted(range(len(documents)), key=lambda one: -_height(documents[one])):
        languages[documents[number].language].append(number)
    for numbers in languages.values():
        fitting = 0
        for number in numbers:
            places = places_of(Kind(number, documents[number].letter in named))
            pages = _pages(documents[number], places, paper)
            if pages > SIDES:
                found[number] = pages
            fitting = fitting + 1 if pages <= SIDES else 0
            if fitting == _ENOUGH:
                break
    return found


def _height(document: Document) -> float:
    """About how high a document is, in lines."""
    return sum(-(-len(text) // _LINE) for text in printed(document)) + 0.7 * len(document.parts)


@lru_cache(maxsize=2048)  # rounds are checked again with most documents as they were
def _pages(document: Document, lines: Lines, paper: Paper) -> int:
    """The pages of a letter, as small pictures: they take less time than a PDF, and are as many."""
    return len(_composer().pictures(document, lines, paper, ppi=1))


@cache
def _composer() -> Composer:
    return Composer()
