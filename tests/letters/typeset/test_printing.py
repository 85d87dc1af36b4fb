"""Print files: what stands in them."""

import io
import re
import subprocess
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from helder.countries.nl.kix import kix_bars
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.house import Insert, PrintHouse, SheetCode
from helder.letters.typeset.printing import Printer, PrintFile
from helder.letters.typeset.variant import PrintVariants
from letters.typeset.samples import DOCUMENTS, LONG, MARKS, PAPER, letter, letters, text_of

COUNT = 60


@pytest.fixture(scope="module")
def variants() -> PrintVariants:
    return PrintVariants(DOCUMENTS, PAPER, Composer())


@pytest.fixture(scope="module")
def printed(variants: PrintVariants) -> PrintFile:
    return Printer(variants, PrintHouse()).file("00001.pdf", 1, letters(COUNT))


def test_every_letter_has_a_document_part_with_its_pages_and_reference(printed: PrintFile) -> None:
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        parts = pdf.Root.DPartRoot.DPartRootNode.DParts[0]
        assert [str(part.DPM.HLD_Ref) for part in parts] == [one.reference for one in letters(COUNT)]
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        page = 0
        for part, one in zip(parts, printed.letters, strict=True):
            assert numbers[part.Start.objgen] == page
            page += 2 * one.sheets
            assert numbers[part.End.objgen] == page - 1
        assert page == len(pdf.pages)


def test_the_pages_say_who_and_what(printed: PrintFile, tmp_path: Path) -> None:
    text = text_of(printed.pdf, tmp_path)
    for one in letters(COUNT):
        if one.address[0] not in (LONG, MARKS):
            assert all(" ".join(line.split()) in text for line in one.address)
        assert text.count(one.code) == 1
    assert text.count("De hack: dit weten wij over uw gegevens") == sum(one.variant in (0, 3) for one in letters(COUNT))


def test_what_cannot_be_stamped_is_set_whole(printed: PrintFile) -> None:
    hard = {n for n in range(COUNT) if n % 97 in (11, 12, 13) or n % 50 == 49}
    assert {n for n, one in enumerate(printed.letters) if one.whole} == hard


def test_letters_to_the_person_themself_are_what_they_are_without_letters_that_name_somebody(
    variants: PrintVariants, printed: PrintFile
) -> None:
    own = [one for one in letters(COUNT) if not one.about]
    alone = Printer(variants, PrintHouse(sheet_code=SheetCode(kind="none"))).file("00001.pdf", 1, own)
    mixed = Printer(variants, PrintHouse(sheet_code=SheetCode(kind="none"))).file("00001.pdf", 1, letters(COUNT))
    digests = {one.reference: one.digest for one in mixed.letters}
    assert 0 < len(own) < COUNT
    assert [one.digest for one in alone.letters] == [digests[one.reference] for one in own]


def test_letters_set_whole_share_what_is_the_same_in_them(variants: PrintVariants) -> None:
    """Above all the fonts of their language: what Typst embeds for each differs by what is theirs, names and codes."""
    file = Printer(variants, PrintHouse()).file("1.pdf", 1, [letter(n, 2) for n in range(12)])
    with pikepdf.open(io.BytesIO(file.pdf)) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one]
        programs = [one.FontFile2.read_raw_bytes() for one in fonts]
    arabic = [str(one.FontName) for one in fonts if "Arabic" in str(one.FontName)]
    assert all(one.whole for one in file.letters)
    assert sorted(name.partition("+")[2] for name in arabic) == ["NotoSansArabic-Bold", "NotoSansArabic-Regular"]
    assert len(set(programs)) == len(programs)


WIDE = {
    "M.S. van den Heemerhoek-van der Pauwelbeeck": b"9.5",
    "M.C.A. van den Kasteelwaert-van der Draaijervlietmeer": b"8.5",
}


@pytest.mark.parametrize("variant", [0, 1])
@pytest.mark.parametrize("name", WIDE)
def test_a_wide_address_is_stamped_in_the_size_and_places_that_typst_gives_it(
    variants: PrintVariants, name: str, variant: int
) -> None:
    one = letter(1, variant)._replace(address=(name, "Larixstraat 42", "1012 GE  AMSTERDAM"))
    stamped = variants.stamped(one, b"")[0]
    with variants.whole(one) as pdf:
        by_typst = variants.rewritten(pdf.pages[0], one, b"")
    places = re.findall(rb"/R ([\d.]+) Tf 1 0 0 1 (70\.866) (6[3-9]\d\.\d+) Tm", stamped)
    assert [size for size, _, _ in places] == [WIDE[name]] * 3
    assert set(places) <= set(re.findall(rb"/R ([\d.]+) Tf 1 0 0 1 (70\.866) (6[3-9]\d\.\d+) Tm", by_typst))


