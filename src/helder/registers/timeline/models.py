"""Events of the timeline."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language

from helder.office.models import Entry
from helder.office.parties import LaneField
from helder.office.words import later, say
from helder.registers.timeline.rules import Precision, When

PRECISIONS = [
    (Precision.MOMENT, later("op dit moment", "at this moment")),
    (Precision.DATE, later("op deze dag", "on this day")),
    (Precision.WEEK, later("in de week van", "in the week of")),
    (Precision.MONTH, later("in de maand van", "in the month of")),
    (Precision.UNKNOWN, later("onbekend wanneer", "unknown when")),
]
CONFIDENCE = [
    ("confirmed", later("bevestigd", "confirmed")),
    ("several", later("meer bronnen", "several sources")),
    ("single", later("één bron", "a single source")),
    ("claimed", later("alleen beweerd", "only claimed")),
]


@lru_cache(maxsize=4096)
def _written(day: dt.date, language: str) -> str:
    """A day as people write it; a picture asks for a thousand of them."""
    return date_format(day, "DATE_FORMAT")


class Event(Entry):
    """Something that happened."""

    whose = None
    what = models.CharField(later("wat er gebeurde", "what happened"), max_length=300)
    party = LaneField(
        later("van wie of wat", "whose lane"),
        max_length=40,
        help_text=later("staat ze er niet bij, zet haar dan bij Partijen", "not there? put it under Parties first"),
    )
    on = models.DateField(later("dag", "day"), null=True, blank=True)
    time = models.TimeField(later("tijd", "time"), null=True, blank=True)
    zone = models.CharField(
        later("tijdzone", "time zone"),
        max_length=40,
        default="Europe/Amsterdam",
        help_text=later(
            "een naam, of het verschil met UTC: +01:00 is in Nederland wintertijd, +02:00 zomertijd",
            "a name, or the difference from UTC: in the Netherlands +01:00 is winter time, +02:00 summer time",
        ),
    )
    precision = models.CharField(
        later("hoe precies bekend", "how exactly known"), max_length=10, choices=PRECISIONS, default=Precision.DATE
    )
    until = models.DateField(later("tot en met", "until"), null=True, blank=True)
    known_by = models.CharField(later("wie het toen wist", "who knew then"), max_length=200, blank=True)
    source = models.CharField(later("bron", "source"), max_length=300)
    document_sha256 = models.CharField(
        later("SHA-256 van het brondocument", "SHA-256 of the source document"),
        max_length=64,
        blank=True,
        validators=[RegexValidator(r"^[0-9a-f]{64}$")],
    )
    confidence = models.CharField(later("zekerheid", "confidence"), max_length=12, choices=CONFIDENCE, default="single")

    class Meta(Entry.Meta):
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["current", "withdrawn", "on"])]

    @property
    def when(self) -> When:
        """When it happened, for the rules."""
        return When(self.on, self.time, self.zone, Precision(self.precision), self.until)

    @property
    def moment(self) -> str:
        """When it happened, in words that claim no more than is known."""
        if self.on is None:
            return say("onbekend wanneer", "unknown when")
        day = _written(self.on, get_language() or "nl")
        if self.precision == Precision.MONTH and self.until is None:
            return date_format(self.on, "YEAR_MONTH_FORMAT")
        if self.precision == Precision.WEEK:
            return say(f"week van {day}", f"week of {day}")
        if self.until and self.until != self.on:
            return f"{day} – {date_format(self.until, 'DATE_FORMAT')}"
        beside = f" (UTC{self.zone})" if self.zone[:1] in ("+", "-") else ""
        return f"{day} {self.time:%H:%M}{beside}" if self.time else day

    def clean(self) -> None:
        """Refuse a time that does not fit together, saying what to do."""
        if self.precision not in set(Precision):
            return
        if problems := self.when.problems():
            raise ValidationError({_FIELD[word]: say(*_WORDS[word]) for word in problems})


_FIELD = {"needs_date": "on", "needs_time": "time", "no_time": "time", "backwards": "until", "zone": "zone",
          "twice": "zone", "never": "time"}  # fmt: skip
_WORDS = {
    "needs_date": ("Vul een dag in, of kies 'onbekend wanneer'.", "Give a day, or choose 'unknown when'."),
    "needs_time": ("Vul de tijd in, of kies 'op deze dag'.", "Give the time, or choose 'on this day'."),
    "no_time": ("Een tijd hoort alleen bij 'op dit moment'.", "A time belongs with 'at this moment' only."),
    "backwards": ("De laatste dag ligt vóór de eerste.", "The last day lies before the first."),
    "zone": ("Deze tijdzone bestaat niet; bijvoorbeeld Europe/Amsterdam.", "No such time zone; try Europe/Amsterdam."),
    "twice": (
        "De klok wees deze tijd tweemaal aan. Vul als tijdzone het verschil met UTC in: in Nederland +02:00 voor de eerste keer, "
        "in zomertijd, of +01:00 voor de tweede.",
        "The clock showed this time twice. Give as time zone the difference from UTC: in the Netherlands +02:00 for the first time, "
        "in summer time, or +01:00 for the second.",
    ),
    "never": ("Deze tijd was er niet: toen ging de klok vooruit.", "There was no such time: the clock went forward."),
}
