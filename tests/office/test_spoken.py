"""Pages about logging in are allauth's, and speak as the office does: in Dutch "u", never "je"."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from office.conftest import PASSWORD, just_logged_in
from office.filling import passkey

pytestmark = pytest.mark.any_database

INFORMAL = re.compile(r"\b(je|jij|jou|jouw|jezelf)\b", re.IGNORECASE)
COMPILER = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "office_words.py"))
NOT_OURS = re.compile(r"client_name|displayed on your device|^View your ")
"""Of allauth's part for who logs in others, which the office does not have."""


def allauths():
    """Every message of which allauth has a Dutch text."""
    import gettext

    import allauth

    with (Path(allauth.__file__).parent / "locale/nl/LC_MESSAGES/django.mo").open("rb") as file:
        return {key: text for key, text in gettext.GNUTranslations(file)._catalog.items() if key}


def said(key):
    from django.utils import translation

    with translation.override("nl"):
        if isinstance(key, tuple):
            return translation.ngettext(key[0], key[0], 1 if key[1] == 0 else 2)
        context, _, message = key.rpartition("\x04")
        return translation.pgettext(context, message) if context else translation.gettext(message)


def test_nothing_that_allauth_says_in_dutch_says_je(office):
    informal = {key for key, text in allauths().items() if INFORMAL.search(text)}
    assert len(informal) > 80
    left = {key for key in informal if INFORMAL.search(said(key))}
    assert {key for key in left if not NOT_OURS.search(key if isinstance(key, str) else key[0])} == set()


@pytest.mark.parametrize("po", COMPILER["TEXTS"], ids=lambda po: po.parts[-3])
def test_our_texts_are_of_messages_that_allauth_has_and_keep_what_is_filled_in(po):
    ours = {key: text for key, text in COMPILER["messages"](po.read_text("utf-8")).items() if key}
    known = {key if isinstance(key, str) else key[0] for key in allauths()}
    assert {key for key in ours if key.split("\0")[0] not in known} == set()
    for key, text in ours.items():
        for one, other in zip(key.split("\0"), text.split("\0"), strict=True):
            assert sorted(re.findall(r"%\(\w+\)s|%[sd]", one)) == sorted(re.findall(r"%\(\w+\)s|%[sd]", other)), key


def test_the_texts_were_compiled():
    assert [po.parts[-3] for po in COMPILER["TEXTS"]] == ["en", "nl"]
    for po in COMPILER["TEXTS"]:
        assert po.with_suffix(".mo").read_bytes() == COMPILER["compiled"](po.read_text("utf-8")), (
            "run scripts/office_words.py"
        )


PAGES = ["login/", "logout/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/",
         "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "reauthenticate/", "3rdparty/login/cancelled/", "3rdparty/login/error/",
         "inactive/", "3rdparty/"]  # fmt: skip


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("second_factor", [False, True])
def test_every_page_says_u_and_to_log_in(client, user, second_factor, lang):
    somebody = user("coordinator")
    type(somebody).objects.filter(pk=somebody.pk).update(language=lang)
    just_logged_in(client, somebody)
    if second_factor:
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        TOTP.activate(somebody, generate_totp_secret())
    shown = 0
    for page in PAGES:
        answer = client.get(f"/account/{page}", follow=True)
        text = re.sub(r"<script.*?</script>|<[^>]*>", " ", answer.content.decode(), flags=re.DOTALL)
        assert not INFORMAL.search(text), (page, INFORMAL.search(text))
        assert not re.search(r"\b[Ss]ign(ed|ing)? (in|out|In|Out)\b", text), page
        shown += answer.status_code == 200
    assert shown > 10


def test_what_is_said_after_logging_in_and_out_and_when_it_fails_says_u(client, user):
    user("coordinator", username="ana")
    wrong = client.post("/account/login/", {"login": "ana", "password": "wrong"}).content.decode()
    assert "De gebruikersnaam of het wachtwoord klopt niet." in wrong
    inside = client.post("/account/login/", {"login": "ana", "password": PASSWORD}, follow=True).content.decode()
    assert "U bent ingelogd als" in inside
    assert "U bent uitgelogd." in client.post("/account/logout/", follow=True).content.decode()


@pytest.mark.parametrize(("lang", "name"), [("nl", "Naam"), ("en", "Name")])
def test_what_a_key_is_called_is_asked_in_the_readers_language(client, user, lang, name):
    from allauth.mfa.webauthn.internal.auth import WebAuthn

    somebody = user("coordinator")
    type(somebody).objects.filter(pk=somebody.pk).update(language=lang)
    key = WebAuthn.add(somebody, "stick", passkey()).instance
    just_logged_in(client, somebody)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    for page in ("add/", f"keys/{key.pk}/edit/"):
        labels = re.findall(
            r'<label[^>]*for="id_name">([^<]*)', client.get(f"/account/2fa/webauthn/{page}").content.decode()
        )
        assert [one.strip() for one in labels] == [name], page


def test_every_page_about_ones_own_account_leads_to_the_others(client, user):
    just_logged_in(client, user("coordinator"))
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    for page in ("2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "password/change/"):
        text = client.get(f"/account/{page}").content.decode()
        for place in ("/account/2fa/", "/account/password/change/", "/tokens/", "/reminders/"):
            assert f'<li><a class="nl-link" href="{place}">' in text, (page, place)
        assert '<div class="narrow">' in text
