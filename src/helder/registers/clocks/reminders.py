"""Reminders by e-mail before a term ends, each sent once.

A reminder's row is written, its mail sent, and then all is committed: who is killed in between sends it once more, with
the same Message-ID, rather than never. No mail names a person; it says the duty, the parties, the end and where to look.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import translation

from helder.domain.errors import DeliveryError
from helder.office.audit import write
from helder.office.entries import log_name
from helder.office.models import User
from helder.office.moments import offset
from helder.office.parties import party_name
from helder.office.rows import concerns
from helder.office.words import how_long, say
from helder.registers.clocks.models import Reminder
from helder.registers.clocks.overview import Row, rows
from helder.registers.clocks.rules import stage_due


@dataclass(frozen=True)
class Due:
    """A reminder to be sent: the clock, its stage and its reader."""

    row: Row
    stage: str
    to: User

    @property
    def ends(self) -> dt.datetime:
        """When the term ends."""
        assert self.row.reading.runs
        return self.row.reading.runs.ends


def due(now: dt.datetime) -> Iterator[Due]:
    """Reminders that are due at `now` and were not sent: for everybody who may read clocks and gave an address."""
    readers = [user for user in User.objects.exclude(email="") if user.may("clocks", "read")]
    for row in rows(now):
        stage = stage_due(row.reading, now)
        for reader in (one for one in readers if stage and concerns(row.clock.party, one)):
            one = Due(row, stage or "", reader)
            if not Reminder.objects.filter(clock=row.clock.entry, ends=one.ends, stage=stage, to=reader).exists():
                yield one


def send(now: dt.datetime, post: BaseEmailBackend) -> tuple[int, int]:
    """Send what is due through `post`; gives how many were sent, and how many the mail server refused.

    Raises `DeliveryError` when the mail server cannot be used at all.
    """
    sent = refused = 0
    for one in due(now):
        try:
            sent += _send_one(one, now, post)
        except (SMTPRecipientsRefused, SMTPDataError):
            refused += 1
        except OSError as error:  # every error of the connection and of smtplib
            raise DeliveryError(
                f"The mail server cannot be used: {type(error).__name__}.",
                where="HELDER_SMTP",
                do="Look at its address, name and password. What was not sent goes at the next call.",
            ) from None
    return sent, refused


def _send_one(one: Due, now: dt.datetime, post: BaseEmailBackend) -> bool:
    try:
        with transaction.atomic():
            Reminder.objects.create(clock=one.row.clock.entry, ends=one.ends, stage=one.stage, to=one.to, at=now)
            details = {"stage": one.stage, "to": one.to.username}
            write("timer", "clocks.reminded", f"clocks/{log_name(one.row.clock.entry)}", details=details)
            with translation.override(one.to.language):
                post.send_messages([_mail(one, now)])
    except IntegrityError:
        return False  # another timer was a moment earlier
    return True


def _mail(one: Due, now: dt.datetime) -> EmailMessage:
    row, left = one.row, one.ends - now
    ends = one.ends.astimezone(settings.HELDER_ZONE).strftime("%Y-%m-%d %H:%M") + offset(one.ends)
    span = how_long(abs(left)) or say("minder dan een minuut", "less than a minute")
    if left > dt.timedelta():
        subject = say(f"Nog {span}: {row.duty}", f"{span.capitalize()} left: {row.duty}")
    else:
        subject = say(f"{span.capitalize()} te laat: {row.duty}", f"{span.capitalize()} late: {row.duty}")
    place = f"https://{settings.HELDER_HOST}" if settings.HELDER_HOST else ""
    lines = [
        f"{row.duty[:1].upper()}{row.duty[1:]}",
        f"{party_name(row.clock.party)} → {party_name(row.clock.to)} · {row.clock.article}",
        say(f"De termijn eindigt op {ends}.", f"The term ends at {ends}."),
        say("Nog niet als gedaan vastgelegd.", "Not recorded as done yet."),
        f"{place}/clocks/{row.clock.entry}/" if place else "",
        say(
            "U krijgt dit omdat u uw e-mailadres gaf bij Herinneringen; daar kunt u het weghalen.",
            "You get this because you gave your e-mail address at Reminders; there you can take it away.",
        ),
    ]
    return EmailMessage(
        subject=" ".join(subject.split()),
        body="\n\n".join(filter(None, lines)) + "\n",
        to=[one.to.email],
        headers={"Auto-Submitted": "auto-generated", "Message-ID": _message_id(one)},
    )


def _message_id(one: Due) -> str:
    """The same for the same reminder, so that one that went twice is seen as one."""
    text = f"{one.row.clock.entry}|{one.ends.isoformat()}|{one.stage}|{one.to.pk}|{settings.HELDER_HEAD.id}"
    return f"<{hashlib.sha256(text.encode()).hexdigest()[:32]}@helder.invalid>"
