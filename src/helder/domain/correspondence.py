"""What is needed to address a person in a letter, and what a country's rules of address give back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class NameParts:
    """A person's name as a register splits it. Empty text: not known or not there.

    `sex` is F, M, X or empty. `name_use` says which names the person goes by: own, partner, partner_own (partner's
    name first), own_partner. `title` is the register's code of a noble title or predicate; `partner_title` that of
    the partner.
    """

    given_names: str = ""
    initials: str = ""
    prefix: str = ""
    surname: str = ""
    partner_prefix: str = ""
    partner_surname: str = ""
    sex: str = ""
    name_use: str = ""
    title: str = ""
    partner_title: str = ""


@dataclass(frozen=True)
class PostalAddress:
    """An address as a register splits it. `lines` is a foreign address as written, without the country."""

    street: str = ""
    house_number: str = ""
    house_addition: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    lines: tuple[str, ...] = ()


class UnaddressableError(ValueError):
    """No letter can be sent to this address. The message is a reason word such as 'no_city'; never the address."""


class Forms(Protocol):
    """How a country's people are addressed in letters."""

    def salutation(self, name: NameParts, language: str) -> str:
        """The words that open a letter, without a comma."""
        ...

    def addressee(self, name: NameParts) -> str:
        """The first line of the address."""
        ...

    def address_lines(self, address: PostalAddress) -> tuple[str, ...]:
        """The lines below the addressee. Raises `UnaddressableError`."""
        ...
