"""A server on loopback that speaks Notify's published API, checks its tokens, and goes wrong when told to."""

from __future__ import annotations

import base64
import json
import threading
import time
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

SERVICE = "8b4f0e5c-5a07-4c3b-9c9e-0f3c9b2b7a11"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY = f"loopback-{SERVICE}-{SECRET}"


class NotifyServer:
    """`taken` are the messages it accepted; `faults` are used up one for each message that is posted.

    A fault is an answer (status, kind of error), "lost" (taken, but the line goes down before the answer), or "dropped"
    (the line goes down before it is taken). A message is shown to who asks by its reference only `shown_after` seconds.
    """

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.faults: deque[Any] = deque()
        self.asked: list[dict[str, list[str]]] = []
        self.posts = 0
        self.shown_after = 0.0
        self.lock = threading.Lock()
        owner = self

        class Handler(_Handler):
            server_state = owner

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def references(self) -> list[str]:
        """References of all that was taken, in order."""
        return [message["reference"] for message in self.taken]


class _Handler(BaseHTTPRequestHandler):
    server_state: NotifyServer

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        state = self.server_state
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._let_in():
            return None
        kind = urlsplit(self.path).path.removeprefix("/v2/notifications/")
        with state.lock:
            state.posts += 1
            fault = state.faults.popleft() if state.faults else None
        if isinstance(fault, tuple):
            return self._error(*fault)
        if fault == "dropped":
            return self._hang_up()
        problem = _problem(kind, body)
        if problem:
            return self._error(400, problem)
        message = {**body, "id": str(uuid.uuid4()), "type": kind, "status": "created", "at": time.monotonic()}
        with state.lock:
            state.taken.append(message)
        if fault == "lost":
            return self._hang_up()
        self._answer(201, {"id": message["id"], "reference": message["reference"]})

    def do_GET(self) -> None:
        if not self._let_in():
            return None
        url = urlsplit(self.path)
        if url.path.startswith("/v2/notifications/"):
            found = [m for m in self.server_state.taken if m["id"] == url.path.rpartition("/")[2]]
            return self._answer(200, _shown(found[0])) if found else self._error(404, "NoResultFound")
        asked = parse_qs(url.query)
        self.server_state.asked.append(asked)
        found = [
            m
            for m in self.server_state.taken
            if time.monotonic() - m.get("at", 0.0) >= self.server_state.shown_after
            and [m["reference"]] == asked["reference"]
            and [m["type"]] == asked["template_type"]
        ]
        self._answer(200, {"notifications": [_shown(m) for m in found], "links": {"current": self.path}})

    def _let_in(self) -> bool:
        """The token: HS256 by the service's secret, issued by the service, at most 30 seconds old."""
        try:
            token = self.headers["Authorization"].removeprefix("Bearer ")
            told = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
            good = told["iss"] == SERVICE and abs(time.time() - told["iat"]) <= 30
        except (jwt.PyJWTError, KeyError):
            good = False
        if not good:
            self._error(403, "AuthError")
        return good

    def _error(self, status: int, kind: str) -> None:
        words = "anna@example.org is not right"
        self._answer(status, {"status_code": status, "errors": [{"error": kind, "message": words}]})

    def _answer(self, status: int, document: dict[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()


def _shown(message: dict[str, Any]) -> dict[str, Any]:
    return {key: message[key] for key in ("id", "reference", "type", "status")}


def _problem(kind: str, body: dict[str, Any]) -> str:
    if kind == "letter":
        whole = base64.b64decode(body.get("content", "")).startswith(b"%PDF") and body.get("reference")
    elif kind == "email":
        whole = "@" in body.get("email_address", "") and body.get("template_id")
    else:
        whole = body.get("phone_number", "").startswith("+") and body.get("template_id")
    return "" if whole else "ValidationError"


@contextmanager
def notify_server() -> Iterator[NotifyServer]:
    """A running server."""
    server = NotifyServer()
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        thread.join()
        server.http.server_close()
