"""Which entries somebody sees: the one place that keeps rows from who works for one party (`User.own_only`).

Pages, lists, search, history, files, API, calendar and mail take their entries here, and `office.entries` writes no version that its
author would not see. A row of another party is as if it did not exist: what asks for it gets the answer of a row that never was.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet

from helder.office.models import Entry, User
from helder.office.words import say

E = TypeVar("E", bound=Entry)


def seen(model: type[E], user: User) -> QuerySet[E]:
    """All versions that `user` may see.

    For who works for one party: versions that concern it, of entries that concern it now. A version from when the entry was
    another party's stays with neither.
    """
    found = model._default_manager.all()
    if not user.own_only:
        return found
    if model.whose is None or not user.party:
        return found.none()
    own = {model.whose: user.party}
    return found.filter(**own, entry__in=found.filter(**own, current=True).values("entry"))


def concerns(party: str, user: User) -> bool:
    """Whether `user` may see what concerns a party."""
    return not user.own_only or party == user.party != ""


def may_write(entry: Entry, user: User) -> bool:
    """Whether `user` would see this version once it is written."""
    return not user.own_only or (entry.whose is not None and concerns(getattr(entry, entry.whose), user))


def author(entry: Entry, user: User) -> str:
    """Who wrote a version, as `user` may know it: people of a party need not know who works in the team."""
    if entry.author is None:
        return ""
    if user.own_only and not (entry.author.own_only and concerns(entry.author.party, user)):
        return say("het crisisteam", "the crisis team")
    return entry.author.name
