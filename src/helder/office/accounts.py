"""Whether the accounts still are what the audit log says they became: whoever gives themselves a role in the database is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import is_password_usable
from django.db import DatabaseError

from helder.office import proofs
from helder.office.invitations import used_resets
from helder.office.loading import is_loader
from helder.office.logged import ACCOUNTS, Altered, Logged, differing
from helder.office.models import Token, User
from helder.office.rights import Account, Reset
from helder.office.rights import Token as Program

_SPOILT = (DatabaseError, ValueError, TypeError, AttributeError)
"""What a database or Django says of a value that is of another kind than its column."""


def altered_accounts(
    logged: Logged, later: Callable[[], Iterable[tuple[Any, ...]]] = list
) -> tuple[int, int, list[Altered]]:
    """Hold every account against its lines: how many there are, how many of them the log does not prove wholly because
    their lines are of before, and which are not as it says.

    `later` gives the lines that came after those: an account that is as it was after any of them was changed by the office meanwhile.
    """
    try:
        numbers = {f"n{pk}": name for pk, name in User.objects.values_list("pk", "username")}
        held = _held()
    except _SPOILT:
        return 0, 0, [Altered(ACCOUNTS, "", 0, "unreadable")]
    story = logged.story(numbers)
    found = differing(story, held)
    before = sum(not one.whole for name, one in story.accounts.items() if name in held)
    for row in later() if found else ():
        story.take(row)
        found = {name: one for name, one in differing(story, held).items() if name in found}
    return len(held), before, sorted(found.values())


def _held() -> dict[str, Account]:
    """The accounts by user name, as the database holds them; without those that only sign what is loaded, as long as nobody can use them."""
    found, passwordless = {}, set()
    for one in User.objects.select_related("invited_by", "confirmed_by", "reset_by"):
        found[one.username] = Account(
            one.roles, one.party, _name(one.invited_by), proofs.name(one), proofs.password(one), bool(one.is_active),
            _name(one.confirmed_by), _name(one.reset_by),
        )  # fmt: skip
        if not is_password_usable(one.password):
            passwordless.add(one.username)
    for way in (Authenticator, SocialAccount):
        for opens in way.objects.select_related("user"):
            found[opens.user.username].ways.append(proofs.way(opens))
    for token in Token.objects.select_related("user"):
        program = Program(token.scopes, proofs.second(token.until), proofs.secret(token))
        found[token.user.username].tokens[token.pk] = program
    for reset in used_resets():
        if reset.account and reset.used:
            said = Reset(_name(reset.by), _name(reset.answered), proofs.second(reset.used))
            found[reset.account.username].resets.append(said)
    return {
        name: one
        for name, one in found.items()
        if not (is_loader(name) and name in passwordless and not (one.roles or one.ways or one.tokens or one.resets))
    }


def _name(user: User | None) -> str:
    return user.username if user else ""
