"""Personal data breaches of the organisation."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from helder.office.models import Entry
from helder.office.words import later, say

NOTIFIED = [
    ("yes", later("ja", "yes")),
    ("no", later("nee", "no")),
    ("not_yet", later("nog niet", "not yet")),
]


class Breach(Entry):
    """One breach: what GDPR art. 33(5) asks to be documented, so that the authority can check."""

    whose = None
    name = models.CharField(later("korte naam", "short name"), max_length=120)
    found_on = models.DateField(later("ontdekt op", "found on"))
    facts = models.TextField(later("wat er gebeurd is", "the facts"))
    effects = models.TextField(later("gevolgen", "the effects"))
    action = models.TextField(later("wat eraan gedaan is", "the remedial action"))
    people = models.CharField(
        later("hoeveel mensen, hoe precies", "how many people, how exact"), max_length=120, blank=True
    )
    notified = models.CharField(
        later("gemeld bij de toezichthouder", "notified to the authority"), max_length=8, choices=NOTIFIED
    )
    notified_on = models.DateField(later("gemeld op", "notified on"), null=True, blank=True)
    why_not = models.CharField(later("waarom niet gemeld", "why not notified"), max_length=400, blank=True)

    def clean(self) -> None:
        """What was notified has a day; what was not has a reason (art. 33(1): unlikely to result in a risk)."""
        problems = {}
        if (self.notified == "yes") is not (self.notified_on is not None):
            problems["notified_on"] = say("Een dag hoort bij 'ja', en alleen daarbij.", "A day goes with 'yes' only.")
        if self.notified == "no" and not self.why_not.strip():
            problems["why_not"] = say("Schrijf waarom niet.", "Write why not.")
        if problems:
            raise ValidationError(problems)