def test_the_same_letters_give_the_same_bytes_whatever_came_before(variants: PrintVariants) -> None:
    alone = Printer(PrintVariants(DOCUMENTS, PAPER, Composer()), PrintHouse())
    after = Printer(variants, PrintHouse())
    after.file("00007.pdf", 31, letters(12))
    assert alone.file("00001.pdf", 1, letters(30)) == after.file("00001.pdf", 1, letters(30))


def test_a_letter_of_one_page_has_an_empty_back_when_both_sides_are_printed(variants: PrintVariants) -> None:
    both = Printer(variants, PrintHouse()).file("1.pdf", 1, [letter(1, 1), letter(2, 1)])
    one = Printer(variants, PrintHouse(duplex=False)).file("1.pdf", 1, [letter(1, 1), letter(2, 1)])
    for file, pages in ((both, 4), (one, 2)):
        with pikepdf.open(io.BytesIO(file.pdf)) as pdf:
            assert len(pdf.pages) == pages
            assert [page.get("/Contents") is None for page in pdf.pages][1::2] == [pages == 4] * (pages // 2)


def test_a_plain_letter_takes_less_than_a_thousand_bytes(variants: PrintVariants) -> None:
    plain = [letter(n) for n in range(5_000) if n % 97 not in (11, 12, 13)]
    file = Printer(variants, PrintHouse()).file("00001.pdf", 1, plain)
    assert len(file.pdf) / len(plain) < 1000


def test_inserts_stand_in_the_document_part(variants: PrintVariants) -> None:
    house = PrintHouse(inserts=(Insert(name="leaflet", languages=("nl",)), Insert(name="card")))
    with pikepdf.open(io.BytesIO(Printer(variants, house).file("1.pdf", 1, [letter(1), letter(2, 1)]).pdf)) as pdf:
        told = [str(part.DPM.HLD_Inserts) for part in pdf.Root.DPartRoot.DPartRootNode.DParts[0]]
    assert told == ["leaflet+card", "card"]


def test_the_sheet_code_and_the_code_for_returns_can_be_read(variants: PrintVariants, tmp_path: Path) -> None:
    from helder.domain.sheet_code import scanned_reference

    text = text_of(Printer(variants, PrintHouse(duplex=False)).file("1.pdf", 41, [letter(1)]).pdf, tmp_path)
    codes = re.findall(r"R2-0001-TEST-\w 00000041 \d/\d", text)
    assert [code[-3:] for code in codes] == ["1/2", "2/2"]
    assert {scanned_reference(code) for code in codes} == {"R2-0001-TEST"}


def test_other_sheet_codes_and_bars_are_drawn(variants: PrintVariants) -> None:
    plain = PrintHouse(sheet_code=SheetCode(kind="none"), return_code=False)
    drawn = PrintHouse(sheet_code=SheetCode(kind="qr", x=8), kix=True)
    sizes = [_operators(Printer(variants, house).file("1.pdf", 1, [letter(1)]).pdf) for house in (plain, drawn)]
    assert b" re" not in sizes[0] and b"ID" not in sizes[0]
    assert b"[(1001AB1)]TJ" in sizes[1] and b"ID" in sizes[1]


def test_the_bars_on_paper_are_those_of_the_address(variants: PrintVariants, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(Printer(variants, PrintHouse(kix=True)).file("1.pdf", 1, [letter(1)]).pdf)
    # Ten pixels a millimetre, the foot of the window: 5 mm in from x = 20, its bars end 2 mm above y = 90.
    where = ["-gray", "-r", "254", "-l", "1", "-x", "245", "-y", "825", "-W", "350", "-H", "60"]
    subprocess.run(["pdftoppm", *where, "a.pdf", "a"], cwd=tmp_path, check=True)
    (path,) = tmp_path.glob("a*.pgm")
    dark = np.frombuffer(path.read_bytes()[-350 * 60 :], np.uint8).reshape(60, 350) < 128
    wanted = kix_bars("1001AB1")
    middles = [round(5 + 2.5 + number * 254 / 22) for number in range(len(wanted))]
    # The middle reaches from 3.125 to 1.875 mm above the lowest point; 55 pixels down stand the lowest points.
    assert [(bool(dark[15, x]), bool(dark[46, x])) for x in middles] == wanted
    assert all(dark[30, x] for x in middles)
    assert not any(dark[30, x + 6] for x in middles)


def _operators(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return file.pages[0].Contents.read_bytes()


def test_without_a_look_up_no_code_is_printed(tmp_path: Path) -> None:
    from dataclasses import replace

    paper = replace(PAPER, sender=replace(PAPER.sender, lookup=""))
    file = Printer(PrintVariants(DOCUMENTS, paper, Composer()), PrintHouse()).file(
        "1.pdf", 1, [letter(1), letter(1, 2)]
    )
    assert letter(1).code not in text_of(file.pdf, tmp_path)
