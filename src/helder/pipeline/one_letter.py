"""One letter of a round, made again for its reader: as it was produced, or in large print."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from helder.domain.errors import DeliveryError, RoundError
from helder.domain.letter_reference import typed_reference
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.engines.store import Store
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.output import SINGLES, Output
from helder.letters.typeset.paper import LARGE
from helder.letters.typeset.single import Singles
from helder.letters.typeset.verifying import Verifier
from helder.pipeline.leaving import need_bound
from helder.pipeline.producing import as_made
from helder.results.rounds import ready
from helder.rounds.freeze import LETTERS_FILE
from helder.rounds.record import folder_of


@dataclass(frozen=True)
class OneLetter:
    """A letter as PDF/UA-1 and PDF/A-2a. `kept`: its bytes are those whose hash was kept; `specimen` as the round's letters."""

    reference: str
    language: str
    pdf: bytes
    large: bool
    specimen: bool
    kept: bool


def one_letter(folder: Path, keys: Keys, name: str, typed: str, *, large: bool = False) -> OneLetter:
    """The letter with this reference, however it is typed.

    A letter that goes by itself has the bytes that were produced; of one in a print file, and in large print, the words are the
    same. Raises `RoundError` for a reference that no letter of the round has, when nothing was produced or the round is no
    longer what was; `DeliveryError` when what is made does not read back, or is not what was produced.
    """
    with Store(folder / "work").lock():
        found = ready(folder, name)
        row, reference = _row(folder, keys, name, typed)
        output = Output(folder_of(folder, name) / "out", keys)
        edition = as_made(found, keys, output)
        if not edition.paper.specimen:
            need_bound(folder, keys, found.record)
        paper = replace(edition.paper, size=LARGE) if large else edition.paper
        [letter] = edition.variants.letters(row)
        pdf = Singles(edition.documents, paper, Composer()).make(letter)
        problem = Verifier(edition.documents, paper, edition.house).single(pdf, letter)
        listed = None if large else _listed(output, reference)
    if problem or listed not in (None, hashlib.sha256(pdf).hexdigest()):
        raise DeliveryError(
            "This letter is not the one that was produced.",
            where=f"{reference}: {problem or 'hash'}",
            do=f"helder round verify {folder} {name}",
        )
    language = edition.documents[letter.variant].language
    return OneLetter(reference, language, pdf, large, paper.specimen, kept=listed is not None)


def _row(folder: Path, keys: Keys, name: str, typed: str) -> tuple[pa.Table, str]:
    reference = typed_reference(typed)
    if reference is None:
        raise RoundError(
            "This is no reference of a letter: one or more signs are not right.",
            where=f"round {name}",
            do="Read it again from the letter: XXXXXX-XXXXXX-X, under the date and at the foot of each page.",
        )
    rows = read_parquet([folder_of(folder, name) / LETTERS_FILE], keys)
    row = rows.filter(pc.equal(rows["reference"], reference))
    if not len(row):
        raise RoundError(
            f"No letter of round '{name}' has this reference.",
            where=reference,
            do="Is it of another round? Whoever gets no letter has none to make: "
            f'helder round show {folder} {name} --suppressed --reason "…"',
        )
    return row, reference


def _listed(output: Output, reference: str) -> str | None:
    """The hash that was kept of a letter that goes by itself; None for one in a print file."""
    for line in output.lines(SINGLES):
        if line.startswith(f"{reference},"):
            return line.split(",")[1]
    return None
