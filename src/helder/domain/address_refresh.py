"""What a register of addresses answered about the people of a case, whichever register it was: a table and its terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from helder.domain.correspondence import PostalAddress
from helder.domain.tables import Table, column

LINE_BREAK = " / "
"""What parts the lines of a foreign address inside one field."""

# One row for each person asked about, the last answer only. An address that is not confirmed leaves the old one standing.
ADDRESSES = Table(
    "addresses",
    (
        column("person", "int64", "the person", True),
        column("source", "text", "who answered: brp, or the name of a file", True),
        column("checked_on", "date", "the day of the answer", True),
        column(
            "outcome",
            "text",
            "address (it is in this row), none (the register knows no address), not_confirmed (no answer about this "
            "person: unknown, another number, or not allowed to know), other_person (the number is of somebody born on "
            "another day), invalid_number (not asked: no valid number, or one that two people share). Only 'address' "
            "and 'none' replace what was known; else the old address stands",
            True,
        ),
        column(
            "suspended", "text", "why the record is no longer kept: deceased, emigrated, non_resident, error or other"
        ),
        column("secret", "bool", "the address may not be given to third parties", True),
        column("investigated", "bool", "the address is under investigation", True),
        column("not_there", "bool", "it is established that the person does not live at the address", True),
        column("street", "text", "street"),
        column("street_short", "text", "the street's official short name"),
        column("house_number", "text", "house number"),
        column("house_letter", "text", "letter of the house number"),
        column("house_addition", "text", "addition to the house number"),
        column("designation", "text", "where the place is, seen from the house number: to or by"),
        column("location", "text", "description of a place without street and number"),
        column("postcode", "text", "postcode"),
        column("city", "text", "place"),
        column("municipality", "text", "municipality, used where there is no place"),
        column("country", "text", "country, a code or a name; empty: the case's own"),
        column("address_lines", "text", f"a foreign address as written, lines parted by '{LINE_BREAK}'"),
    ),
    order=("person",),
    personal=True,
)

OUTCOMES = ("address", "none", "not_confirmed", "other_person", "invalid_number")


@dataclass(frozen=True)
class Answer:
    """What was answered about one person; the words are those of ADDRESSES.

    `born` is the register's date of birth, YYYY-MM-DD with zeros for what it does not know: a guard against numbers that
    are somebody else's. It is compared and not kept.
    """

    outcome: str
    address: PostalAddress = field(default_factory=PostalAddress)
    suspended: str = ""
    secret: bool = False
    investigated: bool = False
    not_there: bool = False
    born: str = ""

    def row(self) -> dict[str, Any]:
        """The columns of ADDRESSES that are the answer's; empty text is no value."""
        address = {name: value or None for name, value in vars(self.address).items() if name != "lines"}
        flags = {"secret": self.secret, "investigated": self.investigated, "not_there": self.not_there}
        lines = LINE_BREAK.join(self.address.lines) or None
        return {
            "outcome": self.outcome,
            "suspended": self.suspended or None,
            **flags,
            **address,
            "address_lines": lines,
        }


class AddressRegister(Protocol):
    """A register that can be asked for addresses by national number, a batch at a time."""

    name: str
    batch: int
    """The most numbers in one question."""
    questions: int
    """How many were sent so far, further attempts counted."""

    def ask(self, numbers: Iterable[str]) -> Mapping[str, Answer]:
        """The answer about each number asked, none left out. Raises `RegisterError`."""
        ...

    def close(self) -> None:
        """Close the connections."""
        ...


def postal_address(row: Mapping[str, Any]) -> PostalAddress:
    """The address in a row with the address columns of ADDRESSES or PEOPLE."""
    lines = tuple(line.strip() for line in (row.get("address_lines") or "").split(LINE_BREAK.strip()) if line.strip())
    fields = {name: row.get(name) or "" for name in PostalAddress.__dataclass_fields__ if name != "lines"}
    return PostalAddress(**fields, lines=lines)
