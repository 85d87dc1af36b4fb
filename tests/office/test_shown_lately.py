"""Handing out a way in asks for the password or second factor once more, unless it was shown a moment ago."""

from __future__ import annotations

import time

import pytest

from office.conftest import PASSWORD, just_logged_in
from office.test_account_lines import code_of

pytestmark = pytest.mark.any_database

ASKED = "/account/reauthenticate/"
BY_FACTOR = "/account/2fa/reauthenticate/"


@pytest.fixture
def coordinator(user):
    return user("coordinator", "privacy_officer")


def ways(user):
    """What hands out a way in: (address, what is sent, what is counted)."""
    from helder.office.models import Hook, Invitation, Token, User

    inviter, waits = user("coordinator", username="inviter"), user("approver", username="waits")
    User.objects.filter(pk=waits.pk).update(invited_by=inviter)
    confirmed = User.objects.filter(confirmed_by__isnull=False)
    hook = {"name": "tickets", "url": "https://tickets.example/", "topics": ["measures"]}
    return {
        "/tokens/": ({"name": "script", "scopes": ["timeline:read"]}, Token.objects),
        "/reminders/calendar/": ({}, Token.objects),
        "/reminders/": ({"email": "other@example.org"}, User.objects.filter(email="other@example.org")),
        "/hooks/new/": (hook, Hook.objects),
        "/colleagues/invite/": ({"roles": ["desk"]}, Invitation.objects),
        f"/colleagues/{waits.pk}/confirm/": ({}, confirmed),
        f"/colleagues/{waits.pk}/reset/": ({}, Invitation.objects),
    }


def asked_at(answer):
    return answer["Location"].partition("?")[0] if answer.status_code == 302 else ""


def test_a_session_that_showed_nothing_lately_makes_none_until_the_password_is_given(client, user, coordinator):
    from django.core.cache import cache

    for address, (fields, made) in ways(user).items():
        cache.clear()  # wrong passwords are counted: five lock the account
        client.logout()  # a new session: what was shown in the one before counts no more
        client.force_login(coordinator)
        before = made.count()
        answer = client.post(address, fields)
        assert asked_at(answer) == ASKED, address
        assert client.post(answer["Location"], {"password": "wrong"}).status_code == 200
        assert made.count() == before, address
        client.post(ASKED, {"password": PASSWORD, "next": address})
        assert made.count() == before + 1, address


def test_what_was_asked_for_is_shown_once_the_password_is_given_and_its_page_can_be_used_on(client, coordinator):
    client.force_login(coordinator)
    client.post("/tokens/", {"name": "script", "scopes": ["timeline:read"]})
    page = client.post(ASKED, {"password": PASSWORD, "next": "/tokens/"}).content.decode()
    assert "<code>helder_" in page
    assert '<form method="post" action="/tokens/">' in page
    assert 'name="next" value="/tokens/"' in page


def test_pages_are_read_without_showing_anything(client, user, coordinator):
    client.force_login(coordinator)
    for address in ("/tokens/", "/hooks/", "/hooks/new/", "/colleagues/", "/reminders/"):
        assert client.get(address).status_code == 200, address


def test_a_log_in_a_moment_ago_counts_and_one_of_eleven_minutes_ago_does_not(client, coordinator, monkeypatch):
    client.post("/account/login/", {"login": coordinator.username, "password": PASSWORD})
    fields = {"name": "script", "scopes": ["timeline:read"]}
    assert client.post("/tokens/", fields).status_code == 200
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 11 * 60)
    assert asked_at(client.post("/tokens/", fields)) == ASKED


def test_another_session_of_the_same_person_proves_nothing_about_this_one(client, coordinator):
    from django.test import Client

    just_logged_in(Client(SERVER_NAME="localhost"), coordinator)
    client.force_login(coordinator)
    assert asked_at(client.post("/tokens/", {"name": "script", "scopes": ["timeline:read"]})) == ASKED


def test_who_comes_in_by_the_organisation_or_a_passkey_shows_a_second_factor(client, coordinator, lines):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from helder.office.models import Token

    secret = generate_totp_secret()
    TOTP.activate(coordinator, secret)
    coordinator.set_unusable_password()
    coordinator.save()
    client.force_login(coordinator)
    assert asked_at(client.post("/tokens/", {"name": "script", "scopes": ["timeline:read"]})) == BY_FACTOR
    client.post(BY_FACTOR, {"code": "000000", "next": "/tokens/"})
    assert not Token.objects.exists()
    assert "<code>helder_" in client.post(BY_FACTOR, {"code": code_of(secret), "next": "/tokens/"}).content.decode()


def test_who_has_nothing_to_show_comes_in_anew(client, coordinator):
    coordinator.set_unusable_password()
    coordinator.save()
    client.force_login(coordinator)
    assert asked_at(client.post("/tokens/", {"name": "script", "scopes": ["timeline:read"]})) == "/account/login/"


def test_who_may_not_is_refused_before_anything_is_asked(client, user):
    client.force_login(user("desk"))
    assert client.post("/colleagues/invite/", {"roles": ["desk"]}).status_code == 403


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "Toon nog een keer dat u het bent"), ("en", "Show once more that it is you")]
)
def test_the_question_is_in_the_readers_language_and_offers_no_way_that_is_not_there(client, coordinator, lang, words):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(coordinator, generate_totp_secret())
    type(coordinator).objects.filter(pk=coordinator.pk).update(language=lang)
    client.force_login(coordinator)
    for address, other in ((ASKED, BY_FACTOR), (BY_FACTOR, ASKED)):
        page = client.get(f"{address}?next=/tokens/").content.decode()
        assert f"<h1>{words}</h1>" in page
        assert f'href="{other}?next=%2Ftokens%2F"' in page
        assert "/account/password/reset/" not in page  # nobody gets a password by mail here
