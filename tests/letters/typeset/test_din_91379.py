"""Every letter of DIN 91379 in a name: on paper, in print files and single letters, and read back."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from helder.domain.manifest import PrintedLetter
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.filling import Letter
from helder.letters.typeset.house import PrintHouse
from helder.letters.typeset.printing import Printer
from helder.letters.typeset.single import Singles
from helder.letters.typeset.variant import PrintVariants
from helder.letters.typeset.verifying import Verifier
from letters.typeset.samples import DOCUMENTS, PAPER, letter

NORM = tomllib.loads((Path(__file__).parent / "din_91379.toml").read_text("utf-8"))
VERIFIER = Verifier(DOCUMENTS, PAPER, PrintHouse())


def of_code_points(part: str) -> Iterator[str]:
    """What a part of the norm's list names: ranges (0041-005A), single signs, and sequences (0041+030B)."""
    for named in NORM[part].split():
        first, _, last = named.partition("-")
        if last:
            yield from map(chr, range(int(first, 16), int(last, 16) + 1))
        else:
            yield "".join(chr(int(code, 16)) for code in named.split("+"))


def people(names: Sequence[str]) -> list[Letter]:
    """Letters to made-up people of these names."""
    return [
        letter(number)._replace(
            address=(f"A. {name}", "Dorpsstraat 1", "1234 AB  ONZEDORP"), salutation=f"Beste A. {name},"
        )
        for number, name in enumerate(names)
    ]


LETTERS, SIGNS = list(of_code_points("letters")), [sign for sign in of_code_points("signs") if sign != " "]
SEQUENCES = list(of_code_points("sequences"))
ONE_SIGN = people(["".join(LETTERS[start : start + 12]) for start in range(0, len(LETTERS), 12)] + ["".join(SIGNS)])
MARKED = people([f"{sequence}na{sequence}" for sequence in SEQUENCES])


def test_the_list_is_whole_and_each_letter_is_written_one_way():
    assert (len(LETTERS), len(SEQUENCES), len(SIGNS)) == (500, 149, 17)
    assert all(unicodedata.normalize("NFC", one) == one for one in LETTERS + SEQUENCES)


@pytest.mark.parametrize(("sent", "whole"), [(ONE_SIGN, False), (MARKED, True)], ids=["signs", "marks"])
def test_letters_of_one_sign_are_stamped_those_with_marks_set_whole_and_all_read_back(sent, whole):
    file = Printer(PrintVariants(DOCUMENTS, PAPER, Composer()), PrintHouse()).file("1.pdf", 1, sent)
    assert {one.whole for one in file.letters} == {whole}
    rows = [
        PrintedLetter(number, one.reference, "1.pdf", one.sheets, one.pages, one.digest.hex())
        for number, one in enumerate(file.letters, 1)
    ]
    assert VERIFIER.file(file.pdf, 1, sent, rows) == []


def test_single_letters_to_them_read_back():
    singles = Singles(DOCUMENTS, PAPER, Composer())
    for one in ONE_SIGN + MARKED[::9]:
        assert VERIFIER.single(singles.make(one), one) == "", one.address[0]
