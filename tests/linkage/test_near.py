"""How sure a link is depends on who else the file is about: relatives, twins and namesakes are counted, not supposed."""

import pytest

from helder.linkage import LinkSettings
from linkage.small import bsn, leaked, linked, shipped
from linkage.test_model import GIVEN, crowd

PEOPLE = 3_400
NUMBERED = 500
KIN = 80
NUMBERS = [bsn(100_000_000 + 1_000 * n) for n in range(NUMBERED + KIN)]
REGISTER = [{**one, "national_id": NUMBERS[n] if n < NUMBERED else None} for n, one in enumerate(crowd(PEOPLE))]
FIELDS = ("national_id", "surname", "given_names", "birth_date", "postcode", "house_number", "city", "sex")
SELVES = [{name: one[name] for name in FIELDS} for one in REGISTER[:NUMBERED]]
# Somebody of whom the row tells surname, address and first initial, and no birth date.
PROBE = {**{name: REGISTER[3_000][name] for name in FIELDS}, "birth_date": None, "given_names": None, "sex": None,
         "initials": str(REGISTER[3_000]["given_names"])[0]}  # fmt: skip
LESS = LinkSettings(review_share=1.0, wrong_share=1.0)


def probe(*others, row=PROBE, settings=LESS, about=0.5, register=REGISTER):
    """What becomes of the probe in a file with the numbered people and these others; `about`: the share about somebody."""
    rows = leaked(*SELVES, *others, row)
    return linked(register, rows, model=shipped(PEOPLE, about), settings=settings).of(len(rows) - 1)


def relatives(**change):
    """Rows with a number of their own, about people at the address of registered people and with their surname."""
    return [
        {
            **SELVES[n],
            "national_id": NUMBERS[NUMBERED + n],
            "given_names": GIVEN[(n * 7 + 1) % 12],
            "sex": None,
            **change,
        }
        for n in range(KIN)
    ]


def test_a_household_initial_is_enough_where_the_file_holds_no_relatives():
    assert (probe()["outcome"], probe()["person"]) == ("accepted", 3_000)


def test_it_is_a_review_where_the_file_holds_unregistered_relatives():
    one = probe(*relatives(birth_date="2012-05-06"))
    assert (one["outcome"], one["reason"]) == ("review", "relative")


def test_relatives_count_however_little_else_agrees():
    """Such a pair has a weight far below what is scored, so relatives are counted by a join, not among scored pairs."""
    nothing_else = relatives(birth_date="2012-05-06", sex="X")
    assert probe(*nothing_else)["reason"] == "relative"


def test_relatives_in_another_file_do_not_count():
    rows = leaked(*SELVES, *relatives(birth_date="2012-05-06"), PROBE)
    for row in rows[NUMBERED : NUMBERED + KIN]:
        row["record"] += 1 << 40
    found = linked(REGISTER, rows, model=shipped(PEOPLE), settings=LESS)
    assert found.of(len(rows) - 1)["outcome"] == "accepted"


def test_a_row_with_the_number_of_somebody_registered_is_no_relative():
    """It is the row of a registered person with a number that is not theirs: a mistake, which tells of no strangers."""
    mistaken = [{**one, "national_id": NUMBERS[100 + n]} for n, one in enumerate(relatives(birth_date="2012-05-06"))]
    assert probe(*mistaken)["outcome"] == "accepted"


# Everybody with a telephone number of their own, and the probe with its own.
REACHED = [{**one, "phone": f"06{10_000_000 + n}"} for n, one in enumerate(REGISTER)]
CALLED = {**PROBE, "phone": REACHED[3_000]["phone"]}


def test_ones_own_telephone_number_tells_from_relatives_where_they_have_others():
    kin = relatives(birth_date="2012-05-06")
    others = [{**one, "phone": f"06{90_000_000 + n}"} for n, one in enumerate(kin)]
    shared = [{**one, "phone": REACHED[n]["phone"]} for n, one in enumerate(kin)]
    assert probe(*others, row=CALLED, register=REACHED)["outcome"] == "accepted"
    assert probe(*shared, row=CALLED, register=REACHED)["reason"] == "relative"


def test_where_the_file_does_not_tell_the_households_of_the_register_do():
    kin = relatives(birth_date="2012-05-06")
    mates = [
        {**one, "person": PEOPLE + n, "person_id": f"M{n}", "national_id": None, "given_names": "Zwaantje",
         "birth_date": f"2001-{1 + n % 12:02}-09", "phone": f"06{80_000_000 + n}"}
        for n, one in enumerate(REACHED[1_000:1_200])
    ]  # fmt: skip
    shared = [{**one, "phone": REACHED[1_000 + n]["phone"]} for n, one in enumerate(mates)]
    assert probe(*kin, row=CALLED, register=[*REACHED, *mates])["outcome"] == "accepted"
    assert probe(*kin, row=CALLED, register=[*REACHED, *shared])["reason"] == "relative"


