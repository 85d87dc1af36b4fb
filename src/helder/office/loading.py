"""Loading entries from TOML: how a case folder brings registers along, and how the reference case fills its office."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from helder.office import entries
from helder.office.models import User
from helder.office.register import registers

LOADER = "loader"


@transaction.atomic
def load(texts: Mapping[str, str], author: User, *, beside: bool = False) -> dict[str, int]:
    """Add the entries of TOML texts, by register; all or nothing. Gives how many were added to each register.

    A register that already has entries is left as it is, unless these are to stand `beside` them. Raises Django's `ValidationError`
    for a value that is not right.
    """
    added = {}
    for id, text in texts.items():
        model = registers()[id].model
        if not beside and model._default_manager.exists():
            continue
        rows: Iterable[dict[str, Any]] = next(iter(tomllib.loads(text).values()), [])
        added[id] = len([entries.add(model, author, row) for row in rows])
    return added


def loader(name: str, which: str = "") -> User:
    """The author of what is loaded: an account by which nobody can log in. `which` tells it from another such author."""
    username = f"{LOADER}-{which}" if which else LOADER
    found = User.objects.filter(username=username).first()
    return found or User.objects.create_user(username, name, [])


def is_loader(username: str) -> bool:
    """Whether a user name is of an account that is nobody's; people cannot choose it."""
    return username.partition("-")[0] == LOADER


def people() -> QuerySet[User]:
    """The accounts of people."""
    return User.objects.exclude(Q(username=LOADER) | Q(username__startswith=f"{LOADER}-"))
