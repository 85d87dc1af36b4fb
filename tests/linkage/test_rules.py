"""From scored pairs to outcomes: who is near the person is not the person, and being right comes first."""

import random

import pytest

from helder.linkage import LinkSettings
from linkage.small import bsn, leaked, linked, shipped
from linkage.test_model import crowd

ONE = bsn(111_000_000)
SLIP = ONE[:8] + str((int(ONE[8]) + 1) % 10)
HOME = {"street": "Dorpsstraat", "house_number": "5", "postcode": "1234 AB", "city": "Utrecht"}
AWAY = {"street": "Havenkade", "house_number": "71", "postcode": "9876 XY", "city": "Delfzijl"}
ANNA = {
    "national_id": ONE,
    "given_names": "Anna Wendela",
    "surname": "Quist",
    "sex": "F",
    "birth_date": "1980-03-04",
    **HOME,
}
TWIN_B = {
    "given_names": "Bo",
    "surname": "Xanders",
    "sex": "F",
    "birth_date": "1991-12-13",
    **HOME,
    "house_number": "7",
}
TWIN_BRAM = {**TWIN_B, "given_names": "Bas", "sex": "M"}
TWIN_D = {"given_names": "Dora", "surname": "Zijp", "sex": "F", "birth_date": "1992-11-14", **HOME, "house_number": "9"}
TWIN_K = {**TWIN_D, "given_names": "Kees", "sex": "M"}
PARENT = {
    "given_names": "Johannes",
    "surname": "Uyterwaal",
    "sex": "M",
    "birth_date": "1950-05-16",
    **HOME,
    "house_number": "11",
}
CHILD = {**PARENT, "birth_date": "1979-09-27"}
SMIT_1 = {
    "given_names": "Maria",
    "surname": "Ypma",
    "sex": "F",
    "birth_date": "1966-06-06",
    **HOME,
    "house_number": "13",
}
SMIT_2 = {**SMIT_1, "birth_date": "1971-02-03", **AWAY}
NAMED = (ANNA, TWIN_B, TWIN_BRAM, TWIN_D, TWIN_K, PARENT, CHILD, SMIT_1, SMIT_2)
CROWD = 3_400
REGISTER = [
    *crowd(CROWD),
    *(
        {"person": CROWD + number, "person_id": f"N{number}", "file": 0, "row": 9_000 + number, **one}
        for number, one in enumerate(NAMED)
    ),
]


def who(one):
    return CROWD + NAMED.index(one)


ROWS = {
    "all but the number": {**ANNA, "national_id": None},
    "exact": ANNA,
    "only the initial both twins have": {**TWIN_B, "given_names": None, "initials": "B.", "sex": None},
    "a twin by name": {**TWIN_D},
    "a household, no name of one's own": {**TWIN_D, "given_names": None, "birth_date": None, "sex": None},
    "parent or child": {**PARENT, "birth_date": None},
    "the child by birth date": {**CHILD},
    "another child, not in the register": {**ANNA, "national_id": None, "given_names": "Victor", "sex": "M", "birth_date": "2011-08-19"},
    "a name that two have": {"given_names": "Maria", "surname": "Ypma"},
    "a slip of the number and another's name": {"national_id": SLIP, "given_names": "Victor", "surname": "Oosterling", "birth_date": "1944-04-04"},
    "a slip of the number and all else": {**ANNA, "national_id": SLIP},
    "a slip of the number and nothing else": {"national_id": SLIP},
    "a slip of the number, sex and a town": {"national_id": SLIP, "sex": "F", "city": "Utrecht"},
    "the number and nothing else": {"national_id": ONE},
    "the number and another's name": {"national_id": ONE, "given_names": "Victor", "surname": "Oosterling", "birth_date": "1944-04-04"},
    "moved": {**SMIT_1, **dict.fromkeys(HOME), "city": "Maastricht", "postcode": "6200 AA"},
    "surname and place": {"surname": "Quist", "city": "Utrecht"},
    "a stranger": {"given_names": "Ignatius", "surname": "Wolfswinkel", "birth_date": "2001-01-30", "postcode": "4444 KK", "house_number": "44", "city": "Goes"},
    "nothing": {},
}  # fmt: skip
NAMES = list(ROWS)
LEAKED = leaked(*ROWS.values())
ALL_REVIEWS = LinkSettings(review_share=1.0)
REASONS = {
    "two-candidates", "relative", "twin", "same-name", "namesake", "weak", "number-only", "no-candidate", "no-basis",
    "too-many-reviews",
}  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return linked(REGISTER, LEAKED, model=shipped(CROWD), settings=ALL_REVIEWS)


@pytest.fixture(scope="module")
def row(found):
    return lambda name: found.of(NAMES.index(name))


@pytest.fixture(scope="module")
def shown(found):
    """The candidates put to reviewers for a row, best first."""
    return lambda name: [one["person"] for one in found.candidates if one["record"] == NAMES.index(name)]


def test_a_row_that_agrees_on_everything_but_a_number_is_accepted(row):
    one = row("all but the number")
    assert (one["outcome"], one["method"], one["person"], one["reason"]) == (
        "accepted",
        "probabilistic",
        who(ANNA),
        None,
    )
    assert "birth_date:equal" in one["levels"]


