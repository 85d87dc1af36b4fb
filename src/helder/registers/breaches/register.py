"""Breaches as a register."""

from helder.office.register import Register
from helder.registers.breaches.models import Breach

REGISTER = Register(
    id="breaches",
    names=("Alle datalekken", "All breaches"),
    intro=(
        "Elk datalek van de organisatie, gemeld of niet: feiten, gevolgen, maatregelen (AVG art. 33 lid 5).",
        "Every breach of the organisation, notified or not: facts, effects, remedial action (GDPR art. 33(5)).",
    ),
    model=Breach,
    columns=("name", "found_on", "people", "notified", "notified_on"),
    search=("name", "facts", "effects", "action"),
    order=("-found_on", "at"),
    key="name",
    place=28,
)
