"""Tokens of the API: made for a user, with scopes and an end; only the hash is kept."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from helder.office.audit import write
from helder.office.models import Token, User

PREFIX = "helder_"
VALID = dt.timedelta(days=90)


@transaction.atomic
def make(user: User, name: str, scopes: Iterable[str], valid: dt.timedelta = VALID) -> str:
    """Make a token for `user` with scopes such as "timeline:read", and give it: it is shown once.

    A scope never gives more than the user's roles do. Raises `ValueError` for a scope that the user may not use.
    """
    wanted = sorted(set(scopes))
    for scope in wanted:
        register, _, verb = scope.partition(":")
        if not user.may(register, verb):
            raise ValueError(scope)
    secret = PREFIX + secrets.token_urlsafe(32)
    made = Token.objects.create(
        token_hash=Token.hash_of(secret), user=user, name=name, scopes=wanted, until=timezone.now() + valid
    )
    write(user, "token.made", f"token/n{made.pk}", details={"scopes": wanted})
    return secret


def find(secret: str) -> Token | None:
    """The token that can be used now."""
    if not secret.startswith(PREFIX):
        return None
    live = Token.objects.filter(token_hash=Token.hash_of(secret), until__gt=timezone.now(), user__is_active=True)
    return live.select_related("user").first()


def allows(token: Token, register: str, verb: str) -> bool:
    """Whether the token's scope and its user's roles both allow this."""
    return f"{register}:{verb}" in token.scopes and token.user.may(register, verb)
