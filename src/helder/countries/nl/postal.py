"""Address lines for letters from the Netherlands: at home by NEN 5825 as the BRP and PostNL use it, abroad as written.

At home (BRP API Personen, rules for adresregels; PostNL, addressing tips): street, 'bij' or 't/o', number, then letter and
addition together, after a hyphen when they begin with a digit and after a space otherwise; below it the postcode as
1234 AB, two spaces, and the place in capitals, or the municipality where the register has no place. A location described
in words has no postcode in the BRP; one that a source has is printed, as it helps the postman. Abroad: the lines as written and the country in capitals, in English
(PostNL, rules for addressing mail to abroad: place and country of destination in capitals and in English).

An `UnaddressableError` has one of these reasons: unknown_address (the register knows no address: 'onbekend', VOW, RNI, '.'),
no_street, no_house_number, no_postcode, bad_postcode, no_city, no_lines, too_many_lines, no_country, unknown_country.
"""

from __future__ import annotations

import csv
import unicodedata
from importlib import resources

from helder.countries.nl.naming import one_line
from helder.domain.correspondence import MOST_LINES, PostalAddress, UnaddressableError

_HOME = frozenset(("", "NL", "6030"))
_DESIGNATIONS = {"to": "t/o ", "by": "bij ", "t/o": "t/o ", "bij": "bij ", "tegenover": "t/o "}
_BOXES = ("postbus", "antwoordnummer")
_LONGEST_STREET = 24
"""Signs of a street's name; a longer one has an official short name (NEN 5825)."""
_HERE = "NETHERLANDS"
_NEVER = frozenset(("SA", "SD", "SS"))
"""Letters that no Dutch postcode has."""

OWN_NAMES = ("nederland", "netherlands", "the netherlands", "holland", "nld", "koninkrijk der nederlanden", "6030")
UNKNOWN_COUNTRIES = (
    "onbekend", "onbekend land", "land onbekend", "onb", "niet bekend", "unknown", "0000", "9999", "xx", "xxx", "zz", "?", "??",
    "???", ".", "..", "-", "n.v.t.", "nvt", "none", "null",
)  # fmt: skip
LEFT_FOR_NOWHERE = (
    "vow", "rni", "vertrokken onbekend waarheen", "vertrokken, onbekend waarheen", "registratie niet-ingezetenen",
    "registratie niet ingezetenen",
)  # fmt: skip

# What registers write where no address is known: the BRP's standard values, 'left, unknown whereto', non-residents.
NOWHERE = frozenset((
    ".", "-", "?", "0", "onbekend", "adres onbekend", "onbekend adres", "geen adres", "geen", "unknown", "vow", "rni",
    "vertrokken onbekend waarheen", "vertrokken, onbekend waarheen", "registratie niet ingezetenen",
    "registratie niet-ingezetenen", "registratie niet ingezetenen (rni)", "niet ingezetene", "punt",
    "zonder vaste woon- of verblijfplaats", "geen vaste woon- of verblijfplaats", "zvwov", "zwervend", "no fixed abode",
))  # fmt: skip


def address_lines(address: PostalAddress) -> tuple[str, ...]:
    """The lines below the addressee: two at home, two to five abroad. Raises `UnaddressableError`."""
    if address.country in _HOME:
        return _at_home(address)
    country = _country(address.country)
    return _at_home(address) if country == _HERE else _abroad(address, country)


def _at_home(address: PostalAddress) -> tuple[str, str]:
    placed = address.location and not address.street
    first = _known(address.location) if placed else _street_and_number(address)
    city = _known(address.city) or _known(address.municipality)
    if not city:
        raise UnaddressableError("no_city")
    postcode = _postcode(address.postcode)
    if not postcode and not placed:
        raise UnaddressableError("no_postcode")
    return first, f"{postcode}  {city.upper()}" if postcode else city.upper()


