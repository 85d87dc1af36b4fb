"""The order in which a line stands on paper. As in the examples of UAX #9, capitals stand for letters from right to left."""

import pytest

from helder.letters.typeset.writing_order import as_painted, as_seen, embedding_levels, units

_CAPITALS = {chr(ord("A") + n): chr(0x05D0 + n) for n in range(26)}
_BACK = {hebrew: capital for capital, hebrew in _CAPITALS.items()}
_SIGNS = str.maketrans(_CAPITALS | {"<": "\u2066", ">": "\u2067", "=": "\u2068", "^": "\u2069"})


def seen(text: str, *, rtl: bool) -> str:
    """A line as it stands on paper. `<`, `>` and `=` isolate what follows: from left, from right, by its first letter; `^` ends it."""
    stored = text.translate(_SIGNS)
    levels = embedding_levels(stored, rtl=rtl)
    stands = "".join(stored[begin:end] for begin, end in as_seen(stored, levels))
    return "".join(_BACK.get(sign, sign) for sign in stands if not "\u2066" <= sign <= "\u2069")


@pytest.mark.parametrize(
    ("stored", "rtl", "stands"),
    [
        ("car means CAR.", False, "car means RAC."),
        ("car MEANS CAR.", True, ".RAC SNAEM car"),
        ("he said '>car MEANS CAR^.'", False, "he said 'RAC SNAEM car.'"),
        ("DID YOU SAY '<he said \">car MEANS CAR^\"^'?", True, "?'he said \"RAC SNAEM car\"' YAS UOY DID"),
        # Numbers run from left to right, and what belongs in and beside them stays with them.
        ("ON 15-12-2025 IT WAS 4,5%.", True, ".4,5% SAW TI 15-12-2025 NO"),
        # A telephone number that is not isolated falls apart; isolated it stays whole.
        ("CALL 088 900 10 00 NOW", True, "WON 00 10 900 088 LLAC"),
        ("CALL =088 900 10 00^ NOW", True, "WON 088 900 10 00 LLAC"),
        # Two isolated names next to each other stand in the order of the sentence around them.
        ("AT =clinical lab^ =other lab^.", True, ".other lab clinical lab TA"),
        # A pair of brackets goes with the sentence, not with the word in it.
        ("NUMBER (BSN bsn) IS", True, "SI )bsn NSB( REBMUN"),
        ("a (B) c", False, "a (B) c"),
        ("see www.example.nl/hack OR ASK", True, "KSA RO see www.example.nl/hack"),
    ],
)
def test_a_line_stands_as_the_standard_says(stored: str, rtl: bool, stands: str) -> None:
    """Brackets are turned only when they are drawn; a text keeps them as they were written."""
    assert seen(stored, rtl=rtl) == stands


def test_a_letter_keeps_its_marks() -> None:
    text = "سُرأوّل"
    assert [text[begin:end] for begin, end in units(text)] == ["سُ", "ر", "أ", "وّ", "ل"]


def test_a_sign_of_more_letters_says_them_as_they_would_lie() -> None:
    """As Arabic has for a lam and an alef; a Latin sign of two letters says them as they are read."""
    assert as_painted("لاً") == "اًل"
    assert as_painted("fi") == "fi"


def test_arabic_numbers_run_from_left_to_right() -> None:
    text = "رقم ١٢٣"
    levels = embedding_levels(text, rtl=True)
    assert "".join(text[begin:end] for begin, end in as_seen(text, levels)) == "١٢٣ مقر"
