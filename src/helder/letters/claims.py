"""Claims: what a sentence says of the worlds, in a handful of words.

`must` is said of what is true in every world left, `may` of what is true in some and untrue in others. So silence of
the evidence never carries a denial: "was not taken" needs that every world in which it was taken is ruled out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from helder.domain import worlds as w

Force = Literal["must", "may"]
LIST = "list"
PERSON = "person"


@dataclass(frozen=True)
class Predicate:
    """A word that can be claimed. `worlds` are those in which it is true: of an item, or of the person.

    `axis`: claims on one axis answer one question, so a reader may get one of them and not two. `denies` says that a
    sentence needs a word such as "not". Without `worlds` the word is about how the reader stands in the round.
    """

    word: str
    axis: str
    worlds: int | None
    denies: bool
    nl: str
    en: str


ITEM_PREDICATES: dict[str, Predicate] = {
    predicate.word: predicate
    for predicate in (
        Predicate("shared", "source", w.DISCLOSED, False, "wij gaven het", "we gave it"),
        Predicate("not_shared", "source", w.NEVER_OURS, True, "wij gaven het niet", "we did not give it"),
        Predicate("from_other", "origin", w.OTHER_HELD, False, "een ander gaf het", "another gave it"),
        Predicate("taken", "fate", w.STOLEN, False, "het is gestolen", "it was stolen"),
        Predicate("not_taken", "fate", w.NOT_STOLEN, True, "het is niet gestolen", "it was not stolen"),
        Predicate("published", "spread", w.PUBLISHED, False, "het is openbaar gemaakt", "it was made public"),
        Predicate("weakened", "correction", None, False, "wij weten er minder van", "we know less of it than we said"),
    )
}
PERSON_PREDICATES: dict[str, Predicate] = {
    predicate.word: predicate
    for predicate in (
        Predicate("in", "person", w.PERSON_IN, False, "u staat in de gegevens", "you are in the leaked data"),
        Predicate("out", "person", w.PERSON_OUT, True, "u staat er niet in", "you are not in them"),
        Predicate("given", "given", None, False, "wij gaven iets van u", "we gave something of yours"),
        Predicate("which", "which", None, False, "welke gegevens weten wij niet", "we do not know which of your data"),
        Predicate("record", "record", None, False, "een regel is misschien van u", "a record may be yours"),
        Predicate("told", "told", None, False, "wij schreven u al", "we wrote to you before"),
        Predicate("weakened", "correction", None, False, "wij waren te zeker over u", "we were too sure about you"),
        Predicate("changed", "changed", None, False, "wij weten nu meer of minder", "what we know has changed"),
    )
}


@dataclass(frozen=True)
class Claim:
    """One claim. `about` is an item's id, "list", "person", or for a fact its id; a fact has no force."""

    about: str
    word: str
    force: Force = "must"

    @property
    def is_fact(self) -> bool:
        """Whether it is about a fact held in the case."""
        return self.word == "fact"

    @property
    def predicate(self) -> Predicate:
        """What is claimed. Not for facts."""
        return (PERSON_PREDICATES if self.about == PERSON else ITEM_PREDICATES)[self.word]

    @property
    def axis(self) -> str:
        """The question it answers."""
        return self.predicate.axis

    def __str__(self) -> str:
        return f"fact {self.about}" if self.is_fact else f"{self.force} {self.word} {self.about}"


@cache
def parse(text: str) -> Claim:
    """The claim that a text such as "may taken list" or "fact lab_paused" stands for. Raises `ValueError`."""
    parts = text.split()
    if len(parts) == 2 and parts[0] == "fact":
        return Claim(parts[1], "fact")
    if len(parts) == 3 and parts[0] in ("must", "may"):
        force: Force = "must" if parts[0] == "must" else "may"
        known = PERSON_PREDICATES if parts[2] == PERSON else ITEM_PREDICATES
        if parts[1] in known and (known[parts[1]].worlds is not None or force == _FLAG_FORCE.get(parts[1], "must")):
            return Claim(parts[2], parts[1], force)
    raise ValueError(f"'{text}' is no claim")


_FLAG_FORCE: dict[str, Force] = {"record": "may", "which": "may"}


@cache
def carried(claim: Claim, left: int) -> bool:
    """Whether the worlds left (of the item, or of the person) carry a claim about worlds."""
    true = claim.predicate.worlds
    assert true is not None
    if claim.force == "must":
        return left & ~true == 0
    return left & true != 0 and left & ~true != 0
