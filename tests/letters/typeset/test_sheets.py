"""A letter fits one sheet when it can, and its signature is never alone on a page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from helder.domain.letters import Bullets, Document, Paragraph, Part
from helder.letters.typeset.composing import PLACES, Composer
from helder.letters.typeset.paper import LARGE
from helder.letters.typeset.sheets import SIDES, beyond_a_sheet
from letters.typeset.samples import DOCUMENTS, PAPER, text_of

LAST: dict[str, Part] = {
    "a line": Paragraph(("LAST.",)),
    "a long paragraph": Paragraph(("LAST is said here once more. " * 30,)),
    "a list": Bullets(("LAST", "LAST", "LAST")),
}


def of_lines(count: int, last: Part) -> Document:
    """So many lines, then the last part and the closing."""
    return replace(DOCUMENTS[0], parts=(*(Paragraph((f"Line {n}.",)) for n in range(count)), last))


@pytest.mark.parametrize("size", [PAPER.size, LARGE])
@pytest.mark.parametrize("last", LAST)
def test_a_closing_is_never_on_a_page_without_words_of_the_letter(last: str, size: float, tmp_path: Path) -> None:
    composer, paper = Composer(), replace(PAPER, size=size)
    for count in range(2, 32):
        pdf = composer.pdf(of_lines(count, LAST[last]), PLACES, paper, tagged=False)
        closing = [page for page in text_of(pdf, tmp_path).split("\f") if "Met vriendelijke groet" in page]
        assert len(closing) == 1
        assert "LAST" in closing[0]


def test_a_document_that_takes_a_second_sheet_is_found_with_its_pages() -> None:
    documents = [of_lines(5, LAST["a line"]), of_lines(90, LAST["a line"]), of_lines(5, LAST["a list"])]
    assert beyond_a_sheet(documents, PAPER) == {1: 3}


def test_a_document_that_was_counted_before_is_not_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the same order nor by the same objects; a line more is another document, and another type size another paper."""
    long, longer = of_lines(90, LAST["a line"]), of_lines(91, LAST["a line"])
    assert beyond_a_sheet([long], PAPER) == {0: 3}
    monkeypatch.setattr(Composer, "pictures", lambda *_, **__: [b""] * 7)
    again = Document.from_dict(long.as_dict())
    assert beyond_a_sheet([longer, again], PAPER) == {0: 7, 1: 3}
    assert beyond_a_sheet([again], replace(PAPER, size=LARGE)) == {0: 7}


def test_a_document_has_as_many_pages_as_its_pdf(tmp_path: Path) -> None:
    for document in (*DOCUMENTS.values(), of_lines(40, LAST["a list"]), of_lines(90, LAST["a list"])):
        pdf = Composer().pdf(document, PLACES, PAPER, tagged=False)
        pages = text_of(pdf, tmp_path).count("\f")
        assert beyond_a_sheet([document], PAPER).get(0, pages) == pages
        assert (pages > SIDES) == bool(beyond_a_sheet([document], PAPER))


def test_what_would_be_code_or_an_end_of_the_text_is_printed_as_it_stands(tmp_path: Path) -> None:
    said = r'"))) #panic("no") \u{41} \n $x$ `raw` \\ "end'
    pdf = Composer().pdf(replace(DOCUMENTS[0], parts=(Paragraph((said,)),)), PLACES, PAPER, tagged=False)
    assert said in " ".join(text_of(pdf, tmp_path).split())


def test_the_line_that_says_whom_a_letter_is_about_takes_room_in_letters_that_have_it() -> None:
    documents = [replace(of_lines(count, LAST["a line"]), letter=letter) for count in range(60, 90) for letter in "ab"]
    found = beyond_a_sheet(documents, PAPER, ["b"])
    own, named = (sum(documents[number].letter == letter for number in found) for letter in "ab")
    assert named == own + 1


def test_large_print_keeps_its_room() -> None:
    """What was made tight for one sheet leaves large print as it was: the same page as before, line for line."""
    composer, paper = Composer(), replace(PAPER, size=LARGE)
    pages = [len(composer.pictures(of_lines(n, LAST["a line"]), PLACES, paper, "svg")) for n in (7, 8, 31, 32)]
    assert pages == [1, 2, 2, 3]
