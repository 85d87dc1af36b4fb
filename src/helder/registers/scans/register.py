"""Quickscans as a register: its entries are answers."""

from helder.office.register import Register
from helder.registers.scans.comparison import overview
from helder.registers.scans.models import ScanAnswer
from helder.registers.scans.papers import offers
from helder.registers.scans.verdicts import records

REGISTER = Register(
    id="scans",
    names=("Quickscans", "Quickscans"),
    intro=(
        "Hoe leveranciers onze gegevens beschermen: vragen, antwoorden met bewijs, en een oordeel van twee mensen.",
        "How suppliers guard our data: questions, answers with evidence, and a verdict by two people.",
    ),
    model=ScanAnswer,
    columns=("party", "asked", "answer", "rests_on", "evidence", "seen_on"),
    labels={"asked": ("Vraag", "Question")},
    search=("party", "question", "evidence"),
    order=("party", "question", "at"),
    key="asked",
    template="scans/list.html",
    overview=overview,
    offers=offers,
    records=records,
    scopes=("read", "add", "correct", "decide"),
    place=52,
)
