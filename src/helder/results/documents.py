"""The letters of a checked round as texts to read: which documents there are, and how many people read each.

Documents name nobody (`domain.letters`). How many people read each is counted from the sealed list of people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from helder.domain.errors import RoundError
from helder.domain.letters import Document
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.rounds.freeze import DOCUMENTS_FILE as DOCUMENTS
from helder.rounds.freeze import PEOPLE_FILE, file_hash
from helder.rounds.freeze import VARIANTS_FILE as VARIANTS
from helder.rounds.record import RoundRecord, folder_of

_KEY = ("letter", "language", "profile", "weakened", "why")


@dataclass(frozen=True)
class Read:
    """A document and how many people read it."""

    document: Document
    people: int


@dataclass(frozen=True)
class Texts:
    """All documents of a round, most read first; `sha256` of the file they stand in: what was looked at."""

    reads: tuple[Read, ...]
    sha256: str

    @property
    def pairs(self) -> Mapping[tuple[str, str], tuple[Read, ...]]:
        """The documents by (letter, language)."""
        found: dict[tuple[str, str], list[Read]] = {}
        for read in sorted(self.reads, key=lambda read: (read.document.letter, read.document.language != "nl")):
            found.setdefault((read.document.letter, read.document.language), []).append(read)
        return {pair: tuple(reads) for pair, reads in found.items()}


def texts(case: Path, record: RoundRecord, keys: Keys) -> Texts | None:
    """The documents of a round; None while the round was not checked. Raises `RoundError` when they are damaged."""
    folder = folder_of(case, record.round)
    if not (folder / DOCUMENTS).is_file():
        return None
    stamps = tuple((folder / name).stat().st_mtime_ns for name in (DOCUMENTS, VARIANTS, PEOPLE_FILE))
    return _texts(folder, stamps, keys)


@lru_cache(maxsize=8)
def _texts(folder: Path, stamps: tuple[int, ...], keys: Keys) -> Texts:
    try:
        documents = [Document.from_dict(said) for said in json.loads((folder / DOCUMENTS).read_text("utf-8"))]
        variants = pq.ParquetFile(folder / VARIANTS).read().to_pylist()
        variant = {tuple(row[name] or "" for name in _KEY): int(row["variant"]) for row in variants}
        people = [0] * len(documents)
        for row in _readers(folder, keys):
            people[variant[tuple(row[name] or "" for name in _KEY)]] += row["count_all"]
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        raise RoundError(
            f"The documents of round '{folder.name}' do not belong to its people.",
            where=str(folder / DOCUMENTS),
            do=f"helder round check {folder.parent.parent} {folder.name}",
        ) from None
    reads = sorted((Read(*pair) for pair in zip(documents, people, strict=True)), key=lambda read: -read.people)
    return Texts(tuple(reads), file_hash(folder / DOCUMENTS))


def _readers(folder: Path, keys: Keys) -> list[dict[str, Any]]:
    """How many people get a letter, by what decides its words."""
    table = read_parquet([folder / PEOPLE_FILE], keys, [*_KEY, "outcome"])
    counted = table.filter(pc.equal(table["outcome"], "letter")).group_by(list(_KEY)).aggregate([([], "count_all")])
    rows: list[dict[str, Any]] = counted.to_pylist()
    return rows
