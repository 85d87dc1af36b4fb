"""Tokens of the API: made for a user, with scopes and an end; only the hash is kept."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from helder.office import proofs
from helder.office.audit import write
from helder.office.models import Token, User

PREFIX = "helder_"
VALID = dt.timedelta(days=90)
MAY_HAVE = ("tokens", "read")
"""What the roles of who has tokens give: not those of a supplier, whose people work in the browser, with their second factor."""


@transaction.atomic
def make(user: User, name: str, scopes: Iterable[str], valid: dt.timedelta = VALID) -> str:
    """Make a token for `user` with scopes such as "timeline:read", and give it: it is shown once.

    A scope never gives more than the user's roles do. Raises `ValueError` for a scope that the user may not use, and for who may
    have no tokens.
    """
    wanted = sorted(set(scopes))
    if not user.may(*MAY_HAVE):
        raise ValueError(":".join(MAY_HAVE))
    for scope in wanted:
        register, _, verb = scope.partition(":")
        if not user.may(register, verb):
            raise ValueError(scope)
    secret = PREFIX + secrets.token_urlsafe(32)
    made = Token.objects.create(
        token_hash=Token.hash_of(secret), user=user, name=name, scopes=wanted, until=timezone.now() + valid
    )
    details = {"scopes": wanted, "until": proofs.second(made.until), "secret_proof": proofs.secret(made)}
    write(user, "token.made", f"token/n{made.pk}", details=details)
    return secret


@transaction.atomic
def end(user: User, **only: Any) -> None:
    """End a user's tokens that can be used, or those of them that `only` says, at once."""
    for token in Token.objects.filter(user=user, until__gt=timezone.now(), **only):
        token.until = timezone.now()
        token.save(update_fields=["until"])
        write(user, "token.ended", f"token/n{token.pk}", details={"until": proofs.second(token.until)})


def find(secret: str) -> Token | None:
    """The token that can be used now."""
    if not secret.startswith(PREFIX):
        return None
    live = Token.objects.filter(token_hash=Token.hash_of(secret), until__gt=timezone.now(), user__is_active=True)
    return live.select_related("user").first()


def allows(token: Token, register: str, verb: str) -> bool:
    """Whether the token's scope and its user's roles both allow this, and its user may have tokens still."""
    return f"{register}:{verb}" in token.scopes and token.user.may(*MAY_HAVE) and token.user.may(register, verb)
