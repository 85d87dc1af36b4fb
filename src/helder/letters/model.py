"""The model of a letter as people write it: `letter.toml`, the libraries it draws on, and one text per language.

A letter says *sentences*; a sentence has the same claims in every language. *Blocks* group sentences and say who
reads them; *selections* pick items by the worlds left. An unknown word is refused with its place.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from helder.case.part import Id, Language, Said
from helder.case.part import Part as CasePart

Why = Literal["first", "changed", "weakened", "repeated"]
Question = Literal[
    "what_happened",
    "which_data",
    "certain",
    "where_now",
    "what_can_criminals_do",
    "what_can_i_do",
    "why_me",
    "why_given",
    "record",
    "what_is_done",
    "what_next",
    "is_it_you",
    "apology",
    "contact",
]
Kind = Literal["claim", "advice", "consequence", "courtesy"]
PersonState = Literal["in", "out", "open"]
Words = Annotated[str, Field(min_length=1)]


class Part(CasePart, BaseModel):
    """A table of a letter: unknown words are refused, as in `case.toml`."""


class Selection(Part):
    """`[selections.<id>]`: the items for which all of this holds, each item looked at by itself.

    `must`: true in every world left. `may`: true in some and untrue in others. `cannot`: true in none. The words are
    those of claims. `not_must`: untrue in at least one world. `items` limits the selection to these; `weakened` to those of which less is known than was told.
    """

    items: list[Id] | None = None
    must: list[Id] = []
    may: list[Id] = []
    cannot: list[Id] = []
    not_must: list[Id] = []
    weakened: bool | None = None


class When(Part):
    """Who reads a block: all that is set must hold.

    `some`: each of these selections holds an item of the reader; `any`: at least one does; `none`: no one does.
    `risks`: the reader runs at least one of these risks. The rest looks at the reader as a whole.
    """

    some: list[Id] = []
    any: list[Id] = []
    none: list[Id] = []
    risks: list[Id] = []
    person: list[PersonState] | None = None
    review: bool | None = None
    weakened: bool | None = Field(default=None, description="less is known of whether the reader is in the data at all")
    groups: list[Id] | None = None
    why: list[Why] | None = None


class Block(Part):
    """`[blocks.<id>]`: sentences that stand together, who reads them, and what they claim.

    `lists` is the selection whose items are printed below the sentences; claims about "list" are about each of them.
    `claims` is what the sentences claim together: said here so that the letter can be read without them. Every reader
    gets an answer to every question, some only those who have it: `why_given` (why did you give my data?) whoever has an
    item that we gave, `record` (what is done about the record that may be mine?) whoever has an open review, and what
    criminals can do, what the reader can do and `is_it_you` (how do I know that it is you who asks?) whoever runs a risk.
    """

    kind: Kind = "claim"
    when: When = When()
    lists: Id | None = None
    claims: list[Words] = []
    says: list[Id] = Field(min_length=1)
    answers: list[Question] = []
    risks: list[Id] = []
    form: Literal["paragraph", "bullets"] = "paragraph"
    party: Id | None = Field(default=None, description="breached party it speaks of; else the letter's")


class Sentence(Part):
    """`[sentences.<id>]`: what a sentence claims, whatever the language.

    `negations` counts the words that deny ("not", "never"), by language where they differ. `mentions` are items that
    are named without a claim about them. `words` must stand in it, by language: who does what, where no fact says so.
    """

    claims: list[Words] = []
    negations: int | dict[Language, int] = 0
    mentions: list[Id] = []
    words: dict[Language, list[Words]] = {}


class Parts(Part):
    """What libraries and letters share: selections, blocks and sentences by id."""

    selections: dict[Id, Selection] = {}
    blocks: dict[Id, Block] = {}
    sentences: dict[Id, Sentence] = {}


class Section(Part):
    """`[[sections]]`: a heading (its text under the same id in each language; none when false) and blocks in order."""

    id: Id
    heading: bool = True
    blocks: list[Id] = Field(min_length=1)


class Head(Part):
    """`[letter]`: for whom the letter is. Empty lists mean everybody; `party` is the breached party it speaks of."""

    groups: list[Id] = []
    why: list[Why] = []
    party: Id | None = None
    authors: list[Words] = Field(
        default=[],
        description="who wrote it, by user name of the office, or `outside: NAME` for who has no account: they do not approve it",
    )
    languages: list[Language] = ["nl", "en"]


class LetterFile(Parts):
    """`letter.toml` as a whole."""

    letter: Head = Head()
    sections: list[Section] = Field(min_length=1)


class Texts(Part):
    """`nl.toml`, `en.toml` …: the words of one language. Placeholders are ids of facts in braces: `{phone}`."""

    title: str | None = None
    closing: str | None = None
    signed: list[Words] | None = None
    direction: Literal["ltr", "rtl"] | None = None
    reviewed: bool | None = Field(default=None, description="false: no native reader has looked at it yet")
    headings: dict[Id, Words] = {}
    items: dict[Id, Words] = {}
    nouns: dict[Id, list[Words]] = Field(default={}, description="the words by which an item is named")
    sentences: dict[Id, Words] = {}


class Fact(Part):
    """`[<id>]` in `letters/facts.toml`: something the case holds, with its evidence and from when until when it may be said.

    `value` is what a placeholder prints: a date, a whole number, or a name or contact (by language where it differs).
    A fact without a value is stated in words only. `words` must stand in every sentence that claims it:
    who did it, what and where, so that no other actor or place can be put there.
    """

    kind: Literal["measure", "investigation", "event", "open_question", "number", "date", "contact", "name"]
    value: dt.date | int | str | dict[Language, str] | None = None
    unit: str | None = None
    on: dt.date | None = Field(default=None, description="for a number: the day on which it was so")
    evidence: Words
    valid_from: dt.date | None = Field(default=None, description="the first day on which it may be said")
    valid_until: dt.date
    words: dict[Language, list[Words]] = {}


class RareWord(Part):
    """`[nl]`, `[en]` in `letters/words.toml`: a rare word that the letters of the case use, with one of these beside it.

    `explained_by` is what a letter must say once where it uses the word; `known` why every reader knows the word.
    """

    explained_by: Said | None = None
    known: Said | None = None


class Approval(Part):
    """`[[approvals]]`: a named person found that these sentences say what they claim, in these words.

    `sentences` holds for each language and sentence the SHA-256 of what was approved (`helder letter … approve`).
    """

    by: Words
    on: dt.date
    sentences: dict[Language, dict[Id, Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]]]
