"""Made-up letters: documents in three languages, people with easy and hard names, and what is needed to print them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa

from helder.domain.letters import Bullets, Document, Heading, Paragraph
from helder.letters.typeset.filling import Letter
from helder.letters.typeset.house import PrintHouse
from helder.letters.typeset.making import Edition
from helder.letters.typeset.paper import Paper, Sender
from helder.letters.typeset.rows import Variants

SENDER = Sender(
    "Voorbeeldorganisatie",
    ("Postbus 00000", "3500 XX Utrecht"),
    "Retour: Postbus 00000, 3500 XX Utrecht",
    "HTTPS://BVO.EXAMPLE/C/",
)
PAPER = Paper(SENDER, dt.date(2025, 12, 15), specimen=False)
ITEMS = ("uw naam, adres en woonplaats", "uw geboortedatum", "uw burgerservicenummer (BSN)")


def dutch(last: str = "Wij weten niet of uw e-mailadres is gestolen.") -> Document:
    """Two pages of Dutch."""
    what = Paragraph(("U deed mee aan een bevolkingsonderzoek.", "Criminelen hebben ingebroken. " * 9 + "Dat is erg."))
    parts = (
        Paragraph(("Wij schrijven u over de hack bij het laboratorium.", "Uw gegevens zijn misschien gestolen.")),
        *(part for n in range(1, 8) for part in (Heading(f"Wat is er gebeurd? {n}"), what)),
        Heading("Welke gegevens van u had het laboratorium?"),
        Bullets(ITEMS),
        Paragraph((last,)),
    )
    return Document(
        "hack",
        "nl",
        "ltr",
        "De hack: dit weten wij over uw gegevens",
        parts,
        "Met vriendelijke groet,",
        ("A. Directeur", "Voorbeeldorganisatie"),
    )


def english() -> Document:
    """One page of English."""
    parts = (
        Paragraph(("We are writing to you about the hack.",)),
        Heading("What happened?"),
        Bullets(("your name", "your sex")),
    )
    return Document("hack", "en", "ltr", "The hack: what we know", parts, "Yours sincerely,", ("A. Director",))


def arabic() -> Document:
    """One page of Arabic, with isolates around what is written from left to right."""
    parts = (
        Paragraph(("نكتب إليك بشأن اختراق مختبر \u2068Clinical Diagnostics\u2069.", "ربما سُرقت بياناتك هناك أيضًا.")),
        Heading("ماذا حدث؟"),
        Bullets(("اسمك وعنوانك", "رقم خدمة المواطن (\u2068BSN\u2069)")),
    )
    return Document("hack", "ar", "rtl", "اختراق المختبر", parts, "مع أطيب التحيات،", ("أ. المدير",))


DOCUMENTS = {0: dutch(), 1: english(), 2: arabic(), 3: dutch("Uw e-mailadres is gestolen.")}
VARIANTS = Variants(
    ("letter", "language", "profile", "weakened", "why"),
    {
        ("hack", "nl", 0, "", "first"): 0,
        ("hack", "en", 0, "", "first"): 1,
        ("hack", "ar", 0, "", "first"): 2,
        ("hack", "nl", 1, "", "first"): 3,
    },
)
NAMES = ("A.B. de Vries", "Ş. Öztürk-Yılmaz", "M. Dvořáková", "K. Żółkiewski", "Þ. Ħaġġar", "C. van 't Hoff")
LONG = "A.B.C.D. Hohenlohe-Waldenburg-Schillingsfürst van Oldenbarnevelt genaamd Witte Tullingh"
MARKS = "X. C̆odet M̂baye"  # letters with marks that have no sign of their own (DIN 91379, combining sequences)
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def code_of(number: int) -> str:
    """A code of the shape XXXX-XXXX-XXXX."""
    signs = "".join(_SIGNS[(number * 7919 + place * place * 31) // 32 ** (place % 3) % 32] for place in range(12))
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def letter(number: int, variant: int = 0) -> Letter:
    """The letter of made-up person `number`; some names are too long, some have marks, some addresses six lines."""
    name = LONG if number % 97 == 11 else MARKS if number % 97 == 12 else f"{NAMES[number % 6]} {number}"
    lines = (name, f"Dorpsstraat {number}", f"{1000 + number % 9000} AB  SÚDWEST-FRYSLÂN")
    if number % 97 == 13:
        lines = (name, "p/a Huize Avondrust", "Kamer 3", "Vleugel B", *lines[1:], "NEDERLAND")
    return Letter(f"R2-{number:04d}-TEST", code_of(number), f"Beste {name.split(' ', 1)[1]},", lines, variant)


def letters(count: int) -> list[Letter]:
    """`count` letters, mostly Dutch; one in ten to who acts for somebody, whose name stands in them."""
    made = [letter(n, 2 if n % 50 == 49 else 1 if n % 10 == 3 else 3 if n % 10 == 4 else 0) for n in range(count)]
    return [one._replace(about=ward(n)) if n % 10 == 8 or n % 50 == 49 else one for n, one in enumerate(made)]


def ward(number: int) -> str:
    """The name of whom a letter to somebody else is about."""
    return f"Jan Peter Ünal-de Wit {number}"


def table(count: int) -> pa.Table:
    """Rows of LETTERS of the same letters; one in twenty leaves by e-mail."""
    made = letters(count)
    languages = [DOCUMENTS[one.variant].language for one in made]
    columns = {
        "reference": [one.reference for one in made],
        "code": [one.code for one in made],
        "letter": ["hack"] * count,
        "language": languages,
        "profile": pa.array([int(one.variant == 3) for one in made], pa.int32()),
        "weakened": [""] * count,
        "why": ["first"] * count,
        "channel": ["email" if n % 20 == 7 else "post" for n in range(count)],
        "salutation": [one.salutation for one in made],
        "about": [one.about for one in made],
        "address": ["\n".join(one.address) for one in made],
    }
    return pa.table(columns)


def edition(house: PrintHouse | None = None, paper: Paper = PAPER) -> Edition:
    """The edition of all this; four files for 100 letters."""
    return Edition(DOCUMENTS, VARIANTS, paper, house or PrintHouse(letters_per_file=25))


def text_of(pdf: bytes, folder: Path, *options: str) -> str:
    """What pdftotext reads."""
    import subprocess

    path = folder / "letter.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", *options, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    assert not done.stderr, done.stderr
    return done.stdout.decode()
