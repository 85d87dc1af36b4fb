"""Logging in: by invitation, with a second factor, and never without limits."""

from __future__ import annotations

import datetime as dt

import pytest

from office.conftest import PASSWORD


def test_an_invitation_makes_one_account_once(client, lines):
    from helder.office.invitations import invite
    from helder.office.models import Invitation, User

    token = invite(["desk"], None)
    assert token not in str(Invitation.objects.values_list("token_hash"))
    address, fields = f"/welcome/{token}/", {"username": "Eva", "name": "Eva", "password": PASSWORD}
    assert client.get(address).status_code == 200
    assert client.post(address, fields).status_code == 302
    assert User.objects.get().username == "eva"
    assert User.objects.get().roles == ["desk"]
    assert client.get(address).status_code == 410
    assert client.post(address, {**fields, "username": "second"}).status_code == 410
    assert [action for _, action, _ in lines()] == ["user.invited", "user.joined"]


def test_an_invitation_is_over_after_a_day(client):
    from django.utils import timezone

    from helder.office.invitations import invite
    from helder.office.models import Invitation

    token = invite(["desk"], None)
    Invitation.objects.update(until=timezone.now() - dt.timedelta(seconds=1))
    assert client.get(f"/welcome/{token}/").status_code == 410


@pytest.mark.any_database
@pytest.mark.parametrize("password", ["short", "password1234", "eva-de-eerste"])
def test_a_password_that_is_easily_guessed_is_refused(client, password):
    from helder.office.invitations import invite
    from helder.office.models import User

    answer = client.post(
        f"/welcome/{invite(['desk'], None)}/", {"username": "eva-de-eerste", "name": "Eva", "password": password}
    )
    assert answer.status_code == 422
    assert not User.objects.exists()


def test_passwords_are_kept_as_argon2(user):
    assert user("desk").password.startswith("argon2$argon2id$")


def test_without_a_second_factor_one_is_sent_to_make_it(client, user, settings_changed):
    settings_changed(HELDER_SECOND_FACTOR=True)
    client.force_login(user("desk"))
    assert client.get("/timeline/")["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/").status_code in (200, 302)


def test_the_secret_of_a_second_factor_is_sealed(user):
    from cryptography.exceptions import InvalidTag

    from helder.web.login import SecondFactors

    factors = SecondFactors()
    sealed = factors.encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DP" not in sealed
    assert factors.decrypt(sealed) == "JBSWY3DPEHPK3PXP"
    with pytest.raises(InvalidTag):
        factors.decrypt(sealed[:-4] + "AAA=")


def test_guessing_a_password_is_slowed_down(client, user):
    from django.core.cache import cache

    cache.clear()
    somebody = user("desk")
    for _ in range(6):
        client.post("/account/login/", {"login": somebody.username, "password": "wrong"})
    answer = client.post("/account/login/", {"login": somebody.username, "password": PASSWORD})
    cache.clear()
    assert answer.status_code in (200, 429)
    assert "_auth_user_id" not in client.session


@pytest.mark.any_database
def test_nobody_signs_up_by_themselves(client):
    answer = client.post("/account/signup/", {"username": "somebody", "password1": PASSWORD})
    assert answer.status_code == 404
    from helder.office.models import User

    assert not User.objects.exists()


@pytest.mark.any_database
def test_answers_carry_the_headers_that_keep_others_out(client, user):
    client.force_login(user("coordinator"))
    headers = client.get("/timeline/").headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.any_database
def test_the_pages_own_font_comes_along(client):
    """Not every desk has Noto Sans installed; from elsewhere no font may come."""
    import re
    from pathlib import Path

    import helder.web

    css = (Path(helder.web.__file__).parent / "static" / "helder" / "site.css").read_text("utf-8")
    named = re.findall(r'url\("(fonts/[^"]+)"\)', css)
    assert len(named) == 2
    for name in named:
        answer = client.get(f"/static/helder/{name}")
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)[:4] == b"\0\1\0\0"  # TrueType
