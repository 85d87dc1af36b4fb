"""Exact links: a valid number and something else that agrees; never the number alone, never a relative."""

import pytest

from linkage.small import bsn, leaked, linked, people

ONE, TWO, CHILD, FREE = bsn(111_000_000), bsn(222_000_000), bsn(333_000_000), bsn(444_000_000)
ANNA = {
    "national_id": ONE, "given_names": "Anna Beatrix", "initials": "A.B.", "surname": "Jansen", "sex": "F",
    "birth_date": "1980-03-04", "street": "Dorpsstraat", "house_number": "5", "postcode": "1234 AB", "city": "Utrecht",
}  # fmt: skip
CEES = {**ANNA, "national_id": TWO, "given_names": "Cees", "initials": "C.", "sex": "M", "birth_date": "1978-10-11"}
NOUR = {
    "national_id": CHILD, "given_names": "Nour", "initials": "N.", "surname": "Yılmaz", "sex": "F",
    "birth_date": "1990-06-07", "street": "Kerkweg", "house_number": "12", "postcode": "5678 CD", "city": "Zwolle",
}  # fmt: skip
REGISTER = people(ANNA, CEES, NOUR)


def exact(register, *rows):
    """The exact links of rows: per row (person, what agreed), or None."""
    found = linked(register, leaked(*rows), exact_only=True)
    assert [row["record"] for row in found.links] == list(range(len(rows)))
    return [(row["person"], row["agrees"]) if row["method"] == "exact" else None for row in found.links]


def test_number_and_one_more_attribute_link_and_say_what_agreed():
    rows = [
        {"national_id": ONE, "birth_date": "04-03-1980"},
        {"national_id": ONE, "surname": "JANSEN", "initials": "A"},
        {"national_id": ONE, "birth_date": "1980-03-04", "surname": "Jansen", "given_names": "Anna", "postcode": "1234AB", "house_number": "5"},
        {"national_id": ONE, "birth_date": "1980-04-03", "surname": "Jansen"},
        {"national_id": ONE, "initials": "A.B.", "postcode": "1234AB", "house_number": "5"},
        {"national_id": ONE, "birth_date": "1980-03-00", "surname": "Jansen"},
    ]  # fmt: skip
    assert exact(REGISTER, *rows) == [
        (0, "birth_date"),
        (0, "surname;given_name"),
        (0, "birth_date;surname;given_name;address"),
        (0, "birth_date;surname"),
        (0, "given_name;address"),
        (0, "birth_date;surname"),
    ]


@pytest.mark.parametrize("written", [f"{ONE[:3]} {ONE[3:6]} {ONE[6:]}", f"{ONE[:4]}.{ONE[4:6]}.{ONE[6:]}", f"{ONE}.0"])
def test_however_the_number_is_written(written):
    assert exact(REGISTER, {"national_id": written, "birth_date": "1980-03-04"}) == [(0, "birth_date")]


def test_a_lost_leading_zero_is_no_hindrance():
    low = bsn(12_000_000)
    register = people({**ANNA, "national_id": low})
    assert exact(register, {"national_id": low.lstrip("0"), "birth_date": "1980-03-04"}) == [(0, "birth_date")]


def test_never_the_number_alone_nor_with_what_a_household_shares():
    rows = [
        {"national_id": ONE},
        {"national_id": ONE, "sex": "F"},
        {"national_id": ONE, "city": "Utrecht"},
        {"national_id": ONE, "surname": "Boer"},
        {"national_id": ONE, "birth_date": "1955-12-31"},
        {"national_id": ONE, "initials": "A.B."},
        {"national_id": ONE, "postcode": "1234 AB", "house_number": "5"},
    ]
    # The last two: anybody may be an A., and Cees lives there too. Nothing but the number is Anna's own.
    found = exact(REGISTER, *rows)
    assert found[:5] == [None] * 5


def test_never_without_a_valid_number():
    wrong = ONE[:8] + str((int(ONE[8]) + 1) % 10)
    whole = {**ANNA, "national_id": wrong}
    assert exact(REGISTER, whole, {**ANNA, "national_id": None}, {**ANNA, "national_id": FREE}) == [None] * 3


def test_a_relative_with_the_number_of_a_parent_is_not_the_parent():
    child = {**ANNA, "given_names": "Daan", "initials": "D.", "sex": "M", "birth_date": "2010-05-06"}
    same_initials = {**ANNA, "given_names": None, "initials": "A.B.", "birth_date": "2010-05-06"}
    no_birth_date = {**child, "birth_date": None}
    assert exact(REGISTER, child, same_initials, no_birth_date) == [None] * 3


@pytest.mark.parametrize("twin", [{"given_names": "Daan", "sex": "M"}, {"given_names": "Dora", "sex": "F"}])
def test_a_twin_with_the_number_of_the_other_is_not_the_other(twin):
    other = {**ANNA, "national_id": None, "initials": "D.", **twin}
    assert exact(people(ANNA, other), {**other, "national_id": ONE}) == [None]


def test_a_twin_of_the_other_sex_is_no_exact_link_though_his_initial_is_among_hers():
    """Her brother Bert, born on the same day and in no register, on a row with her number."""
    brother = {**ANNA, "given_names": "Bert", "initials": "B.", "sex": "M"}
    herself_by_her_second_name = {**ANNA, "given_names": "Beatrix", "initials": "B."}
    assert exact(people(ANNA), brother) == [None]
    assert exact(people(ANNA), herself_by_her_second_name) == [(0, "birth_date;surname;given_name;address")]


