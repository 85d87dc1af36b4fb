"""Decisions and the information they were taken on."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from helder.office.models import Entry
from helder.office.words import later

KINDS = [
    ("crisis", later("besluit in de crisis", "crisis decision")),
    ("waiver", later("afwijking van een regel", "waiver of a rule")),
    ("no_letter", later("waarom geen brief (AVG art. 34)", "why no letter (GDPR art. 34)")),
    ("risk", later("oordeel over het risico", "judgement of the risk")),
    ("other", later("anders", "other")),
]


class Decision(Entry):
    """One decision."""

    whose = None
    what = models.CharField(later("besluit", "decision"), max_length=400)
    kind = models.CharField(later("soort", "kind"), max_length=10, choices=KINDS, default="crisis")
    by = models.CharField(later("wie besloot (functie)", "who decided (function)"), max_length=160)
    decided = models.DateTimeField(later("wanneer", "when"), default=timezone.now)
    information = models.TextField(later("op grond van welke informatie", "on what information"))
    alternatives = models.TextField(later("wat niet is gekozen, en waarom", "what was not chosen, and why"), blank=True)
    review_on = models.DateField(later("opnieuw bekijken op", "look at again on"), null=True, blank=True)
