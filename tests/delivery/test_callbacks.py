"""Callbacks change the fate of what we sent, and of nothing else; forged ones change nothing."""

from __future__ import annotations

import http.client
import json
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from delivery.parcels import message
from helder.delivery.callbacks import Callbacks
from helder.delivery.ledger import State

TOKEN = "a-long-random-token-0123456789"


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def post(ledger):
    ledger.begin(message("R2-0001"), "notify")
    ledger.finish("R2-0001", State.SENT, receipt="id-1")
    server = make_server("127.0.0.1", 0, Callbacks(TOKEN, [ledger]), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()

    def send(body, token=TOKEN, method="POST", **headers):
        line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        given = {"Authorization": f"Bearer {token}"} if token else {}
        line.request(method, "/", body if isinstance(body, str | bytes) else json.dumps(body), {**given, **headers})
        status = line.getresponse().status
        line.close()
        return status

    yield send
    server.shutdown()
    thread.join()
    server.server_close()


def told(**more):
    return {"id": "id-1", "reference": "R2-0001", "to": "anna@example.org", "status": "delivered", **more}


def test_a_true_callback_is_kept_without_the_address(post, ledger, tmp_path):
    assert post(told()) == 204
    assert ledger.entry("R2-0001").fate == "delivered"
    assert b"anna" not in b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())


@pytest.mark.parametrize(
    ("body", "token", "status"),
    [
        (told(), "", 403),
        (told(), "a-long-random-token-0123456788", 403),
        (told(), "é", 403),
        (told(reference="R2-0002"), TOKEN, 404),
        (told(id="id-2"), TOKEN, 404),
        (told(status="opened by Anna"), TOKEN, 400),
        (told(id=None), TOKEN, 400),
        (["delivered"], TOKEN, 400),
        ("no json", TOKEN, 400),
        ("[" * 5000, TOKEN, 400),
        ("x" * 70_000, TOKEN, 413),
    ],
)
def test_a_forged_or_broken_one_changes_nothing(post, ledger, body, token, status):
    assert post(body, token.encode("utf-8").decode("latin-1")) == status
    assert ledger.entry("R2-0001").fate == ""


def test_a_late_word_takes_nothing_back_and_a_second_one_changes_nothing(post, ledger):
    assert [post(told()), post(told()), post(told(status="sending"))] == [204, 204, 204]
    assert ledger.entry("R2-0001").fate == "delivered"


def test_only_posting_is_answered(post):
    assert post("", method="GET") == 405


def test_a_short_token_is_refused(ledger):
    with pytest.raises(ValueError, match="16"):
        Callbacks("secret", [ledger])
