"""Questions to the BRP API Personen and what its answers mean; no network in here.

Source: BRP API Personen 2.4, OpenAPI, `POST /personen`, RaadpleegMetBurgerservicenummer; its rules for verblijfplaats,
opschortingBijhouding and afgevoerde persoonslijst. Only what an envelope needs is asked for, and the date of birth, to
notice a number that is somebody else's; the API itself adds secrecy, suspension and what is under investigation.

A person who is not in the answer may be unknown to the register, known by another number, or not open to this client: that
is `not_confirmed`, and never 'has no address'.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from helder.countries.nl.postal import address_lines
from helder.domain.address_refresh import Answer
from helder.domain.correspondence import PostalAddress, UnaddressableError
from helder.domain.errors import RegisterError

BATCH = 20
"""The most numbers in one question (maxItems of burgerservicenummer)."""

_TYPE = "RaadpleegMetBurgerservicenummer"
_PLACE = (
    "officieleStraatnaam", "korteStraatnaam", "huisnummer", "huisletter", "huisnummertoevoeging",
    "aanduidingBijHuisnummer", "postcode", "woonplaats", "locatiebeschrijving", "regel1", "regel2", "regel3", "land",
)  # fmt: skip
FIELDS = (
    "burgerservicenummer",
    "geboorte.datum",
    "gemeenteVanInschrijving",
    *(f"verblijfplaats.verblijfadres.{name}" for name in _PLACE),
)

_SUSPENDED = {"O": "deceased", "E": "emigrated", "R": "non_resident", "F": "error", "W": "error"}
"""Reasons why a record is no longer kept (Reden_Opschorting_Bijhouding); any other is 'other'."""

_STRANGE = "Stop and tell the keeper of the connection; nothing of this answer was used."


def question(numbers: Sequence[str]) -> dict[str, Any]:
    """The body that asks for the addresses of up to 20 people."""
    return {"type": _TYPE, "burgerservicenummer": list(numbers), "fields": list(FIELDS)}


def answers(document: object, asked: Sequence[str]) -> dict[str, Answer]:
    """What the answer says about each number asked.

    Raises `RegisterError` when it is not an answer to this question: another type, or people who were not asked about.
    """
    people = document.get("personen") if isinstance(document, dict) and document.get("type") == _TYPE else None
    if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
        raise RegisterError("The register's answer is not one that the API publishes.", do=_STRANGE)
    numbers = Counter(_text(person, "burgerservicenummer") for person in people)
    if numbers.keys() - {*asked, ""}:
        raise RegisterError("The register answered about people who were not asked about.", do=_STRANGE)
    if people and numbers[""] == len(people):
        raise RegisterError(
            "The register answers without citizen service numbers, so nobody knows whom it is about.",
            do="Ask for the authorisation to receive element 01.20 as well.",
        )
    found = {number: Answer("not_confirmed") for number in asked}
    for person in people:
        number = _text(person, "burgerservicenummer")
        if numbers[number] == 1 and number:  # two records under one number do not confirm each other
            found[number] = answer(person)
    return found


def answer(person: Mapping[str, Any]) -> Answer:
    """What one person's record says."""
    place = _part(person, "verblijfplaats")
    inside = _part(place, "verblijfadres")
    suspended = _text(_part(_part(person, "opschortingBijhouding"), "reden"), "code")
    investigated = any(_investigated(part) for part in (person, place, inside))
    address = _address(_text(place, "type"), inside, _text(_part(person, "gemeenteVanInschrijving"), "omschrijving"))
    return Answer(
        _outcome(place, address),
        address if address else PostalAddress(),
        suspended=_SUSPENDED.get(suspended, "other") if suspended else "",
        secret=bool(person.get("geheimhoudingPersoonsgegevens")),
        investigated=investigated,
        not_there=bool(place.get("indicatieVastgesteldVerblijftNietOpAdres")),
        born=_born(_part(_part(person, "geboorte"), "datum")),
    )


def _born(date: Mapping[str, Any]) -> str:
    """A date of the API as YYYY-MM-DD, with zeros for what it does not know; empty without a date."""
    whole = _text(date, "datum")
    if whole or not date:
        return whole
    year, month = _text(date, "jaar") or "0", _text(date, "maand") or "0"
    return f"{year:>04}-{month:>02}-00"


def _outcome(place: Mapping[str, Any], address: PostalAddress | None) -> str:
    if address is not None:
        return "address"
    # A kind of place that is not known here, or none at all: no word about where the person lives.
    return "none" if place.get("type") in ("VerblijfplaatsOnbekend", "VerblijfplaatsBuitenland") else "not_confirmed"


def _address(kind: str, inside: Mapping[str, Any], municipality: str) -> PostalAddress | None:
    """The address; None when there is none in the record. A place without a city is in the municipality's."""
    city = _text(inside, "woonplaats") or municipality
    if kind == "VerblijfplaatsBuitenland":
        return _abroad(inside)
    if kind == "Locatie" and _text(inside, "locatiebeschrijving"):
        return PostalAddress(location=_text(inside, "locatiebeschrijving"), city=city)
    street, short = _text(inside, "officieleStraatnaam"), _text(inside, "korteStraatnaam")
    if kind != "Adres" or not (street or short):
        return None
    return PostalAddress(
        street=street or short,
        street_short=short,
        house_number=_text(inside, "huisnummer"),
        house_letter=_text(inside, "huisletter"),
        house_addition=_text(inside, "huisnummertoevoeging"),
        designation=_text(_part(inside, "aanduidingBijHuisnummer"), "code"),
        postcode=_text(inside, "postcode"),
        city=city,
    )


def _abroad(inside: Mapping[str, Any]) -> PostalAddress | None:
    """The lines as written; None when they say that nobody knows: 'VOW', 'onbekend', a full stop."""
    lines = tuple(line for key in ("regel1", "regel2", "regel3") if (line := _text(inside, key)))
    address = PostalAddress(lines=lines, country=_text(_part(inside, "land"), "omschrijving"))
    try:
        address_lines(address)
    except UnaddressableError:
        return None
    return address


def _investigated(part: Mapping[str, Any]) -> bool:
    return any(value is True for value in _part(part, "inOnderzoek").values())


def _part(whole: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = whole.get(key)
    return found if isinstance(found, dict) else {}


def _text(whole: Mapping[str, Any], key: str) -> str:
    found = whole.get(key)
    return str(found).strip() if isinstance(found, str) or type(found) is int else ""