def test_anothers_telephone_number_speaks_against_as_much_as_ones_own_speaks_for():
    few = relatives(birth_date="2012-05-06")[:3]
    assert probe(*few, row=PROBE, register=REACHED)["outcome"] == "accepted"
    assert probe(*few, row={**PROBE, "phone": "0699999999"}, register=REACHED)["reason"] == "relative"


def test_a_namesake_with_the_persons_telephone_is_the_person():
    """Who moved, under a number that is nobody's: such rows tell of no namesakes."""

    def elsewhere(one):
        return {**one, "postcode": f"{one['postcode'][:4]} ZZ", "house_number": "1"}

    moved = [{**elsewhere(SELVES[n]), "national_id": NUMBERS[NUMBERED + n]} for n in range(KIN)]
    reached = [{**one, "phone": REACHED[n]["phone"]} for n, one in enumerate(moved)]
    row = elsewhere({**{name: REGISTER[3_000][name] for name in FIELDS}, "national_id": None})
    assert probe(*moved, row=row, register=REACHED)["reason"] == "namesake"
    assert probe(*reached, row=row, register=REACHED)["outcome"] == "accepted"


def test_the_same_sex_speaks_against_a_twin_a_little():
    nameless = {**PROBE, "birth_date": REGISTER[3_000]["birth_date"], "initials": None}
    twins = relatives()[:20]
    assert probe(*twins, row=nameless)["reason"] == "twin"
    assert probe(*twins, row={**nameless, "sex": REGISTER[3_000]["sex"]})["outcome"] == "accepted"


def without_numbers():
    """Rows without a number: of everybody registered, and of a hundred strangers."""
    bare = [{**{name: one[name] for name in FIELDS}, "national_id": None} for one in REGISTER]
    strangers = [
        {
            **one,
            "surname": f"Vreemd{one['surname']}",
            "birth_date": "2013-01-01",
            "postcode": f"{1000 + n} ZZ",
            "city": "Elders",
        }
        for n, one in enumerate(bare[:100])
    ]
    return bare, strangers


def test_few_strangers_are_no_file_full_of_relatives():
    """One relative among the numbered rows, and more strangers among the others: still few for each that is somebody."""
    bare, strangers = without_numbers()
    few = relatives(birth_date="2012-05-06")[:1]
    rest = [*bare[600:1_800], *strangers]
    assert probe(*few, *rest, about=0.9)["outcome"] == "accepted"
    assert probe(*relatives(birth_date="2012-05-06"), *rest, about=0.9)["reason"] == "relative"


def test_where_no_row_has_a_number_strangers_are_those_who_are_like_nobody():
    bare, strangers = without_numbers()
    few = leaked(*bare[600:1_800], *strangers[:10], PROBE)
    assert linked(REGISTER, few, model=shipped(PEOPLE, 0.9), settings=LESS).of(1_210)["outcome"] == "accepted"
    many = leaked(*bare[600:700], *strangers, PROBE)
    assert linked(REGISTER, many, model=shipped(PEOPLE), settings=LESS).of(200)["reason"] == "relative"


def test_links_are_held_back_where_too_many_together_would_be_wrong():
    assert probe(settings=LinkSettings(review_share=1.0, wrong_share=0.0))["reason"] == "relative"


WHOLE = {name: REGISTER[3_000][name] for name in FIELDS}
NAMELESS = {**WHOLE, "surname": None, "given_names": None}


@pytest.mark.parametrize(
    "names",
    [
        {"surname": WHOLE["given_names"], "given_names": WHOLE["surname"]},
        {"full_name": f"{WHOLE['given_names']} Wendela, {WHOLE['surname']}"},
        {"full_name": f"Mw. {WHOLE['surname']} {WHOLE['given_names']} Wendela"},
    ],
    ids=["two fields", "a comma", "one field"],
)
def test_names_in_each_others_place_are_turned(names):
    one = probe(row={**NAMELESS, **names})
    assert (one["outcome"], one["person"]) == ("accepted", 3_000)
    assert "surname:equal" in one["levels"] and "given_name:equal" in one["levels"]


def test_a_number_that_stands_for_not_known_does_not_speak_against():
    whole = {name: REGISTER[3_000][name] for name in FIELDS}
    known, unknown = probe(row=whole), probe(row={**whole, "national_id": "999999999"})
    assert unknown["levels"] == known["levels"]
