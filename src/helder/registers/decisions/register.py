"""Decisions as a register."""

from helder.office.register import Register
from helder.registers.decisions.models import Decision

REGISTER = Register(
    id="decisions",
    names=("Besluiten", "Decisions"),
    intro=(
        "Wie wat besloot, op grond van welke informatie, en wanneer. Ook waarom iets níét gebeurde.",
        "Who decided what, on what information, and when. Also why something was not done.",
    ),
    model=Decision,
    columns=("decided", "what", "kind", "by", "review_on"),
    search=("what", "by", "information", "alternatives"),
    order=("-decided", "at"),
    key="what",
    place=60,
)
