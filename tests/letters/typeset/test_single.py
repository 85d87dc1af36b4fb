"""Single letters: made again on demand, the same bytes, accessible and archivable."""

from dataclasses import replace
from pathlib import Path

import page as page_validation
import pytest

from helder.domain.letters import Paragraph
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.filling import PAGE_HEIGHT, POINTS
from helder.letters.typeset.glyphs import Fonts
from helder.letters.typeset.house import PrintHouse
from helder.letters.typeset.page_text import shown
from helder.letters.typeset.paper import LARGE
from helder.letters.typeset.reading import Pdf
from helder.letters.typeset.single import Singles
from helder.letters.typeset.verifying import Verifier
from letters.typeset.samples import DOCUMENTS, LONG, MARKS, PAPER, letter, text_of, ward

pytestmark = pytest.mark.slow

PAPERS = {
    "standard": PAPER,
    "large": replace(PAPER, size=LARGE),
    "specimen": replace(PAPER, specimen=True),
    "no code": replace(PAPER, sender=replace(PAPER.sender, lookup="")),
}


@pytest.fixture(scope="module", params=PAPERS)
def singles(request: pytest.FixtureRequest) -> Singles:
    return Singles(DOCUMENTS, PAPERS[request.param], Composer())


# Plain, Turkish, Czech, Polish, Icelandic and Maltese, then too wide, with marks, with six lines of address.
PEOPLE = (0, 1, 2, 3, 4, 11, 12, 13)


@pytest.mark.parametrize("variant", DOCUMENTS)
def test_every_letter_is_accessible_and_archivable(singles: Singles, variant: int) -> None:
    for one in (*(letter(person, variant) for person in PEOPLE), letter(0, variant)._replace(about=ward(0))):
        pdf = singles.make(one)
        for profile in ("ua1", "2a"):
            report = page_validation.validate_pdf_bytes(pdf, profile=profile)
            assert report.is_compliant, [failure.rule_id for failure in report.failures]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_letter_reads_back_as_what_it_must_be_and_as_nothing_else(paper: str) -> None:
    made, verifier = Singles(DOCUMENTS, PAPERS[paper], Composer()), Verifier(DOCUMENTS, PAPERS[paper], PrintHouse())
    for variant in DOCUMENTS:
        for person in PEOPLE:
            one = letter(person, variant)
            pdf = made.make(one)
            assert verifier.single(pdf, one) == ""
            named = one._replace(about=ward(person))
            assert verifier.single(made.make(named), named) == ""
            assert verifier.single(made.make(named), named._replace(about=ward(99)))
            assert verifier.single(made.make(named), one) and verifier.single(pdf, named)
            wrong = (
                one._replace(address=letter(5).address),
                one._replace(salutation="Beste heer,"),
                one._replace(reference="R2-9999-TEST"),
                one._replace(variant=(variant + 1) % 4),
            )
            assert all(verifier.single(pdf, other) for other in wrong)
            if paper != "no code":
                assert verifier.single(pdf, one._replace(code=letter(5).code))


def test_the_same_letter_is_made_again_byte_for_byte_by_another_process(singles: Singles) -> None:
    first = [singles.make(letter(n)) for n in PEOPLE]
    assert [singles.make(letter(n)) for n in reversed(PEOPLE)] == first[::-1]


def test_made_anew_a_letter_has_the_same_bytes() -> None:
    for n in (1, 12):
        one, other = (Singles(DOCUMENTS, PAPER, Composer()).make(letter(n)) for _ in range(2))
        assert one == other


def test_a_letter_with_an_ordinary_european_name_is_at_most_30_kilobytes() -> None:
    made = Singles(DOCUMENTS, PAPER, Composer())
    assert max(len(made.make(letter(n))) for n in (0, 1, 2, 3, 4, 5)) <= 30_000


def test_a_code_reads_from_left_to_right_in_a_letter_from_right_to_left(tmp_path: Path) -> None:
    """Its digits and letters would change places among Arabic: whoever types it would open nothing."""
    one = letter(0, 2)._replace(code="2345-6789-ABCD")
    pdf = Singles(DOCUMENTS, PAPER, Composer()).make(one)
    assert one.code in text_of(pdf, tmp_path)


def test_large_print_is_large_and_says_the_same(tmp_path: Path) -> None:
    small, large = (Singles(DOCUMENTS, paper, Composer()).make(letter(0)) for paper in (PAPER, PAPERS["large"]))
    words = [sorted(set(text_of(pdf, tmp_path).split())) for pdf in (small, large)]
    assert set(words[0]) - set(words[1]) <= {"1", "2"}
    assert large.count(b"/Type/Page") >= 0 and len(text_of(large, tmp_path).split("\f")) > len(
        text_of(small, tmp_path).split("\f")
    )


def test_an_arabic_salutation_reads_back_beside_a_latin_name_and_a_mark_between_lam_and_alef() -> None:
    document = replace(DOCUMENTS[2], parts=(Paragraph(("لا نعرف ذلك، بدلًا من ذلك اتصل بنا.",)),))
    one = letter(0, 2)._replace(salutation="السيدة المحترمة \u2068A.B. de Vries\u2069،")
    pdf = Singles({2: document}, PAPER, Composer()).make(one)
    verifier = Verifier({2: document}, PAPER, PrintHouse())
    assert verifier.single(pdf, one) == ""
    assert verifier.single(pdf, one._replace(salutation="السيد المحترم \u2068A.B. de Vries\u2069،")) == "text"
    assert verifier.single(pdf, one._replace(salutation="السيدة المحترمة \u2068A.B. de Wries\u2069،")) == "text"


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("variant", DOCUMENTS)
@pytest.mark.parametrize("name", ["Jan de Wit", f"Jan {LONG} {LONG}", f"Jan {MARKS}"])
def test_whom_a_letter_is_about_stands_in_it_well_below_the_window(paper: str, variant: int, name: str) -> None:
    """Whatever its length: the sheet slides in its envelope, and the window shows a secret address to all."""
    one = letter(0, variant)._replace(about=name)
    made = Singles(DOCUMENTS, PAPERS[paper], Composer()).make(one)
    assert Verifier(DOCUMENTS, PAPERS[paper], PrintHouse()).single(made, one) == ""
    pdf, window = Pdf(made), PAPERS[paper].window
    _, page = pdf.pages()[0]
    streams = page["Contents"] if isinstance(page["Contents"], list) else [page["Contents"]]
    fonts = Fonts(pdf, pdf.get(page["Resources"]))
    read = shown(b"\n".join(pdf.decoded(pdf.get(stream)) for stream in streams), fonts)
    first = [place.y for text, place in zip(read.texts, read.places, strict=True) if "Jan" in text]
    assert first and max(first) < PAGE_HEIGHT - (window.y + window.height + 10) * POINTS
