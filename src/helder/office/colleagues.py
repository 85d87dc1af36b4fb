"""Colleagues who leave, and invitations that are taken back: each with its audit line in the same transaction."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from helder.office.audit import write
from helder.office.models import Invitation, User


def waiting() -> list[Invitation]:
    """Invitations, and links to log in anew, that can still be used, newest first."""
    found = Invitation.objects.filter(used=None, until__gt=timezone.now())
    return list(found.select_related("account").order_by("-made"))


@transaction.atomic
def take_back(number: int, by: User) -> bool:
    """End an invitation at once; False when it was used, is over, or never was."""
    ended = Invitation.objects.filter(pk=number, used=None, until__gt=timezone.now()).update(until=timezone.now())
    if ended:
        write(by, "user.uninvited", f"invitation/n{number}")
    return bool(ended)


@transaction.atomic
def end_account(number: int, by: User) -> bool:
    """Somebody left: they may do nothing from now on. What they did stays theirs. False for one's own account."""
    ended = User.objects.filter(pk=number, is_active=True).exclude(pk=by.pk).update(is_active=False)
    if ended:
        write(by, "user.left", f"user/n{number}")
    return bool(ended)
