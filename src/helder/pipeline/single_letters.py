"""The letters of a round as PDFs of their own: made when they leave, and each read back before it does."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from threading import Lock

from helder.case.load import Case
from helder.domain.errors import DeliveryError
from helder.domain.letters import Document
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.filling import Letter
from helder.letters.typeset.output import SINGLES, Output
from helder.letters.typeset.single import Singles
from helder.letters.typeset.stationery import PAPER, load_stationery
from helder.letters.typeset.verifying import Verifier
from helder.rounds.record import folder_of


class SingleLetters:
    """Makes them for one round on its real paper: only what may leave is asked for. `documents` by variant.

    Each must be listed among the produced single letters and be the same byte for byte.
    """

    def __init__(self, case: Case, round: str, documents: Sequence[Document]) -> None:
        stationery = load_stationery(case.folder / "letters" / PAPER)
        paper = stationery.paper(case.round(round).date, specimen=False)
        numbered = dict(enumerate(documents))
        self._singles = Singles(numbered, paper, Composer())
        self._verifier = Verifier(numbered, paper, stationery.print_house)
        self._produced = _produced(Output(folder_of(case.folder, round) / "out", None))
        # Several letters leave at the same time; what makes them is for one at a time.
        self._lock = Lock()

    def pdf(self, letter: Letter) -> bytes:
        """The letter, PDF/UA-1 and PDF/A-2a. Raises `DeliveryError` when it is not the one that was produced."""
        with self._lock:
            made = self._singles.make(letter)
            problem = self._verifier.single(made, letter)
        if problem or self._produced.get(letter.reference) != hashlib.sha256(made).hexdigest():
            raise DeliveryError(
                "A letter is not the one that was produced.",
                where=f"{letter.reference}: {problem or 'hash'}",
                do="Nothing of it was sent. Produce and verify the round again.",
            )
        return made


def _produced(output: Output) -> dict[str, str]:
    """SHA-256 of each produced single letter, by reference."""
    return {reference: sha256 for reference, sha256, _ in (line.split(",") for line in output.lines(SINGLES))}
