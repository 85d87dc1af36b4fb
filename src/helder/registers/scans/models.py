"""Answers to a questionnaire, and verdicts on a supplier."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from helder.office.models import Entry, User
from helder.office.parties import PartyField
from helder.office.register import registers
from helder.office.words import later, say
from helder.registers.scans import rules
from helder.registers.scans.rules import Given, newest, questionnaires

ANSWERS = [
    (rules.YES, later("ja", "yes")),
    (rules.PARTLY, later("gedeeltelijk", "partly")),
    (rules.NO, later("nee", "no")),
    (rules.NOT_APPLICABLE, later("niet van toepassing", "not applicable")),
    (rules.UNKNOWN, later("niet bekend", "not known")),
]
EVIDENCE = [
    (rules.SAID, later("alleen gezegd", "only said")),
    (rules.DOCUMENT, later("document gezien", "document seen")),
    (rules.AUDIT, later("onafhankelijke toets", "independent audit")),
    (rules.TESTED, later("zelf nagegaan", "checked by us")),
]
OUTCOMES = [
    (rules.SUFFICIENT, later("voldoende", "sufficient")),
    (rules.CONDITIONS, later("voldoende onder voorwaarden", "sufficient on conditions")),
    (rules.INSUFFICIENT, later("onvoldoende", "insufficient")),
]


def _versions() -> list[tuple[str, str]]:
    return [(one.id, say(one.title["nl"], one.title["en"])) for one in questionnaires().values()]


def _default() -> str:
    return newest().id


class ScanAnswer(Entry):
    """What one supplier answers to one question, and what that rests on."""

    whose = "party"
    party = PartyField(later("partij", "party"), max_length=40)
    questionnaire = models.CharField(
        later("vragenlijst", "questionnaire"), max_length=40, choices=_versions, default=_default
    )
    question = models.SlugField(later("vraag", "question"), max_length=40)
    answer = models.CharField(later("antwoord", "answer"), max_length=14, choices=ANSWERS)
    rests_on = models.CharField(
        later("waarop het berust", "what it rests on"), max_length=8, choices=EVIDENCE, blank=True
    )
    evidence = models.CharField(later("bewijs", "evidence"), max_length=400, blank=True)
    seen_on = models.DateField(later("gezien op", "seen on"), null=True, blank=True)

    @property
    def asked(self) -> str:
        """The question in the language of the request."""
        words = questionnaires()[self.questionnaire].questions[self.question].words
        return words[say("nl", "en")]

    @property
    def given(self) -> Given:
        """What the answer is worth."""
        return Given(self.answer, self.rests_on)

    def clean(self) -> None:
        """A question that is asked, of a party that is known, once; a claim says what it rests on."""
        asked = questionnaires().get(self.questionnaire)
        problems = {}
        if asked and self.question not in asked.questions:
            problems["question"] = say("Kies uit: ", "Choose from: ") + ", ".join(asked.questions)
        known = registers()["parties"].model._default_manager.filter(current=True, withdrawn=False)
        if not known.filter(**{"short": self.party}).exists():
            problems["party"] = say("Zet deze partij eerst bij Partijen.", "Put this party under Parties first.")
        same = {"party": self.party, "questionnaire": self.questionnaire, "question": self.question}
        if ScanAnswer.objects.filter(**same, current=True, withdrawn=False).exclude(entry=self.entry).exists():
            problems["question"] = say("Deze vraag heeft al een antwoord.", "This question has an answer already.")
        if self.answer in rules.CLAIMS and not (self.rests_on and self.evidence.strip()):
            field = "evidence" if self.rests_on else "rests_on"
            problems[field] = say("Zeg waarop dit antwoord berust.", "Say what this answer rests on.")
        if problems:
            raise ValidationError(problems)


class Verdict(models.Model):
    """A verdict on a supplier by its answers as they were (`basis`): proposed by one, confirmed by another."""

    party = models.SlugField(max_length=40)
    questionnaire = models.CharField(max_length=40)
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    reasons = models.TextField()
    basis = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
