"""Who wrote the letters of a round: they do not approve them.

A letter names its authors under `[letter]` as `authors`: the user name of an account of the office, or `outside: NAME` for
somebody who has none, such as an agency. Accounts are compared, not spellings of a name: who signs does so with an account.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass

from helder.case.load import Case
from helder.case.model import Round
from helder.domain.errors import RoundError

_ACCOUNT = re.compile(r"[-\w]+", re.ASCII)  # what the office takes as a user name
_OUTSIDE = re.compile(r"outside\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)


def plain(name: str) -> str:
    """A name for comparing: case, accents, spaces and other widths of letters make nobody another person."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's, as far as names tell."""
    return plain(one) == plain(other)


@dataclass(frozen=True)
class Signer:
    """Who signs: the user name of the account, and what its holder is called."""

    account: str
    name: str

    def same(self, other: Signer) -> bool:
        """Whether both are one person: of one account, or called the same."""
        return same_person(self.account, other.account) or same_person(self.name, other.name)


@dataclass(frozen=True)
class Authors:
    """Accounts by user name in small letters, as the log-in compares them, and the names of people who have none."""

    accounts: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()

    def include(self, one: Signer) -> bool:
        """Whether they wrote: by their account, or because somebody `outside` is called as they are."""
        called = {plain(one.account), plain(one.name)}
        return plain(one.account) in self.accounts or any(plain(other) in called for other in self.outside)


def as_authors(written: list[str]) -> Authors:
    """What stands under `authors`. Raises `ValueError` for nobody, and for what is neither a user name nor `outside: NAME`."""
    accounts, outside = set(), set()
    for one in (text.strip() for text in written):
        if _ACCOUNT.fullmatch(one):
            accounts.add(plain(one))
        elif (found := _OUTSIDE.fullmatch(one)) and any(char.isalnum() for char in found[1]):
            outside.add(" ".join(found[1].split()))
        else:
            raise ValueError(one)
    if not accounts | outside:
        raise ValueError("nobody")
    return Authors(frozenset(accounts), frozenset(outside))


def authors(case: Case, round: Round) -> Authors:
    """Who wrote the letters of a round, by its letters' files.

    Raises `RoundError` when a letter does not say who wrote it, or says it by anything else than user names and `outside: NAME`.
    """
    accounts: set[str] = set()
    outside: set[str] = set()
    for path in sorted((case.folder / "letters" / (round.letters_of or round.id)).glob("*/letter.toml")):
        try:
            found = as_authors(tomllib.loads(path.read_text("utf-8")).get("letter", {}).get("authors", []))
        except (OSError, ValueError, AttributeError, TypeError):
            raise RoundError(
                "A letter does not say by user names who wrote it.",
                where=str(path),
                do='Write authors = ["user-name", "outside: NAME"] under [letter]: who wrote a letter does not approve it.',
            ) from None
        accounts |= found.accounts
        outside |= found.outside
    return Authors(frozenset(accounts), frozenset(outside))
