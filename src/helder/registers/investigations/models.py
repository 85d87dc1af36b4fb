"""Questions that somebody investigates."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from helder.office.models import Entry, Naming
from helder.office.naming import in_use, unknown
from helder.office.words import later, say
from helder.registers.investigations.rules import CLOSED, OPEN, uncited

STATUS = [
    ("announced", later("aangekondigd", "announced")),
    ("running", later("loopt", "running")),
    ("answered", later("beantwoord", "answered")),
    ("stopped", later("gestopt zonder antwoord", "stopped without an answer")),
]
assert {id for id, _ in STATUS} == OPEN | CLOSED


class Investigation(Entry):
    """One question and what is known of its answer."""

    whose = None
    names_others = Naming("lessons", "measures", ("Geleerd in", "Learned in"))
    name = models.SlugField(
        later("korte naam", "short name"),
        max_length=60,
        help_text=later("zo haalt een brief de vraag aan", "how a letter cites the question"),
    )
    question_nl = models.CharField(later("vraag in het Nederlands", "question in Dutch"), max_length=400)
    question_en = models.CharField(later("vraag in het Engels", "question in English"), max_length=400)
    who = models.CharField(later("wie onderzoekt het", "who investigates"), max_length=160)
    mandate = models.CharField(later("op grond waarvan", "by which mandate"), max_length=300, blank=True)
    status = models.CharField(later("status", "status"), max_length=10, choices=STATUS, default="announced")
    since = models.DateField(later("sinds", "since"), null=True, blank=True)
    expected = models.DateField(later("antwoord verwacht op", "answer expected on"), null=True, blank=True)
    findings = models.TextField(later("bevindingen", "findings"), blank=True)
    cited = models.CharField(later("waar dat staat", "where that stands"), max_length=300, blank=True)
    lessons = models.CharField(
        later("geleerd: korte namen van maatregelen", "learned: short names of measures"),
        max_length=300,
        blank=True,
    )

    @property
    def question(self) -> str:
        """The question in the language of the request."""
        return say(self.question_nl, self.question_en)

    def clean(self) -> None:
        """A name of its own; a finding says where it stands; an answered question has a finding."""
        problems = {}
        if in_use(self):
            problems["name"] = say("Een ander onderzoek heet al zo.", "Another investigation has this name already.")
        if left := uncited(self.findings, self.cited):
            problems["cited"] = say(
                f"{left} zonder bron: elke regel is een bevinding met een eigen bron, gescheiden door een puntkomma.",
                f"{left} without a source: each line is a finding with a source of its own, parted by a semicolon.",
            )
        if self.status == "answered" and not self.findings.strip():
            problems["findings"] = say("Schrijf het antwoord op.", "Write down the answer.")
        if wrong := unknown("measures", self.lessons):
            problems["lessons"] = wrong
        if problems:
            raise ValidationError(problems)
