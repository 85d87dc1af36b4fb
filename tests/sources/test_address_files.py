"""Files of addresses: no odd value loses a person's answer, or a shelter's address; all are counted."""

from __future__ import annotations

import pytest

from sources.cases import load_text

ANSWER = {
    "person_id": "id", "checked_on": "op", "investigated": "onderzoek", "not_there": "weg", "street": "straat",
}  # fmt: skip


def answer(tmp_path, investigated: str, not_there: str):
    text = f"id;op;onderzoek;weg;straat\nA1;2025-10-01;{investigated};{not_there};Dorpsstraat\n"
    got = load_text(tmp_path, text, "addresses", columns=ANSWER)
    assert got.rejects == []
    assert got.column("street") == ["Dorpsstraat"]
    return got


@pytest.mark.parametrize(
    ("investigated", "not_there", "means", "odd"),
    [
        ("nee", "nee", (False, False), {}),
        ("ja", "", (True, None), {}),
        ("080000", "nee", (True, False), {"investigated": 1}),
        ("20240131", "", (True, None), {"investigated": 1}),
        ("nee", "wellicht", (True, None), {"not_there": 1}),
        ("", "ja", (False, True), {}),
    ],
)
def test_an_address_of_which_nobody_can_tell_is_in_question(investigated, not_there, means, odd, tmp_path):
    got = answer(tmp_path, investigated, not_there)
    assert (got.column("investigated")[0], got.column("not_there")[0]) == means
    assert got.facts.unreadable == odd


SHELTER = {"postcode": "pc", "house_number": "nr", "may_send": "mag", "checked_on": "op"}


@pytest.mark.parametrize("may_send", ["nee", "", "misschien", "overleg"])
def test_a_shelter_stays_a_shelter_whatever_is_said_of_it(may_send, tmp_path):
    text = f"pc;nr;mag;op\n1234AB;1;{may_send};onlangs\n5678CD;2;ja;2025-10-01\n"
    got = load_text(tmp_path, text, "safe_addresses", columns=SHELTER, dates="%Y-%m-%d")
    assert got.rejects == []
    assert dict(zip(got.column("postcode"), got.column("may_send"), strict=True)) == {"1234AB": False, "5678CD": True}
    assert got.facts.unreadable["checked_on"] == 1