def _street_and_number(address: PostalAddress) -> str:
    street = _known(address.street)
    if not street:
        raise UnaddressableError("no_country" if address.lines else "no_street")
    if len(street) > _LONGEST_STREET and address.street_short:
        street = _known(address.street_short)
    number = address.house_number.strip().lstrip("0")
    if not number[:1].isdigit():
        if street.lower().startswith(_BOXES) and street[-1].isdigit():
            return street
        raise UnaddressableError("no_house_number")
    suffix = address.house_letter.strip() + address.house_addition.strip()
    if suffix:
        suffix = suffix.lstrip("-/ ")
        number += ("-" if suffix[:1].isdigit() else " ") + suffix
    where = _DESIGNATIONS.get(address.designation.strip().lower(), "") if address.designation else ""
    return one_line(f"{street} {where}{number}")


def _postcode(written: str) -> str:
    """'1234 AB', or nothing. Raises `UnaddressableError` for anything else."""
    code = "".join(written.split()).upper()
    if code in ("", "."):
        return ""
    digits, letters = code[:4], code[4:]
    if len(code) != 6 or not code.isascii() or not (digits.isdigit() and letters.isalpha()) or digits[0] == "0":
        raise UnaddressableError("bad_postcode")
    if letters in _NEVER:
        raise UnaddressableError("bad_postcode")
    return f"{digits} {letters}"


def _abroad(address: PostalAddress, country: str) -> tuple[str, ...]:
    written = [found for line in address.lines if (found := _known(line))]
    if len(written) > 1 and _NAMES.get(_folded(written[-1])) == country:
        del written[-1]
    lines = written or _split(address)
    if not lines:
        raise UnaddressableError("no_lines")
    if len(lines) + 2 > MOST_LINES:
        raise UnaddressableError("too_many_lines")
    return (*lines, country)


def _split(address: PostalAddress) -> list[str]:
    """Lines of a foreign address that the register splits as it does those at home."""
    number = f"{address.house_number} {address.house_letter}{address.house_addition}"
    street, place = _known(address.street), _known(address.city).upper()
    if not street or not place:
        return []
    return [one_line(f"{street} {number}"), f"{one_line(address.postcode)}  {place}".strip()]


def _known(text: str) -> str:
    """The text on one line. Raises `UnaddressableError` when it is a register's word for no address."""
    text = one_line(text)
    if text.casefold() in NOWHERE:
        raise UnaddressableError("unknown_address")
    return text


def _country(written: str) -> str:
    """The country's English name in capitals, from its code or any name; a name not in the list stays as written."""
    text = one_line(written)
    found = _NAMES.get(_folded(text))
    if found:
        return found
    if len(text) < 4 or not text[0].isalpha() or text.casefold() in NOWHERE:
        raise UnaddressableError("unknown_country")
    return text.upper()


def country_code(written: str) -> str:
    """The code of a country, from its code or any name; empty when it is not in the list."""
    return _CODES.get(_folded(written), "")


def countries() -> dict[str, str]:
    """By code, Dutch, English and other names, folded: the English name in capitals."""
    return {name: row["english"].upper() for name, row in _listed().items()}


def _listed() -> dict[str, dict[str, str]]:
    """The countries by code, Dutch, English and other names, folded.

    The names are those of Unicode CLDR (Unicode License), shortened where a postman needs less; codes of four digits and
    the names that go with them are those of the BRP's table of countries (Landelijke Tabel 34).
    """
    text = resources.files(__package__).joinpath("countries.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(text.splitlines()):
        for name in (row["code"], row["dutch"], row["english"], *row["also"].split(";"), *row["brp"].split(";")):
            if name:
                found[_folded(name)] = row
    return found


def _folded(name: str) -> str:
    """Letters and digits alone: registers write names with accents, hyphens and spaces, or without."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if sign.isalnum())


_CODES = {name: row["code"] for name, row in _listed().items()}
_NAMES = countries()
