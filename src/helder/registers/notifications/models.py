"""Answers to fields of the template, and notifications as they were sent."""

from __future__ import annotations

import json
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from helder.office.models import Entry, User
from helder.office.words import later, say
from helder.registers.notifications.rules import FIRST, FOLLOW_UP, WITHDRAWN, fits, letters, template

EXACTNESS = [
    ("exact", later("precies", "exact")),
    ("at_least", later("ten minste", "at least")),
    ("at_most", later("ten hoogste", "at most")),
    ("estimate", later("schatting", "estimate")),
]
KINDS = [
    (FIRST, later("eerste melding", "first notification")),
    (FOLLOW_UP, later("vervolgmelding", "follow-up notification")),
    (WITHDRAWN, later("intrekking", "withdrawal")),
]


def _fields() -> list[tuple[int, str]]:
    return [(number, f"{number}. {say(field.words['nl'], field.words['en'])}") for number, field in template().items()]


class Answer(Entry):
    """What the organisation answers to one field; it goes before what the case itself says."""

    whose = None
    field = models.PositiveIntegerField(later("veld", "field"), choices=_fields)
    value = models.TextField(
        later("antwoord", "answer"),
        help_text=later(
            "Bij een keuze de letters (a of a,c). Een getal citeert u als [[naam]].",
            "For a choice its letters (a or a,c). Cite a number as [[name]].",
        ),
    )
    exactness = models.CharField(
        later("hoe precies, bij een aantal", "how exact, for a number"), max_length=8, choices=EXACTNESS, blank=True
    )
    source = models.CharField(later("bron", "source"), max_length=300, blank=True)

    @property
    def told(self) -> str:
        """The answer as people read it: a choice in words, not in letters."""
        options = template()[self.field].options[say("nl", "en")]
        return "; ".join(options[letter] for letter in options if letter in letters(self.value)) or self.value

    def clean(self) -> None:
        """One answer to a field, of the kind that the field takes; a number says how exact it is."""
        asked = template().get(self.field)
        if asked is None:
            return  # the field's own choices refuse it
        problems = {}
        others = Answer.objects.filter(field=self.field, current=True, withdrawn=False).exclude(entry=self.entry)
        if others.exists():
            problems["field"] = say(
                "Dit veld heeft al een antwoord: wijzig dat.", "This field has an answer: change that."
            )
        if not fits(asked, self.value):
            choices = ", ".join(f"{id} = {words}" for id, words in asked.options[say("nl", "en")].items())
            problems["value"] = say(f"Kies uit: {choices}.", f"Choose from: {choices}.")
        if asked.kind == "count" and not self.exactness and "[[" not in self.value:
            problems["exactness"] = say("Zeg hoe precies het aantal is.", "Say how exact the number is.")
        if problems:
            raise ValidationError(problems)


class Notification(models.Model):
    """A notification as it was sent: frozen, and never changed."""

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]

    @staticmethod
    def canonical(content: object) -> bytes:
        """The bytes that are hashed."""
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
