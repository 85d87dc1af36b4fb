"""Measures and what they answer."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from helder.office.models import Entry
from helder.office.naming import in_use
from helder.office.words import later, say

STATUS = [
    ("planned", later("voorgenomen", "planned")),
    ("active", later("van kracht", "in force")),
    ("done", later("uitgevoerd", "done")),
    ("stopped", later("gestopt", "stopped")),
]


class Measure(Entry):
    """Something done to mend or prevent."""

    whose = None
    name = models.SlugField(
        later("korte naam", "short name"),
        max_length=60,
        help_text=later("zo haalt een brief hem aan", "how a letter cites it"),
    )
    words_nl = models.CharField(later("in het Nederlands", "in Dutch"), max_length=400)
    words_en = models.CharField(later("in het Engels", "in English"), max_length=400)
    owner = models.CharField(later("eigenaar", "owner"), max_length=120)
    status = models.CharField(later("status", "status"), max_length=10, choices=STATUS, default="planned")
    since = models.DateField(later("sinds", "since"), null=True, blank=True)
    until = models.DateField(later("geldt tot en met", "holds until"), null=True, blank=True)
    evidence = models.CharField(later("bewijs", "evidence"), max_length=400, blank=True)
    answers = models.CharField(
        later("bij welke bevinding of welk risico", "which finding or risk it answers"), max_length=300, blank=True
    )

    @property
    def words(self) -> str:
        """The measure in the language of the request."""
        return say(self.words_nl, self.words_en)

    def clean(self) -> None:
        """A name of its own; a measure in force says since when."""
        if in_use(self):
            raise ValidationError(
                {"name": say("Een andere maatregel heet al zo.", "Another measure has this name already.")}
            )
        if self.status in ("active", "done") and self.since is None:
            raise ValidationError({"since": say("Vul in sinds wanneer.", "Say since when.")})
        if self.since and self.until and self.until < self.since:
            raise ValidationError(
                {"until": say("De laatste dag ligt vóór de eerste.", "The last day lies before the first.")}
            )
