"""Clocks that run for a party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from helder.office.models import Entry, User
from helder.office.parties import PartyField, RecipientField, agreed_hours
from helder.office.words import later, say
from helder.registers.clocks.calendar import holiday
from helder.registers.clocks.duties import Duty, duties
from helder.registers.clocks.rules import Reading, read_clock


def _article(law: Duty) -> str:
    return say(law.article["nl"], law.article["en"])


def _called(law: Duty) -> str:
    """The duty and its first article: enough to tell duties apart, and short enough to choose from."""
    return f"{say(law.duty['nl'], law.duty['en'])} ({_article(law).partition(';')[0]})"


def _begins(law: Duty) -> str:
    return say(f"begint: {law.starts['nl']}", f"starts: {law.starts['en']}")


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The duties below the event that starts them, which a telephone's choice has no room for beside each."""
    found: dict[str, list[tuple[str, str]]] = {}
    for id, law in duties(settings.HELDER_COUNTRY).items():
        found.setdefault(_begins(law), []).append((id, _called(law)))
    return list(found.items())


class Clock(Entry):
    """A duty that somebody owes since a moment."""

    whose = "party"
    duty = models.CharField(later("plicht", "duty"), max_length=40, choices=_choices)
    party = PartyField(later("wie moet het doen", "who owes it"), max_length=40)
    to = RecipientField(later("aan wie", "to whom"), max_length=80)
    started = models.DateTimeField(
        later("begonnen op", "started"),
        null=True,
        blank=True,
        help_text=later(
            "het moment van de gebeurtenis waarmee de plicht begint", "the moment of the event that starts the duty"
        ),
    )
    met = models.DateTimeField(later("gedaan op", "done"), null=True, blank=True)
    reason = models.CharField(later("reden als het later was", "reason when late"), max_length=400, blank=True)
    extended = models.BooleanField(later("verlengd, en dat is gezegd", "extended, and so said"), default=False)
    asked_regulator = models.BooleanField(
        later("voorgelegd aan de toezichthouder, nog geen oordeel", "put before the regulator, no decision yet"),
        default=False,
    )
    source = models.CharField(later("bron", "source"), max_length=300)

    @property
    def article(self) -> str:
        """Where the duty stands, in the language of the request."""
        return _article(self.law)

    @property
    def law(self) -> Duty:
        """The duty in law."""
        return duties(settings.HELDER_COUNTRY)[self.duty]

    def get_duty_display(self) -> str:
        """The duty in words; what starts it stands beside it."""
        return _called(self.law)

    def explained(self) -> list[tuple[str, str]]:
        """Which event starts the term."""
        return [
            (
                say("waarmee de termijn begint", "what starts the term"),
                say(self.law.starts["nl"], self.law.starts["en"]),
            )
        ]

    def reading(self, now: dt.datetime, agreed: Mapping[str, int] | None = None) -> Reading:
        """What the clock says at `now`; `agreed` are the parties' agreed hours, where somebody looked them up already."""
        hours = agreed_hours() if agreed is None and self.law.agreed else agreed or {}
        return read_clock(
            self.law,
            self.started and self.started.astimezone(settings.HELDER_ZONE),
            self.met,
            now,
            reason=self.reason,
            extended=self.extended,
            asked_regulator=self.asked_regulator,
            agreed=hours.get(self.party),
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
