"""Audit lines about getting in: who logged in and by what, who could not, and what guards an account.

An account that was tried is named by its number; a name that does not exist is not written, because people type
passwords into the wrong field. Limits on guessing bound how many lines a stranger can cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from allauth.account import signals as accounts
from allauth.account.authentication import get_authentication_records
from allauth.core.internal import ratelimit
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest

from helder.office import proofs
from helder.office.audit import write
from helder.office.models import User

_LIMITS = "allauth.account"
STRANGER = "stranger"
"""The actor of what happened before anybody was logged in."""


def listen() -> None:
    """Connect every event of an account to its line."""
    accounts.user_logged_in.connect(_logged_in, dispatch_uid="account lines")
    user_logged_out.connect(_logged_out, dispatch_uid="account lines")
    accounts.password_changed.connect(_password_changed, dispatch_uid="account lines")
    post_save.connect(_password_hashed, sender=User, dispatch_uid="account lines")
    factors.authentication_failed.connect(_factor_failed, dispatch_uid="account lines")
    # The rows themselves are watched, so that the line stands or falls with them and no way around it exists.
    for way in (Authenticator, SocialAccount):
        post_save.connect(_way_saved, sender=way, dispatch_uid="account lines")
        post_delete.connect(_way_deleted, sender=way, dispatch_uid="account lines")


@transaction.atomic
def failed(request: HttpRequest, by: str, user: User | None, key: str | None = None) -> None:
    """Somebody could not log in `by` a password, a kind of second factor or the organisation's log-in.

    `key` is what further tries are counted under; the try that used the last one leaves a second line.
    """
    _line(STRANGER, "account.log_in_failed", user, by=by)
    if key is not None and not ratelimit.consume(request, app=_LIMITS, action="login_failed", key=key, dry_run=True):
        _line(STRANGER, "account.locked", user, by=by)


def refused(request: HttpRequest, by: str) -> None:
    """Somebody was turned away who says not who they are, so that no account's guesses are counted.

    Lines are bounded by the limit on log-ins from one address, which they count for: also where an answer comes by GET.
    """
    if ratelimit.consume(request, app=_LIMITS, action="login", limit_get=True):
        failed(request, by, None)


def _line(actor: User | str, action: str, user: User | None, **details: Any) -> None:
    write(actor, action, f"user/n{user.pk}" if user else "user/unknown", details=details)


@transaction.atomic
def _logged_in(request: HttpRequest, user: User, **_: object) -> None:
    _line(user, "account.logged_in", user, by=[_way(one) for one in get_authentication_records(request, user)])


def _way(record: Mapping[str, Any]) -> str:
    """How one step of a log-in was taken: "password", "mfa/totp", "socialaccount"."""
    return "/".join(filter(None, (record["method"], record.get("type"))))


@transaction.atomic
def _logged_out(user: User | None, **_: object) -> None:
    if user:
        _line(user, "account.logged_out", user)


@transaction.atomic
def _password_changed(user: User, **_: object) -> None:
    _line(user, "account.password_changed", user, password_proof=proofs.password(user))


@transaction.atomic
def _password_hashed(instance: User, update_fields: frozenset[str] | None, **_: object) -> None:
    """Somebody logged in whose password was hashed with less work than this version does: Django saves it anew, and nothing else."""
    if update_fields == frozenset({"password"}):
        _line(instance, "account.password_hashed", instance, password_proof=proofs.password(instance))


def _factor_failed(request: HttpRequest, user: User, authenticator: Authenticator, **_: object) -> None:
    failed(request, f"mfa/{authenticator.type}", user, f"mfa-auth-user-{user.pk}")


@transaction.atomic
def _way_saved(instance: Authenticator | SocialAccount, created: bool, **_: object) -> None:
    if created:
        user = cast(User, instance.user)
        _line(user, "account.way_added", user, **proofs.way(instance)._asdict())


@transaction.atomic
def _way_deleted(instance: Authenticator | SocialAccount, **_: object) -> None:
    user = cast(User, instance.user)
    _line(user, "account.way_removed", user, **proofs.way(instance)._asdict())
