"""What is needed to address a person in a letter, and what a country's rules of address give back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

MOST_LINES = 6
"""Lines that a postal address may have, addressee included (PostNL: three to six)."""


@dataclass(frozen=True)
class NameParts:
    """A person's name as a register splits it. Empty text: not known or not there.

    `sex` is F, M, X or empty. `name_use` says which names the person goes by: own, partner, partner_own (partner's
    name first), own_partner. `title` is the register's code of a noble title or predicate; `partner_title` that of
    the partner, `partner_sex` the partner's sex. `partnership` is current or ended; empty: current when anything is known of a partner. `full_name` is
    the name in one piece, of a register that does not split it; it counts only when there is no surname.
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
    partnership: str = ""
    full_name: str = ""
    partner_sex: str = ""


@dataclass(frozen=True)
class PostalAddress:
    """An address as a register splits it. Empty text: not known or not there.

    `designation` says where the place is, seen from the house number: 'to' (opposite) or 'by' (near). `location`
    describes a place without street and number. `street_short` is the street's official short name. `municipality`
    stands where the place has no `city`. `country` is a code of ISO 3166-1, the register's own code, or a name; empty: the sender's own. `lines` is a foreign address as written, without the country.
    """

    street: str = ""
    house_number: str = ""
    house_addition: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    lines: tuple[str, ...] = ()
    house_letter: str = ""
    designation: str = ""
    location: str = ""
    street_short: str = ""
    municipality: str = ""


class UnaddressableError(ValueError):
    """No letter can be sent to this person. The message is a reason word such as 'no_city'; never name or address."""


class Forms(Protocol):
    """How a country's people are addressed in letters."""

    def salutation(self, name: NameParts, language: str) -> str:
        """The words that open a letter, without a comma. Always something."""
        ...

    def comma(self, language: str) -> str:
        """The sign after the words that open a letter."""
        ...

    def in_sentence(self, name: NameParts, language: str) -> str:
        """The person's name inside a sentence; empty when nothing of it is known."""
        ...

    def in_full(self, name: NameParts) -> str:
        """The name with all given names, for whoever must tell this person from another one of the same surname; empty as
        above."""
        ...

    def style(self, name: NameParts) -> str:
        """The line above the addressee that a noble title asks for; empty for most people."""
        ...

    def addressee(self, name: NameParts) -> str:
        """The person's name on the envelope. Raises `UnaddressableError`."""
        ...

    def address_lines(self, address: PostalAddress) -> tuple[str, ...]:
        """The lines below the addressee, at most five. Raises `UnaddressableError`."""
        ...

    def ordinary(self) -> str:
        """The same in SQL for people with nothing unusual about them, who are nearly all; empty: not in this country.

        One SELECT of `person`, `salutation` and `address` (the window's lines, parted by line feeds) from `people`, which has
        `person`, `language`, and NameParts and PostalAddress as text, nothing NULL. Whoever it leaves out goes through the
        methods above; whom it gives has what they give, and an address at home with a postcode.
        """
        ...


def window(forms: Forms, name: NameParts, address: PostalAddress) -> tuple[str, ...]:
    """Everything in the window of the envelope, three to six lines; the style goes first, and only when it fits.

    Raises `UnaddressableError`.
    """
    lines = (forms.addressee(name), *forms.address_lines(address))
    style = forms.style(name)
    return (style, *lines) if style and len(lines) < MOST_LINES else lines
