"""Clocks as a register."""

from helder.office.register import Register
from helder.registers.clocks.models import Clock
from helder.registers.clocks.overview import overview, windows

REGISTER = Register(
    id="clocks",
    names=("Termijnen", "Clocks"),
    intro=(
        "Welke wettelijke termijnen lopen, voor wie, tot wanneer, en of ze gehaald zijn.",
        "Which legal terms run, for whom, until when, and whether they were met.",
    ),
    model=Clock,
    columns=("duty", "party", "to", "started", "met"),
    search=("duty", "party", "to", "source"),
    order=("started", "at"),
    key="duty",
    template="clocks/list.html",
    overview=overview,
    windows=windows,
    place=20,
)
