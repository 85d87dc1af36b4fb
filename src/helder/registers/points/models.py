"""Points of a request, and their answers."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from helder.office.loose import loose
from helder.office.models import Entry, Naming
from helder.office.naming import unknown
from helder.office.words import later, say

STATES = [
    ("open", later("open", "open")),
    ("drafted", later("antwoord in concept", "answer drafted")),
    ("answered", later("beantwoord", "answered")),
    ("not_ours", later("niet aan ons", "not ours to answer")),
]


def _advised(found: list[str]) -> str:
    cite = say(
        "haal ze aan als [[naam]] uit Getallen, of zeg erbij wie ze telde",
        "cite them as [[name]] from Numbers, or say who counted them",
    )
    return f"{', '.join(found)} ({cite})"


class Point(Entry):
    """One point of a request."""

    whose = None
    names_others = Naming("actions", "measures", ("Actie bij", "Action on"))
    request = models.CharField(later("verzoek (van wie, datum)", "request (whose, date)"), max_length=160)
    number = models.CharField(later("punt", "point"), max_length=20)
    asked = models.TextField(later("wat er gevraagd wordt", "what is asked"))
    owner = models.CharField(later("wie het antwoord schrijft", "who writes the answer"), max_length=120)
    due = models.DateField(later("uiterlijk", "due"), null=True, blank=True)
    state = models.CharField(later("stand", "state"), max_length=10, choices=STATES, default="open")
    answer = models.TextField(later("antwoord", "answer"), blank=True)
    actions = models.CharField(
        later("acties: korte namen van maatregelen", "actions: short names of measures"),
        max_length=300,
        blank=True,
    )
    evidence = models.CharField(later("bewijs", "evidence"), max_length=400, blank=True)

    def explained(self) -> list[tuple[str, str]]:
        """Numbers in the answer that nobody can check: they were typed, not cited."""
        found = loose(self.answer)
        return [(say("getallen zonder telling", "numbers without a query"), _advised(found))] if found else []

    def clean(self) -> None:
        """An answered point has an answer and something that bears it out."""
        problems = {}
        if self.state in ("answered", "not_ours") and not self.answer.strip():
            problems["answer"] = say("Schrijf het antwoord op.", "Write down the answer.")
        if self.state == "answered" and not self.evidence.strip():
            problems["evidence"] = say("Een antwoord heeft bewijs nodig.", "An answer needs evidence.")
        if wrong := unknown("measures", self.actions):
            problems["actions"] = wrong
        if problems:
            raise ValidationError(problems)
