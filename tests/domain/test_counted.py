"""Numbers in sentences: a singular beside 1, a plural beside every other, thousands parted as the language does."""

import pytest

from helder.domain.counted import Counted, Uncounted


@pytest.mark.parametrize(
    ("number", "lang", "said"),
    [
        (1, "en", "1 row that is read"),
        (0, "en", "0 rows that are read"),
        (1200, "en", "1,200 rows that are read"),
        (1200, "nl", "1.200 rows that are read"),
    ],
)
def test_a_number_brings_its_noun_and_its_verb(number, lang, said):
    rows = Counted(number, lang)
    assert f"{rows:row|rows} that {rows:-is|are} read" == said


def test_a_number_may_stand_alone():
    assert f"{Counted(1200, 'nl'):|} to go" == "1.200 to go"
    assert Counted(3, "nl") == 3


def test_a_number_that_may_not_be_told_leaves_its_noun_and_not_whether_it_is_one():
    assert f"{Uncounted():row|rows} {Uncounted():-is|are} left" == "rows are left"
