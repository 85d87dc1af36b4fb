"""The server believes a web server on this machine only when there is one, and takes no large requests."""

from __future__ import annotations

import http.client
import json
import threading
from contextlib import contextmanager

import pytest
from waitress.server import create_server

from helder.web.proxy import MOST_BYTES, server_settings

pytestmark = pytest.mark.any_database

SAID = {"X-Forwarded-For": "203.0.113.7, 203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}


def mirror(environ, start):
    start("200 OK", [("content-type", "application/json")])
    names = ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO")
    return [json.dumps({name: environ.get(name) for name in names}).encode()]


@contextmanager
def served(host):
    server = create_server(mirror, port=0, **server_settings(host))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=30)
    server.close()


@pytest.mark.parametrize(
    ("host", "address", "scheme"), [("", "127.0.0.1", "http"), ("helder.example", "203.0.113.9", "https")]
)
def test_who_asks_and_how_is_believed_of_the_web_server_that_was_set_up(host, address, scheme):
    with served(host) as line:
        line.request("GET", "/", headers={"Host": "helder.example", **SAID})
        seen = json.loads(line.getresponse().read())
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"], seen["HTTP_HOST"]) == (address, scheme, "helder.example")


def test_a_request_that_is_too_large_is_not_read():
    with served("") as line:
        line.putrequest("POST", "/")
        line.putheader("Content-Length", str(MOST_BYTES + 1))
        line.endheaders()
        assert line.getresponse().status == 413
