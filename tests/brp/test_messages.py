"""What the answers of the BRP API mean, without a network."""

from __future__ import annotations

import pytest

from brp.server import home, person
from helder.countries.nl.brp.messages import FIELDS, answer, answers, question
from helder.domain.address_refresh import Answer
from helder.domain.correspondence import PostalAddress
from helder.domain.errors import RegisterError

TYPE = "RaadpleegMetBurgerservicenummer"
A, B = "999990019", "999990020"


def told(*people: object, asked: tuple[str, ...] = (A, B)) -> dict[str, Answer]:
    return answers({"type": TYPE, "personen": list(people)}, asked)


def test_the_question_asks_for_what_an_envelope_needs_and_the_date_of_birth_as_guard():
    asked = question([A])
    assert asked["type"] == TYPE
    assert asked["burgerservicenummer"] == [A]
    assert set(asked["fields"]) == set(FIELDS)
    words = {field.split(".")[0] for field in FIELDS}
    assert words == {"burgerservicenummer", "geboorte", "gemeenteVanInschrijving", "verblijfplaats"}


def test_an_address_comes_in_its_parts():
    place = home("Burgemeester Voorbeeldmanlaan", 12, huisletter="a", huisnummertoevoeging="2") | {"x": 1}
    place["verblijfadres"]["aanduidingBijHuisnummer"] = {"code": "to", "omschrijving": "tegenover"}
    place["verblijfadres"]["korteStraatnaam"] = "Burg Voorbeeldmanln"
    found = told(person(A, place))[A]
    assert found.outcome == "address"
    assert found.born == "1980-02-03"
    assert found.address == PostalAddress(
        street="Burgemeester Voorbeeldmanlaan", street_short="Burg Voorbeeldmanln", house_number="12",
        house_letter="a", house_addition="2", designation="to", postcode="1234AB", city="Ons Dorp",
    )  # fmt: skip


def test_without_a_place_name_the_municipality_counts():
    place = home()
    del place["verblijfadres"]["woonplaats"]
    assert told(person(A, place))[A].address.city == "Gemeentedorp"


def test_a_street_with_a_short_name_only_goes_by_that():
    place = home()
    del place["verblijfadres"]["officieleStraatnaam"]
    assert told(person(A, place))[A].address.street == "Lindenlaan"


def test_a_location_is_a_description_and_a_place():
    place = {"type": "Locatie", "verblijfadres": {"locatiebeschrijving": "Ark naast de sluis"}}
    found = told(person(A, place))[A]
    assert (found.outcome, found.address) == (
        "address", PostalAddress(location="Ark naast de sluis", city="Gemeentedorp")
    )  # fmt: skip


def test_abroad_the_lines_stay_as_written():
    inside = {"regel1": "Rue 1", "regel2": "1000 Bruxelles", "land": {"code": "5010", "omschrijving": "België"}}
    found = told(person(A, {"type": "VerblijfplaatsBuitenland", "verblijfadres": inside}))[A]
    assert (found.outcome, found.address) == (
        "address", PostalAddress(lines=("Rue 1", "1000 Bruxelles"), country="België")
    )  # fmt: skip


@pytest.mark.parametrize(
    "place",
    [
        {"type": "VerblijfplaatsOnbekend"},
        {"type": "VerblijfplaatsBuitenland", "verblijfadres": {"regel1": "VOW", "land": {"omschrijving": "Spanje"}}},
        {"type": "VerblijfplaatsBuitenland", "verblijfadres": {"regel1": "Calle 1"}},
        {"type": "VerblijfplaatsBuitenland", "verblijfadres": {"land": {"omschrijving": "Spanje"}}},
        {"type": "VerblijfplaatsBuitenland"},
    ],
    ids=["unknown", "gone", "no country", "no lines", "nothing"],
)
def test_a_register_that_knows_no_address_says_none(place):
    assert told(person(A, place))[A].outcome == "none"


