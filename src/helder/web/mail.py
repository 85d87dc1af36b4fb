"""The mail server of the office, by one setting; never without encryption unless it is on this machine."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from helder.domain.errors import CaseError

_PORTS = {"smtp": 587, "smtps": 465}
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_SECONDS = 15


def mail_settings(url: str, sender: str) -> dict[str, Any]:
    """Django's settings for the mail server at `url` (smtp: STARTTLS, smtps: TLS); without one mail goes nowhere.

    Raises `CaseError` for another kind of address, or when there is no sender.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise CaseError(
            "HELDER_SMTP is no mail server.",
            where="HELDER_SMTP",
            do="Write smtp://user:password@host:587 or smtps://….",
        )
    if "@" not in sender:
        raise CaseError(
            "Reminders have no sender.", where="HELDER_MAIL_FROM", do="Set HELDER_MAIL_FROM to an e-mail address."
        )
    open_line = parts.scheme == "smtp" and parts.hostname in _HERE and not parts.username
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not open_line,
        "EMAIL_TIMEOUT": _SECONDS,
        "DEFAULT_FROM_EMAIL": sender,
    }
