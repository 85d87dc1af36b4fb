"""The tables of a round of letters: who is told, and the lines of each letter that are about one person."""

from __future__ import annotations

from helder.domain.tables import Table, column

# One row for each person in the round, whatever becomes of their letter.
ROUND_PEOPLE = Table(
    "round_people",
    (
        column("person", "int64", "the person", True),
        column("profile", "int32", "position in the table of profiles of the frozen assessment", True),
        column("group", "text", "the group of case.toml that takes the person; empty: no longer in scope", True),
        column("letter", "text", "which letter of the round", True),
        column("language", "text", "language of the letter, ISO 639-1", True),
        column("why", "text", "first, changed, weakened or repeated: against what they were last told", True),
        column("weakened", "text", "items of which less is known than the person was last told, sorted, parted by ';'"),
        column("outcome", "text", "letter, suppressed or unreachable", True),
        column("policy", "text", "the rule of rounds.policies that decided; empty for an ordinary letter"),
        column("instead", "text", "what happens instead of a letter; empty for a letter"),
        column("channel", "text", "post, email or another channel; empty without a letter"),
    ),
    order=("person",),
    personal=True,
    unique=True,
)

# One row for each letter: what typesetting writes into the pages of its variant.
LETTERS = Table(
    "letters",
    (
        column("person", "int64", "the person", True),
        column("reference", "text", "the letter's reference: keyed, says nothing about the person", True),
        column("code", "text", "the person's code XXXX-XXXX-XXXX for the look-up and the QR code, keyed", True),
        column("letter", "text", "which letter of the round", True),
        column("language", "text", "language of the letter, ISO 639-1", True),
        column("profile", "int32", "the person's profile", True),
        column("weakened", "text", "as in ROUND_PEOPLE"),
        column("why", "text", "as in ROUND_PEOPLE", True),
        column("channel", "text", "post, email or another channel", True),
        column("salutation", "text", "the salutation as printed, with its comma", True),
        column(
            "about", "text", "the person's name in full when whoever acts for them reads the letter; else empty", True
        ),
        column("address", "text", "the window's lines, parted by line feeds; for email the e-mail address", True),
        column("sort", "text", "what the print house sorts by: country, then postcode", True),
    ),
    order=("sort", "reference"),
    personal=True,
    unique=True,
)

# Which document a letter is: by what the reader is told, never by who they are. Documents stand beside it, by number.
VARIANTS = Table(
    "variants",
    (
        column("letter", "text", "which letter of the round", True),
        column("language", "text", "language of the letter, ISO 639-1", True),
        column("profile", "int32", "profile of the frozen assessment", True),
        column("weakened", "text", "as in ROUND_PEOPLE; empty: nothing"),
        column("why", "text", "first, changed, weakened or repeated: against what they were last told", True),
        column("variant", "int32", "position in the round's list of documents", True),
    ),
    order=("letter", "language", "profile", "weakened", "why"),
    personal=False,
)

# What each person was told, by round: kept until the case's retention date. People stand in it by keyed id, because their
# number changes with every new register.
TOLD = Table(
    "told",
    (
        column("keyed", "text", "the person's keyed id", True),
        column(
            "sequence",
            "int32",
            "which round this was, in the order in which rounds began to be handed over, from 1",
            True,
        ),
        column("round", "text", "the round in which they were told", True),
        column("told_on", "date", "the day their letter was handed over", True),
        column("worlds", "text", "worlds left at the time, as 'party:item:mask' parted by ';'", True),
        column("reference", "text", "reference of the letter", True),
        column("status", "text", "told, returned (also refused or failed) or unreachable", True),
    ),
    order=("sequence", "keyed"),
    personal=True,
)

# Letters that came back, by reference. Sealed: that a letter came back, and why, is about a person.
RETURNS = Table(
    "returns",
    (
        column("reference", "text", "the letter's reference", True),
        column("reason", "text", "why it came back: an id of delivery/reasons.csv", True),
        column(
            "step", "text", "what is done next: new_address, other_channel, again, deceased, unreachable or done", True
        ),
        column("returned_on", "date", "the day it was taken in", True),
        column("source", "text", "SHA-256 of the file that told it", True),
    ),
    order=("reference",),
    personal=True,
)
