"""Everything that decides the letters of a round but their rows, and the work of one process on portions of rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from helder.domain.letters import Document
from helder.domain.manifest import PrintedLetter, manifest_text
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.house import PrintHouse, fingerprint
from helder.letters.typeset.output import SINGLES_HEAD
from helder.letters.typeset.paper import Paper
from helder.letters.typeset.printing import Printer
from helder.letters.typeset.rows import Portion, Variants
from helder.letters.typeset.single import Singles
from helder.letters.typeset.variant import PrintVariants

FORM = 9
"""Counts up when the bytes of files change though nothing that they are made from does."""


class Made(NamedTuple):
    """A portion as made: its print file (None for single letters), its lines, and how many Typst set whole."""

    pdf: bytes | None
    lines: str
    whole: int


@dataclass(frozen=True)
class Edition:
    """The documents by variant, which row gets which, the paper, the print house, and whether post `prints` there."""

    documents: Mapping[int, Document]
    variants: Variants
    paper: Paper
    house: PrintHouse
    prints: bool = True

    def key(self, rows_sha256: str) -> str:
        """The hash of all that decides the bytes of the files: these, the rows and this version of typesetting."""
        parts = (
            FORM,
            rows_sha256,
            sorted(self.documents.items()),
            self.variants.columns,
            sorted(self.variants.numbers.items()),
            self.paper,
            fingerprint(self.house),
            self.prints,
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def worker(self) -> Callable[[Portion], Made]:
        """Makes one portion after another."""
        return _Maker(self).make


class _Maker:
    def __init__(self, edition: Edition) -> None:
        composer = Composer()
        self._edition = edition
        self._printer = Printer(PrintVariants(edition.documents, edition.paper, composer), edition.house)
        self._singles = Singles(edition.documents, edition.paper, composer)

    def make(self, portion: Portion) -> Made:
        letters = self._edition.variants.letters(portion.rows)
        if portion.kind == "single":
            made = ((letter.reference, self._singles.make(letter)) for letter in letters)
            lines = "".join(f"{ref},{hashlib.sha256(pdf).hexdigest()},{len(pdf)}\n" for ref, pdf in made)
            return Made(None, SINGLES_HEAD + lines, 0)
        file = self._printer.file(portion.name, portion.first, letters)
        lines = manifest_text(
            PrintedLetter(number, p.reference, portion.name, p.sheets, p.pages, p.digest.hex())
            for number, p in enumerate(file.letters, portion.first)
        )
        return Made(file.pdf, lines, sum(p.whole for p in file.letters))
