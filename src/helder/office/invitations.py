"""Invitations: a link that makes one account, once, within a day."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from helder.office import proofs
from helder.office.audit import write
from helder.office.models import Invitation, User
from helder.office.roles import own_only

VALID = dt.timedelta(hours=24)


@transaction.atomic
def invite(roles: list[str], by: User | None, party: str = "") -> str:
    """Make an invitation and give its token, which is shown once and not kept.

    Raises `ValueError` when roles for one's own party come without a party, or the other way round.
    """
    if own_only(roles) is not bool(party):
        raise ValueError(f"roles {roles} and party {party!r}")
    token, made = make(by, roles=sorted(roles), party=party)
    details = {"roles": made.roles, "link_proof": proofs.secret(made)} | ({"party": party} if party else {})
    write(by or "cli", "user.invited", f"invitation/{_name(made.pk)}", details=details)
    return token


def make(by: User | None, **what: Any) -> tuple[str, Invitation]:
    """A link's token, and what is kept of it; its audit line is the caller's."""
    token = secrets.token_urlsafe(24)
    made = Invitation.objects.create(token_hash=Invitation.hash_of(token), by=by, until=timezone.now() + VALID, **what)
    return token, made


def find(token: str) -> Invitation | None:
    """The invitation of a token, if it can still be used."""
    now = timezone.now()
    found = Invitation.objects.filter(token_hash=Invitation.hash_of(token), used=None, until__gt=now)
    return found.select_related("account", "by").first()


@transaction.atomic
def use(token: str, username: str, name: str, password: str) -> User | None:
    """Make the account that an invitation is for; None when it was used or is over."""
    now = timezone.now()
    waiting = Invitation.objects.filter(token_hash=Invitation.hash_of(token), used=None, until__gt=now, account=None)
    invitation = waiting.select_for_update().first()
    if invitation is None:
        return None
    invitation.used = now
    invitation.save(update_fields=["used"])
    user = User.objects.create_user(username, name, invitation.roles, password)
    user.party, user.invited_by = invitation.party, invitation.by
    user.save(update_fields=["party", "invited_by"])
    proved = {
        "account": _name(user.pk),
        "link_proof": proofs.secret(invitation),
        "name_proof": proofs.name(user),
        "password_proof": proofs.password(user),
    }
    write(user, "user.joined", f"invitation/{_name(invitation.pk)}", details={"roles": user.roles, **proved})
    return user


def used_resets() -> list[Invitation]:
    """Links by which the log-in of an account was set anew (`office.resets`), the oldest first."""
    used = Invitation.objects.filter(account__isnull=False, used__isnull=False)
    return list(used.select_related("account", "by", "answered").order_by("used"))


def _name(number: int) -> str:
    return f"n{number}"
