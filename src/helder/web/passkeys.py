"""Security keys and passkeys: logging in with a passkey alone, and what a key is called."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm
from django.core.exceptions import ValidationError

from helder.office.words import later
from helder.web import account_lines

_NAME = later("Naam", "Name")
"""allauth has no words for it."""


class PasskeyForm(LoginWebAuthnForm):  # type: ignore[misc]
    """What the browser answers for a passkey. One that is not right leaves a line in the audit log."""

    def clean_credential(self) -> Any:
        """The passkey. Raises `ValidationError` for one that nobody here has, or that did not sign this log-in."""
        try:
            return super().clean_credential()
        except ValidationError:
            account_lines.refused(context.request, "mfa/webauthn")
            raise


class _Named:
    """A form of a key that says what the name is that it asks."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _NAME


class AddKey(_Named, AddWebAuthnForm):  # type: ignore[misc]
    """A new key, by its name."""


class RenameKey(_Named, EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a key."""
