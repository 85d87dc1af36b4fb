"""How people log in: accounts are made by invitation only; second factors are sealed with the case's key."""

from __future__ import annotations

import base64
import os
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from helder.office.models import User
from helder.web import account_lines

_NONCE = 12


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a coordinator invites."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or no such name."""
        tried = User.objects.filter(username=str(credentials.get("username", "")).lower()).first()
        account_lines.failed(request, "password", tried, self._get_login_attempts_cache_key(request, **credentials))

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponseBase:
        """The right password of somebody who left."""
        account_lines.failed(request, "ended account", user)
        answer: HttpResponseBase = super().respond_user_inactive(request, user)
        return answer


class SocialAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The organisation's own log-in serves people who have an account here, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: a coordinator invites. Asked of who logged in at the organisation and has no account here."""
        account_lines.failed(request, "socialaccount", None)
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **about: Any) -> None:
        """A log-in that was broken off or refused at the organisation, or an answer that nobody asked for."""
        account_lines.refused(request, "socialaccount")


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals the secrets of second factors: who copies the database cannot make the codes."""

    def encrypt(self, text: str) -> str:
        """AES-256-GCM under a key derived from the case's key."""
        nonce = os.urandom(_NONCE)
        return base64.b64encode(nonce + AESGCM(settings.HELDER_SEAL).encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. Raises `InvalidTag` when it was changed."""
        data = base64.b64decode(encrypted_text)
        return AESGCM(settings.HELDER_SEAL).decrypt(data[:_NONCE], data[_NONCE:], None).decode()
