"""The client against a real server on loopback that speaks the published API, also when it misbehaves."""

from __future__ import annotations

import datetime as dt
import email.utils
import subprocess
import time

import httpx
import pytest

from brp.numbers import numbers
from brp.server import KEY, home, person, serving
from helder.countries.nl.brp.client import BrpClient
from helder.countries.nl.brp.settings import Settings
from helder.domain.errors import RegisterError

A, B, C = (number for number, _ in zip(numbers(), range(3), strict=False))


@pytest.fixture(scope="module")
def server():
    with serving({A: person(A, home()), B: person(B, home("Elders"))}) as brp:
        yield brp


@pytest.fixture
def brp(server):
    server.moods.clear()
    server.asked.clear()
    server.seen.clear()
    return server


class Client:
    """A client that does not really wait, and remembers how long it would have."""

    def __init__(self, brp, **environ):
        self.waits: list[float] = []
        known = {"HELDER_BRP_URL": brp.url, "HELDER_BRP_API_KEY": KEY}
        self.brp = BrpClient(Settings.of(known | environ), per_second=1e6, sleep=self.waits.append)

    def ask(self, *asked):
        try:
            return self.brp.ask(asked)
        finally:
            self.brp.close()


def test_a_question_by_the_published_api_is_answered_about_everyone_asked(brp):
    found = Client(brp).ask(A, B, C, A)
    assert {number: answer.outcome for number, answer in found.items()} == {
        A: "address", B: "address", C: "not_confirmed",
    }  # fmt: skip
    assert found[B].address.street == "Elders"
    assert brp.numbers() == [A, B, C]
    assert found[A].born == "1980-02-03"


def test_a_token_goes_as_bearer_and_the_key_in_its_own_header(brp):
    Client(brp, HELDER_BRP_TOKEN="abc").ask(A)
    assert brp.seen[0]["Authorization"] == "Bearer abc"
    assert brp.seen[0]["X-API-KEY"] == KEY
    assert A not in brp.seen[0]["path"]


def test_a_busy_register_is_asked_again_after_what_it_asks_to_wait(brp):
    brp.moods += ["429 3", "503", "500"]
    client = Client(brp)
    assert client.ask(A)[A].outcome == "address"
    assert client.waits == [3, 2, 4]
    assert client.brp.questions == 4


def test_retry_after_may_be_a_date(brp):
    later = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=90)
    brp.moods += [f"503 {email.utils.format_datetime(later, usegmt=True)}", "429 soon"]
    client = Client(brp)
    client.ask(A)
    assert 80 < client.waits[0] <= 90
    assert client.waits[1] == 2


@pytest.mark.parametrize("mood", ["500", "cut", "hangup", "deep"])
def test_a_failure_that_stays_ends_after_six_attempts_and_may_be_tried_later(brp, mood):
    brp.moods += [mood] * 6
    client = Client(brp)
    with pytest.raises(RegisterError) as failed:
        client.ask(A)
    assert failed.value.retryable
    assert client.waits == [1, 2, 4, 8, 16]
    assert A not in str(failed.value.as_dict())


def test_a_long_wait_is_left_to_the_user(brp):
    brp.moods += ["429 3600"]
    client = Client(brp)
    with pytest.raises(RegisterError, match="asks to wait 3600 seconds") as failed:
        client.ask(A)
    assert failed.value.retryable
    assert not client.waits


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        ("400", "status 400"),
        ("403", "refuses us"),
        ("404", "status 404"),
        ("redirect", "elsewhere"),
        ("html", "no JSON"),
        ("huge", "larger than twenty people"),
        ("packed", "packs its answer"),
        ("stranger", "not asked about"),
        ("nameless", "without citizen service numbers"),
        ("shape []", "publishes"),
        ("shape 5", "publishes"),
    ],
)
def test_a_wrong_answer_is_refused_at_once_and_names_nobody(brp, mood, said):
    brp.moods += [mood]
    client = Client(brp)
    with pytest.raises(RegisterError, match=said) as failed:
        client.ask(A)
    assert not failed.value.retryable
    assert failed.value.do
    assert A not in str(failed.value.as_dict())
    assert client.brp.questions == 1


def test_a_wrong_key_is_refused_without_repeating_the_question(brp):
    with pytest.raises(RegisterError, match="refuses us") as failed:
        Client(brp, HELDER_BRP_API_KEY="other").ask(A)
    assert A not in str(failed.value.as_dict())


