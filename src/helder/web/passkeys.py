"""Logging in with a passkey alone."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from django.core.exceptions import ValidationError

from helder.web import account_lines


class PasskeyForm(LoginWebAuthnForm):  # type: ignore[misc]
    """What the browser answers for a passkey. One that is not right leaves a line in the audit log."""

    def clean_credential(self) -> Any:
        """The passkey. Raises `ValidationError` for one that nobody here has, or that did not sign this log-in."""
        try:
            return super().clean_credential()
        except ValidationError:
            account_lines.refused(context.request, "mfa/webauthn")
            raise
