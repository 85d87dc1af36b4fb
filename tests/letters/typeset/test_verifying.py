"""The verifier against wrong files: each kind of mistake that a print run can make is made, and must be noticed."""

import contextlib
import io
import random
import zlib
from collections.abc import Callable, Sequence

import pikepdf
import pytest

from helder.domain.manifest import PrintedLetter
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.filling import Letter
from helder.letters.typeset.house import PrintHouse, SheetCode
from helder.letters.typeset.printing import Printer, PrintFile
from helder.letters.typeset.variant import PrintVariants
from helder.letters.typeset.verifying import PROBLEMS, Verifier
from letters.typeset.samples import DOCUMENTS, LONG, PAPER, letter, letters, ward

HOUSE = PrintHouse()
RIGHT = letters(60)
VERIFIER = Verifier(DOCUMENTS, PAPER, HOUSE)


@pytest.fixture(scope="module")
def printer() -> Printer:
    return Printer(PrintVariants(DOCUMENTS, PAPER, Composer()), HOUSE)


@pytest.fixture(scope="module")
def good(printer: Printer) -> PrintFile:
    return printer.file("1.pdf", 1, RIGHT)


def rows_of(file: PrintFile) -> list[PrintedLetter]:
    return [
        PrintedLetter(n, one.reference, "1.pdf", one.sheets, one.pages, one.digest.hex())
        for n, one in enumerate(file.letters, 1)
    ]


def problems(file: PrintFile, pdf: bytes | None = None, right: Sequence[Letter] = RIGHT) -> set[tuple[int, str]]:
    found = VERIFIER.file(file.pdf if pdf is None else pdf, 1, right, rows_of(file))
    assert all(one.problem in PROBLEMS for one in found)
    return {(one.sequence, one.problem) for one in found}


def test_a_good_file_has_nothing_wrong(good: PrintFile) -> None:
    assert problems(good) == set()
    assert any(one.whole for one in good.letters)


@pytest.mark.parametrize(
    "house",
    [
        PrintHouse(duplex=False),
        PrintHouse(sheet_code=SheetCode(kind="qr", x=8), kix=True),
        PrintHouse(sheet_code=SheetCode(kind="none"), return_code=False),
    ],
)
def test_a_good_file_for_another_print_house_has_nothing_wrong(house: PrintHouse) -> None:
    from dataclasses import replace

    paper = replace(PAPER, specimen=True)
    file = Printer(PrintVariants(DOCUMENTS, paper, Composer()), house).file("1.pdf", 1, RIGHT)
    assert Verifier(DOCUMENTS, paper, house).file(file.pdf, 1, RIGHT, rows_of(file)) == []


def test_bars_of_another_address_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    house = PrintHouse(kix=True)
    variants = PrintVariants(DOCUMENTS, PAPER, Composer())
    for wrong in ("1234AB56", ""):
        with monkeypatch.context() as patched:
            patched.setattr("helder.letters.typeset.extras.bars_of", lambda address, wrong=wrong: wrong)
            file = Printer(variants, house).file("1.pdf", 1, [letter(1)])
        found = Verifier(DOCUMENTS, PAPER, house).file(file.pdf, 1, [letter(1)], rows_of(file))
        assert [one.problem for one in found] == ["address"]


