"""Fills the office of the case that HELDER_CASE names, as a program of its own: every register, colleagues and a hook.

Says as JSON where to look: every page that there is for somebody who may all, for a supplier's contact and for nobody in particular,
their sessions, an entry of each register, and a token that may all. A browser's test needs pages with something on them.
"""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from office import every_page
from office.conftest import PASSWORD


def main() -> None:
    """Fill it."""
    import django

    django.setup()
    from helder.office import entries, hooks, resets, tokens
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
    resets.come_back(resets.offer(author, User.objects.create_user("noor", "Noor", ["coordinator"])), PASSWORD)
    hooks.subscribe(author, "the authority's system", "https://example.org/hook", ["timeline", "clocks"])
    found = {id: shelf.model._default_manager.filter(current=True).first() for id, shelf in shelves.items()}
    said = {id: str(entry.entry) for id, entry in found.items() if entry}
    print(json.dumps(said | looks() | {"token": tokens.make(author, "test", scopes_of(author))}))


DAY = 86_400
ALL = ["coordinator", "privacy_officer", "approver", "communication"]


def looks() -> dict[str, object]:
    """The sessions of somebody who may all and of somebody of a supplier, and every page, with who it is looked at by.

    Who is not logged in looks at what they see; one's own account is the same to everybody.
    """
    from django.test import Client

    from helder.office.models import User

    make = User.objects.create_user
    all, contact = make("iris", "Iris", ALL, PASSWORD), make("ada", "Ada", ["supplier"], PASSWORD)
    User.objects.filter(pk=contact.pk).update(party="lab")
    clients = {"all": logged_in(all), "supplier": logged_in(contact), "nobody": Client(SERVER_NAME="localhost")}
    found = every_page.addresses(clients["all"])
    seen = {who: every_page.shown(client, found) for who, client in clients.items()}
    seen["all"] = [page for page in seen["all"] if page not in seen["nobody"]]
    seen["supplier"] = [
        page for page in seen["supplier"] if page not in seen["nobody"] and not page.startswith("/account/")
    ]
    return {
        "pages": [(who, page) for who, pages in seen.items() for page in pages],
        "sessions": {who: clients[who].cookies["sessionid"].value for who in ("all", "supplier")},
    }


def logged_in(somebody: Any) -> Any:
    """Somebody's client, with a second factor and a passkey; for a day nothing asks again who they are."""
    from allauth.account.internal.flows.login import record_authentication
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from allauth.mfa.webauthn.internal.auth import WebAuthn
    from django.test import Client

    TOTP.activate(somebody, generate_totp_secret())
    WebAuthn.add(somebody, "telephone", passkey())
    client = Client(SERVER_NAME="localhost")
    client.force_login(somebody)
    session = client.session
    record_authentication(SimpleNamespace(session=session), somebody, "password", reauthenticated=True)
    session["account_authentication_methods"][0]["at"] += DAY
    session.save()
    return client


def passkey() -> dict[str, Any]:
    """What a browser says when it has made a passkey."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from fido2.cose import ES256
    from fido2.utils import websafe_encode
    from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    data = AuthenticatorData.create(bytes(32), 0x45, 0, AttestedCredentialData.create(bytes(16), b"one", key))
    made = {"type": "webauthn.create", "challenge": "", "origin": "http://localhost"}
    id, said = websafe_encode(b"one"), websafe_encode(json.dumps(made).encode())
    response = {
        "clientDataJSON": said,
        "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
    }
    return {"type": "public-key", "id": id, "rawId": id, "response": response, "clientExtensionResults": {}}


if __name__ == "__main__":
    main()
