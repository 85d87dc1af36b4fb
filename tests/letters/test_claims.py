"""What a claim says of the worlds left."""

from __future__ import annotations

import pytest

from helder.domain import worlds as w
from helder.letters.claims import carried, parse

SOME = w.STOLEN | w.NOT_STOLEN


@pytest.mark.parametrize(
    ("claim", "left", "holds"),
    [
        ("must taken email", w.STOLEN, True),
        ("must taken email", w.PUBLISHED, True),
        ("must taken email", SOME, False),
        ("must not_taken email", SOME, False),
        ("must not_taken email", w.NOT_STOLEN, True),
        ("may taken email", SOME, True),
        ("may taken email", w.STOLEN, False),
        ("may taken email", w.NOT_STOLEN, False),
        ("must shared list", w.DISCLOSED, True),
        ("must not_shared list", w.NEVER_OURS, True),
        ("must in person", w.PERSON_IN, True),
        ("must in person", w.PERSON_ALL, False),
        ("may in person", w.PERSON_ALL, True),
    ],
)
def test_must_needs_every_world_and_may_needs_both_kinds(claim, left, holds):
    assert carried(parse(claim), left) is holds


@pytest.mark.parametrize(
    "claim",
    [
        "must stolen email",
        "can taken email",
        "taken email",
        "must taken person",
        "fact",
        "may weakened list",
        "must record person",
    ],
)
def test_what_is_no_claim_is_refused(claim):
    with pytest.raises(ValueError, match="is no claim"):
        parse(claim)


def test_a_claim_is_written_as_it_is_read():
    for text in ("must taken list", "may in person", "fact lab_paused", "may record person", "must weakened list"):
        assert str(parse(text)) == text
