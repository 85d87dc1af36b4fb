"""Asking the BRP API over the network: one question at a time, no faster than allowed, patient when it is busy.

Nothing of a question or an answer goes into errors: they hold people's numbers. Redirects are refused (they would carry the
numbers elsewhere), answers are read up to a limit, and one that cannot be understood is not used at all.
"""

from __future__ import annotations

import email.utils
import json
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

import httpx

from helder.countries.nl.brp.messages import BATCH, answers, question
from helder.countries.nl.brp.settings import API_KEY, TOKEN, Settings
from helder.domain.address_refresh import Answer
from helder.domain.errors import RegisterError

_MOST_BYTES = 2**20
_DEADLINE = 60.0
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds to wait before each further attempt, unless the register says how long."""
_LONGEST_WAIT = 300.0
_LATER = "Run the command again later: it goes on where it stopped."
_BUSY = frozenset((408, 425, 429, 500, 502, 503, 504))


class BrpClient:
    """An `AddressRegister`. At most `per_second` questions a second; `close` when done."""

    name = "brp"
    batch = BATCH

    def __init__(
        self, settings: Settings, *, per_second: float = 5.0, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.questions = 0
        self._url = f"{settings.url}/personen"
        self._gap = 1 / per_second
        self._next = 0.0
        self._sleep = sleep
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "helder",
            **settings.headers,
        }
        # trust_env=False: neither a proxy nor a .netrc that somebody left in the environment sees the numbers.
        self._http = httpx.Client(
            headers=headers, verify=settings.tls(), timeout=_TIMEOUT, follow_redirects=False, trust_env=False
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(self, numbers: Iterable[str]) -> Mapping[str, Answer]:
        """The answer about each of up to 20 numbers, none left out.

        Raises `RegisterError`, retryable when the register stays busy or away after six attempts.
        """
        asked = list(dict.fromkeys(numbers))
        for wait in (*_WAITS, None):
            try:
                return answers(self._attempt(asked), asked)
            except _Passing as failure:
                self._wait(failure, wait)
        raise AssertionError  # the last turn returns or raises

    def _wait(self, failure: _Passing, wait: float | None) -> None:
        """Wait before the next attempt, as long as the register asked; or give up."""
        seconds = failure.wait if failure.wait is not None else wait
        if wait is None or seconds is None or seconds > _LONGEST_WAIT:
            asks = f" and asks to wait {failure.wait:.0f} seconds" if (failure.wait or 0) > _LONGEST_WAIT else ""
            raise RegisterError.passing(f"The register {failure.why}{asks}.", do=_LATER)
        self._sleep(max(seconds, 0.0))

    def _attempt(self, asked: list[str]) -> object:
        """One question, and the document that came back. Raises `_Passing` when it may go better later."""
        now = time.monotonic()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + self._gap
        self.questions += 1
        body = json.dumps(question(asked)).encode()
        try:
            with self._http.stream(
                "POST", self._url, content=body, headers={"Content-Type": "application/json; charset=utf-8"}
            ) as response:
                _judge(response)
                text = _read(response)
        except httpx.TimeoutException:
            raise _Passing("does not answer in time") from None
        except httpx.TransportError as error:
            if "CERTIFICATE" in str(error).upper():
                raise RegisterError(
                    "The register's certificate, or ours, is not accepted.", do="See HELDER_BRP_CA and HELDER_BRP_CERT."
                ) from None
            raise _Passing(f"cannot be reached, or broke off ({type(error).__name__})") from None
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise _Passing("sent an answer that is not whole") from None


class _Passing(Exception):  # noqa: N818  not an error yet: the next attempt may succeed
    """A failure that may pass. `why` completes 'The register …'; `wait` is what the register asked, in seconds."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait


def _judge(response: httpx.Response) -> None:
    """Raise what the status means: `_Passing` for a busy register, `RegisterError` for all that stays so."""
    status = response.status_code
    if status in _BUSY:
        raise _Passing(f"is too busy or down (status {status})", _asked_to_wait(response))
    if status in (401, 403):
        raise RegisterError(
            f"The register refuses us (status {status}).",
            where=f"{API_KEY}, {TOKEN}",
            do="Check the key or token, and which fields and people you are authorised for.",
        )
    if 300 <= status < 400:
        raise RegisterError(
            "The register sends us elsewhere; we do not follow.", do="Set HELDER_BRP_URL to the new address."
        )
    if status != 200:
        raise RegisterError(f"The register does not accept the question (status {status}).", do="Check HELDER_BRP_URL.")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise RegisterError(
            "What answers is not the register: it sends no JSON.",
            do="Check HELDER_BRP_URL; a proxy or login page may stand between.",
        )
    if response.headers.get("content-encoding", "identity") != "identity":
        raise RegisterError("The register packs its answer, which was not asked for.", do="Check HELDER_BRP_URL.")


def _read(response: httpx.Response) -> bytes:
    """The body. Raises `RegisterError` above 1 MB, `_Passing` when it takes over a minute."""
    until = time.monotonic() + _DEADLINE
    parts, size = [], 0
    for part in response.iter_raw():
        parts.append(part)
        size += len(part)
        if size > _MOST_BYTES:
            raise RegisterError(
                "The register's answer is larger than twenty people can be.", do="Check HELDER_BRP_URL."
            )
        if time.monotonic() > until:
            raise _Passing("answers too slowly")
    return b"".join(parts)


def _asked_to_wait(response: httpx.Response) -> float | None:
    """Seconds in Retry-After, which is a number or a date (RFC 9110, 10.2.3)."""
    asked = response.headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit() and len(asked) < 9:
        return float(asked)
    try:
        day = email.utils.parsedate_to_datetime(asked)
    except ValueError:
        return None
    return (day.replace(tzinfo=day.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
