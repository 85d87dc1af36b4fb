"""`letters/paper.toml`: who the letters come from, and what the print house wants.

It stands among the letters, so that two people approve it with them: what is printed around a letter is part of it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from helder.case.toml_file import read_toml
from helder.domain.errors import CaseError
from helder.letters.typeset.house import PrintHouse, Strict
from helder.letters.typeset.paper import Paper, Sender

PAPER = "paper.toml"


class SenderTable(Strict):
    """`[sender]`: the letterhead."""

    name: str = Field(min_length=1)
    lines: tuple[str, ...] = Field(default=(), max_length=6, description="under the name: address, telephone, website")
    return_line: str = Field(min_length=1, description="small, above the address: where the letter goes back to")
    lookup: str = Field(
        default="", description="where a letter's code leads, in capitals, ending in '/'; empty: no code is printed"
    )
    country: str = Field(
        default="nl", pattern="^[a-z]{2}$", description="language of the addresses, for screen readers"
    )


class Stationery(Strict):
    """The whole file."""

    sender: SenderTable
    print_house: PrintHouse = PrintHouse()

    def paper(self, date: dt.date, *, specimen: bool) -> Paper:
        """The paper of a round whose letters bear this date."""
        sender = Sender(**self.sender.model_dump())
        return Paper(sender, date, self.print_house.paper_window(), specimen=specimen)


def load_stationery(path: Path) -> Stationery:
    """Read it. Raises `CaseError` that names the setting which is wrong."""
    if not path.exists():
        raise CaseError(
            "There is no letter paper.",
            where=str(path),
            do="Say in letters/paper.toml who the letters come from: see docs/how-to/produce-letters.md.",
        )
    try:
        return Stationery.model_validate(read_toml(path))
    except ValidationError as error:
        first: Any = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise CaseError(
            f"A setting of the letter paper is not right: {first['msg'].lower()}.",
            where=f"{path}: {place}",
            do="See docs/how-to/produce-letters.md.",
        ) from None
