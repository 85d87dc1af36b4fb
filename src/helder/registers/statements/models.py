"""Statements made in public."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from helder.office.models import Entry
from helder.office.parties import LaneField
from helder.office.words import later, say

UNITS = [
    ("records", later("records", "records")),
    ("people", later("mensen", "people")),
    ("letters", later("brieven", "letters")),
    ("none", later("geen getal", "no number")),
]
EXACTNESS = [
    ("exact", later("precies", "exact")),
    ("approximate", later("ongeveer", "approximate")),
    ("unknown", later("niet gezegd", "not said")),
]


class Statement(Entry):
    """What somebody said in public."""

    whose = None
    said_on = models.DateField(later("dag", "day"))
    issuer = LaneField(later("wie het zei", "who said it"), max_length=40)
    words = models.CharField(later("wat er gezegd is", "what was said"), max_length=400)
    number = models.BigIntegerField(later("getal", "number"), null=True, blank=True)
    unit = models.CharField(later("waarvan", "of what"), max_length=8, choices=UNITS, default="none")
    exactness = models.CharField(later("hoe precies", "how exact"), max_length=12, choices=EXACTNESS, default="unknown")
    corrects = models.CharField(
        later("verbetert een eerdere uitspraak (welke)", "corrects an earlier statement (which)"),
        max_length=200,
        blank=True,
    )
    source = models.CharField(later("bron", "source"), max_length=300)

    class Meta(Entry.Meta):
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["current", "said_on"])]

    def clean(self) -> None:
        """A number has a unit, and a unit has a number."""
        if (self.number is None) is not (self.unit == "none"):
            raise ValidationError(
                {
                    "unit": say(
                        "Een getal heeft een eenheid nodig, en omgekeerd.", "A number needs a unit, and the reverse."
                    )
                }
            )
