"""The organisation's own log-in: OpenID Connect against a real provider on loopback, with PKCE checked at its door."""

from __future__ import annotations

import base64
import hashlib
import io
import threading
from contextlib import contextmanager
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import oidc_provider_mock
import pytest
from werkzeug.serving import make_server

from helder.domain.errors import CaseError
from helder.web.organisation import organisation_log_in
from office.conftest import PASSWORD

pytestmark = pytest.mark.any_database

LOG_IN = "/account/oidc/organisation/login/"


class Door:
    """Before the provider, which does not look at PKCE itself: a code is given out only to who shows its verifier."""

    def __init__(self, provider):
        self._provider, self._challenges, self.shown = provider, [], []

    def __call__(self, environ, start):
        asked = dict(parse_qsl(environ["QUERY_STRING"]))
        if asked.get("code_challenge_method") == "S256":
            self._challenges.append(asked["code_challenge"])
        if environ["PATH_INFO"].endswith("/token"):
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            environ["wsgi.input"] = io.BytesIO(body)
            (verifier,) = parse_qs(body.decode())["code_verifier"]
            digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
            assert digest in self._challenges
            self.shown.append(digest)
        return self._provider(environ, start)


@contextmanager
def provider():
    """The provider's address, and the door before it."""
    door = Door(oidc_provider_mock.app())
    server = make_server("127.0.0.1", 0, door, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.port}", door
    server.shutdown()


@pytest.fixture
def organisation(client, settings_changed):
    with provider() as (url, door):
        given = {
            "HELDER_OIDC_SERVER": url,
            "HELDER_OIDC_CLIENT": "helder",
            "HELDER_OIDC_SECRET": "s",
            "HELDER_OIDC_NAME": "BVO",
        }
        settings_changed(SOCIALACCOUNT_PROVIDERS=organisation_log_in(given))
        yield door


def through(client, process="login", sub="eva@bvo.example"):
    """Go through the organisation's log-in as `sub`; gives the office's last answer."""
    begun = client.post(f"{LOG_IN}?process={process}")
    assert begun.status_code == 302
    back = httpx.post(begun["Location"], data={"sub": sub})
    found = urlsplit(back.headers["Location"])
    return client.get(f"{found.path}?{found.query}")


def connect(client, user, sub="eva@bvo.example"):
    """Log in as `user`, show the password once more, and connect the organisation's log-in."""
    client.force_login(user)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return through(client, "connect", sub)


def who(client):
    return client.session.get("_auth_user_id")


def test_a_connected_account_logs_in_through_the_organisation_with_pkce(client, user, organisation):
    somebody = user("coordinator")
    assert connect(client, somebody).status_code == 302
    client.logout()
    assert "BVO" in client.get("/account/login/").content.decode()
    assert through(client).status_code == 302
    assert who(client) == str(somebody.pk)
    assert client.get("/timeline/").status_code == 200
    assert len(organisation.shown) == 2


def test_a_stolen_session_connects_nothing_without_the_password(client, user, organisation):
    from allauth.socialaccount.models import SocialAccount

    client.force_login(user("coordinator"))
    through(client, "connect", "mallory")
    assert not SocialAccount.objects.exists()


def test_connecting_using_and_refusing_are_lines_in_the_log(client, user, organisation, lines):
    connect(client, user("coordinator"))
    client.logout()
    through(client)
    client.logout()
    through(client, sub="mallory")
    assert [action for _, action, _ in lines()] == [
        "account.way_added", "account.logged_out", "account.logged_in", "account.logged_out", "account.log_in_failed",
    ]  # fmt: skip


def test_a_log_in_that_is_broken_off_or_not_asked_for_is_a_line(client, organisation, lines):
    from django.core.cache import cache

    begun = client.post(LOG_IN)
    back = urlsplit(httpx.post(begun["Location"], data={"sub": "eva@bvo.example"}).headers["Location"])
    state = dict(parse_qsl(back.query))["state"]
    client.get(f"{back.path}?error=access_denied&state={state}")
    client.get(f"{back.path}?code=x&state=unknown")
    assert [action for _, action, _ in lines()] == ["account.log_in_failed"] * 2
    for _ in range(40):
        client.get(f"{back.path}?code=x&state=unknown")
    assert len(lines()) == 30
    cache.clear()


def test_who_has_no_account_gets_none(client, user, organisation):
    from helder.office.models import User

    user("coordinator", username="eva")
    answer = through(client, sub="eva")
    assert who(client) is None
    assert User.objects.count() == 1
    assert answer.status_code in (200, 302)


def test_somebody_elses_log_in_opens_nothing(client, user, organisation):
    connect(client, user("coordinator"), "eva")
    client.logout()
    through(client, sub="mallory")
    assert who(client) is None


def test_an_answer_that_was_not_asked_for_is_refused(client, user, organisation):
    connect(client, user("coordinator"))
    client.logout()
    begun = client.post(LOG_IN)
    back = urlsplit(httpx.post(begun["Location"], data={"sub": "eva@bvo.example"}).headers["Location"])
    client.get(f"{back.path}?{back.query.replace('state=', 'state=x')}")
    assert who(client) is None


def test_the_second_factor_is_asked_for_all_the_same(client, user, organisation, settings_changed):
    connect(client, user("coordinator"))
    client.logout()
    settings_changed(HELDER_SECOND_FACTOR=True)
    through(client)
    assert client.get("/timeline/")["Location"] == "/account/2fa/"


def test_without_settings_there_is_no_such_log_in():
    assert organisation_log_in({})["openid_connect"]["APPS"] == []


@pytest.mark.parametrize(
    "given",
    [
        {"HELDER_OIDC_CLIENT": "helder"},
        {"HELDER_OIDC_SERVER": "https://login.example"},
        {"HELDER_OIDC_SERVER": "http://login.example", "HELDER_OIDC_CLIENT": "helder"},
        {"HELDER_OIDC_SERVER": "login.example", "HELDER_OIDC_CLIENT": "helder"},
    ],
)
def test_half_a_setting_or_an_open_line_is_refused(given):
    with pytest.raises(CaseError) as refused:
        organisation_log_in(given)
    assert refused.value.where == "HELDER_OIDC_SERVER"
