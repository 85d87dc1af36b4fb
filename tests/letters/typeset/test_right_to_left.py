"""An Arabic letter read back: it must hold every word, number and name in the place where a reader meets it.

Each mistake here leaves the letters of the page what they were, or nearly: a page is not right because its letters are.
"""

import datetime as dt
from dataclasses import replace
from typing import Literal

import pytest

from helder.domain.letters import Bullets, Document, Heading, Paragraph, Part
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.filling import Letter
from helder.letters.typeset.glyphs import Fonts
from helder.letters.typeset.house import PrintHouse
from helder.letters.typeset.page_text import shown
from helder.letters.typeset.paper import LARGE, Paper
from helder.letters.typeset.reading import Pdf
from helder.letters.typeset.variant import Codes, lines_of
from helder.letters.typeset.verifying import Verifier
from letters.typeset.samples import MARKS, PAPER, letter

COMPOSER = Composer()
SPECIMEN = replace(PAPER, specimen=True)
READER = letter(3)._replace(salutation="السيدة \u2068Żółkiewski 3\u2069،", variant=0)
SENTENCES = (
    "في \u20686 يوليو 2025\u2069 اقتحم مجرمون مختبر \u2068Clinical Diagnostics\u2069.",
    "علمنا بذلك في \u206815 أغسطس 2026\u2069.",
    "سُرقت بيانات \u2068941,000\u2069 شخص، ولا نعلم الآن على وجه اليقين هل بياناتك منها أوّلاً.",
    "اتصل بالرقم \u2068088 900 10 00\u2069 أو زُر \u2068www.example.nl/hack\u2069 (رقم \u2068BSN\u2069 لازم).",
)
HEADING = Heading("ماذا حدث؟")
LIST = Bullets(("اسمك وعنوانك", "رقم خدمة المواطن (\u2068BSN\u2069)", "بريدك"))
DOCUMENT = Document(
    "hack",
    "ar",
    "rtl",
    "اختراق المختبر",
    (
        Paragraph(SENTENCES[:2]),
        HEADING,
        LIST,
        Paragraph(SENTENCES[2:]),
        # More than a page, so that a paragraph goes on behind the foot of the first.
        *(Paragraph(SENTENCES * 3) for _ in range(3)),
    ),
    "مع أطيب التحيات،",
    ("أ. المدير", "منظمة المثال"),
)


def read(made: Document = DOCUMENT, letter: Letter = READER, paper: Paper = SPECIMEN) -> str:
    """What is wrong with a letter that was made of this, where `DOCUMENT`, `READER` and `SPECIMEN` were meant."""
    pdf = COMPOSER.pdf(made, lines_of(letter, Codes(paper)), paper)
    return Verifier({0: DOCUMENT}, SPECIMEN, PrintHouse()).single(pdf, READER)


def said(old: str, new: str) -> Document:
    """The document in which `old` stands as `new`, once."""
    for place, part in enumerate(DOCUMENT.parts):
        texts = part.points if isinstance(part, Bullets) else part.sentences if isinstance(part, Paragraph) else ()
        if any(old in text for text in texts):
            which = next(n for n, text in enumerate(texts) if old in text)
            changed = (*texts[:which], texts[which].replace(old, new, 1), *texts[which + 1 :])
            other = Bullets(changed) if isinstance(part, Bullets) else Paragraph(changed)
            return replace(DOCUMENT, parts=(*DOCUMENT.parts[:place], other, *DOCUMENT.parts[place + 1 :]))
    raise AssertionError(f"{old} stands nowhere")


def exchanged(one: str, other: str) -> Document:
    """The document in which two of its sentences, or parts of one, have changed places."""
    between = "\u0007"
    parts: list[Part] = []
    for part in DOCUMENT.parts:
        if isinstance(part, Paragraph):
            text = [
                sentence.replace(one, between).replace(other, one).replace(between, other)
                for sentence in part.sentences
            ]
            parts.append(Paragraph(tuple(text)))
        else:
            parts.append(part)
    assert tuple(parts) != DOCUMENT.parts
    return replace(DOCUMENT, parts=tuple(parts))


def without(sentence: str) -> Document:
    first = Paragraph(tuple(one for one in SENTENCES[:2] if one != sentence))
    return replace(DOCUMENT, parts=(first, *DOCUMENT.parts[1:]))


