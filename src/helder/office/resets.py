"""Who lost their password or second factor comes back to the same account, by a link that somebody else gives.

Using the link ends all that opened the account before: sessions, second factors, the organisation's log-in, tokens and calendar
addresses. Whoever gives the link could open it themselves, so from then on the account counts as theirs for approving, as one that
they invited does, until a third person confirms it (`office.four_eyes`). What is given with the case's key leaves that as it is.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation

from helder.office import proofs, tokens
from helder.office.audit import write
from helder.office.four_eyes import answering, chain
from helder.office.invitations import find, make
from helder.office.loading import is_loader
from helder.office.models import Invitation, User
from helder.office.moments import told
from helder.office.words import say
from helder.rounds.authors import plain


def may_reset(by: User, user: User) -> bool:
    """Whether `by` may give `user` a link: not themselves, and not who answers for them, who would then count as them."""
    return by.may("users", "admin") and user.is_active and not is_loader(user.username) and user.pk not in chain(by)


@transaction.atomic
def offer(user: User, by: User | None) -> str:
    """A link's token for `user`, shown once, in place of an earlier one; `by` None: given with the case's key."""
    Invitation.objects.filter(account=user, used=None, until__gt=timezone.now()).update(until=timezone.now())
    token, made = make(by, account=user)
    write(by or "cli", "user.reset_offered", f"user/n{user.pk}", details={"link_proof": proofs.secret(made)})
    return token


@transaction.atomic
def come_back(token: str, password: str) -> bool:
    """Set the log-in of the account that a link is for anew; False when the link was used, is over, or may no longer be given."""
    waiting = find(token)
    if waiting is None or waiting.account is None:
        return False
    now = timezone.now()
    waiting.account.set_password(password)
    said = {
        "by": _name(waiting.by),
        "used": proofs.second(now),
        "link_proof": proofs.secret(waiting),
        "password_proof": proofs.password(waiting.account),
    }
    # The line takes the lock: of two who use links at the same moment, the second sees what the first did.
    write(waiting.account, "user.reset", f"user/n{waiting.account.pk}", details=said)
    reset = find(token)
    user, by = (reset.account, reset.by) if reset else (None, None)
    if reset is None or user is None or not user.is_active or (by and not may_reset(by, user)):
        transaction.set_rollback(True)
        return False
    reset.used, reset.answered = now, answering(user)
    reset.save(update_fields=["used", "answered"])
    user.password = waiting.account.password
    if by:
        user.reset_by, user.confirmed_by, user.confirmed_at = by, None, None
    user.save(update_fields=["password", "reset_by", "confirmed_by", "confirmed_at"])
    for way in (Authenticator, SocialAccount):
        way.objects.filter(user=user).delete()
    tokens.end(user)
    return True


def said(reset: Invitation) -> str:
    """When and by whose link a log-in was reset, in words."""
    assert reset.used
    by = reset.by.name if reset.by else say("wie de sleutel heeft", "who has the key")
    return say(f"inloggen hersteld op {told(reset.used)} door {by}", f"log-in reset on {told(reset.used)} by {by}")


def before(at: dt.datetime, username: str, among: Iterable[Invitation]) -> Invitation | None:
    """The last reset (`among`, the oldest first) of an account's log-in before a moment to the second, such as that of a signature."""
    own = [one for one in among if one.account and plain(one.account.username) == plain(username)]
    return next((one for one in reversed(own) if one.used and one.used.replace(microsecond=0) <= at), None)


def tell(user: User, by: User | None) -> bool:
    """Send word of a link to who has the account; False when they gave no address, or no mail can be sent."""
    if not user.email or settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return False
    with translation.override(user.language):
        name = by.name if by else say("Wie de sleutel van de zaak heeft", "Who has the case's key")
        text = say(
            f"{name} maakte een koppeling waarmee het inloggen van uw account in het crisiskantoor opnieuw wordt ingesteld.\n\n"
            "Vroeg u daar niet om? Bel dan meteen een andere coördinator of de functionaris gegevensbescherming. "
            "Deze mail bevat de koppeling niet.",
            f"{name} made a link by which the log-in of your account in the case office is set anew.\n\n"
            "Did you not ask for it? Then call another coordinator or the privacy officer at once. "
            "This mail does not hold the link.",
        )
        mail = EmailMessage(
            subject=say("Inloggen opnieuw instellen", "Setting your log-in anew"),
            body=f"{text}\n",
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated", "Message-ID": f"<{secrets.token_hex(16)}@helder.invalid>"},
        )
        try:
            return mail.send() == 1
        except OSError:  # every error of the connection and of smtplib: the link is needed all the same
            return False


def _name(by: User | None) -> str:
    return f"user:{by.username}" if by else "cli"
