#!/usr/bin/env python3
"""Pictures of letters for the documentation: `scripts/sample_letters.py CASE TO`, where CASE is a folder of `helder demo`.

Its key is beside it, as the demo leaves it. Needs pdftoppm (Debian's poppler-utils).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from helder.case.load import load_case
from helder.cli.round_check import most_read
from helder.countries.nl.forms import DutchForms
from helder.domain.correspondence import NameParts
from helder.domain.errors import CaseError
from helder.domain.letters import Document, Heading, Paragraph
from helder.engines.keys import load_keys
from helder.letters.typeset.composing import Composer
from helder.letters.typeset.filling import Letter
from helder.letters.typeset.paper import Paper
from helder.letters.typeset.single import Singles
from helder.letters.typeset.stationery import PAPER, load_stationery
from helder.pipeline.lettering import check_round

DPI = "75"
NORM = Path(__file__).parents[1] / "tests" / "letters" / "typeset" / "din_91379.toml"


def of_code_points(named: str) -> str:
    """Signs by their code points: ranges (0041-005A), single ones, and sequences (0041+030B), with spaces between."""
    signs: list[str] = []
    for one in named.split():
        first, _, last = one.partition("-")
        if last:
            signs += map(chr, range(int(first, 16), int(last, 16) + 1))
        else:
            signs.append("".join(chr(int(code, 16)) for code in one.split("+")))
    return " ".join(signs)


def letters_page() -> Document:
    """The Latin letters of the norm, in running text, where the same font is stamped into address and salutation."""
    norm = tomllib.loads(NORM.read_text("utf-8"))
    parts = (
        Heading("Letters of one sign"),
        Paragraph((of_code_points(norm["letters"]),)),
        Heading("A letter and combining marks"),
        Paragraph((of_code_points(norm["sequences"]),)),
        Heading("Signs in names"),
        Paragraph((of_code_points(norm["signs"]),)),
    )
    return Document("letters", "en", "ltr", "Latin letters of DIN 91379", parts, "", ())


def pictures(document: Document, paper: Paper, letter: Letter, to: Path) -> None:
    """Each page of the letter as `to`-1.png, `to`-2.png."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as pdf:
        pdf.write(Singles({0: document}, paper, Composer()).make(letter))
        pdf.flush()
        subprocess.run(["pdftoppm", "-png", "-gray", "-r", DPI, pdf.name, str(to)], check=True)  # noqa: S603, S607


def main(case: Path, to: Path) -> None:
    """Every letter of round 1, and of round 2 as told, as most people read it, in each of its languages; and the page of letters."""
    to.mkdir(parents=True, exist_ok=True)
    address = ("A.B. de Vries", "Dorpsstraat 1", "1234 AB  ONZEDORP")
    reader = Letter("R2-0001-DEMO", "2345-6789-ABCD", "", address, 0)
    name_parts = NameParts(given_names="Anna Beatrix", initials="A.B.", prefix="de", surname="Vries", sex="F")
    office = NameParts(full_name="Bewindvoering Voorbeeld")
    forms = DutchForms()
    for name in ("round1", "round2"):
        checked = check_round(case, name, load_keys(case.parent / f"{case.name}.key"))
        round = load_case(case).round(name)
        paper = load_stationery(case / "letters" / PAPER).paper(round.date, specimen=True)
        for id in checked.letters:
            for language in ("nl", "en", "ar"):
                acting = id in round.represented.values()
                opened = forms.salutation(office if acting else name_parts, language) + forms.comma(language)
                letter = reader._replace(salutation=opened)
                if acting:
                    letter = letter._replace(address=(office.full_name, *address[1:]), about=forms.in_full(name_parts))
                try:
                    pictures(most_read(checked, id, language), paper, letter, to / f"{name}-{id}-{language}")
                except CaseError:
                    continue
    hard = reader._replace(
        salutation="Beste C̆odet M̂baye Þórðarson,",
        address=("X. C̆odet M̂baye-Ħaġġar", "Çeşme Ğğ Ł̣ó 1", "1234 AB  ONZEDORP"),
    )
    pictures(letters_page(), paper, hard, to / "din-91379")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