TURNED = Bullets(LIST.points[::-1])
WRONG = {
    "a digit changed": said("941,000", "942,000"),
    "digits exchanged": said("941,000", "914,000"),
    "two dates exchanged": exchanged("6 يوليو 2025", "15 أغسطس 2026"),
    "days of two dates exchanged": exchanged("6 يوليو", "15 يوليو"),
    "years of two dates exchanged": exchanged("يوليو 2025", "يوليو 2026"),
    "another telephone number of the same digits": said("088 900 10 00", "088 100 90 00"),
    "another web address of the same letters": said("www.example.nl/hack", "www.exampel.nl/hack"),
    "another laboratory of the same letters": said("Clinical Diagnostics", "Diagnostics Clinical"),
    "a sentence missing": without(SENTENCES[1]),
    "a sentence twice": said(SENTENCES[1], SENTENCES[1] + " " + SENTENCES[1]),
    "two sentences exchanged": exchanged(SENTENCES[0], SENTENCES[1]),
    "a denial left out": said("ولا نعلم", "ونعلم"),
    "a denial moved": said("ولا نعلم الآن", "ونعلم الآن لا"),
    "two words exchanged": said("اسمك وعنوانك", "وعنوانك اسمك"),
    "two points of a list exchanged": replace(DOCUMENT, parts=(*DOCUMENT.parts[:2], TURNED, *DOCUMENT.parts[3:])),
    "a point of a list another's": said("اسمك وعنوانك", "بريدك"),
    "a lam and an alef exchanged": said("ولا نعلم", "وال نعلم"),
    "a mark on another letter": said("زُر", "زرُ"),
    "a heading under its part": replace(DOCUMENT, parts=(*DOCUMENT.parts[:1], LIST, HEADING, *DOCUMENT.parts[3:])),
    "a paragraph missing": replace(DOCUMENT, parts=DOCUMENT.parts[:-1]),
    "who signs exchanged": replace(DOCUMENT, signed=DOCUMENT.signed[::-1]),
    "another title": replace(DOCUMENT, title="المختبر اختراق"),
}


@pytest.mark.parametrize("size", [11.0, LARGE])
@pytest.mark.parametrize("name", ["S. Jansen", MARKS, READER.address[0]])
def test_a_letter_that_says_all_it_must_is_right(size: float, name: str) -> None:
    paper = replace(SPECIMEN, size=size)
    one = READER._replace(address=(name, *READER.address[1:]), salutation=f"السيد \u2068{name}\u2069،")
    pdf = COMPOSER.pdf(DOCUMENT, lines_of(one, Codes(paper)), paper)
    assert Verifier({0: DOCUMENT}, paper, PrintHouse()).single(pdf, one) == ""


@pytest.mark.parametrize("what", WRONG)
def test_a_text_that_says_something_else_is_noticed(what: str) -> None:
    assert read() == ""
    assert read(WRONG[what]) == "text"


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        (READER._replace(salutation="السيدة \u2068Żółkiewksi 3\u2069،"), "text"),
        (READER._replace(salutation="السيد \u2068Żółkiewski 3\u2069،"), "text"),
        (READER._replace(reference="R2-0030-TEST"), "text"),
        (READER._replace(code=READER.code[::-1]), "text"),
        (READER._replace(address=READER.address[::-1]), "address"),
        (READER._replace(address=("M. Żółkiewski 3", *READER.address[1:])), "address"),
    ],
    ids=["name", "form of address", "reference", "code", "lines of the address", "initial"],
)
def test_another_person_is_noticed(one: Letter, problem: str) -> None:
    assert read(letter=one) == problem


@pytest.mark.parametrize("size", [11.0, LARGE])
@pytest.mark.parametrize("name", ["Jan Peter de Wit 28", MARKS, "يوسف علي", "يوسف Jan 12 علي", f"{MARKS} " * 9])
def test_whom_a_letter_is_about_is_read_in_its_place(size: float, name: str) -> None:
    paper = replace(SPECIMEN, size=size)
    right = READER._replace(about=name.strip())
    pdf = COMPOSER.pdf(DOCUMENT, lines_of(right, Codes(paper)), paper)
    verifier = Verifier({0: DOCUMENT}, paper, PrintHouse())
    assert verifier.single(pdf, right) == ""
    first, *rest = right.about.split()
    for other in ("", "Jan Peter de Wit 82", " ".join([*rest, first])):
        assert verifier.single(pdf, right._replace(about=other)) == "text"


def test_another_date_of_the_letter_and_another_sender_are_noticed() -> None:
    assert read(paper=replace(SPECIMEN, date=dt.date(2025, 12, 25))) == "text"
    assert read(paper=replace(SPECIMEN, date=dt.date(2052, 12, 15))) == "text"
    lines = SPECIMEN.sender.lines[::-1]
    assert read(paper=replace(SPECIMEN, sender=replace(SPECIMEN.sender, lines=lines))) == "text"
    assert read(paper=replace(SPECIMEN, specimen=False)) == "text"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_telephone_number_and_a_web_address_are_never_broken_over_two_lines(direction: Literal["ltr", "rtl"]) -> None:
    """Wherever they stand in a line: broken they are dialled or typed wrong."""
    said = SENTENCES[3] if direction == "rtl" else "Bel 088 900 10 00 of kijk op www.example.nl/hack."
    filled = tuple(Paragraph(("كلمة " * n + said,)) for n in range(1, 24))
    made = replace(DOCUMENT, direction=direction, language="ar" if direction == "rtl" else "nl", parts=filled)
    pdf = Pdf(COMPOSER.pdf(made, lines_of(READER, Codes(SPECIMEN)), SPECIMEN))
    lines = []
    for _, page in pdf.pages():
        fonts = Fonts(pdf, pdf.get(page["Resources"]))
        read = shown(pdf.decoded(pdf.get(page["Contents"])), fonts)
        on_line: dict[float, str] = {}
        for text, place in sorted(zip(read.texts, read.places, strict=True), key=lambda one: one[1].x):
            if text.isascii():
                on_line[place.y] = on_line.get(place.y, "") + text
        lines += on_line.values()
    for whole in ("088 900 10 00", "www.example.nl/hack"):
        assert sum(whole in line for line in lines) == len(filled)
