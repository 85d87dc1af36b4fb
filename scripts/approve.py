#!/usr/bin/env python3
"""Approve the sentences that come with Helder, in the words they have now: the library's, the advice's and the demo's.

In a case this is `helder letter CASE approve`. Here it is a step of its own, so that nobody changes the words of a
sentence without seeing in the same change that its approval changes too.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

from helder.case.load import load_case
from helder.letters.advice import advice_parts, read_advice
from helder.letters.approval import approval_text, fingerprints
from helder.letters.load import load_letters

SOURCE = Path(__file__).resolve().parents[1] / "src" / "helder"
HEAD = "# Made by scripts/approve.py: who found that which sentence says what it claims, by SHA-256 of its words and claims.\n"


def main() -> None:
    """Write both files again."""
    case = load_case(SOURCE / "demo")
    rounds = [round.id for round in case.file.rounds if round.letters_of is None]
    letters = [letter for round in rounds for letter in load_letters(case, round).values()]
    every = fingerprints(letters)
    shipped = {*_ids(SOURCE / "letters" / "library" / "sentences.toml"), *advice_parts(read_advice())[0].sentences}
    for folder, by, mine in (
        (SOURCE / "letters" / "library", "the maintainers of Helder", True),
        (
            SOURCE / "demo" / "letters" / "library",
            "head of communication, Bevolkingsonderzoek Nederland (made up)",
            False,
        ),
    ):
        approved = {key: sha256 for key, sha256 in every.items() if (key[0] in shipped) is mine}
        text = HEAD + approval_text(approved, by, dt.date(2025, 9, 11))
        (folder / "approved.toml").write_text(text, encoding="utf-8")


def _ids(path: Path) -> set[str]:
    return set(tomllib.loads(path.read_text(encoding="utf-8"))["sentences"])


if __name__ == "__main__":
    main()
