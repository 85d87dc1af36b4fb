"""GOV.UK Notify and NotifyNL: letters as precompiled PDF, e-mail and text messages by a template that is kept there.

The service keeps our `reference`, so an attempt whose answer got lost is looked up before it is made again, not sooner than
`found_after`; after `kept_days` it forgets, and then only a person can tell. Limits and errors: the service's REST API documentation.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
from typing import Any, Literal
from urllib.parse import urlsplit

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from helder.case.channels import NotifyChannel
from helder.delivery.outcomes import LaterError, Mark, RefusedError, RetryError, Trace, UnsureError
from helder.delivery.parcels import Message
from helder.domain.errors import DeliveryError

_KIND: dict[str, Literal["letter", "email", "sms"]] = {"post": "letter", "email": "email", "sms": "sms"}
_KEY_LENGTH = 73
_RATE_PAUSE = 2.0
_FOUND_AFTER = 300.0
_LOOPBACK = ("127.0.0.1", "::1", "localhost")

# The client logs the service's own words, which may repeat an address.
logging.getLogger("notifications_python_client").addHandler(logging.NullHandler())
logging.getLogger("notifications_python_client").propagate = False


class Notify:
    """The channel. `api_key` is the service's key as it gives it: name, service id and secret."""

    def __init__(self, name: str, settings: NotifyChannel, api_key: str, timeout: float = 30.0) -> None:
        url = urlsplit(settings.base_url)
        if url.scheme != "https" and url.hostname not in _LOOPBACK:
            raise DeliveryError(
                "Letters would travel unencrypted.", where=f"channels.{name}.base_url", do="Begin it with https://."
            )
        if len(api_key) < _KEY_LENGTH:
            raise DeliveryError(
                "This is no key of Notify.",
                where=f"HELDER_CHANNEL_{name.upper()}_SECRET",
                do="Give it whole, as Notify shows it: its name, the service's id and the secret, parted by '-'.",
            )
        self._name, self._settings, self._api_key, self._timeout = name, settings, api_key, timeout

    def connect(self) -> NotifyConnection:
        """A client of its own: the library's is not for several threads."""
        client = NotificationsAPIClient(self._api_key, self._settings.base_url, self._timeout)  # type: ignore[no-untyped-call]
        return NotifyConnection(self._name, self._settings, client)


class NotifyConnection:
    """One client, used by one thread."""

    def __init__(self, name: str, settings: NotifyChannel, client: NotificationsAPIClient) -> None:
        self._name, self._settings, self._client = name, settings, client
        self._kind = _KIND[settings.carries]
        here = urlsplit(settings.base_url).hostname in _LOOPBACK
        self._found_after = (0.0 if here else _FOUND_AFTER) if settings.found_after is None else settings.found_after

    def send(self, parcel: Message, mark: Mark) -> str:
        """Give it to the service and get its id. An answer that never came leaves it open whether it was taken."""
        ready = self._prepared(parcel)
        mark("posted")
        try:
            answer = ready()
        except APIError as error:
            raise self._outcome(error) from None
        return str(answer["id"])

    def find(self, parcel: Message, trace: Trace) -> str | None:
        """Ask the service for our reference; raises `UnsureError` when it may have forgotten."""
        if not trace.mark:
            return None
        found = self._get(reference=parcel.id, template_type=self._kind)["notifications"]
        if found:
            return str(found[0]["id"])
        # What the service has just taken is shown only after a while: 'not there' would send it twice.
        age = (dt.datetime.now(dt.UTC) - trace.at).total_seconds()
        if age < self._found_after:
            raise RetryError("not_shown_yet", self._found_after - age)
        if dt.datetime.now(dt.UTC) - trace.at > dt.timedelta(days=self._settings.kept_days):
            raise UnsureError("forgotten")
        return None

    def fate(self, receipt: str) -> str:
        """What the service says of a message: its status word."""
        try:
            return str(self._client.get_notification_by_id(receipt)["status"])  # type: ignore[no-untyped-call]
        except APIError as error:
            raise self._unasked(error) from None

    def close(self) -> None:
        """Let go of the session."""
        self._client.request_session.close()

    def _prepared(self, parcel: Message) -> Any:
        """The call, with everything made beforehand that could go wrong on our side."""
        send, template = self._client, self._settings.template
        if self._kind == "letter":
            if parcel.pdf is None:
                raise RefusedError("no_pdf")
            pdf, postage = io.BytesIO(parcel.pdf()), self._settings.postage
            return lambda: send.send_precompiled_letter_notification(parcel.id, pdf, postage)  # type: ignore[no-untyped-call]
        fill = {"text": parcel.text}
        if self._kind == "email":
            return lambda: send.send_email_notification(parcel.to, template, fill, parcel.id)  # type: ignore[no-untyped-call]
        return lambda: send.send_sms_notification(parcel.to, template, fill, parcel.id)  # type: ignore[no-untyped-call]

    def _get(self, **asked: str) -> Any:
        try:
            return self._client.get_all_notifications(**asked)  # type: ignore[no-untyped-call]
        except APIError as error:
            raise self._unasked(error) from None

    def _outcome(self, error: APIError) -> Exception:
        """What an error means for the message that was posted."""
        status, kind = int(error.status_code), _error_kind(error)
        if status in (401, 403):
            return self._not_let_in()
        if status == 429:
            return (
                LaterError("daily_limit") if kind == "TooManyRequestsError" else RetryError("rate_limit", _RATE_PAUSE)
            )
        if 400 <= status < 500:
            return RefusedError(f"http_{status}_{kind}")
        # Also without any answer: the request may have arrived.
        return UnsureError(f"http_{status}")

    def _unasked(self, error: APIError) -> Exception:
        if int(error.status_code) in (401, 403):
            return self._not_let_in()
        return RetryError(f"http_{int(error.status_code)}", _RATE_PAUSE if error.status_code == 429 else 0.0)

    def _not_let_in(self) -> DeliveryError:
        return DeliveryError(
            "Notify does not accept our key.",
            where=f"channels.{self._name}",
            do="Look at the key and at this computer's clock: they may differ by 30 seconds at most.",
        )


def _error_kind(error: APIError) -> str:
    """The kind of the first error, such as BadRequestError; never its message, which may repeat an address."""
    try:
        kind = str(error.response.json()["errors"][0]["error"])  # type: ignore[union-attr]
    except (AttributeError, LookupError, TypeError, ValueError):
        return "Error"
    return kind if kind.isascii() and kind.isalnum() and len(kind) < 60 else "Error"
