"""Delivery receipts that Notify posts to us: a WSGI application. A forged or foreign one changes nothing.

The caller proves itself with the bearer token we gave to Notify, and must name both our reference and the id that the
service gave for it. The address in a callback (`to`) is not kept.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from helder.delivery.fates import FATES, settled
from helder.delivery.ledger import Ledger
from helder.domain.errors import CaseError

SHORTEST = 16
"""Characters of a token."""
VARIABLE = "HELDER_RECEIPTS_TOKEN"
_MOST = 65_536


def receipts_token(environ: Mapping[str, str]) -> str:
    """The bearer token that was given to Notify; empty: the address is closed. Raises `CaseError` for one easily guessed."""
    token = environ.get(VARIABLE, "")
    if token and len(token) < SHORTEST:
        raise CaseError(
            "The token for delivery receipts is too short.",
            where=VARIABLE,
            do=f"Give it at least {SHORTEST} characters, at random, and the same to Notify.",
        )
    return token


class Callbacks:
    """The application. `token` must be long and random; `ledgers` are those that may know the message."""

    def __init__(self, token: str, ledgers: Iterable[Ledger]) -> None:
        if len(token) < SHORTEST:
            raise ValueError(f"the token of callbacks must have at least {SHORTEST} characters")
        self._expected = f"Bearer {token}".encode()
        self._ledgers = ledgers

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer one request: 204 taken, 400 no callback, 403 not from Notify, 404 not ours, 405, 413."""
        status = self.status(environ)
        start_response(status, [("Content-Length", "0")])
        return []

    def status(self, environ: Mapping[str, Any]) -> str:
        """Take one request, whoever answers it, and give the status."""
        if environ.get("REQUEST_METHOD") != "POST":
            return "405 Method Not Allowed"
        given = str(environ.get("HTTP_AUTHORIZATION", "")).encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._expected):
            return "403 Forbidden"
        length = str(environ.get("CONTENT_LENGTH") or "")
        if not (length.isascii() and length.isdigit()):
            return "400 Bad Request"
        if int(length) > _MOST:
            return "413 Content Too Large"
        told = _read(environ["wsgi.input"].read(int(length)))
        if told is None:
            return "400 Bad Request"
        return "204 No Content" if any(self._keep(ledger, *told) for ledger in self._ledgers) else "404 Not Found"

    @staticmethod
    def _keep(ledger: Ledger, reference: str, receipt: str, fate: str) -> bool:
        entry = ledger.entry(reference)
        if entry and entry.receipt == receipt and settled(entry.fate) and not settled(fate):
            return True  # a late 'sending' takes nothing back
        return ledger.tell_fate(reference, receipt, fate)


def _read(body: bytes) -> tuple[str, str, str] | None:
    try:
        told = json.loads(body)
        reference, receipt, fate = (told[key] for key in ("reference", "id", "status"))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    whole = all(isinstance(text, str) and text for text in (reference, receipt, fate))
    return (reference, receipt, fate) if whole and fate in FATES else None