def test_one_person_twice_is_not_confirmed(brp):
    brp.moods += ["twice"]
    assert Client(brp).ask(A)[A].outcome == "not_confirmed"


def test_a_register_that_is_silent_is_given_up(brp, monkeypatch):
    monkeypatch.setattr("helder.countries.nl.brp.client._TIMEOUT", httpx.Timeout(0.05))
    monkeypatch.setattr("helder.countries.nl.brp.client._WAITS", (0.0,))
    brp.moods += ["wait 0.3", "wait 0.3"]
    with pytest.raises(RegisterError, match="in time") as failed:
        Client(brp).ask(A)
    assert failed.value.retryable


def test_an_answer_that_drips_is_given_up(brp, monkeypatch):
    monkeypatch.setattr("helder.countries.nl.brp.client._DEADLINE", -1.0)
    monkeypatch.setattr("helder.countries.nl.brp.client._WAITS", ())
    with pytest.raises(RegisterError, match="slowly"):
        Client(brp).ask(A)


def test_a_register_that_is_not_there_may_be_tried_later(brp):
    with pytest.raises(RegisterError, match="cannot be reached") as failed:
        Client(brp, HELDER_BRP_URL="http://127.0.0.1:9/brp").ask(A)
    assert failed.value.retryable


def test_questions_go_no_faster_than_allowed(brp):
    client = BrpClient(Settings.of({"HELDER_BRP_URL": brp.url, "HELDER_BRP_API_KEY": KEY}), per_second=20)
    began = time.monotonic()
    for _ in range(4):
        client.ask([A])
    client.close()
    assert time.monotonic() - began >= 0.14


def test_neither_a_proxy_nor_a_netrc_of_the_environment_is_used(brp, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login x password y\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert Client(brp).ask(A)[A].outcome == "address"
    assert "Authorization" not in brp.seen[0]


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"HELDER_BRP_URL": "http://brp.example"},
        {"HELDER_BRP_URL": "ftp://brp.example"},
        {"HELDER_BRP_URL": "https://me:secret@brp.example"},
        {"HELDER_BRP_URL": "https://brp.example?key=secret"},
        {"HELDER_BRP_URL": "https://brp.example", "HELDER_BRP_TOKEN": "secret\r\nX: y"},
    ],
)
def test_settings_that_are_not_enough_or_not_safe_are_refused_without_showing_them(environ):
    with pytest.raises(RegisterError) as refused:
        Settings.of(environ)
    assert "secret" not in str(refused.value.as_dict())


def test_secrets_are_not_shown(brp):
    settings = Settings.of({"HELDER_BRP_URL": brp.url, "HELDER_BRP_API_KEY": "secret", "HELDER_BRP_TOKEN": "hidden"})
    assert "secret" not in repr(settings)
    assert "hidden" not in repr(settings)


def _certificate(folder, name):
    key, certificate = folder / f"{name}.key", folder / f"{name}.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    where = ["-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate]
    subprocess.run([*command, *where], check=True, capture_output=True)
    return certificate, key


def test_mutual_tls_with_own_certificates(tmp_path):
    ours, theirs = _certificate(tmp_path, "client"), _certificate(tmp_path, "server")
    trust = {"HELDER_BRP_CA": str(theirs[0])}
    show = {"HELDER_BRP_CERT": str(ours[0]), "HELDER_BRP_CERT_KEY": str(ours[1])}
    with serving({A: person(A, home())}, (*theirs, ours[0])) as brp:
        assert Client(brp, **trust, **show).ask(A)[A].outcome == "address"
        with pytest.raises(RegisterError, match="certificate") as refused:
            Client(brp, **show).ask(A)
        assert not refused.value.retryable
        with pytest.raises(RegisterError):
            Client(brp, **trust).ask(A)


def test_a_certificate_that_is_none_is_refused(brp, tmp_path):
    (tmp_path / "bad.pem").write_text("no certificate")
    with pytest.raises(RegisterError, match="certificate cannot be used"):
        Client(brp, HELDER_BRP_CERT=str(tmp_path / "bad.pem"))
    with pytest.raises(RegisterError, match="certificate cannot be used"):
        Client(brp, HELDER_BRP_CA=str(tmp_path / "absent.pem"))
