"""Clocks that run for a party."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from helder.office.models import Entry, User
from helder.office.parties import PartyField, RecipientField
from helder.office.words import later, say
from helder.registers.clocks.calendar import holiday
from helder.registers.clocks.duties import Duty, duties
from helder.registers.clocks.rules import Reading, read_clock


def _choices() -> list[tuple[str, str]]:
    return [
        (id, f"{say(duty.duty['nl'], duty.duty['en'])} ({duty.article})")
        for id, duty in duties(settings.HELDER_COUNTRY).items()
    ]


class Clock(Entry):
    """A duty that somebody owes since a moment."""

    whose = "party"
    duty = models.CharField(later("plicht", "duty"), max_length=40, choices=_choices)
    party = PartyField(later("wie moet het doen", "who owes it"), max_length=40)
    to = RecipientField(later("aan wie", "to whom"), max_length=80)
    started = models.DateTimeField(later("begonnen op", "started"), null=True, blank=True)
    met = models.DateTimeField(later("gedaan op", "done"), null=True, blank=True)
    reason = models.CharField(later("reden als het later was", "reason when late"), max_length=400, blank=True)
    extended = models.BooleanField(later("verlengd, en dat is gezegd", "extended, and so said"), default=False)
    asked_regulator = models.BooleanField(
        later("voorgelegd aan de toezichthouder, nog geen oordeel", "put before the regulator, no decision yet"),
        default=False,
    )
    source = models.CharField(later("bron", "source"), max_length=300)

    @property
    def law(self) -> Duty:
        """The duty in law."""
        return duties(settings.HELDER_COUNTRY)[self.duty]

    def reading(self, now: dt.datetime) -> Reading:
        """What the clock says at `now`."""
        return read_clock(
            self.law,
            self.started and self.started.astimezone(settings.HELDER_ZONE),
            self.met,
            now,
            reason=self.reason,
            extended=self.extended,
            asked_regulator=self.asked_regulator,
            holiday=holiday,
        )


class Reminder(models.Model):
    """A reminder that went out: one for each clock, end, stage and reader, so that a timer may ask as often as it likes."""

    clock = models.UUIDField()
    ends = models.DateTimeField()
    stage = models.SlugField(max_length=12)
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["clock", "ends", "stage", "to"], name="reminder_once")
        ]
