"""What a round is frozen from, by hash; so that anything that changed afterwards is found by whoever asks next."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from helder.case.load import Case
from helder.case.model import Round
from helder.engines.base import Published

PEOPLE_FILE = "people.parquet.sealed"
DOCUMENTS_FILE, VARIANTS_FILE = "documents.json", "variants.parquet"
LETTERS_FILE = "letters.parquet.sealed"
_RULES = 4
"""Raised when the same case would be planned differently: rounds of before are then planned again. A test asks for it."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file system's clock tells two versions of a file apart for certain."""
TOLD_FILE = "told.parquet.sealed"
ASKED_FILE = "addresses.parquet"
"""Answers of a register that was asked for the round; see `pipeline.addresses`."""


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes; empty when it is not there."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    if time.time_ns() - stat.st_mtime_ns < _SETTLED:
        return _digest(path)
    return _known_digest(path, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=512)
def _known_digest(path: Path, *stamps: int) -> str:
    """Of a file that has lain still: a page that is asked for again does not read a country's letters again."""
    return _digest(path)


def tables_hash(tables: Iterable[Published]) -> str:
    """Of published tables: their names and checksums."""
    return _sha256(sorted((one.table.name, one.rows, one.sha256) for one in tables))


def definition_hash(case: Case, round: Round) -> str:
    """Of what case.toml says that letters depend on: the round, and the words that can stand in it."""
    file = case.file
    return _sha256(
        {
            "rules": _RULES,
            "round": round.model_dump(mode="json"),
            "case": file.case.model_dump(mode="json"),
            "parties": [party.model_dump(mode="json") for party in file.parties],
            "items": [[id, item.model_dump(mode="json")] for id, item in file.items.items()],
            "groups": [group.model_dump(mode="json") for group in file.groups],
        }
    )


def letters_hash(case: Case, round: Round) -> str:
    """Of everything under `letters/` but the folders of other rounds: names and contents."""
    return _sha256([[str(path.relative_to(case.folder)), file_hash(path)] for path in _letter_files(case, round)])


def _letter_files(case: Case, round: Round) -> Iterator[Path]:
    top = case.folder / "letters"
    others = {other.id for other in case.file.rounds} - {round.letters_of or round.id}
    for path in sorted(top.rglob("*")):
        parts = path.relative_to(top).parts
        hidden = any(part.startswith(".") for part in parts)
        if path.is_file() and not hidden and not (len(parts) > 1 and parts[0] in others):
            yield path


def documents_hash(folder: Path) -> str:
    """SHA-256 of what approvers read in a round's folder, and of who reads which; empty before the first check."""
    if not (folder / DOCUMENTS_FILE).is_file():
        return ""
    return _sha256([file_hash(folder / name) for name in (DOCUMENTS_FILE, VARIANTS_FILE)])


def _sha256(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
