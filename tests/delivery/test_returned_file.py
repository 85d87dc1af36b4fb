"""What people type and what carriers send is read as they mean it; what cannot be is told what was missing."""

from __future__ import annotations

import pytest

from helder.delivery.returned_file import read_returned
from helder.domain.errors import DeliveryError
from helder.domain.letter_reference import check_sign, typed_reference
from helder.domain.sheet_code import return_code

REFERENCE = f"Q7KLMN-D2XYZ9-{check_sign('Q7KLMND2XYZ9')}"


def read(tmp_path, text):
    (tmp_path / "back.csv").write_text(text)
    return read_returned(tmp_path / "back.csv").rows


@pytest.mark.parametrize(
    "typed",
    [
        REFERENCE,
        REFERENCE.lower(),
        REFERENCE.replace("-", " "),
        REFERENCE.replace("-", ""),
        " ".join(REFERENCE),
        REFERENCE.replace("-", "–"),
        REFERENCE.replace("Q", "O"),
        REFERENCE.replace("Q", "0").replace("D", "0").replace("L", "I").lower(),
        REFERENCE.replace("7", "1"),
        return_code(REFERENCE),
        return_code(REFERENCE).replace("-", " ").lower(),
        f"{return_code(REFERENCE)} 00000002 1/1",
    ],
)
def test_a_reference_is_read_as_people_type_it_from_paper(tmp_path, typed):
    [row] = read(tmp_path, f"kenmerk\n{typed}\n")
    assert row.reference == REFERENCE


@pytest.mark.parametrize("check", ["0", "1"])
def test_the_check_character_may_be_typed_as_the_letter_that_looks_like_it(check):
    signs = (f"QQQQQQ{a}{b}QQQQ" for a in "ABCDEFGH" for b in "23456789ABCDEFGH")
    reference = next(
        one
        for one in (f"{text[:6]}-{text[6:]}-{check_sign(text)}" for text in signs)
        if return_code(one).endswith(check)
    )
    assert typed_reference(f"{reference}-{'OI'[int(check)]}") == reference


@pytest.mark.parametrize("place", range(13))
def test_one_wrong_sign_is_never_another_letter(place):
    signs = REFERENCE.replace("-", "")
    for wrong in "23456789ABCDEFGHJKLMNPQRSTUVWXYZ":
        if wrong != signs[place]:
            assert typed_reference(signs[:place] + wrong + signs[place + 1 :]) is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Datum;Nummer;Waarom\n2025-09-19;12;verhuisd\n", "'Datum', 'Nummer', 'Waarom'"),
        ("nummer\nx1\n", "'nummer'"),
        ("12;Dorpsstraat 1;verhuisd\n", "no names of columns"),
    ],
)
def test_a_file_without_a_column_of_codes_is_told_what_it_needs_and_what_it_has(tmp_path, text, seen):
    with pytest.raises(DeliveryError) as refused:
        read(tmp_path, text)
    assert refused.value.what.endswith(f"It has: {seen}.")
    assert "'code'" in refused.value.do and "'reason'" in refused.value.do
    assert "Dorpsstraat" not in str(refused.value)
