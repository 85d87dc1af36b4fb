"""Fills the office of the case that HELDER_CASE names, as a program of its own: every register, colleagues and a hook.

Says as JSON where to look: an entry of each register, the session of a supplier's contact, and a token that may all. A browser's test needs pages with
something on them.
"""

from __future__ import annotations

import json


def main() -> None:
    """Fill it."""
    import django

    django.setup()
    from helder.office import entries, hooks, tokens
    from helder.office.invitations import invite
    from helder.office.models import User
    from helder.office.register import registers
    from helder.registers.notifications.sending import record
    from helder.registers.scans.verdicts import propose
    from helder.web.fill import fill_demo
    from helder.web.token_pages import scopes_of

    fill_demo()
    author = User.objects.create_user("joris", "Joris", ["coordinator", "privacy_officer"])
    shelves = registers()
    more = {
        "notifications": {"field": 3, "value": "a"},
        "breaches": {
            "name": "b", "found_on": "2025-07-06", "facts": "f", "effects": "e", "action": "a", "notified": "not_yet",
        },
        "clocks": {"duty": "gdpr_33_1", "party": "lab", "to": "ap", "started": "2025-08-06T12:00Z", "source": "s"},
    }  # fmt: skip
    for id, content in more.items():
        made = entries.add(shelves[id].model, author, content)
        entries.correct(shelves[id].model, author, made.entry, {}, "seen again", 1)
    propose(author, "lab", "insufficient", "Too little was shown.")
    record(author, "first", "z-1", "")
    invite(["supplier"], author, "lab")
    hooks.subscribe(author, "the authority's system", "https://example.org/hook", ["timeline", "clocks"])
    found = {id: shelf.model._default_manager.filter(current=True).first() for id, shelf in shelves.items()}
    said = {id: str(entry.entry) for id, entry in found.items() if entry}
    print(json.dumps(said | {"session": contact_session(), "token": tokens.make(author, "test", scopes_of(author))}))


def contact_session() -> str:
    """The session of somebody of a supplier, as a log-in with a second factor leaves it."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client

    from helder.office.models import User

    contact = User.objects.create_user("ada", "Ada", ["supplier"])
    User.objects.filter(pk=contact.pk).update(party="lab")
    TOTP.activate(contact, generate_totp_secret())
    client = Client()
    client.force_login(contact)
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    main()
