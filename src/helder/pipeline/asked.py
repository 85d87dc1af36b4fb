"""Answers about addresses name people by number, and numbers change with every new register: which register they are of."""

from __future__ import annotations

from pathlib import Path

from helder.domain.errors import RoundError
from helder.engines.disk import write_whole
from helder.rounds.freeze import ASKED_FILE

ASKED = ASKED_FILE
_OF = "addresses.of"


def bind_answers(folder: Path, register: str) -> None:
    """Say that the answers of a round are about the people of this register (its key). Raises `RoundError` for another's."""
    need_same_register(folder, register)
    path = folder / _OF
    if path.exists():
        return
    write_whole(path, register + "\n")


def need_same_register(folder: Path, register: str) -> None:
    """Raise `RoundError` when there are answers about the people of another register, or nobody knows of which."""
    path = folder / _OF
    there = (folder / ASKED).exists() or path.exists()
    if there and (not path.exists() or path.read_text("utf-8").strip() != register):
        raise RoundError(
            "The addresses were asked for with another register: its numbers may be other people.",
            where=str(folder / ASKED),
            do=f"Remove {ASKED} and {_OF} there, and ask again with 'helder round addresses'.",
        )