TWINS = {
    "another name, one initial": (
        {"given_names": "Anna", "initials": "A."},
        {"given_names": "Astrid", "initials": "A."},
    ),
    "other names, the same initials": ({}, {"given_names": "Aleida Berta"}),
    "initials only, one more": (
        {"given_names": None, "initials": "A."},
        {"given_names": None, "initials": "A.M."},
    ),
}


@pytest.mark.parametrize(("one", "other"), TWINS.values(), ids=TWINS.keys())
def test_a_row_that_is_the_registered_twins_but_for_the_number_is_not_the_others(one, other):
    anna, twin = {**ANNA, **one}, {**ANNA, "national_id": TWO, **other}
    rows = [{**twin, "national_id": ONE}, anna, twin, {**anna, "national_id": TWO}]
    assert [found and found[0] for found in exact(people(anna, twin), *rows)][:3] == [None, 0, 1]


@pytest.mark.parametrize("sex", ["F", None])
@pytest.mark.parametrize(
    "row",
    [
        {"given_names": "Dora", "initials": "D."},
        {"given_names": "Dora Beatrix", "initials": "D.B."},
        {"given_names": "Dora", "initials": "D.", "birth_date": "1980-03-05"},
        {"given_names": "Astrid", "initials": "A.", "birth_date": "1980-03-05"},
        {"given_names": "Bert", "initials": "B."},
        {"given_names": "Dora", "initials": "D.", "surname": "Boer", "postcode": "9999 ZZ", "house_number": "1"},
    ],
    ids=[
        "twin",
        "twin with a later name in common",
        "sister a day off",
        "sister a day off of one initial",
        "twin brother",
        "birth date alone",
    ],
)
def test_another_given_name_beside_the_number_is_no_exact_link(row, sex):
    """Relatives who are in no register: all that a row shares with Anna they may share too."""
    assert exact(people(ANNA), {**ANNA, "street": None, "sex": sex, **row}) == [None]


def test_who_is_called_otherwise_than_registered_is_linked_where_nobody_fits_better():
    assert exact(REGISTER, {**ANNA, "given_names": "Appie"}) == [(0, "birth_date;surname;given_name;address")]


def test_a_number_that_two_people_of_the_register_have_is_nobodys():
    register = people(ANNA, {**NOUR, "national_id": ONE})
    assert exact(register, ANNA, {**NOUR, "national_id": ONE}) == [None, None]


def test_several_rows_of_one_person_are_all_linked_and_no_row_to_two():
    rows = [{**ANNA, "city": None}, ANNA, {"national_id": ONE, "birth_date": "1980-03-04"}, NOUR]
    assert [found and found[0] for found in exact(REGISTER, *rows)] == [0, 0, 0, 2]


def test_names_in_other_spellings_still_agree():
    rows = [
        {"national_id": CHILD, "surname": "Yilmaz", "initials": "N"},
        {"national_id": CHILD, "surname": "de Boer-Yilmaz", "given_names": "Nour"},
        {"national_id": ONE, "full_name": "Mw. A.B. de Vries-Jansen"},
    ]
    assert exact(REGISTER, *rows) == [(2, "surname;given_name"), (2, "surname;given_name"), (0, "surname;given_name")]


def test_exact_only_gives_the_exact_links_and_nothing_else():
    rows = leaked(ANNA, {**NOUR, "national_id": None}, {"surname": "Niemand"}, {**CEES, "linkable": False})
    found = linked(REGISTER, rows[:3], exact_only=True)
    assert [(row["person"], row["outcome"], row["method"], row["reason"]) for row in found.links] == [
        (0, "accepted", "exact", None),
        (None, "none", None, "not-exact"),
        (None, "none", None, "not-exact"),
    ]
    assert found.candidates == []
    assert all(row["weight"] is None and row["levels"] is None for row in found.links)
    assert found.result.counts == {"accepted:exact": 1, "none:not-exact": 2}


@pytest.mark.parametrize("linkable", [False, None])
def test_a_row_without_a_basis_is_not_linked_however_well_it_fits(linkable):
    rows = leaked({**ANNA, "linkable": linkable}, {**ANNA, "linkable": True})
    for exact_only in (True, False):
        found = linked(REGISTER, rows, exact_only=exact_only)
        assert (found.of(0)["outcome"], found.of(0)["reason"], found.of(0)["person"]) == ("none", "no-basis", None)
        assert (found.of(1)["outcome"], found.of(1)["method"], found.of(1)["person"]) == ("accepted", "exact", 0)
        assert found.candidates == []


def test_the_exact_links_are_the_same_with_and_without_the_rest():
    rows = leaked(
        ANNA, {"national_id": CHILD, "birth_date": "1990-06-07"}, {**CEES, "national_id": None}, {"national_id": ONE}
    )
    alone = [row for row in linked(REGISTER, rows, exact_only=True).links if row["method"] == "exact"]
    whole = [row for row in linked(REGISTER, rows).links if row["method"] == "exact"]
    assert [(row["record"], row["person"], row["agrees"]) for row in alone] == [
        (row["record"], row["person"], row["agrees"]) for row in whole
    ]
    assert [row["record"] for row in alone] == [0, 1]


def test_a_country_without_a_check_links_exactly_too():
    register = people({**ANNA, "national_id": "AB-55123"})
    (found,) = linked(
        register, leaked({"national_id": "55123", "birth_date": "1980-03-04"}), exact_only=True, code="generic"
    ).links
    assert (found["person"], found["agrees"]) == (0, "birth_date")
