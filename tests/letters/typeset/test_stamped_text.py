"""Pages read together against the same pages read one by one, as any page is: what is odd about one stays with it."""

import zlib

import pytest

from helder.letters.typeset.composing import Composer
from helder.letters.typeset.glyphs import Fonts
from helder.letters.typeset.house import PrintHouse
from helder.letters.typeset.page_text import Shown, shown
from helder.letters.typeset.printing import Printer
from helder.letters.typeset.reading import Pdf, UnreadableError, inflate
from helder.letters.typeset.stamped_text import shown_each
from helder.letters.typeset.variant import PrintVariants
from letters.typeset.samples import DOCUMENTS, PAPER, letters

Read = tuple[list[bytes], Fonts]
LINE = b"0 g BT /R 10 Tf 1 0 0 1 70.866 300 Tm [(%b)]TJ ET\n"


@pytest.fixture(scope="module")
def read() -> Read:
    file = Printer(PrintVariants(DOCUMENTS, PAPER, Composer()), PrintHouse(kix=True)).file("1.pdf", 1, letters(20))
    pdf = Pdf(file.pdf)
    pages = [page for _, page in pdf.pages() if "Contents" in page]
    operators = [pdf.decoded(pdf.get(page["Contents"])) for page in pages]
    return [one for one in operators if one.startswith(b"/V")], Fonts(pdf, pdf.get(pages[0]["Resources"]))


def told(page: Shown | None) -> object:
    return page and (page.texts, page.places, page.pictures, page.forms, page.bars)


def alone(operators: bytes, fonts: Fonts) -> object:
    try:
        return told(shown(operators, fonts))
    except UnreadableError:
        return None


def test_pages_read_together_show_what_each_shows(read: Read) -> None:
    pages, fonts = read
    assert len(pages) > 20
    assert list(map(told, shown_each(pages, fonts))) == [alone(page, fonts) for page in pages]


@pytest.mark.parametrize(
    "more",
    {
        "a glyph that stands for nothing": LINE % b"\x00\x24\xee\xee",
        "half a glyph": LINE % b"\x00\x24\x00",
        "a glyph that separates": LINE % b"\x00\x24\xff\xff\x00\x25",
        "another font": (LINE % b"\x00\x24").replace(b"/R", b"/B"),
        "no such font": (LINE % b"\x00\x24").replace(b"/R", b"/X"),
        "glyphs as bars": (LINE % b"\x00\x24").replace(b"/R", b"/K"),
        "bars": (LINE % b"1234AB").replace(b"/R", b"/K"),
        "another way to show a text": b"BT /R 9 Tf 1 0 0 1 70 300 Tm <00240025> Tj ET\n",
        "a string in parentheses": LINE % b"\x00\x24(\x00\x25)",
        "a parenthesis that begins nothing": LINE % b"\x00\x24\\)(\x00n\x00\x25",
        "every escape, and kerns": LINE % b"\\(\\)\\n\\r\\\\\\\\)-10.5(\x00\x24)(\x00\\()20(\x00\\)",
        "an escaped backslash before a kern": LINE % b"\x00\\\\)20(\x00\x24",
        "an escape that is not needed": LINE % b"\x00\\A",
        "a string without an end": LINE % b"\x00\x24\\",
        "a second form": b"/V1 Do\n",
        "a picture of half a byte": b"q 0 g 5 0 0 5 1 1 cm BI/W 25/H 25/IM true/D[1 0]/F/AHx ID fe6>\nEI Q\n",
        "a line within a line": LINE % b"\x00\x24\n0 g BT /R 10 Tf 1 0 0 1 70 200 Tm [(\x00\x25)]TJ ET\n",
    }.items(),
    ids=lambda one: one[0],
)
def test_what_is_odd_about_a_page_stays_with_it(more: tuple[str, bytes], read: Read) -> None:
    pages, fonts = read
    try:
        expected = alone(pages[2] + more[1], fonts)
    except ValueError:
        expected = None
    found = list(map(told, shown_each([*pages[:2], pages[2] + more[1], *pages[3:6]], fonts)))
    assert found == [
        *(alone(page, fonts) for page in pages[:2]),
        expected,
        *(alone(page, fonts) for page in pages[3:6]),
    ]


def test_halves_of_glyphs_on_two_pages_do_not_make_a_text(read: Read) -> None:
    """Put together, the one's last byte, what separates them and the other's first would be a glyph and a separator."""
    _, fonts = read
    halves = [LINE % b"\x00\x24\x00", LINE % b"\xff\x00\x25"]
    assert shown_each(halves, fonts) == [None, None]


def test_a_stream_that_is_damaged_cut_or_followed_by_more_is_noticed() -> None:
    data = zlib.compress(b"Beste mevrouw De Vries, " * 9)
    assert inflate(data) == inflate(data + b"\0") == b"Beste mevrouw De Vries, " * 9
    for place in range(len(data)):
        bad = bytearray(data)
        bad[place] ^= 0x11
        with pytest.raises(UnreadableError):
            inflate(bytes(bad))
    for bad in (b"", data[:-1], data[:8], data + b"\0\0", data + b"x", data + data):
        with pytest.raises(UnreadableError):
            inflate(bytes(bad))


@pytest.mark.parametrize("signs", [b"()", b"(())", b"((()))", b"()(())", b"(" * 14 + b")" * 14])
def test_glyphs_with_the_numbers_of_parentheses_say_the_same_in_pairs_as_escaped(read: Read, signs: bytes) -> None:
    _, fonts = read
    pairs, escaped = (b"".join(b"\x00" + before + bytes([sign]) for sign in signs) for before in (b"", b"\\"))
    page = shown(LINE % pairs, fonts)
    assert len("".join(page.texts)) == len(signs)
    assert told(page) == told(shown(LINE % escaped, fonts))
