"""Public statements as a register."""

from helder.office.register import Register
from helder.registers.statements.models import Statement

REGISTER = Register(
    id="statements",
    names=("Publieke uitspraken", "Public statements"),
    intro=(
        "Wat in het openbaar gezegd is, door wie, met welk getal en waarvan; en wat later verbeterd is.",
        "What was said in public, by whom, with which number and of what; and what was corrected later.",
    ),
    model=Statement,
    columns=("said_on", "issuer", "words", "number", "unit", "exactness", "name"),
    search=("name", "words", "issuer", "source", "corrects"),
    order=("said_on", "at"),
    key="words",
    place=80,
)
