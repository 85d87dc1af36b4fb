"""Investigations as a register, and the open questions that letters may name."""

from __future__ import annotations

from helder.office.register import Fact, Register
from helder.registers.investigations.models import Investigation
from helder.registers.investigations.rules import OPEN


def facts() -> list[Fact]:
    """Questions that are being investigated now."""
    found = Investigation.objects.filter(current=True, withdrawn=False, status__in=OPEN).order_by("name", "at")
    return [
        Fact(
            id=one.name,
            kind="investigation",
            words={"nl": one.question_nl, "en": one.question_en},
            evidence=one.mandate or one.who,
            since=str(one.since or ""),
            source=("investigations", str(one.entry), one.version),
        )
        for one in found
    ]


REGISTER = Register(
    id="investigations",
    names=("Onderzoeken", "Investigations"),
    intro=(
        "Wat wordt uitgezocht, door wie, en wat eruit kwam. Een open vraag heet in brieven 'wordt onderzocht'.",
        "What is being found out, by whom, and what came of it. Letters call an open question 'being investigated'.",
    ),
    model=Investigation,
    columns=("question", "who", "status", "expected", "name"),
    labels={"question": ("Vraag", "Question")},
    search=("name", "question_nl", "question_en", "who", "findings"),
    order=("name", "at"),
    key="question",
    facts=facts,
    place=40,
)
