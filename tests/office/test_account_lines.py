"""Getting in leaves audit lines: who logged in and how, who could not, and what guards an account."""

from __future__ import annotations

import json

import pytest

from office.conftest import PASSWORD


@pytest.fixture
def accounts(client, db):
    """Audit lines since the last look, as (actor, action, subject, details); guesses are counted anew."""
    from django.core.cache import cache
    from django.db import connection

    cache.clear()
    seen = [0]

    def new():
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq, actor, action, subject, details FROM audit_line ORDER BY seq")
            found = [row for row in cursor.fetchall() if row[0] > seen[0]]
        seen[0] = found[-1][0] if found else seen[0]
        return [(actor, action, subject, json.loads(details)) for _, actor, action, subject, details in found]

    new()
    yield new
    cache.clear()


def log_in(client, name, password=PASSWORD):
    return client.post("/account/login/", {"login": name, "password": password})


def code_of(secret):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def second_factor(client):
    """Make a second factor as people do, with the password asked for once more; gives its secret."""
    from django.core.cache import cache

    assert client.get("/account/2fa/totp/activate/")["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.get("/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    assert client.post("/account/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    cache.clear()  # a code is taken once, and the next one comes in half a minute
    return secret


def test_coming_in_and_going_out_are_lines_with_the_way_taken(client, user, accounts):
    somebody = user("desk")
    log_in(client, somebody.username)
    client.post("/account/logout/")
    name, subject = f"user:{somebody.username}", f"user/n{somebody.pk}"
    assert accounts() == [
        (name, "account.logged_in", subject, {"by": ["password"]}),
        (name, "account.logged_out", subject, {}),
    ]


def test_a_wrong_password_is_a_line_about_the_account_and_the_last_guess_one_that_it_is_locked(client, user, accounts):
    somebody = user("desk")
    for _ in range(8):
        log_in(client, somebody.username, "wrong")
    subject = f"user/n{somebody.pk}"
    failed = ("stranger", "account.log_in_failed", subject, {"by": "password"})
    assert accounts() == [failed] * 5 + [("stranger", "account.locked", subject, {"by": "password"})]
    log_in(client, somebody.username)
    assert "_auth_user_id" not in client.session
    assert accounts() == []


def test_a_name_that_does_not_exist_is_not_written_down(client, accounts):
    log_in(client, "correct-horse-battery", "x")
    assert accounts() == [("stranger", "account.log_in_failed", "user/unknown", {"by": "password"})]


PASSKEY = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {}}
ANSWER = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "MQ"}


@pytest.mark.parametrize("credential", [PASSKEY | {"response": ANSWER}, PASSKEY, "x"])
def test_a_passkey_that_is_not_right_is_a_line_and_opens_nothing(client, accounts, credential):
    answer = client.post("/account/2fa/webauthn/login/", {"credential": json.dumps(credential)})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
    assert accounts() == [("stranger", "account.log_in_failed", "user/unknown", {"by": "mfa/webauthn"})]


def test_a_stranger_fills_no_log_with_passkeys(client, accounts):
    for _ in range(40):
        client.post("/account/2fa/webauthn/login/", {"credential": json.dumps(PASSKEY)})
    assert len(accounts()) == 10


def test_who_left_is_refused_with_a_line_though_the_password_is_right(client, user, accounts):
    somebody = user("desk")
    type(somebody).objects.filter(pk=somebody.pk).update(is_active=False)
    log_in(client, somebody.username)
    assert "_auth_user_id" not in client.session
    assert [line[1:] for line in accounts()] == [
        ("account.log_in_failed", f"user/n{somebody.pk}", {"by": "ended account"})
    ]


def test_second_factors_are_lines_when_made_used_failed_and_removed(client, user, accounts):
    somebody = user("desk")
    log_in(client, somebody.username)
    secret = second_factor(client)
    added = [(action, details.get("kind")) for _, action, _, details in accounts()]
    assert added[1:] == [("account.way_added", "mfa/totp"), ("account.way_added", "mfa/recovery_codes")]
    client.post("/account/logout/")
    log_in(client, somebody.username)
    for code in ("000000", code_of(secret)):
        client.post("/account/2fa/authenticate/", {"code": code})
    assert [line[:2] + line[3:] for line in accounts()] == [
        (f"user:{somebody.username}", "account.logged_out", {}),
        ("stranger", "account.log_in_failed", {"by": "mfa/totp"}),
        (f"user:{somebody.username}", "account.logged_in", {"by": ["password", "mfa/totp"]}),
    ]
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/2fa/totp/deactivate/")
    assert {(action, details["kind"]) for _, action, _, details in accounts()} == {
        ("account.way_removed", "mfa/totp"),
        ("account.way_removed", "mfa/recovery_codes"),
    }


def test_a_new_password_is_a_line_and_ends_the_other_sessions(client, user, accounts):
    from django.test import Client

    somebody = user("desk")
    stolen = Client(SERVER_NAME="localhost")
    log_in(stolen, somebody.username)
    log_in(client, somebody.username)
    assert stolen.get("/timeline/").status_code == 200
    new = "another horse battery staple"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert accounts()[-1][1:3] == ("account.password_changed", f"user/n{somebody.pk}")
    assert stolen.get("/timeline/").status_code == 302
    assert client.get("/timeline/").status_code == 200


def test_tokens_are_lines_when_made_and_ended(client, user, accounts):
    from helder.office.models import Token

    log_in(client, user("coordinator").username)
    accounts()
    client.post("/tokens/", {"name": "script", "scopes": ["timeline:read"]})
    client.post(f"/tokens/{Token.objects.get().pk}/end/")
    assert [line[1] for line in accounts()] == ["token.made", "token.ended"]


def test_a_line_and_what_it_tells_of_are_kept_or_lost_together(user, accounts):
    from allauth.mfa.models import Authenticator
    from django.db import transaction

    with transaction.atomic():
        Authenticator.objects.create(user=user("desk"), type="totp", data={})
        transaction.set_rollback(True)
    assert accounts() == []
