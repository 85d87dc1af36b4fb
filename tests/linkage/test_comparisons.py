"""What two records agree on: names that are one person's or a sibling's, birth dates that are a slip or a parent's."""

import duckdb
import pytest

from helder.linkage import comparisons as c


def holds(condition, **sides):
    """Whether a condition holds between two records; a column has two values, of the row and of the person."""
    columns = ", ".join(
        f"{'NULL' if value is None else repr(value)} AS {name}_{side}"
        for name, values in sides.items()
        for side, value in zip("lr", values, strict=True)
    )
    return duckdb.execute(f"SELECT {condition} FROM (SELECT {columns})").fetchall()[0][0]


def shared(row, person):
    return holds(c.GIVEN_SHARED, g1=(row[0], person[0]), gv=(row, person))


@pytest.mark.parametrize(
    ("row", "person"),
    [
        (["anna"], ["anna", "maria"]),
        (["maria"], ["anna", "maria"]),
        (["maria", "anna"], ["anna", "maria"]),
        (["ans", "~anna"], ["anna", "maria", "~anna"]),
    ],
    ids=["first", "called by her second", "turned", "short for it"],
)
def test_given_names_are_shared_where_a_first_name_is_among_them(row, person):
    assert shared(row, person)
    assert shared(person, row)


def test_sisters_share_no_given_name_though_a_later_name_is_the_same():
    assert not shared(["anna", "maria", "~anna"], ["elisabeth", "maria", "~elisabeth"])


@pytest.mark.parametrize(
    ("row", "person", "called"),
    [
        (("J", None), ("W", "janna"), True),
        (("G", "wilma"), ("WA", None), True),
        (("B", None), ("W", "janna"), False),
        (("G", "wilma"), ("W", "willem"), False),
        (("WA", None), ("WB", "wilma"), False),
    ],
    ids=[
        "row of initials",
        "register of initials",
        "another letter",
        "names that can be compared",
        "one first initial",
    ],
)
def test_an_initial_may_be_that_of_the_name_somebody_is_called_by(row, person, called):
    (ini_l, g1_l), (ini_r, g1_r) = row, person
    for ini, g1 in (((ini_l, ini_r), (g1_l, g1_r)), ((ini_r, ini_l), (g1_r, g1_l))):
        assert bool(holds(c.CALLED_INITIAL, ini=ini, g1=g1)) is called


@pytest.mark.parametrize(
    ("names", "close"),
    [
        (("cornelis", "cornelia"), False),
        (("hendrik", "hendrika"), False),
        (("cornelis", "cornellis"), True),
        (("hendrika", "hendirka"), True),
    ],
)
def test_a_mans_and_a_womans_form_of_a_name_are_no_slip_of_one_another(names, close):
    assert holds(c.GIVEN_CLOSE, g1=names) is close
    assert holds(c.GIVEN_CLOSE, g1=names[::-1]) is close


@pytest.mark.parametrize(
    ("birth", "two"),
    [
        ("1982-07-10", True),
        ("1982-09-09", True),
        ("1985-07-09", True),
        ("2012-07-09", False),
        ("1951-07-09", False),
        ("1985-07-10", False),
    ],
)
def test_one_part_of_a_birth_date_may_be_wrong_but_no_year_by_a_generation(birth, two):
    """A child of the same name, born on a parent's day and month, is not the parent written wrong."""
    assert holds(c.BIRTH_TWO_PARTS, bd=("1982-07-09", birth)) is two
    assert holds(c.BIRTH_TWO_PARTS, bd=(birth, "1982-07-09")) is two
