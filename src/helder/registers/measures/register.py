"""Measures as a register, and what letters may cite of them."""

from __future__ import annotations

from django.utils import timezone

from helder.office.register import Fact, Register
from helder.registers.measures.models import Measure
from helder.registers.measures.rules import may_be_told


def facts() -> list[Fact]:
    """Measures that may be told today."""
    today = timezone.localdate()
    return [
        Fact(
            id=measure.name,
            kind="measure",
            words={"nl": measure.words_nl, "en": measure.words_en},
            evidence=measure.evidence,
            since=str(measure.since or ""),
            until=str(measure.until or ""),
            source=("measures", str(measure.entry), measure.version),
        )
        for measure in Measure.objects.filter(current=True, withdrawn=False).order_by("name", "at")
        if may_be_told(measure.status, measure.since, measure.until, measure.evidence, today)
    ]


REGISTER = Register(
    id="measures",
    names=("Maatregelen", "Measures"),
    intro=(
        "Wat eraan gedaan wordt. Wat hier van kracht is en bewezen, mag in een brief staan tot het verloopt.",
        "What is done about it. What is in force here, and proven, may stand in a letter until it expires.",
    ),
    model=Measure,
    columns=("words", "owner", "status", "since", "until", "name"),
    labels={"words": ("Maatregel", "Measure")},
    search=("name", "words_nl", "words_en", "owner", "answers"),
    order=("-since", "at"),
    key="words",
    facts=facts,
    place=30,
)