def test_an_exact_link_stays_exact_and_has_no_weight(row):
    one = row("exact")
    assert (one["outcome"], one["method"], one["person"]) == ("accepted", "exact", who(ANNA))
    assert (one["weight"], one["margin"], one["levels"], one["reason"]) == (None, None, None, None)
    assert one["agrees"] == "birth_date;surname;given_name;address"


def test_two_good_candidates_are_a_review_that_shows_both(row, shown):
    one = row("only the initial both twins have")
    assert (one["outcome"], one["method"], one["reason"]) == ("review", "probabilistic", "two-candidates")
    assert one["margin"] < ALL_REVIEWS.margin
    assert set(shown("only the initial both twins have")[:2]) == {who(TWIN_B), who(TWIN_BRAM)}


def test_a_twin_is_never_taken_for_the_other(row):
    assert row("a twin by name")["person"] in (who(TWIN_D), None)


def test_what_a_household_shares_names_nobody_of_it(row):
    assert row("a household, no name of one's own")["outcome"] != "accepted"


def test_parent_and_child_of_one_name_need_a_birth_date(row):
    assert row("parent or child")["outcome"] != "accepted"
    assert row("the child by birth date")["person"] in (who(CHILD), None)


def test_a_relative_who_is_not_in_the_register_is_nobody_of_it(row):
    assert row("another child, not in the register")["outcome"] != "accepted"


def test_a_name_that_two_people_have_names_neither(row):
    assert row("a name that two have")["outcome"] != "accepted"


def test_a_mistyped_number_makes_a_candidate_that_the_rest_must_confirm(row):
    one = row("a slip of the number and all else")
    assert (one["person"], one["method"]) == (who(ANNA), "probabilistic")
    assert row("a slip of the number and another's name")["outcome"] != "accepted"


def test_a_mistyped_number_links_nobody_by_itself(row):
    for name in ("a slip of the number and nothing else", "a slip of the number, sex and a town"):
        one = row(name)
        assert (one["outcome"], one["person"], one["reason"]) == ("review", who(ANNA), "weak")


def test_a_right_number_proves_nothing_when_the_rest_is_anothers(row):
    for name in ("the number and nothing else", "the number and another's name"):
        assert row(name)["outcome"] != "accepted"


def test_who_moved_is_found_or_left_alone_but_never_mistaken(row):
    assert row("moved")["person"] in (who(SMIT_1), None)


def test_surname_and_place_are_nobody(row):
    one = row("surname and place")
    assert (one["outcome"], one["person"], one["method"]) == ("none", None, None)


def test_a_stranger_and_an_empty_row_are_nobody(row):
    assert row("a stranger")["outcome"] == "none"
    assert (row("nothing")["outcome"], row("nothing")["reason"]) == ("none", "no-candidate")


def test_every_record_has_one_row_in_words_of_closed_lists(found):
    assert [one["record"] for one in found.links] == list(range(len(LEAKED)))
    for one in found.links:
        assert one["outcome"] in ("accepted", "review", "none")
        assert (one["person"] is None) == (one["method"] is None) == (one["outcome"] == "none")
        assert one["method"] in ("exact", "probabilistic", None)
        assert (one["reason"] is None) == (one["outcome"] == "accepted")
        assert one["reason"] in REASONS | {None}
    assert sum(found.result.counts.values()) == len(LEAKED)


def test_candidates_are_for_reviews_only_best_first(found):
    reviews = {one["record"]: one["person"] for one in found.links if one["outcome"] == "review"}
    assert {one["record"] for one in found.candidates} == set(reviews)
    for record, person in reviews.items():
        listed = [one for one in found.candidates if one["record"] == record]
        assert [one["rank"] for one in listed] == list(range(1, len(listed) + 1))
        assert len(listed) <= 5
        assert listed[0]["person"] == person
        assert [one["weight"] for one in listed] == sorted((one["weight"] for one in listed), reverse=True)
        assert len({one["person"] for one in listed}) == len(listed)


def test_automatic_links_are_strong_and_ahead_of_the_next(found):
    for one in found.links:
        if one["method"] == "probabilistic" and one["outcome"] == "accepted":
            assert one["weight"] >= ALL_REVIEWS.accept
            assert one["margin"] is None or one["margin"] >= ALL_REVIEWS.margin


def test_only_the_two_tables_are_left(found):
    assert {name for name in found.tables if name.startswith("h_")} == set()
    assert {"links", "candidates"} <= found.tables


def test_the_order_of_rows_and_people_does_not_matter(found):
    mixed, others = list(LEAKED), list(REGISTER)
    random.Random(1).shuffle(mixed)
    random.Random(2).shuffle(others)
    again = linked(others, mixed, model=shipped(CROWD), settings=ALL_REVIEWS)
    assert again.links == found.links
    assert again.candidates == found.candidates


def test_what_reviewers_cannot_do_is_left_and_said(found):
    none = linked(REGISTER, LEAKED, model=shipped(CROWD), settings=LinkSettings(review_share=0.0))
    assert none.candidates == []
    for before, after in zip(found.links, none.links, strict=True):
        if before["outcome"] == "review":
            assert (after["outcome"], after["person"], after["reason"]) == ("none", None, "too-many-reviews")
        else:
            assert after == before
