"""Who counts as somebody else when two people must agree.

Whoever invites can open the link themselves and hold two accounts. So an account counts as its inviter's, for approving, until a
third person has confirmed that somebody else works with it; and after a reset of its log-in (`office.resets`) as theirs who gave the
link. Accounts made with the case's key (`helder serve`) stand by themselves: who holds the key can do everything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from helder.office.audit import write
from helder.office.invitations import used_resets
from helder.office.models import User
from helder.rounds.authors import Signer, plain


def answering(user: User) -> User | None:
    """Who answers for this account while no third person confirmed it: who last reset its log-in, else who invited it."""
    return None if user.confirmed_by else user.reset_by or user.invited_by


def chain(user: User) -> list[int]:
    """The account, who answers for it, who answers for them, and so on, by their numbers. `office.resets` keeps it from going round."""
    found = [user.pk]
    while above := answering(user):
        found.append(above.pk)
        user = above
    return found


def person_behind(user: User) -> int:
    """The account that answers for this one in the end, by its number: itself while nobody else does."""
    return chain(user)[-1]


def answered_then(did: Iterable[tuple[str, dt.datetime]]) -> frozenset[int]:
    """Who may have answered for accounts (user names) when they did something, where the log-in was reset since.

    Whoever has the account now may be another person than who had it then, so a confirmation of now says nothing of then. Of several
    resets since, whoever answered before any of them counts: rather one too many.
    """
    first: dict[str, dt.datetime] = {}
    for name, at in did:
        first[plain(name)] = min(at, first.get(plain(name), at))
    return frozenset(
        person_behind(reset.answered)
        for reset in used_resets()
        if reset.answered and reset.account and reset.used
        if reset.used > first.get(plain(reset.account.username), reset.used)
    )


def signer_of(user: User) -> Signer:
    """An account as the gate knows it."""
    return Signer(user.username, user.name)


def people_behind(accounts: Collection[str], names: Collection[str] = ()) -> frozenset[int]:
    """Who answers for the accounts with these user names, and for those whose holders go by these names."""
    found = User.objects.select_related("invited_by", "confirmed_by", "reset_by") if accounts or names else ()
    wanted = {plain(one) for one in accounts}
    called = {plain(one) for one in names}
    return frozenset(
        person_behind(one)
        for one in found
        if plain(one.username) in wanted or {plain(one.username), plain(one.name)} & called
    )


def may_confirm(by: User, user: User) -> bool:
    """Whether `by` is a third person who can say that somebody else works with an account that waits for it."""
    return user.is_active and answering(user) is not None and person_behind(by) != person_behind(user)


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
