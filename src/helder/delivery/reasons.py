"""Why mail comes back, and what is done then: `reasons.csv`, which a country may extend.

The reasons are those that carriers tick on returned items: UPU Convention Regulations, label CN 15 (unknown, refused, moved,
not collected, address insufficient …), with the Dutch words that PostNL and print houses use for them. No carrier publishes
fixed codes for letters; a word that is not known is kept as `other` and counted.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib import resources
from typing import NamedTuple

_LABEL = re.compile(r"^\s*(?:retour\s*[/-]?\s*return\s*:?)?\s*CN\s*15\s*[:.-]?\s*", re.IGNORECASE)


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
    """The reason that a word of a file means, whatever its capitals, accents and marks; None when no reason has it.

    Labels give it in two languages at once ('Inconnu / Unknown'), and forms name themselves first ('CN 15: …'): the first
    part that is known counts, unless another means something else.
    """
    whole, *parts = (_plain(part) for part in (_LABEL.sub("", word), *re.split(r"[/|;,()]", _LABEL.sub("", word))))
    found = {reason.id: reason for part in parts if (reason := _by_words().get(part))}
    return _by_words().get(whole) or (next(iter(found.values())) if len(found) == 1 else None)


@cache
def _by_words() -> dict[str, Reason]:
    return {_plain(word): one for one in reasons().values() for word in (one.id, *one.words)}


def _plain(word: str) -> str:
    bare = (
        unicodedata.normalize("NFKD", word.replace("_", " ").replace("\u2019", "'")).encode("ascii", "ignore").decode()
    )
    return " ".join(re.sub(r"[^a-z0-9' ]", " ", bare.casefold()).split())
