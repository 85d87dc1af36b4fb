"""The made-up people: valid and marked numbers, households that make linkage hard, addresses that fit."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from importlib.resources import files

from stdnum.nl import bsn


def test_every_number_passes_the_eleven_test_and_is_marked_as_made_up(case):
    numbers = [row["BSN"] for row in case.register if row["BSN"]]
    assert all(bsn.is_valid(number) for number in numbers)
    assert all(number.startswith(("9", "00")) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_some_numbers_have_leading_zeros_to_lose(case):
    zeros = sum(number.startswith("00") for number in case.by_number)
    assert 0.01 < zeros / len(case.register) < 0.06


def test_the_register_has_one_line_for_everyone_and_more_people_than_are_concerned(case):
    assert len(case.register) == case.counts.register > case.counts.people
    assert len(case.by_id) == len(case.register)


def _homes(case):
    homes = defaultdict(list)
    for row in case.register:
        if row["LAND"] is None and row["POSTCODE"] and row["BSN"]:
            homes[row["POSTCODE"], row["HUISNR"], row["TOEVOEGING"]].append(row)
    return homes


def test_twins_share_home_name_and_birthday_but_not_their_first_name(case):
    twins = [
        (one, other)
        for home in _homes(case).values()
        for one in home
        for other in home
        if one is not other
        and one["GESLACHTSNAAM"] == other["GESLACHTSNAAM"]
        and one["GEBOORTEDATUM"] == other["GEBOORTEDATUM"]
    ]
    assert len(twins) >= 20
    for one, other in twins:
        assert one["VOORNAMEN"].split()[0] != other["VOORNAMEN"].split()[0]


def test_daughters_live_with_their_mothers_and_have_the_partners_surname(case):
    pairs = [
        (mother, daughter)
        for home in _homes(case).values()
        for mother in home
        for daughter in home
        if mother["PARTNER_NAAM"] and mother["PARTNER_NAAM"] == daughter["GESLACHTSNAAM"]
    ]
    older = [int(d["GEBOORTEDATUM"][:4]) - int(m["GEBOORTEDATUM"][:4]) for m, d in pairs]
    assert sum(age >= 20 for age in older) >= 200


def test_two_people_far_apart_can_have_one_name_and_birthday(case):
    seen = defaultdict(list)
    for row in case.register:
        seen[row["GESLACHTSNAAM"], row["VOORNAMEN"], row["GEBOORTEDATUM"]].append(row)
    doubles = [rows for rows in seen.values() if len({row["POSTCODE"] for row in rows}) > 1]
    assert len(doubles) >= 10


def test_shelters_are_addresses_of_many_women_all_secret(case):
    shelters = [rows for rows in _homes(case).values() if sum(row["GEHEIM_ADRES"] for row in rows) >= 10]
    assert shelters


def test_names_are_of_many_origins_and_unequally_common(case):
    names = Counter(row["GESLACHTSNAAM"] for row in case.register)
    (_, often), *_ = names.most_common(1)
    assert often / len(case.register) > 0.004
    assert sum(count == 1 for count in names.values()) > 1000
    letters = set("".join(names))
    assert set("çğışöüłé") <= letters | set("".join(row["VOORNAMEN"] for row in case.register))
    further = [row for row in case.register if any(letter > "\u017f" for letter in row["GESLACHTSNAAM"])]
    assert 0.001 < len(further) / len(case.register) < 0.01
    assert {"Nguyễn", "Məmmədova", "Ștefănescu"} <= {row["GESLACHTSNAAM"] for row in further}
    prefixes = Counter(row["VOORVOEGSEL"] for row in case.register)
    assert len(prefixes) > 15 and prefixes["van der"] and prefixes["El"]


def test_the_register_has_what_makes_letters_hard(case):
    count = len(case.register)
    assert 0.005 < sum(row["OVERLEDEN_OP"] is not None for row in case.register) / count < 0.03
    assert 0.004 < sum(row["LAND"] is not None for row in case.register) / count < 0.02
    assert all((row["LAND"] is None) == (row["ADRES_BUITENLAND"] is None) for row in case.register)
    assert sum(row["TAAL"] != "nl" for row in case.register) > 100
    assert 0 < sum(row["TAAL"] == "ar" for row in case.register) < 0.003 * count
    assert any(row["GEBOORTEDATUM"].endswith("-00-00") for row in case.register)
    assert {row["NAAMGEBRUIK"] for row in case.register} == {"E", "P", "V", "N"}
    assert sum(row["GESLACHT"] == "V" for row in case.register) / count > 0.97


def test_some_addresses_abroad_take_all_the_lines_that_an_envelope_has(case):
    """With the name above and the country below: four lines, five with a building, six with a flat in it."""
    lines = Counter(len(row["ADRES_BUITENLAND"].split(" / ")) + 2 for row in case.register if row["LAND"])
    assert set(lines) == {4, 5, 6} and lines[4] > lines[5] > lines[6] > 0
    assert not any("{" in row["ADRES_BUITENLAND"] for row in case.register if row["LAND"])


def test_letters_must_be_careful_with_some_for_every_reason(case):
    home = [row for row in case.register if row["LAND"] is None]
    moved, doubted = (
        sum(row["ADRESSTATUS"] == status for row in home) / len(home) for status in ("VOW", "in onderzoek")
    )
    assert 0.003 < moved < 0.01 and 0.001 < doubted < 0.006
    assert all(row["ADRESSTATUS"] is None for row in case.register if row["LAND"])
    protected = Counter(row["BESCHERMING"] for row in case.register)
    assert set(protected) == {None, "bewind", "mentorschap", "curatele"}
    assert protected["bewind"] > protected["mentorschap"] and protected[None] > 0.98 * len(case.register)
    assert 0 < sum(row["MEDEWERKER"] for row in case.register) < 50
    no_post = [row for row in case.register if row["GEEN_POST"]]
    assert 0 < sum(row["EMAIL"] is not None for row in no_post) < len(no_post) < 0.01 * len(case.register)


def test_what_only_letters_are_careful_with_is_about_people_without_a_leaked_row(case):
    home = [row for row in case.register if row["LAND"] is None]
    of = {
        "no_address": [row for row in home if row["PLAATS"] is None],
        "no_postcode": [row for row in home if row["PLAATS"] and row["POSTCODE"] is None],
        "child": [row for row in home if row["GEBOORTEDATUM"][:4] == "2014"],
        "in_window": [row for row in home if row["STRAAT"] == "Hospicelaan"],
        "twice": [row for row in home if row["BSN"] is None],
    }
    assert {name: len(rows) for name, rows in of.items()} == case.counts.careful
    ids = {row["CLIENTNR"] for rows in of.values() for row in rows}
    assert not ids & {line["person_id"] for line in case.truth}
    assert {line["CLIENTNR"] for line in case.disclosures} >= ids


def test_who_stands_there_twice_agrees_with_the_other_row_in_all_that_tells_who_it_is(case):
    names = ("GESLACHTSNAAM", "GEBOORTEDATUM", "POSTCODE", "HUISNR", "TOEVOEGING")
    numbered = Counter(tuple(row[name] for name in names) for row in case.register if row["BSN"])
    again = [row for row in case.register if row["BSN"] is None]
    assert again and all(numbered[tuple(row[name] for name in names)] == 1 for row in again)


def test_shelters_stand_on_the_list_of_addresses_and_some_secret_addresses_were_checked(case):
    place = ("POSTCODE", "HUISNR", "TOEVOEGING")
    for row in case.safe_addresses:
        there = [one for one in case.register if all(one[name] == row[name] for name in place)]
        if row["CLIENTNR"] is None:
            assert not row["MAG_POST"] and len(there) >= 10
        else:
            assert row["MAG_POST"] and row["NAGEKEKEN_DOOR"] and case.by_id[row["CLIENTNR"]]["GEHEIM_ADRES"]
    kinds = Counter(row["MAG_POST"] for row in case.safe_addresses)
    secret = sum(row["GEHEIM_ADRES"] for row in case.register)
    assert kinds[False] == 1 and 0.1 < kinds[True] / secret < 0.3


def test_the_brp_was_asked_about_all_addresses_in_doubt_and_sometimes_answers_nothing(case):
    asked = {row["CLIENTNR"]: row for row in case.answers}
    doubted = [row for row in case.register if row["ADRESSTATUS"]]
    assert sum(row["CLIENTNR"] in asked for row in doubted) > 0.8 * len(doubted)
    outcomes = Counter(row["UITKOMST"] for row in case.answers)
    assert set(outcomes) == {"address", "none", "not_confirmed"}
    assert 0.1 < outcomes["not_confirmed"] / len(case.answers) < 0.4
    assert all((row["POSTCODE"] is not None) == (row["UITKOMST"] == "address") for row in case.answers)
    assert any(row["IN_ONDERZOEK"] for row in case.answers)


def test_a_postcode_lies_in_one_street_of_its_place(case):
    with (files("helder.demo") / "data/places.csv").open() as file:
        ranges = {row["city"]: (int(row["pc4_from"]), int(row["pc4_until"])) for row in csv.DictReader(file)}
    streets = defaultdict(set)
    for row in case.register:
        if row["POSTCODE"]:
            low, high = ranges[row["PLAATS"]]
            assert low <= int(row["POSTCODE"][:4]) <= high
            if row["STRAAT"] != "Hospicelaan":
                streets[row["POSTCODE"]].add((row["STRAAT"], row["PLAATS"]))
    assert all(len(found) == 1 for found in streets.values())


def test_contact_details_do_not_exist(case):
    assert all(row["TELEFOON"].startswith("06-0") for row in case.register if row["TELEFOON"])
    assert all(row["EMAIL"].isascii() and row["EMAIL"].endswith(".example") for row in case.register if row["EMAIL"])
