"""What a scanner reads is the reference that was printed, or it is refused."""

from __future__ import annotations

import pytest

from helder.domain.sheet_code import check_character, return_code, scanned_reference

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_the_check_character_is_that_of_the_standard():
    """The Global Release Identifier A12425GABC1234002-M uses ISO/IEC 7064 MOD 37,36; marks do not count."""
    assert check_character("A12425GABC1234002") == "M"
    assert check_character("A1-2425G-ABC1234002") == "M"


def test_a_scan_gives_the_reference_back():
    assert scanned_reference(return_code("R2-ABCD-7XYZ")) == "R2-ABCD-7XYZ"
    assert scanned_reference(return_code("R2-ABCD-7XYZ").lower() + " 00000017 1/2\r\n") == "R2-ABCD-7XYZ"


def test_every_single_misreading_is_found():
    code = return_code("R2AB7XYZ")
    for at, sign in enumerate(code):
        for other in SIGNS:
            if sign != "-" and other != sign:
                assert scanned_reference(code[:at] + other + code[at + 1 :]) is None


@pytest.mark.parametrize("scan", ["", " ", "-", "--A", "A", "R2 AB", "é" * 5, "R2;AB-1", "A" * 90])
def test_what_is_no_code_is_refused(scan):
    assert scanned_reference(scan) is None


def test_a_reference_needs_a_sign():
    with pytest.raises(ValueError, match="letter or digit"):
        check_character("--")
