"""What counts as a sentence and as a word."""

from __future__ import annotations

import pytest

from helder.domain.letters import Bullets, Document, Heading, Paragraph
from helder.letters.plain.lines import lines, split, words
from helder.letters.plain.pasted import document, guess


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Let op. Klik niet.", ["Let op.", "Klik niet."]),
        ("Belt iemand? Hang op!", ["Belt iemand?", "Hang op!"]),
        ("Bel mr. Jansen op nr. 3.", ["Bel mr. Jansen op nr. 3."]),
        ("Vraag het aan A. Jansen.", ["Vraag het aan A. Jansen."]),
        ("Bel m.b.t. uw naam. Of mail.", ["Bel m.b.t. uw naam.", "Of mail."]),
        ("Dhr. A.B. Jansen belt.", ["Dhr. A.B. Jansen belt."]),
        ("Wij gaven dit: uw naam.", ["Wij gaven dit: uw naam."]),
        ("Wij weten het: zij braken in; zij namen veel mee.", ["Wij weten het: zij braken in; zij namen veel mee."]),
        ("Wij gaven dit:", ["Wij gaven dit:"]),
        ("Hij zei: “Stop.” Daarna ging hij.", ["Hij zei: “Stop.”", "Daarna ging hij."]),
        ("Kijk op helder.nl. Of bel.", ["Kijk op helder.nl.", "Of bel."]),
        ("Bel \u20680800 1234\u2069. Dat is gratis.", ["Bel 0800 1234.", "Dat is gratis."]),
        ("Geen punt", ["Geen punt"]),
        ("", []),
    ],
)
def test_sentences_end_at_closing_marks(text, sentences):
    assert list(split(text)) == sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("uw e-mailadres en foto's", 4),
        ("op 6 juli 2025", 4),
        ("info@example.org", 1),
        ("naam, adres, woonplaats", 3),
        ("– …", 0),
    ],
)
def test_a_number_an_address_and_a_hyphenated_word_are_one_word(text, count):
    assert len(words(text)) == count


def test_points_are_sentences_when_they_close_and_items_when_they_do_not():
    parts = (Heading("Wat doet u?"), Bullets(("uw naam", "Bel ons. Dat is gratis.")), Paragraph(("Dag.",)))
    document = Document("l", "nl", "ltr", "De hack", parts, "Met vriendelijke groet,", ("A. Jansen",))
    assert [(line.text, line.kind, line.place) for line in lines(document)] == [
        ("De hack", "heading", "De hack"),
        ("Wat doet u?", "heading", "Wat doet u?"),
        ("uw naam", "item", "Wat doet u?"),
        ("Bel ons.", "sentence", "Wat doet u?"),
        ("Dat is gratis.", "sentence", "Wat doet u?"),
        ("Dag.", "sentence", "Wat doet u?"),
    ]


def test_a_colon_before_a_list_ends_its_sentence_and_one_inside_a_point_does_not():
    parts = (Paragraph(("Wij gaven dit:",)), Bullets(("welk onderzoek u deed: een test of een uitstrijkje",)))
    document = Document("l", "nl", "ltr", "De hack", parts, "", ())
    assert [(line.text, line.kind) for line in lines(document)][1:] == [
        ("Wij gaven dit:", "sentence"),
        ("welk onderzoek u deed: een test of een uitstrijkje", "item"),
    ]


def test_pasted_text_becomes_headings_lists_and_paragraphs():
    pasted = document(
        "# De hack\nBeste **mevrouw**,\nlet op. Bel {{nummer}}.\n\n- uw naam\n- uw adres\n\n1. Bel ons.\nDag."
    )
    assert pasted.parts == (
        Heading("De hack"),
        Paragraph(("Beste mevrouw, let op.", "Bel 00.")),
        Bullets(("uw naam", "uw adres", "Bel ons.")),
        Paragraph(("Dag.",)),
    )


@pytest.mark.parametrize(
    ("text", "language"), [("Dit is de brief van ons.", "nl"), ("This is the letter for you.", "en")]
)
def test_the_language_is_guessed_by_little_words(text, language):
    assert guess(text) == document(text).language == language