@pytest.mark.parametrize(
    "place",
    [None, {"type": "Adres"}, {"type": "Adres", "verblijfadres": {"postcode": "1234AB"}}, {"type": "Ruimtestation"}, {},
     "Lindenlaan 7", {"type": "Adres", "verblijfadres": "Lindenlaan 7"}, {"type": ["Adres"]}, {"type": "Locatie"}],
)  # fmt: skip
def test_a_record_that_says_nothing_about_a_place_confirms_nothing(place):
    assert told(person(A, place))[A].outcome == "not_confirmed"


def test_nobody_in_the_answer_is_no_answer_about_them_and_not_no_address():
    assert told() == {A: Answer("not_confirmed"), B: Answer("not_confirmed")}
    found = told(person(B, home()))
    assert (found[A].outcome, found[B].outcome) == ("not_confirmed", "address")


def test_two_records_under_one_number_confirm_nothing():
    assert told(person(A, home()), person(A, home("Elders")))[A] == Answer("not_confirmed")


@pytest.mark.parametrize(
    ("code", "word"),
    [("O", "deceased"), ("E", "emigrated"), ("R", "non_resident"), ("F", "error"), ("W", "error"), ("M", "other")],
)
def test_why_a_record_is_no_longer_kept(code, word):
    kept = person(A, home(), opschortingBijhouding={"reden": {"code": code}})
    assert told(kept)[A].suspended == word


def test_a_record_taken_off_has_no_address_and_does_not_confirm_the_old_one():
    off = {"burgerservicenummer": A, "opschortingBijhouding": {"reden": {"code": "F", "omschrijving": "fout"}}}
    assert told(off)[A] == Answer("not_confirmed", suspended="error")


def test_secrecy_investigation_and_absence_are_told():
    assert told(person(A, home(), geheimhoudingPersoonsgegevens=True))[A].secret
    assert not told(person(A, home()))[A].secret
    started = {"datumIngangOnderzoek": {"type": "Datum", "datum": "2024-01-01"}}
    inside = home(inOnderzoek={"huisnummer": True, **started})
    assert told(person(A, inside))[A].investigated
    assert told(person(A, home() | {"inOnderzoek": {"type": True}}))[A].investigated
    assert told(person(A, home(), inOnderzoek={"burgerservicenummer": True}))[A].investigated
    assert not told(person(A, home() | {"inOnderzoek": started}))[A].investigated
    assert told(person(A, home() | {"indicatieVastgesteldVerblijftNietOpAdres": True}))[A].not_there


@pytest.mark.parametrize(
    ("date", "born"),
    [
        ({"type": "Datum", "datum": "1964-09-24"}, "1964-09-24"),
        ({"type": "JaarMaandDatum", "jaar": 2018, "maand": 7}, "2018-07-00"),
        ({"type": "JaarDatum", "jaar": 2018}, "2018-00-00"),
        ({"type": "DatumOnbekend", "onbekend": True}, "0000-00-00"),
        ({}, ""),
    ],
)
def test_dates_of_which_parts_are_unknown_have_zeros_there(date, born):
    assert answer({"geboorte": {"datum": date}}).born == born


@pytest.mark.parametrize(
    "document",
    [None, [], "x", {}, {"type": TYPE}, {"type": "ZoekMetPostcode", "personen": []}, {"type": TYPE, "personen": {}},
     {"type": TYPE, "personen": ["x"]}, {"type": TYPE, "personen": None}],
)  # fmt: skip
def test_anything_that_the_api_does_not_publish_is_refused(document):
    with pytest.raises(RegisterError, match="publishes"):
        answers(document, [A])


def test_an_answer_about_somebody_else_is_refused_whole_and_names_nobody():
    with pytest.raises(RegisterError, match="not asked about") as refused:
        told(person(A, home()), person("999999990", home()))
    assert "999999990" not in str(refused.value.as_dict())
    assert A not in str(refused.value.as_dict())


def test_answers_without_numbers_are_refused():
    with pytest.raises(RegisterError, match="without citizen service numbers"):
        told({"verblijfplaats": home()})
    found = told({"verblijfplaats": home()}, person(B, home()))
    assert (found[A].outcome, found[B].outcome) == ("not_confirmed", "address")
