"""Documents as parts of Helder hand them to each other."""

from __future__ import annotations

import json
from dataclasses import replace

from helder.domain.letters import Bullets, Document, Heading, Paragraph

LETTER = Document(
    "g1",
    "nl",
    "ltr",
    "De hack",
    (Heading("Wat is er gebeurd?"), Paragraph(("Een zin.", "Nog een.")), Bullets(("uw naam", "uw adres"))),
    "Met vriendelijke groet,",
    ("De directeur", "De organisatie"),
)


def test_a_document_goes_through_json_unchanged():
    assert Document.from_dict(json.loads(json.dumps(LETTER.as_dict()))) == LETTER


def test_other_words_give_another_digest_and_the_same_words_the_same():
    assert LETTER.digest == replace(LETTER).digest
    assert LETTER.digest != replace(LETTER, closing="Hoogachtend,").digest
    assert LETTER.digest != replace(LETTER, parts=LETTER.parts[:2]).digest
