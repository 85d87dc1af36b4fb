"""Which of a person's partners gives the name, when a register has several who are current.

Source: BRP API Personen, meerdere-partners: whatever the reason why more than one marriage or partnership was not ended, the
one entered into first is used. A part of the date that is not known counts as earliest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from helder.domain.correspondence import NameParts


@dataclass(frozen=True)
class Partner:
    """A partner as the register has them; `since` is YYYYMMDD, with zeros for what is not known."""

    surname: str
    prefix: str = ""
    title: str = ""
    sex: str = ""
    since: str = ""
    ended: bool = False


def first_partner(partners: Iterable[Partner]) -> Partner | None:
    """The current partner of the oldest relation; None without a current one. Of two of one day the first given."""
    current = [partner for partner in partners if not partner.ended]
    return min(current, key=lambda partner: _day(partner.since), default=None)


def with_partner(name: NameParts, partners: Iterable[Partner]) -> NameParts:
    """The name with the partner whose name it uses; as it was when there is no current one."""
    partner = first_partner(partners)
    if partner is None:
        return name
    return replace(
        name,
        partner_prefix=partner.prefix,
        partner_surname=partner.surname,
        partner_title=partner.title,
        partner_sex=partner.sex,
        partnership="current",
    )


def _day(since: str) -> str:
    return "".join(sign for sign in since if sign.isdigit()).ljust(8, "0")
