"""One person, one letter; and none when it cannot be told whether it is one person."""

from __future__ import annotations

from helder.rounds.doubles import Row, doubles


def row(person, number=None, likeness=None, letter=1, named=True, in_round=True, told=False):
    return Row(person, number, likeness, letter, named, in_round, told)


def test_the_first_of_rows_with_one_number_gets_the_letter():
    assert doubles([row(1, number=9), row(2, number=9), row(3, number=9)]) == {2: "same", 3: "same"}


def test_rows_that_do_not_agree_are_all_held():
    assert doubles([row(1, number=9, letter=1), row(2, number=9, letter=2)]) == {1: "unclear", 2: "unclear"}


def test_a_row_outside_the_round_that_says_something_else_holds_the_one_inside():
    assert doubles([row(1, number=9, letter=1, in_round=False), row(2, number=9, letter=2)]) == {2: "unclear"}


def test_a_row_outside_the_round_that_agrees_takes_no_letter_away():
    assert doubles([row(1, number=9, in_round=False), row(2, number=9)]) == {}


def test_a_row_whose_person_was_told_by_the_other_row_gets_no_letter():
    told = row(1, number=9, in_round=False, told=True)
    assert doubles([told, row(2, number=9), row(3, number=9)]) == {2: "same", 3: "same"}


def test_the_same_names_birth_and_address_are_one_person_when_a_number_is_missing():
    assert doubles([row(1, number=9, likeness=5), row(2, likeness=5)]) == {2: "same"}
    assert doubles([row(1, likeness=5), row(2, likeness=5)]) == {2: "same"}


def test_two_numbers_are_two_people_however_alike():
    assert doubles([row(1, number=8, likeness=5), row(2, number=9, likeness=5)]) == {}


def test_a_row_without_number_that_may_be_either_of_two_people_is_held():
    rows = [row(1, number=8, likeness=5), row(2, number=9, likeness=5), row(3, likeness=5)]
    assert doubles(rows) == {3: "unclear"}


def test_twins_of_whom_only_initials_are_known_are_not_taken_for_one():
    rows = [row(1, likeness=5, named=False), row(2, likeness=5, named=False)]
    assert doubles(rows) == {1: "unclear", 2: "unclear"}


def test_one_person_over_three_rows_gets_one_letter_whichever_way_they_hang_together():
    assert doubles([row(1, number=9), row(2, likeness=5), row(3, number=9, likeness=5)]) == {2: "same", 3: "same"}
    assert doubles([row(3, number=9), row(1, likeness=5), row(2, number=9, likeness=5)]) == {2: "same", 3: "same"}
