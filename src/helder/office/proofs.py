"""Keyed hashes of what opens an account and of who has it: lines of the audit log prove these without telling them.

Without the case's key nobody can try a name, or the secret of a way in, against a hash; nor make the hash of another.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.crypto import salted_hmac

from helder.office.models import Secret, User
from helder.office.rights import Way

_FIXED = ("secret", "seed", "credential")
"""What a second factor knows somebody by. The rest of it changes: a name that is given to it, codes that were used."""


def proof(*said: Any) -> str:
    """The keyed hash of something."""
    return salted_hmac("helder.office.proofs", json.dumps(said, sort_keys=True), algorithm="sha256").hexdigest()


def password(user: User) -> str:
    """The proof of an account's password, as it is stored."""
    return proof("password", user.password)


def name(user: User) -> str:
    """The proof of the name of who has an account."""
    return proof("name", user.name)


def way(one: Authenticator | SocialAccount) -> Way:
    """A way of logging in: its kind, as a log-in by it is named, and its proof."""
    if isinstance(one, Authenticator):
        return Way(f"mfa/{one.type}", proof(one.type, {key: one.data[key] for key in _FIXED if key in one.data}))
    return Way("socialaccount", proof(one.provider, one.uid))


def secret(one: Secret) -> str:
    """The proof of the text by which a token or a link is known."""
    return proof("token", one.token_hash)


def second(at: dt.datetime) -> str:
    """A moment to the second, as lines have it beside their own."""
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")