Change = Callable[[Letter], Letter]
CHANGES: dict[str, tuple[Change, str]] = {
    "another's address": (lambda one: one._replace(address=letter(40).address), "address"),
    "a line of the address missing": (lambda one: one._replace(address=one.address[:2]), "address"),
    "the address lines in another order": (lambda one: one._replace(address=one.address[::-1]), "address"),
    "one letter of the name wrong": (
        lambda one: one._replace(address=("A.B. de Vrias 0", *one.address[1:])),
        "address",
    ),
    "another's salutation": (lambda one: one._replace(salutation=letter(40).salutation), "salutation"),
    "another's reference": (lambda one: one._replace(reference=letter(40).reference), "manifest"),
    "another's code": (lambda one: one._replace(code=letter(40).code), "code"),
    "another variant": (lambda one: one._replace(variant=3), "text"),
    "another language": (lambda one: one._replace(variant=1), "text"),
    "another person's letter whole": (lambda one: letter(40), "manifest"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_wrong_letter_among_good_ones_is_noticed(what: str, printer: Printer) -> None:
    change, problem = CHANGES[what]
    made = [change(one) if n == 5 else one for n, one in enumerate(RIGHT)]
    file = printer.file("1.pdf", 1, made)
    found = problems(file)
    assert (6, problem) in found
    assert {sequence for sequence, _ in found} == {6}


@pytest.mark.parametrize("what", ["another's address", "another's salutation", "another's code"])
@pytest.mark.parametrize("place", [11, 49])
def test_a_wrong_letter_that_was_set_whole_is_noticed(what: str, place: int, printer: Printer) -> None:
    change, _ = CHANGES[what]
    made = [change(one)._replace(variant=one.variant) if n == place else one for n, one in enumerate(RIGHT)]
    if place == 11 and what != "another's address":
        assert made[11].address[0] == LONG
    assert {sequence for sequence, _ in problems(printer.file("1.pdf", 1, made))} == {place + 1}


NAMED = (8, 18, 49)
"""Letters that say whom they are about: stamped, twice, and in Arabic, set whole."""


@pytest.mark.parametrize("place", NAMED)
@pytest.mark.parametrize("name", ["", ward(18), f"{ward(8)}1", LONG])
def test_a_letter_about_another_person_or_about_nobody_is_noticed(name: str, place: int, printer: Printer) -> None:
    name = ward(28) if name == ward(place) else name
    made = [one._replace(about=name) if n == place else one for n, one in enumerate(RIGHT)]
    found = problems(printer.file("1.pdf", 1, made))
    assert {sequence for sequence, _ in found} == {place + 1}
    if name == ward(18) and place == 8:
        assert found == {(place + 1, "about")}


@pytest.mark.parametrize("place", [0, 5])
def test_a_name_in_a_letter_to_the_person_themself_is_noticed(place: int, printer: Printer) -> None:
    """And in no other letter, though the pages are read first with this one when it is the first."""
    made = [one._replace(about=ward(5)) if n == place else one for n, one in enumerate(RIGHT)]
    assert {sequence for sequence, _ in problems(printer.file("1.pdf", 1, made))} == {place + 1}


def test_two_letters_to_one_reader_that_name_each_others_people_are_noticed(printer: Printer) -> None:
    """One curator, one variant, one salutation: only the name tells them apart."""
    same = [RIGHT[n]._replace(address=RIGHT[8].address, salutation=RIGHT[8].salutation) for n in (8, 18)]
    right = [*same, *RIGHT[20:30]]
    made = [same[0]._replace(about=same[1].about), same[1]._replace(about=same[0].about), *RIGHT[20:30]]
    assert problems(printer.file("1.pdf", 1, right), right=right) == set()
    assert problems(printer.file("1.pdf", 1, made), right=right) == {(1, "about"), (2, "about")}


def test_a_letter_missing_twice_or_exchanged_is_noticed(printer: Printer) -> None:
    for made in (RIGHT[:-1], [*RIGHT, RIGHT[0]]):
        assert problems(printer.file("1.pdf", 1, made)) == {(1, "count")}
    exchanged = [RIGHT[1], RIGHT[0], *RIGHT[2:]]
    assert problems(printer.file("1.pdf", 1, exchanged)) == {(1, "manifest"), (2, "manifest")}


def saved(good: PrintFile, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(good.pdf)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def swap_contents(first: int, second: int) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        one, other = pdf.pages[first].obj, pdf.pages[second].obj
        one["/Contents"], other["/Contents"] = other["/Contents"], one["/Contents"]

    return change


def rewrite(page: int, old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        operators = pdf.pages[page].Contents.read_bytes()
        assert old in operators
        pdf.pages[page].Contents.write(operators.replace(old, new, 1))

    return change


def test_a_file_that_another_program_saved_again_is_still_right(good: PrintFile) -> None:
    assert problems(good, saved(good, lambda pdf: None)) == set()


def test_pages_that_changed_places_are_noticed(good: PrintFile) -> None:
    assert problems(good, saved(good, swap_contents(0, 1))) == {(1, "text")}
    # The second pages of two letters of the same variant.
    assert {sequence for sequence, _ in problems(good, saved(good, swap_contents(1, 3)))} == {1, 2}
    assert {sequence for sequence, _ in problems(good, saved(good, swap_contents(0, 2)))} == {1, 2}


def test_a_page_that_is_gone_or_doubled_is_noticed(good: PrintFile) -> None:
    def gone(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[3]

    def doubled(pdf: pikepdf.Pdf) -> None:
        pdf.pages.append(pdf.pages[0])

    assert problems(good, saved(good, gone))
    assert problems(good, saved(good, doubled))


def test_something_more_on_a_page_is_noticed(good: PrintFile) -> None:
    shown = b"BT /R 10 Tf 1 0 0 1 70 300 Tm [<00240025>]TJ ET\n"
    elsewhere = saved(good, rewrite(1, b"Do\n", b"Do\n" + shown))
    assert problems(good, elsewhere) == {(1, "surplus")}
    in_form = saved(good, lambda pdf: _into_form(pdf, shown))
    assert problems(good, in_form)


def _handed_down(page: pikepdf.Page, name: str, value: list[float]) -> None:
    """Said by the node above the page only. qpdf has written what that said into each page."""
    del page.obj[name]
    page.obj.Parent[name] = pikepdf.Array(value)


def _note(page: pikepdf.Page) -> None:
    words = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.FreeText, "/Rect": [0, 0, 99, 99]}
    page.Annots = [pikepdf.Dictionary(**words, **{"/Contents": pikepdf.String("J. Jansen, Kerkstraat 1")})]


@pytest.mark.parametrize(
    "change",
    [
        _note,
        lambda page: page.obj.__setitem__("/Rotate", 180),
        lambda page: page.obj.__setitem__("/CropBox", [0, 0, 100, 100]),
        lambda page: page.obj.__setitem__("/MediaBox", [0, 0, 595.276, 500]),
        lambda page: page.obj.__setitem__("/TrimBox", [0, 0, 300, 841.89]),
        lambda page: page.obj.__setitem__("/UserUnit", 2),
        lambda page: page.obj.Parent.__setitem__("/Rotate", 90),
        lambda page: page.obj.Parent.__setitem__("/CropBox", [0, 0, 100, 100]),
        lambda page: page.obj.Parent.Parent.__setitem__("/CropBox", [0, 0, 100, 100]),
        lambda page: _handed_down(page, "/MediaBox", [0, 300, 595.276, 841.89]),
        lambda page: page.obj.__delitem__("/MediaBox"),
    ],
    ids=[
        "note",
        "turned",
        "cropped",
        "smaller sheet",
        "trimmed",
        "larger units",
        "all turned",
        "all cropped",
        "all cropped further up",
        "all sheets smaller",
        "no size of the sheet",
    ],
)
def test_a_page_that_is_seen_otherwise_than_it_was_written_is_noticed(
    good: PrintFile, change: Callable[[pikepdf.Page], None]
) -> None:
    assert problems(good, saved(good, lambda pdf: change(pdf.pages[2])))


def test_a_page_that_has_its_own_of_what_stands_above_it_is_as_it_says_itself(good: PrintFile) -> None:
    """ISO 32000-1, 7.7.3.4: what a node of the tree of pages says holds for the pages that say nothing else."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj["/CropBox"] = page.obj["/MediaBox"] = pikepdf.Array([0, 0, 595.276, 841.89])
            page.obj["/Rotate"] = 0
        pdf.Root.Pages["/CropBox"] = pikepdf.Array([0, 0, 100, 100])
        pdf.Root.Pages["/Rotate"] = 90

    assert problems(good, saved(good, change)) == set()


def test_resources_that_a_page_has_of_the_node_above_it_are_read(good: PrintFile) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages["/Resources"] = pdf.pages[0].obj["/Resources"]
        for page in pdf.pages:
            if page.obj["/Resources"].objgen == pdf.Root.Pages["/Resources"].objgen:
                del page.obj["/Resources"]

    assert problems(good, saved(good, change)) == set()


def test_a_page_that_names_another_node_than_the_one_that_holds_it_is_noticed(good: PrintFile) -> None:
    """A reader that looks upwards from the page would find another sheet than one that looks down from the tree."""

    def change(pdf: pikepdf.Pdf) -> None:
        cropped = pikepdf.Dictionary({"/Type": pikepdf.Name.Pages, "/CropBox": pikepdf.Array([0, 0, 99, 99])})
        pdf.pages[2].obj["/Parent"] = pdf.make_indirect(cropped)

    assert problems(good, saved(good, change)) == {(1, "file")}


@pytest.mark.parametrize("entry", [("/BBox", [0, 0, 595, 300]), ("/Matrix", [1, 0, 0, 1, 0, 400])])
def test_a_shared_page_that_is_painted_in_part_or_elsewhere_is_noticed(
    good: PrintFile, entry: tuple[str, list[int]]
) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        next(iter(pdf.pages[0].Resources.XObject.values()))[entry[0]] = pikepdf.Array(entry[1])

    assert "text" in {problem for _, problem in problems(good, saved(good, change))}


def _into_form(pdf: pikepdf.Pdf, shown: bytes) -> None:
    form = next(iter(pdf.pages[0].Resources.XObject.values()))
    form.write(form.read_bytes() + shown)


def test_a_second_form_or_picture_on_a_page_is_noticed(good: PrintFile) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        names = [name.encode() for name in pdf.pages[0].Resources.XObject]
        rewrite(0, b"Do\n", b"Do\n" + names[-1] + b" Do\n")(pdf)

    assert problems(good, saved(good, change)) == {(1, "surplus")}
    assert problems(good, saved(good, rewrite(1, b"EI Q\n", b"EI Q\n" + _symbol(good) + b"EI Q\n"))) == {(1, "surplus")}


def _symbol(good: PrintFile) -> bytes:
    with pikepdf.open(io.BytesIO(good.pdf)) as pdf:
        operators = pdf.pages[1].Contents.read_bytes()
    return operators[operators.index(b"q 0 g") : operators.index(b"EI Q")]


def test_an_address_outside_the_window_is_noticed(good: PrintFile) -> None:
    with pikepdf.open(io.BytesIO(good.pdf)) as pdf:
        line = next(x for x in pdf.pages[0].Contents.read_bytes().split(b"\n") if b"/R 10 Tf" in x)
    place = line[line.index(b"Tf 1 0 0 1") : line.index(b" Tm")]
    assert problems(good, saved(good, rewrite(0, place, b"Tf 1 0 0 1 70.866 300"))) == {(1, "address")}


def test_a_qr_code_that_leads_elsewhere_is_noticed(good: PrintFile) -> None:
    with pikepdf.open(io.BytesIO(good.pdf)) as pdf:
        pages = [page.Contents.read_bytes() for page in pdf.pages[:4]]
    bits = [page[page.index(b" ID ") + 4 : page.index(b">\nEI")] for page in (pages[1], pages[3])]
    assert problems(good, saved(good, rewrite(1, bits[0], bits[1]))) == {(1, "qr"), (1, "hash")}
    assert (1, "qr") in problems(good, saved(good, rewrite(1, bits[0], b"00" + bits[0][2:])))


def test_a_manifest_that_says_otherwise_is_noticed(good: PrintFile) -> None:
    rows = rows_of(good)
    for wrong in (
        rows[0]._replace(hash="0" * 32),
        rows[0]._replace(reference="R2-9999-TEST"),
        rows[0]._replace(sequence=2),
        rows[0]._replace(pages=1),
        rows[0]._replace(sheets=2),
    ):
        assert VERIFIER.file(good.pdf, 1, RIGHT, [wrong, *rows[1:]])


def test_damage_never_passes_for_a_good_letter(good: PrintFile) -> None:
    """Any byte changed in the lines of a letter is noticed (one in seven is tried); elsewhere `files.csv` has the hash of the whole file."""
    with pikepdf.open(io.BytesIO(good.pdf)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
    start = good.pdf.index(b"\n%d 0 obj\n" % number)
    begin = good.pdf.index(b"stream\n", start) + 7
    end = good.pdf.index(b"\nendstream", begin)
    assert end - begin > 200
    for place in range(begin + 2, end, 7):
        bad = bytearray(good.pdf)
        bad[place] ^= 1 << place % 8
        with contextlib.suppress(zlib.error):
            if zlib.decompress(bad[begin:end]) == zlib.decompress(good.pdf[begin:end]):
                continue  # a bit between the last block and the checksum, which says nothing
        assert problems(good, bytes(bad)), f"byte {place - begin} of the stream"


def test_a_file_of_noise_is_unreadable_and_nothing_worse(good: PrintFile) -> None:
    noise = random.Random(1)
    for _ in range(40):
        bad = bytearray(good.pdf)
        for _ in range(noise.randint(1, 40)):
            bad[noise.randrange(len(bad))] = noise.randrange(256)
        VERIFIER.file(bytes(bad), 1, RIGHT, rows_of(good))
    for pdf in (b"", b"%PDF-1.6", good.pdf[:-7], good.pdf[: len(good.pdf) // 2], b"%PDF-1.6\nstartxref\n0\n%%EOF"):
        assert problems(good, pdf) == {(1, "file")}
