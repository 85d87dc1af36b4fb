"""Accounts by who starts the office: the very first one of a case, and the way back to one that nobody else can let in."""

from __future__ import annotations

from helder.domain.errors import CaseError
from helder.office import resets
from helder.office.invitations import invite
from helder.office.loading import people
from helder.office.models import Invitation


def first_invitation(*, more: bool = False) -> str | None:
    """The token of an invitation for a coordinator who is privacy officer too; None when there are users already.

    With `more` there is one all the same: for the second person who confirms others.

    Earlier ones that nobody used stop working.
    """
    if not more and people().exists():
        return None
    Invitation.objects.filter(by=None, used=None, account=None).delete()
    return invite(["coordinator", "privacy_officer"], None)


def way_back(username: str) -> str:
    """The token of a link by which the account with this user name sets its log-in anew. Raises `CaseError` when there is none."""
    user = people().filter(username=username.lower(), is_active=True).first()
    if user is None:
        raise CaseError(
            "No account that can be used has this user name.",
            where="--reset-login",
            do="It is what one logs in with. `--welcome` makes a new account.",
        )
    token = resets.offer(user, None)
    resets.tell(user, None)
    return token
