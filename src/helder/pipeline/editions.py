"""From a planned round to what decides its letters: documents, who reads which, paper, print house; and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from helder.domain.errors import RoundError
from helder.engines.keys import Keys
from helder.engines.parquet import open_parquet
from helder.letters.reader import Telling
from helder.letters.typeset.making import Edition
from helder.letters.typeset.rows import KEY
from helder.letters.typeset.rows import Variants as Numbers
from helder.letters.typeset.stationery import PAPER, load_stationery
from helder.letters.variants import Variants, variants
from helder.pipeline.lettering import letters_of
from helder.results.rounds import Standing
from helder.rounds.freeze import LETTERS_FILE
from helder.rounds.record import folder_of

_BATCH = 5_000


class Rows(NamedTuple):
    """The rows of LETTERS of a round, batch by batch: a country is never in memory."""

    total: int
    batches: Iterator[pa.RecordBatch]


@contextmanager
def rows_of(case: Path, round: str, keys: Keys) -> Iterator[Rows]:
    """The rows, for as long as the block lasts. Raises `StorageError` for a damaged file."""
    with open_parquet(folder_of(case, round) / LETTERS_FILE, keys) as file:
        yield Rows(file.metadata.num_rows, file.iter_batches(_BATCH))


def variants_of(found: Standing, tellings: Sequence[Telling]) -> Variants:
    """The documents for these readers, checked or not. Raises `RoundError` when a text is missing."""
    case, round = found.case, found.round
    try:
        parties = [party.id for party in case.breached]
        return variants(letters_of(case, round), tellings, list(case.items), parties)
    except KeyError:
        raise RoundError(
            f"A text or a fact of round '{round.id}' is missing.",
            where=f"letters/{round.letters_of or round.id}",
            do=f"helder round check {case.folder} {round.id}",
        ) from None


def edition_of(found: Standing, made: Variants, *, specimen: bool, prints: bool | None = None) -> Edition:
    """All that decides the letters of a round but their rows. Raises `CaseError` for the letter paper.

    `prints`: whether post goes in print files; as its channel takes it when not given.
    """
    stationery = load_stationery(found.case.folder / "letters" / PAPER)
    numbers = Numbers(KEY, {row[:-1]: row[-1] for row in made.rows})
    paper = stationery.paper(found.round.date, specimen=specimen)
    prints = found.case.prints if prints is None else prints
    return Edition(dict(enumerate(made.documents)), numbers, paper, stationery.print_house, prints)
