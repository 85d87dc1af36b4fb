"""Files about where letters may go: addresses looked up again, and addresses to be careful with."""

from __future__ import annotations

from helder.domain.table import PLACE, Table
from helder.domain.table import column as _c

# The parts of an address that stand apart in some registers (the Dutch BRP).
ADDRESS_PARTS = (
    _c("house_letter", "text", "letter of the house number, where a register keeps it apart from the addition"),
    _c("designation", "text", "'to' (opposite) or 'by' (near) the house number"),
    _c("location", "text", "a place without street and number, in words"),
    _c("street_short", "text", "official short name of the street"),
    _c("municipality", "text", "municipality, used where there is no place"),
)

# A file of addresses looked up again before a round, in the terms of `address_refresh`; of one person the newest counts.
ADDRESSES = Table(
    "addresses",
    (
        _c("person_id", "text", "the register's own id", True),
        _c("checked_on", "date", "the day of the answer", True),
        _c("outcome", "text", "address, none, not_confirmed, other_person or invalid_number; empty is address"),
        _c("suspended", "text", "deceased, emigrated, non_resident, error or other"),
        _c("secret", "bool", "the address may not be given to third parties"),
        _c("investigated", "bool", "the address is under investigation"),
        _c("not_there", "bool", "it is established that the person does not live there"),
        _c("street", "text", "street"),
        _c("house_number", "text", "house number"),
        _c("house_addition", "text", "letter or addition to the house number"),
        *ADDRESS_PARTS,
        _c("postcode", "text", "postcode"),
        _c("city", "text", "place"),
        _c("country", "text", "country, ISO 3166-1 alpha-2; empty is the case's own country"),
        _c("address_lines", "text", "a foreign address as written, lines parted by ' / '"),
        *PLACE,
    ),
    order=("person_id", "checked_on", "file", "row"),
    personal=True,
)

# Addresses of shelters, and persons of whom somebody has checked that a letter to this very address does no harm.
SAFE_ADDRESSES = Table(
    "safe_addresses",
    (
        _c("person_id", "text", "the register's id of the person the check was about; empty: whoever lives there"),
        _c("postcode", "text", "postcode", True),
        _c("house_number", "text", "house number", True),
        _c("house_addition", "text", "letter or addition to the house number"),
        _c("may_send", "bool", "whether a letter may go there; counts only with a person and with who checked", True),
        _c("checked_by", "text", "who checked"),
        _c("checked_on", "date", "when"),
        *PLACE,
    ),
    order=("postcode", "house_number", "house_addition", "person_id", "file", "row"),
    personal=True,
)
