"""The very first account of a case: an invitation that only who starts the office sees."""

from __future__ import annotations

from helder.office.invitations import invite
from helder.office.loading import LOADER
from helder.office.models import Invitation, User


def first_invitation(*, more: bool = False) -> str | None:
    """The token of an invitation for a coordinator who is privacy officer too; None when there are users already.

    With `more` there is one all the same: for the second person who confirms others, or somebody who lost their log-in.

    Earlier ones that nobody used stop working.
    """
    if not more and User.objects.exclude(username=LOADER).exists():
        return None
    Invitation.objects.filter(by=None, used=None).delete()
    return invite(["coordinator", "privacy_officer"], None)
