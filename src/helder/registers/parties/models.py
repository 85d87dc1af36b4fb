"""Organisations and what is known of how they guard data."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from helder.office.models import Entry
from helder.office.naming import in_use
from helder.office.words import later, say

ROLES = [
    ("controller", later("verwerkings\N{SOFT HYPHEN}verantwoordelijke", "controller")),
    ("processor", later("verwerker", "processor")),
    ("principal", later("opdrachtgever", "principal")),
    ("regulator", later("toezichthouder", "regulator")),
    ("client", later("andere klant van de getroffen partij", "other client of the breached party")),
    ("other", later("anders", "other")),
]
YES_NO = [
    ("yes", later("ja", "yes")),
    ("no", later("nee", "no")),
    ("unknown", later("niet bekend", "not known")),
]


class Party(Entry):
    """One organisation."""

    whose = "short"
    short = models.SlugField(later("korte naam", "short name"), max_length=40)
    name = models.CharField(later("naam", "name"), max_length=160)
    role = models.CharField(later("rol", "role"), max_length=12, choices=ROLES)
    contact = models.TextField(
        later("contacten", "contacts"),
        blank=True,
        help_text=later(
            "elke regel een functie en hoe die te bereiken is; geen namen van mensen",
            "each line a function and how to reach it; no names of people",
        ),
    )
    contract = models.CharField(later("contract", "contract"), max_length=200, blank=True)
    notice_hours = models.PositiveIntegerField(
        later("afgesproken meldtermijn in uren", "agreed notice term in hours"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 366)],
        help_text=later(
            "hiermee rekenen de termijnen waarvoor de wet geen getal geeft",
            "by this the clocks reckon for which the law gives no number",
        ),
    )
    standard = models.CharField(later("norm", "standard"), max_length=80, blank=True, default="")
    audited = models.CharField(
        later("onafhankelijk getoetst", "independently audited"), max_length=8, choices=YES_NO, default="unknown"
    )
    audited_on = models.DateField(later("laatste toets", "last audit"), null=True, blank=True)
    risk_assessed = models.CharField(
        later("risicoanalyse gedaan", "risk assessment done"), max_length=8, choices=YES_NO, default="unknown"
    )
    risk_assessed_on = models.DateField(later("laatste risicoanalyse", "last risk assessment"), null=True, blank=True)
    suspended = models.BooleanField(later("samenwerking opgeschort", "cooperation suspended"), default=False)
    suspended_since = models.DateField(later("opgeschort sinds", "suspended since"), null=True, blank=True)
    source = models.CharField(later("bron", "source"), max_length=300)

    def clean(self) -> None:
        """A short name of its own; what was done has a date; a date says that it was done."""
        problems = {}
        if in_use(self, "short"):
            problems["short"] = say("Een andere partij heet al zo.", "Another party has this name already.")
        for what in ("audited", "risk_assessed"):
            if (getattr(self, what) == "yes") is not isinstance(getattr(self, f"{what}_on"), dt.date):
                problems[f"{what}_on"] = say(
                    "Een datum hoort bij 'ja', en alleen daarbij.", "A date goes with 'yes' only."
                )
        if self.suspended and self.suspended_since is None:
            problems["suspended_since"] = say("Vul in sinds wanneer.", "Say since when.")
        if problems:
            raise ValidationError(problems)
