"""Statements made in public."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from helder.office.models import Entry, Naming
from helder.office.naming import in_use, known, names, unknown
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
    names_others = Naming("corrects", "statements", ("Verbeterd door", "Corrected by"))
    said_on = models.DateField(later("dag", "day"))
    issuer = LaneField(later("wie het zei", "who said it"), max_length=40)
    words = models.CharField(later("wat er gezegd is", "what was said"), max_length=400)
    number = models.BigIntegerField(later("getal", "number"), null=True, blank=True)
    unit = models.CharField(later("waarvan", "of what"), max_length=8, choices=UNITS, default="none")
    exactness = models.CharField(later("hoe precies", "how exact"), max_length=12, choices=EXACTNESS, default="unknown")
    name = models.SlugField(
        later("korte naam", "short name"),
        max_length=60,
        blank=True,
        default="",
        help_text=later("zo noemt een verbetering haar", "how a correction names it"),
    )
    corrects = models.CharField(
        later(
            "verbetert: korte namen van eerdere uitspraken",
            "corrects: short names of earlier statements",
        ),
        max_length=200,
        blank=True,
    )
    source = models.CharField(later("bron", "source"), max_length=300)

    class Meta(Entry.Meta):
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["current", "said_on"])]

    def clean(self) -> None:
        """A number has a unit, and a unit has a number; what it corrects is one statement, made no later, and another."""
        problems = {}
        if (self.number is None) is not (self.unit == "none"):
            problems["unit"] = say(
                "Een getal heeft een eenheid nodig, en omgekeerd.", "A number needs a unit, and the reverse."
            )
        if in_use(self):
            problems["name"] = say("Een andere uitspraak heet al zo.", "Another statement has this name already.")
        if wrong := self._wrong_correction():
            problems["corrects"] = wrong
        if problems:
            raise ValidationError(problems)

    def _wrong_correction(self) -> str:
        corrected = known("statements", self.corrects).values()
        if self.name in names(self.corrects):
            return say("Een uitspraak verbetert zichzelf niet.", "A statement does not correct itself.")
        if self.said_on and any(one.said_on > self.said_on for one in corrected if isinstance(one, Statement)):
            return say("Dat is pas later gezegd.", "That was said only later.")
        return unknown("statements", self.corrects)
