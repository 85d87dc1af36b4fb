"""Who counts as somebody else when two people must agree.

Whoever invites can open the link themselves and hold two accounts. So an account counts as its inviter's, for approving, until a
third person has confirmed that somebody else works with it. Accounts made with the case's key (`helder serve`) stand by
themselves: who holds the key can do everything.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from helder.office.audit import write
from helder.office.models import User
from helder.rounds.authors import Signer, plain


def person_behind(user: User) -> int:
    """The account that answers for this one, by its number: itself, or who invited it while nobody else confirmed it."""
    while user.invited_by and not user.confirmed_by:
        user = user.invited_by
    return user.pk


def signer_of(user: User) -> Signer:
    """An account as the gate knows it."""
    return Signer(user.username, user.name)


def people_behind(accounts: Collection[str], names: Collection[str] = ()) -> frozenset[int]:
    """Who answers for the accounts with these user names, and for those whose holders go by these names."""
    found = User.objects.select_related("invited_by", "confirmed_by") if accounts or names else ()
    wanted = {plain(one) for one in accounts}
    called = {plain(one) for one in names}
    return frozenset(
        person_behind(one)
        for one in found
        if plain(one.username) in wanted or {plain(one.username), plain(one.name)} & called
    )


def may_confirm(by: User, user: User) -> bool:
    """Whether `by` is a third person who can say that somebody else works with an account that waits for it."""
    waits = user.is_active and user.invited_by is not None and user.confirmed_by is None
    return waits and person_behind(by) != person_behind(user)


@transaction.atomic
def confirm_account(number: int, by: User) -> bool:
    """Say that somebody else works with an account; False when `by` may not, or it does not wait for it."""
    user = User.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if user is None or not may_confirm(by, user):
        return False
    user.confirmed_by, user.confirmed_at = by, timezone.now()
    user.save(update_fields=["confirmed_by", "confirmed_at"])
    write(by, "user.confirmed", f"user/n{user.pk}")
    return True
