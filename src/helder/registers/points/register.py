"""Request points as a register."""

from helder.office.register import Register
from helder.registers.points.dossier import offers
from helder.registers.points.models import Point

REGISTER = Register(
    id="points",
    names=("Vragen om verantwoording", "Request points"),
    intro=(
        "Wat de Ombudsman, de Kamer of een toezichthouder vraagt, punt voor punt: antwoord, bewijs, stand.",
        "What the Ombudsman, parliament or a regulator asks, point by point: answer, evidence, state.",
    ),
    model=Point,
    columns=("request", "number", "asked", "owner", "due", "state"),
    search=("request", "asked", "answer", "owner"),
    order=("request", "number", "at"),
    key="asked",
    offers=offers,
    place=70,
)
