"""Loading entries from TOML: how a case folder brings registers along, and how the reference case fills its office."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from helder.office import entries
from helder.office.models import User
from helder.office.register import registers

LOADER = "loader"


@transaction.atomic
def load(texts: Mapping[str, str], author: User) -> dict[str, int]:
    """Add the entries of TOML texts, by register; all or nothing. Gives how many were added to each register.

    A register that already has entries is left as it is. Raises Django's `ValidationError` for a value that is not right.
    """
    added = {}
    for id, text in texts.items():
        model = registers()[id].model
        if model._default_manager.exists():
            continue
        rows: Iterable[dict[str, Any]] = next(iter(tomllib.loads(text).values()), [])
        added[id] = len([entries.add(model, author, row) for row in rows])
    return added


def loader(name: str) -> User:
    """The author of what is loaded: an account by which nobody can log in."""
    found = User.objects.filter(username=LOADER).first()
    return found or User.objects.create_user(LOADER, name, [])
