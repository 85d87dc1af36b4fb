"""Why mail comes back, and what is done then: `reasons.csv`, which a country may extend.

The reasons are those that carriers tick on returned items: UPU Convention Regulations, label CN 15 (unknown, refused, moved,
not collected, address insufficient …), with the Dutch words that PostNL and print houses use for them. No carrier publishes
fixed codes for letters; a word that is not known is kept as `other` and counted.
"""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from importlib import resources
from typing import NamedTuple


class Reason(NamedTuple):
    """One reason: its words for people, the next step, and the words by which files name it."""

    id: str
    nl: str
    en: str
    step: str
    words: frozenset[str]


STEPS: dict[str, tuple[str, str]] = {
    "new_address": ("nieuw adres zoeken", "look for a new address"),
    "other_channel": ("langs een andere weg", "by another channel"),
    "again": ("opnieuw drukken", "print again"),
    "deceased": ("in het register nakijken; niet opnieuw schrijven", "check the register; do not write again"),
    "unreachable": ("niet te bereiken", "cannot be reached"),
    "done": ("afgehandeld", "dealt with"),
}
"""What happens next, in Dutch and English. `unreachable` and `done` end it; the others wait for somebody."""
OTHER = "other_channel"
ENDED = frozenset({"unreachable", "done"})


@cache
def reasons() -> dict[str, Reason]:
    """All reasons by id."""
    text = resources.files(__package__).joinpath("reasons.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["id"]: Reason(row["id"], row["nl"], row["en"], row["step"], frozenset(row["words"].split(";")))
        for row in rows
    }


def reason_of(word: str) -> Reason | None:
    """The reason that a word of a file means, whatever its capitals and accents; None when no reason has it."""
    bare = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().casefold()
    plain = " ".join(bare.replace("_", " ").split())
    return next((one for one in reasons().values() if plain in one.words or plain == one.id.replace("_", " ")), None)
