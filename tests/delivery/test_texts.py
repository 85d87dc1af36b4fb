"""A letter as text has the words of the paper, in order."""

from helder.delivery.texts import plain_text
from helder.domain.letters import Bullets, Document, Heading, Paragraph


def test_an_email_reads_as_the_letter():
    parts = (Heading("Uw gegevens"), Paragraph(("Een zin.", "Nog een.")), Bullets(("naam", "uitslag")))
    document = Document("g1", "nl", "ltr", "Titel", parts, "Met vriendelijke groet,", ("A. Naam", "directeur"))
    assert plain_text(document, "Geachte mevrouw Alder,", "R2-1") == (
        "Geachte mevrouw Alder,\n\nUW GEGEVENS\n\nEen zin. Nog een.\n\n- naam\n- uitslag\n\nMet vriendelijke groet,\n\n"
        "A. Naam\ndirecteur\n\nR2-1\n"
    )
