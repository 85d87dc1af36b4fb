"""Parties as a register."""

from helder.office.register import Register
from helder.registers.parties.models import Party

REGISTER = Register(
    id="parties",
    names=("Partijen", "Parties"),
    intro=(
        "Wie erbij betrokken is, in welke rol, wat er is afgesproken en wat van hun beveiliging bekend is.",
        "Who is involved, in which role, what was agreed, and what is known of how they guard data.",
    ),
    model=Party,
    columns=("name", "role", "notice_hours", "audited", "risk_assessed", "suspended", "short"),
    search=("short", "name", "contract", "standard", "source"),
    order=("short", "at"),
    key="name",
    place=50,
)
