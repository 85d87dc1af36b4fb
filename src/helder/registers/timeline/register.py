"""The timeline as a register."""

from helder.office.register import Register
from helder.registers.timeline.models import Event
from helder.registers.timeline.picture import overview

REGISTER = Register(
    id="timeline",
    names=("Tijdlijn", "Timeline"),
    intro=(
        "Wat er gebeurde, wanneer, wie het wist en waar dat staat. Een fout wordt hersteld met een nieuwe versie.",
        "What happened, when, who knew, and where it stands. A mistake is mended by a new version.",
    ),
    model=Event,
    columns=("moment", "what", "party", "confidence"),
    labels={"moment": ("Wanneer", "When")},
    search=("what", "party", "source", "known_by"),
    order=("on", "time", "at"),
    key="what",
    template="timeline/list.html",
    overview=overview,
    place=10,
)
